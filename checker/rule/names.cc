#include "checker/rule/names.h"

#include "checker/base/glob.h"
#include "checker/base/text.h"

#include <algorithm>
#include <array>

namespace stallint::rule {

namespace {

// More names than any pattern means; `{a,b}{a,b}...` doubles with each pair of braces.
constexpr size_t kMaxExpansions = 1000;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0; }

// Empty if the braces of a pattern pair up, hold something, and do not stand for too many names.
std::string wrong_braces(std::string_view pattern) {
  size_t depth = 0;
  size_t most = 1;
  std::vector<size_t> alternatives;
  char before = 0;
  for (const char c : pattern) {
    const bool opens_or_separates = before == '{' || (before == ',' && depth > 0);
    if ((c == ',' || c == '}') && depth > 0 && opens_or_separates) return "holds an empty alternative in braces";
    if (c == '{') {
      ++depth;
      alternatives.push_back(1);
    } else if (c == ',' && depth > 0) {
      ++alternatives.back();
    } else if (c == '}') {
      if (depth-- == 0) return "closes a brace that was not opened";
      most *= alternatives.back();
      alternatives.pop_back();
      if (most > kMaxExpansions) return "stands for more than " + std::to_string(kMaxExpansions) + " names";
    }
    before = c;
  }
  return depth == 0 ? "" : "opens a brace that is not closed";
}

std::string_view until_bracket(std::string_view text) { return trimmed(text.substr(0, text.find('['))); }

// The parts of "str, dict[str, x.Y]" at the commas outside brackets.
std::vector<std::string_view> split_arguments(std::string_view text) {
  std::vector<std::string_view> parts;
  size_t depth = 0;
  size_t start = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') ++depth;
    if (text[i] == ']' && depth > 0) --depth;
    if (text[i] != ',' || depth > 0) continue;
    parts.push_back(trimmed(text.substr(start, i - start)));
    start = i + 1;
  }
  parts.push_back(trimmed(text.substr(start)));
  return parts;
}

}  // namespace

bool is_word(std::string_view text) {
  if (text.empty() || !is_lower(text.front()) || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_label(std::string_view text) {
  const auto parts = split(text, '.');
  return std::all_of(parts.begin(), parts.end(), is_word);
}

bool is_identifier(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

bool is_variable(std::string_view text) { return text.size() > 1 && text[0] == '$' && is_identifier(text.substr(1)); }

namespace {

bool is_dotted(std::string_view text) {
  bool named = false;
  for (size_t dot = 0; dot != std::string_view::npos;) {
    dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    if (part != "*" && !is_identifier(part)) return false;
    named = named || part != "*";
    if (dot != std::string_view::npos) text.remove_prefix(dot + 1);
  }
  return named;
}

std::vector<std::string_view> split_at_colons(std::string_view text) {
  std::vector<std::string_view> parts;
  for (size_t colons = text.find("::"); colons != std::string_view::npos; colons = text.find("::")) {
    parts.push_back(text.substr(0, colons));
    text.remove_prefix(colons + 2);
  }
  parts.push_back(text);
  return parts;
}

// `operator[]`, `operator bool`, `operator""ms`: what follows the word is an operator, a type, or the end of a literal.
bool is_operator(std::string_view part) {
  constexpr std::string_view kWord = "operator";
  constexpr std::string_view kSigns = "+-*/%^&|~!=<>[]()";
  if (!part.starts_with(kWord) || part.size() == kWord.size()) return false;
  part.remove_prefix(kWord.size());
  if (part.starts_with(' ')) return is_identifier(part.substr(1));
  if (part.starts_with("\"\"")) return is_identifier(part.substr(2));
  return part.find_first_not_of(kSigns) == std::string_view::npos;
}

bool is_cpp_part(std::string_view part) {
  if (is_operator(part)) return true;
  if (part.starts_with('~')) part.remove_prefix(1);
  if (part.empty() || is_digit(part.front())) return false;
  return std::all_of(part.begin(), part.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '*'; });
}

bool is_cpp_name(std::string_view text) {
  for (const std::string_view word : {"unsigned ", "signed ", "long "}) {  // `unsigned long long`
    while (text.starts_with(word)) text.remove_prefix(word.size());
  }
  if (text.starts_with("::")) text.remove_prefix(2);
  const auto parts = split_at_colons(text);
  const bool named = text.find_first_not_of("*:~") != std::string_view::npos;
  return named && std::all_of(parts.begin(), parts.end(), is_cpp_part);
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  for (size_t at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
    result.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
  }
  return result.append(text);
}

std::string without_template_arguments(std::string_view text) {
  std::string result;
  size_t depth = 0;
  for (const char c : text) {
    if (c == '<') ++depth;
    if (depth == 0) result += c;
    if (c == '>' && depth > 0) --depth;
  }
  return result;
}

std::string cpp_name_meant(std::string_view text) {
  std::string name = replaced(text.substr(0, text.find('(')), ".", "::");
  if (name.find("::") == std::string::npos) name = replaced(name, ":", "::");
  return is_cpp_name(name) || name.find("operator") != std::string::npos ? name : without_template_arguments(name);
}

std::string hint_for(std::string_view text, facts::Language language) {
  if (text.find(' ') != std::string_view::npos) return "; it holds a blank";
  if (language == facts::Language::kCpp) {
    const std::string meant = cpp_name_meant(text);
    if (meant != text && is_cpp_name(meant)) return ", did you mean `" + meant + "`?";
    return "; its parts are joined by `::`";
  }
  if (text.find('(') != std::string_view::npos) return "; leave the parentheses away";
  if (text.find("::") != std::string_view::npos) return "; names of C++ belong into a model of `language: cpp`";
  return "; `*` stands for a whole part";
}

}  // namespace

bool is_library_name(std::string_view text, facts::Language language) {
  return language == facts::Language::kCpp ? is_cpp_name(text) : is_dotted(text);
}

std::string wrong_library_name(std::string_view text, facts::Language language) {
  const char* such = language == facts::Language::kCpp ? "no C++ name such as `std::mutex::lock` or `::open`"
                                                       : "no dotted name such as `requests.get` or `redis.Redis.*`";
  return "`" + std::string(text) + "` is " + such + hint_for(text, language);
}

std::vector<Text> expanded(Reader& reader, const YamlNode& node, std::string_view what) {
  std::vector<Text> found;
  for (Text& text : reader.texts(node, what)) {
    if (text.text.find_first_of("{}") == std::string::npos) {
      found.push_back(std::move(text));
      continue;
    }
    if (const std::string wrong = wrong_braces(text.text); !wrong.empty()) {
      reader.problem(text.place, "`" + text.text + "` " + wrong);
      continue;
    }
    for (std::string& name : expand_braces(text.text)) found.push_back({std::move(name), text.place});
  }
  return found;
}

std::vector<Text> library_names(Reader& reader, const YamlNode& node, std::string_view what, facts::Language language) {
  std::vector<Text> found;
  for (Text& text : expanded(reader, node, what)) {
    if (is_library_name(text.text, language)) {
      found.push_back(std::move(text));
    } else {
      reader.problem(text.place, wrong_library_name(text.text, language));
    }
  }
  return found;
}

std::vector<Text> globs(Reader& reader, const YamlNode& node, std::string_view what) {
  constexpr std::string_view kMarks = "_.*?{},:~";
  std::vector<Text> found;
  for (Text& text : reader.texts(node, what)) {
    std::string wrong = wrong_braces(text.text);
    const bool given = text.text == "<module>" || text.text == "<lambda>";  // names that facts give
    const bool clean = given || std::all_of(text.text.begin(), text.text.end(), [&](char c) {
                         return is_letter(c) || is_digit(c) || kMarks.find(c) != std::string_view::npos;
                       });
    if (!clean) wrong = "holds characters that no name has";
    if (wrong.empty()) {
      found.push_back(std::move(text));
    } else {
      reader.problem(text.place, "`" + text.text + "` " + wrong);
    }
  }
  return found;
}

std::vector<Text> labels(Reader& reader, const YamlNode& node, std::string_view what) {
  std::vector<Text> found;
  for (Text& text : reader.texts(node, what)) {
    if (!is_label(text.text)) {
      reader.problem(text.place, "`" + text.text +
                                     "` is no label: labels are lower case words joined by dots, such as "
                                     "`blocks.http`");
      continue;
    }
    reader.ledger().labels.push_back({text.text, text.place});
    found.push_back(std::move(text));
  }
  return found;
}

namespace {

std::string wrong_type_within(std::string_view text, facts::Language language, size_t depth) {
  constexpr size_t kMaxDepth = 8;
  if (depth > kMaxDepth) return "the type is nested too deep";
  text = trimmed(text);
  const std::string_view head = until_bracket(text);
  if (head.size() == text.size()) {
    if (is_library_name(text, language) && text.find('*') == std::string_view::npos) return "";
    return "`" + std::string(text) + "` is no " + (language == facts::Language::kCpp ? "C++" : "dotted") +
           " name of a type";
  }
  constexpr std::array<std::string_view, 4> kContainers = {"iter", "list", "dict", "await"};
  if (text.back() != ']') return "`" + std::string(text) + "` lacks its `]`";
  if (std::find(kContainers.begin(), kContainers.end(), head) == kContainers.end()) {
    return "`" + std::string(head) + "[...]` is not known; there are `iter[T]`, `list[T]`, `dict[K, V]` and `await[T]`";
  }
  const size_t bracket = text.find('[');
  const auto arguments = split_arguments(text.substr(bracket + 1, text.size() - bracket - 2));
  const bool empty = std::any_of(arguments.begin(), arguments.end(), [](auto argument) { return argument.empty(); });
  if (empty || arguments.size() != (head == "dict" ? 2u : 1u)) {
    return "`" + std::string(head) + "[...]` takes " + (head == "dict" ? "two types" : "one type");
  }
  for (std::string_view argument : arguments) {
    if (std::string wrong = wrong_type_within(argument, language, depth + 1); !wrong.empty()) return wrong;
  }
  return "";
}

}  // namespace

std::string wrong_type(std::string_view text, facts::Language language) { return wrong_type_within(text, language, 0); }

}  // namespace stallint::rule
