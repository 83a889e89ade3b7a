// `# stallint: ignore[rule, rule] reason`

#include "checker/python/file_reader.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

constexpr std::string_view kMark = "stallint:";
constexpr std::string_view kIgnore = "ignore";

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// What follows `# stallint: ignore`, or nothing. The mark may come after other marks: `# noqa # stallint: ignore[x]`.
bool find_ignore(std::string_view comment, std::string_view& rest) {
  const size_t mark = comment.find(kMark);
  if (mark == std::string_view::npos) return false;
  const std::string_view before = trim(comment.substr(0, mark));
  if (before.empty() || before.back() != '#') return false;
  rest = trim(comment.substr(mark + kMark.size()));
  if (!rest.starts_with(kIgnore)) return false;
  rest.remove_prefix(kIgnore.size());
  return rest.empty() || is_blank(rest.front()) || rest.front() == '[' || rest.front() == ':' || rest.front() == '-';
}

std::string_view reason_of(std::string_view rest) {
  rest = trim(rest);
  for (const std::string_view lead : {"--", ":"}) {
    if (rest.starts_with(lead)) return trim(rest.substr(lead.size()));
  }
  return rest;
}

class Ignores {
 public:
  explicit Ignores(FileReader& file) : file_(file), text_(file.source.text) {}

  void run() {
    for (const Span& comment : file_.syntax.comments) {
      std::string_view rest;
      if (!find_ignore(text_.substr(comment.begin, comment.end - comment.begin), rest)) continue;
      Ignore ignore;
      ignore.at = comment;
      rest = trim(rest);
      if (rest.starts_with('[')) {
        const size_t close = std::min(rest.find(']'), rest.size());
        read_rules(rest.substr(1, close - 1), ignore.rules);
        rest.remove_prefix(std::min(close + 1, rest.size()));
      }
      ignore.reason = file_.strings.id(reason_of(rest));
      ignore.line = line_of(comment);
      ignore.function = function_at(ignore.line);
      file_.facts.ignores.push_back(std::move(ignore));
    }
  }

 private:
  void read_rules(std::string_view list, std::vector<uint32_t>& rules) {
    while (!list.empty()) {
      const size_t comma = std::min(list.find(','), list.size());
      const std::string_view rule = trim(list.substr(0, comma));
      if (!rule.empty()) rules.push_back(file_.strings.id(rule));
      list.remove_prefix(std::min(comma + 1, list.size()));
    }
  }

  // Its own line, or the next one with code if nothing stands before it.
  uint32_t line_of(Span comment) {
    const auto& starts = file_.facts.line_starts;
    const uint32_t line = locate(file_.facts, comment.begin).line;
    if (!trim(text_.substr(starts[line - 1], comment.begin - starts[line - 1])).empty()) return line;
    if (line >= next_code_) next_code_ = code_line_after(line);
    return next_code_ > starts.size() ? line : next_code_;
  }

  // One more than there are lines if no code follows. Comments come in order, so a page of them is looked through once.
  uint32_t code_line_after(uint32_t line) const {
    const auto& starts = file_.facts.line_starts;
    for (size_t next = line; next < starts.size(); ++next) {
      const size_t end = next + 1 < starts.size() ? starts[next + 1] : text_.size();
      const std::string_view code = trim(text_.substr(starts[next], end - starts[next]));
      if (!code.empty() && code.front() != '#') return static_cast<uint32_t>(next + 1);
    }
    return static_cast<uint32_t>(starts.size() + 1);
  }

  FunctionId function_at(uint32_t line) {
    if (first_lines_.empty()) find_first_lines();
    const auto found = std::lower_bound(first_lines_.begin(), first_lines_.end(), std::pair{line, FunctionId::kModule});
    return found != first_lines_.end() && found->first == line ? found->second : FunctionId::kNone;
  }

  // The lines of `def` and of the first decorator.
  void find_first_lines() {
    for (const Definition& definition : file_.definitions) {
      const Function& function = file_.facts.functions[index(definition.function)];
      if (function.kind != FunctionKind::kFunction) continue;
      first_lines_.emplace_back(locate(file_.facts, function.extent.begin).line, definition.function);
      first_lines_.emplace_back(locate(file_.facts, file_.source.span(definition.node).begin).line,
                                definition.function);
    }
    std::sort(first_lines_.begin(), first_lines_.end());
  }

  FileReader& file_;
  std::string_view text_;
  uint32_t next_code_ = 0;
  std::vector<std::pair<uint32_t, FunctionId>> first_lines_;
};

}  // namespace

void read_ignores(FileReader& file) { Ignores(file).run(); }

}  // namespace stallint::python
