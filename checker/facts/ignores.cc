#include "checker/facts/ignores.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <utility>

namespace stallint::facts {

namespace {

using Form = Ignore::Form;

constexpr std::string_view kMark = "stallint:";
constexpr std::string_view kIgnore = "ignore";
constexpr std::string_view kFileIgnore = "file-ignore";
constexpr std::string_view kClose = "*/";

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

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

// A name such as rules have: lower case words joined by `-`. Other linters' codes are none: E501.
bool may_be_rule(std::string_view word) {
  return word.find('-') != std::string_view::npos && std::all_of(word.begin(), word.end(), [](char c) {
           return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

// Takes the names that a text begins with, joined by commas or blanks.
std::vector<std::string_view> take_names(std::string_view& text) {
  constexpr std::string_view kBetween = ", \t\r";
  std::vector<std::string_view> names;
  for (;;) {
    const size_t begin = std::min(text.find_first_not_of(kBetween), text.size());
    const size_t end = std::min(text.find_first_of(kBetween, begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    const bool code = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (word.empty() || !(may_be_rule(word) || code)) break;
    if (may_be_rule(word)) names.push_back(word);
    text.remove_prefix(end);
  }
  return names;
}

class Ignores {
 public:
  Ignores(std::string_view text, const Comments& comments, FileFacts& facts, Strings& strings)
      : text_(text), comments_(comments), facts_(facts), strings_(strings) {}

  void run() {
    for (const Span& comment : comments_.at) {
      const std::string_view text = slice(comment);
      if (text.find(kMark) != std::string_view::npos) read_own(comment, text);
      read_noqa(comment, text);
      read_nolint(comment, text);
      read_nosemgrep(comment, text);
    }
    // What begins and never ends silences nothing, there as here.
    std::erase_if(facts_.ignores, [](const Ignore& ignore) { return ignore.last_line == 0; });
  }

 private:
  std::string_view slice(Span at) const { return text_.substr(at.begin, at.end - at.begin); }

  // --- Our own

  // The mark may come after others: `# noqa # stallint: ignore[x]`.
  void read_own(Span comment, std::string_view text) {
    const size_t mark = text.find(kMark);
    const std::string_view before = trim(text.substr(0, mark));
    const auto leads = [&](std::string_view lead) { return before.ends_with(lead); };
    if (std::none_of(comments_.leads.begin(), comments_.leads.end(), leads)) return;
    std::string_view rest = trim(text.substr(mark + kMark.size()));
    if (text.starts_with("/*") && rest.ends_with(kClose)) rest = trim(rest.substr(0, rest.size() - kClose.size()));
    const size_t length = static_cast<size_t>(
        std::find_if_not(rest.begin(), rest.end(), [](char c) { return is_letter(c) || c == '-' || c == '_'; }) -
        rest.begin());
    const std::string_view word = rest.substr(0, length);
    rest = trim(rest.substr(length));

    Ignore ignore;
    ignore.at = comment;
    if (word == kFileIgnore) {
      ignore.form = Form::kFile;
    } else if (word != kIgnore || rest.starts_with('(') || rest.starts_with('=')) {
      // A sentence that happens to begin so is none of ours.
      if (word.empty() || rest.empty() || std::string_view("[(=").find(rest.front()) == std::string_view::npos) return;
      ignore.form = Form::kUnknown;
      ignore.reason = strings_.id(word);
    }
    if (ignore.form != Form::kUnknown) {
      if (rest.starts_with('[')) {
        const size_t close = std::min(rest.find(']'), rest.size());
        read_rules(rest.substr(1, close - 1), ignore.rules);
        rest.remove_prefix(std::min(close + 1, rest.size()));
      }
      ignore.reason = strings_.id(reason_of(rest));
    }
    ignore.line = ignore.last_line = line_of(comment);
    if (ignore.form == Form::kPlace) ignore.function = function_at(ignore.line);
    facts_.ignores.push_back(std::move(ignore));
  }

  void read_rules(std::string_view list, std::vector<uint32_t>& rules) {
    while (!list.empty()) {
      const size_t comma = std::min(list.find(','), list.size());
      const std::string_view rule = trim(list.substr(0, comma));
      if (!rule.empty()) rules.push_back(strings_.id(rule));
      list.remove_prefix(std::min(comma + 1, list.size()));
    }
  }

  // --- Those of others

  void add_foreign(Span comment, const std::vector<std::string_view>& names, std::string_view reason,
                   std::string_view mark, uint32_t line, uint32_t last_line) {
    if (names.empty()) return;
    Ignore ignore;
    ignore.form = Form::kForeign;
    for (const std::string_view name : names) ignore.rules.push_back(strings_.id(name));
    ignore.reason = strings_.id(reason.empty() ? mark : reason);
    ignore.at = comment;
    ignore.line = line;
    ignore.last_line = last_line;
    facts_.ignores.push_back(std::move(ignore));
  }

  // What follows the first of `marks` that is there, and that mark without its colon.
  static std::pair<std::string_view, std::string_view> after(std::string_view text,
                                                             std::initializer_list<std::string_view> marks) {
    for (const std::string_view mark : marks) {
      const size_t at = text.find(mark);
      if (at != std::string_view::npos) return {text.substr(at + mark.size()), mark.substr(0, mark.size() - 1)};
    }
    return {};
  }

  // `# noqa: E501, some-rule why`
  void read_noqa(Span comment, std::string_view text) {
    auto [rest, mark] = after(text, {"noqa:", "NOQA:"});
    if (mark.empty()) return;
    const std::vector<std::string_view> names = take_names(rest);
    const uint32_t line = locate(facts_, comment.begin).line;
    add_foreign(comment, names, reason_of(rest), mark, line, line);
  }

  // `# nosemgrep: some-rule`, `# nosem: some-rule`
  void read_nosemgrep(Span comment, std::string_view text) {
    auto [rest, mark] = after(text, {"nosemgrep:", "nosem:"});
    if (mark.empty()) return;
    const std::vector<std::string_view> names = take_names(rest);
    const uint32_t line = line_of(comment);
    add_foreign(comment, names, reason_of(rest), mark, line, line);
  }

  // `// NOLINT(some-rule): why`
  void read_nolint(Span comment, std::string_view text) {
    constexpr std::string_view kNolint = "NOLINT";
    const size_t at = text.find(kNolint);
    const size_t open = text.find('(', std::min(at, text.size()));
    const size_t close = text.find(')', std::min(open, text.size()));
    if (close == std::string_view::npos) return;
    const std::string_view where = text.substr(at + kNolint.size(), open - at - kNolint.size());
    std::string_view list = text.substr(open + 1, close - open - 1);
    const std::vector<std::string_view> names = take_names(list);
    std::string_view reason = text.substr(close + 1);
    if (reason.ends_with(kClose)) reason.remove_suffix(kClose.size());
    reason = reason_of(reason);
    const uint32_t line = locate(facts_, comment.begin).line;
    if (where.empty()) add_foreign(comment, names, reason, kNolint, line, line);
    if (where == "NEXTLINE") add_foreign(comment, names, reason, kNolint, line + 1, line + 1);
    if (where == "BEGIN") add_foreign(comment, names, reason, kNolint, line, 0);
    if (where != "END") return;
    std::vector<uint32_t> ids;
    for (const std::string_view name : names) ids.push_back(strings_.id(name));
    const auto begun = std::find_if(facts_.ignores.rbegin(), facts_.ignores.rend(),
                                    [&](const Ignore& one) { return one.last_line == 0 && one.rules == ids; });
    if (begun != facts_.ignores.rend()) begun->last_line = line;
  }

  // --- Lines

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
