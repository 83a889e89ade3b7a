#include "checker/facts/ignores.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace stallint::facts {

namespace {

constexpr std::string_view kMark = "stallint:";
constexpr std::string_view kIgnore = "ignore";
constexpr std::string_view kClose = "*/";

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
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
  Ignores(std::string_view text, const Comments& comments, FileFacts& facts, Strings& strings)
      : text_(text), comments_(comments), facts_(facts), strings_(strings) {}

  void run() {
    for (const Span& comment : comments_.at) {
      std::string_view rest;
      if (!find_ignore(slice(comment), rest)) continue;
      Ignore ignore;
      ignore.at = comment;
      rest = trim(rest);
      if (rest.starts_with('[')) {
        const size_t close = std::min(rest.find(']'), rest.size());
        read_rules(rest.substr(1, close - 1), ignore.rules);
        rest.remove_prefix(std::min(close + 1, rest.size()));
      }
      ignore.reason = strings_.id(reason_of(rest));
      ignore.line = line_of(comment);
      ignore.function = function_at(ignore.line);
      facts_.ignores.push_back(std::move(ignore));
    }
  }

 private:
  std::string_view slice(Span at) const { return text_.substr(at.begin, at.end - at.begin); }

  // What follows the mark, if there is one. It may come after other marks: `# noqa # stallint: ignore[x]`.
  bool find_ignore(std::string_view comment, std::string_view& rest) const {
    const size_t mark = comment.find(kMark);
    if (mark == std::string_view::npos) return false;
    const std::string_view before = trim(comment.substr(0, mark));
    const auto leads = [&](std::string_view lead) { return before.ends_with(lead); };
    if (std::none_of(comments_.leads.begin(), comments_.leads.end(), leads)) return false;
    rest = trim(comment.substr(mark + kMark.size()));
    if (comment.starts_with("/*") && rest.ends_with(kClose)) rest = trim(rest.substr(0, rest.size() - kClose.size()));
    if (!rest.starts_with(kIgnore)) return false;
    rest.remove_prefix(kIgnore.size());
    return rest.empty() || is_blank(rest.front()) || rest.front() == '[' || rest.front() == ':' || rest.front() == '-';
  }

  void read_rules(std::string_view list, std::vector<uint32_t>& rules) {
    while (!list.empty()) {
      const size_t comma = std::min(list.find(','), list.size());
      const std::string_view rule = trim(list.substr(0, comma));
      if (!rule.empty()) rules.push_back(strings_.id(rule));
      list.remove_prefix(std::min(comma + 1, list.size()));
    }
  }

  uint32_t end_of_line(uint32_t line) const {
    const auto& starts = facts_.line_starts;
    return line < starts.size() ? starts[line] : static_cast<uint32_t>(text_.size());
  }

  // Its own line, or the next one with code if nothing else stands on its lines.
  uint32_t line_of(Span comment) {
    const auto& starts = facts_.line_starts;
    const uint32_t line = locate(facts_, comment.begin).line;
    const uint32_t last = comment.end > comment.begin ? locate(facts_, comment.end - 1).line : line;
    if (!trim(slice({starts[line - 1], comment.begin})).empty()) return line;
    if (comments_.has_code({comment.end, end_of_line(last)})) return last;
    if (last >= next_code_) next_code_ = code_line_after(last);
    return next_code_ > starts.size() ? line : next_code_;
  }

  // One more than there are lines if no code follows. Comments come in order, so a page of them is looked through once.
  uint32_t code_line_after(uint32_t line) const {
    const uint32_t lines = static_cast<uint32_t>(facts_.line_starts.size());
    for (uint32_t next = line + 1; next <= lines; ++next) {
      if (comments_.has_code({facts_.line_starts[next - 1], end_of_line(next)})) return next;
    }
    return lines + 1;
  }

  FunctionId function_at(uint32_t line) {
    if (first_lines_.empty()) find_first_lines();
    const auto found = std::lower_bound(first_lines_.begin(), first_lines_.end(), std::pair{line, FunctionId::kModule});
    return found != first_lines_.end() && found->first == line ? found->second : FunctionId::kNone;
  }

  // The lines where a function begins (with its decorators, its `template`), and where its name stands.
  void find_first_lines() {
    for (size_t n = 0; n < facts_.functions.size(); ++n) {
      const Function& function = facts_.functions[n];
      if (function.kind != FunctionKind::kFunction) continue;
      const FunctionId id{static_cast<uint32_t>(n)};
      first_lines_.emplace_back(locate(facts_, function.extent.begin).line, id);
      first_lines_.emplace_back(locate(facts_, function.name_at.begin).line, id);
    }
    std::sort(first_lines_.begin(), first_lines_.end());
  }

  std::string_view text_;
  const Comments& comments_;
  FileFacts& facts_;
  Strings& strings_;
  uint32_t next_code_ = 0;
  std::vector<std::pair<uint32_t, FunctionId>> first_lines_;
};

}  // namespace

void read_ignores(std::string_view text, const Comments& comments, FileFacts& facts, Strings& strings) {
  Ignores(text, comments, facts, strings).run();
}

}  // namespace stallint::facts
