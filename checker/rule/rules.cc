#include "checker/base/text.h"
#include "checker/rule/files.h"
#include "checker/rule/names.h"
#include "checker/rule/patterns.h"
#include "checker/rule/words.h"

#include <algorithm>
#include <array>

namespace stallint::rule {

namespace {

constexpr std::array<std::string_view, 3> kNeeded = {"id", "severity", "find"};
constexpr std::array<std::string_view, 5> kNeededShipped = {"languages", "why", "fix", "bad", "good"};
constexpr std::array<std::string_view, 4> kSeverities = {"critical", "high", "medium", "low"};
constexpr std::array<std::string_view, 2> kLanguages = {"python", "cpp"};
constexpr std::array<std::string_view, 1> kSubjectOnly = {"subject"};
constexpr std::array<std::string_view, 2> kBesideSubject = {"message", "languages"};
constexpr std::string_view kSuppressions = "suppressions";
constexpr std::array<std::string_view, 3> kAdvice = {"sink", "say", "languages"};

std::string stem(std::string_view path) {
  path = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  return std::string(path.substr(0, path.rfind('.')));
}

// The lines of top-level entries as written: what a page shows of `find`, `unless` and `lower`.
std::string as_written(const YamlNode& root, std::string_view text) {
  const auto lines = split(text, '\n');
  std::string written;
  for (size_t i = 0; i < root.entries.size(); ++i) {
    const YamlEntry& entry = root.entries[i];
    const bool shown = entry.key == "find" || entry.key == "unless" || entry.key == "lower" || entry.key == "at" ||
                       entry.key == "advice";
    if (!shown || entry.line == 0) continue;
    size_t end = i + 1 < root.entries.size() ? root.entries[i + 1].line - 1 : lines.size();
    end = std::min(end, lines.size());
    while (end > entry.line && (trimmed(lines[end - 1]).empty() || lines[end - 1].starts_with('#'))) --end;
    for (size_t line = entry.line; line <= end; ++line) {
      std::string_view shown_line = lines[line - 1];
      if (shown_line.ends_with('\r')) shown_line.remove_suffix(1);
      written.append(shown_line).append("\n");
    }
  }
  return written;
}

void check_needed(Reader& reader, const YamlNode& root, bool shipped) {
  std::string missing;
  const auto need = [&](std::string_view key) {
    if (root.find(key) != nullptr) return;
    missing += (missing.empty() ? "`" : ", `") + std::string(key) + "`";
  };
  for (const std::string_view key : kNeeded) need(key);
  if (shipped) {
    for (const std::string_view key : kNeededShipped) need(key);
  }
  if (!missing.empty()) reader.problem(root, "the rule lacks " + missing);
}

void read_id(Reader& reader, const YamlNode& node, Rule& rule) {
  const auto id = reader.text(node, "`id`");
  if (!id) return;
  rule.id = *id;
  if (!is_word(*id)) {
    reader.problem(node, "`" + *id + "` is no id: lower case letters, digits and `-`");
  } else if (const std::string name = stem(reader.file()); name != *id) {
    reader.problem(node, "the file is named `" + name + "` and the rule `" + *id + "`: they are one name");
  }
}

// A sentence that is printed on one line.
std::string read_message(Reader& reader, const YamlNode& node) {
  const auto message = reader.text(node, "`message`");
  if (!message) return "";
  if (message->find('\n') != std::string::npos) reader.problem(node, "`message` is one line, without `|`");
  if (message->ends_with('.')) reader.problem(node, "`message` ends without a full stop");
  return *message;
}

void read_requires(Reader& reader, const YamlNode& node, Rule& rule) {
  if (!reader.is_map(node, "`requires`", "{python: \"3.11\"}")) return;
  reader.only_keys(node, requires_keys(), "`requires`");
  const YamlEntry* python = node.find("python");
  if (python == nullptr) return;
  const std::string& version = python->value.text;
  const bool right = python->value.is_scalar() && version.size() > 2 && version.starts_with("3.") &&
                     version.find_first_not_of("0123456789", 2) == std::string::npos;
  if (right) {
    rule.requires_python = version;
  } else {
    reader.problem(python->value, "`python` is a version such as \"3.11\", not " + described(python->value));
  }
}

void read_references(Reader& reader, const YamlNode& node, Rule& rule) {
  for (Text& link : reader.texts(node, "`references`")) {
    const bool right = (link.text.starts_with("https://") || link.text.starts_with("http://")) &&
                       link.text.find_first_of(" \t\n") == std::string::npos;
    if (!right) reader.problem(link.place, "`" + link.text + "` is no address that begins with `https://`");
    rule.references.push_back(std::move(link.text));
  }
}

void read_head(Reader& reader, const YamlNode& root, Rule& rule) {
  for (const YamlEntry& entry : root.entries) {
    if (entry.key == "id") read_id(reader, entry.value, rule);
    if (entry.key == "severity") {
      const auto level = reader.choices(entry.value, "`severity`", kSeverities);
      if (level.size() > 1) reader.problem(entry.value, "`severity` is one level");
      if (!level.empty()) rule.severity = severity_from(level.front().text).value_or(Severity::kMedium);
    }
    if (entry.key == "enabled") rule.enabled = reader.flag(entry.value, "`enabled`").value_or(true);
    if (entry.key == "message") rule.message = read_message(reader, entry.value);
    if (entry.key == "why") rule.why = reader.text(entry.value, "`why`").value_or("");
    if (entry.key == "fix") rule.fix = reader.text(entry.value, "`fix`").value_or("");
    if (entry.key == "requires") read_requires(reader, entry.value, rule);
    if (entry.key == "references") read_references(reader, entry.value, rule);
    if (entry.key == "at") rule.at_subject = !reader.choices(entry.value, "`at`", kSubjectOnly).empty();
    if (entry.key == "languages") {
      for (Text& language : reader.choices(entry.value, "`languages`", kLanguages)) {
        rule.languages.push_back(std::move(language.text));
      }
    }
    if (entry.key != "tags") continue;
    for (Text& tag : reader.texts(entry.value, "`tags`")) {
      if (!is_word(tag.text))
        reader.problem(tag.place, "`" + tag.text + "` is no tag: lower case letters, digits and `-`");
      rule.tags.push_back(std::move(tag.text));
    }
  }
  if (rule.languages.empty()) rule.languages = {"python"};
}

facts::Language language_from(std::string_view name) {
  return name == kLanguages[1] ? facts::Language::kCpp : facts::Language::kPython;
}

// The languages of one subject of `find`, or of an advice: its own, or those of the rule.
std::vector<facts::Language> languages_of(Reader& reader, const YamlNode& item, const Rule& rule) {
  std::vector<facts::Language> languages;
  const YamlEntry* own = item.find("languages");
  if (own == nullptr) {
    for (const std::string& language : rule.languages) languages.push_back(language_from(language));
    return languages;
  }
  for (const Text& language : reader.choices(own->value, "`languages`", kLanguages)) {
    if (std::find(rule.languages.begin(), rule.languages.end(), language.text) == rule.languages.end()) {
      reader.problem(language.place, "the rule itself is about `" + rule.languages.front() + "` only");
    }
    languages.push_back(language_from(language.text));
  }
  return languages;
}

void read_find(Reader& reader, const YamlNode& node, Rule& rule) {
  if (node.is_scalar() && node.text == kSuppressions) {
    rule.of_suppressions = true;
    return;
  }
  const auto items = Reader::items(node);
  if (items.empty()) reader.problem(node, "`find` is an empty list");
  for (const YamlNode* item : items) {
    auto pattern = read_subject(reader, *item, subjects(), kBesideSubject);
    Find find;
    find.languages = languages_of(reader, *item, rule);
    const YamlEntry* message = item->find("message");
    find.message = message != nullptr ? read_message(reader, message->value) : rule.message;
    if (!pattern) continue;
    const YamlEntry* subject = item->find(spelling(pattern->subject));
    if (subject != nullptr && subject->value.is_map() && subject->value.entries.empty()) {
      reader.problem(pattern->place, "`find` without a word finds every " + std::string(spelling(pattern->subject)));
    }
    if (find.message.empty() && message == nullptr) {
      reader.problem(pattern->place, "`message` is missing, in the rule and beside this subject");
    }
    find.pattern = std::move(*pattern);
    rule.find.push_back(std::move(find));
  }
}

// The subjects of `find`, each once.
std::vector<Subject> subjects_of(const Rule& rule) {
  std::vector<Subject> found;
  for (const Find& find : rule.find) {
    const Subject subject = find.pattern.subject;
    if (std::find(found.begin(), found.end(), subject) == found.end()) found.push_back(subject);
  }
  return found;
}

// An exception speaks of every subject that all its words fit; the first subject gets the blame if there is none.
std::vector<Subject> subjects_for(Reader& reader, const YamlNode& exception, const std::vector<Subject>& found) {
  std::vector<Subject> fitting;
  for (const Subject subject : found) {
    const bool fit = std::all_of(exception.entries.begin(), exception.entries.end(), [&](const YamlEntry& entry) {
      if (entry.key == "because" || entry.key == "sink" || entry.key == "say") return true;
      if (reader.ledger().facets.count(entry.key) > 0) return subject == Subject::kCall;
      const WordInfo* info = find_word(entry.key);
      return info != nullptr && fits(*info, subject);
    });
    if (fit) fitting.push_back(subject);
  }
  if (fitting.empty()) fitting.push_back(found.front());
  return fitting;
}

void read_unless(Reader& reader, const YamlNode& node, const std::vector<Subject>& found, Rule& rule) {
  if (node.is_list() && node.items.empty()) reader.problem(node, "`unless` is an empty list");
  for (const YamlNode* item : Reader::items(node)) {
    if (!reader.is_map(*item, "`unless`", "{in: {function: {runs: once}}}")) continue;
    for (const Subject subject : subjects_for(reader, *item, found)) {
      rule.unless.push_back(read_words(reader, subject, *item));
    }
  }
}

void read_advice(Reader& reader, const YamlNode& node, const std::vector<Subject>& found, Rule& rule) {
  if (node.is_list() && node.items.empty()) reader.problem(node, "`advice` is an empty list");
  for (const YamlNode* item : Reader::items(node)) {
    if (!reader.is_map(*item, "`advice`", "{sink: {is: blocks.sleep}, say: \"...\"}")) continue;
    const YamlEntry* say = item->find("say");
    const YamlEntry* sink = item->find("sink");
    if (say == nullptr) reader.problem(*item, "`say` is missing: what to do in this case");
    for (const Subject subject : subjects_for(reader, *item, found)) {
      Advice advice;
      advice.pattern = read_words(reader, subject, *item, kAdvice);
      advice.languages = languages_of(reader, *item, rule);
      if (sink != nullptr) advice.sink = read_words(reader, Subject::kCall, sink->value);
      if (say != nullptr) advice.say = reader.text(say->value, "`say`").value_or("");
      rule.advice.push_back(std::move(advice));
    }
  }
}

void read_exceptions(Reader& reader, const YamlNode& root, Rule& rule) {
  const std::vector<Subject> found = subjects_of(rule);
  for (const char* const key : {"unless", "lower", "advice", "at"}) {
    if (const YamlEntry* entry = root.find(key); entry != nullptr && rule.of_suppressions) {
      reader.problem(entry->value, "`" + std::string(key) + "` has no meaning beside `find: suppressions`");
    }
  }
  if (found.empty()) return;
  if (const YamlEntry* unless = root.find("unless")) read_unless(reader, unless->value, found, rule);
  if (const YamlEntry* advice = root.find("advice")) read_advice(reader, advice->value, found, rule);
  const YamlEntry* lower = root.find("lower");
  if (lower == nullptr) return;
  if (lower->value.is_list() && lower->value.items.empty()) reader.problem(lower->value, "`lower` is an empty list");
  for (const YamlNode* item : Reader::items(lower->value)) {
    if (!reader.is_map(*item, "`lower`", "{in: {function: {runs: once}}, because: it runs once}")) continue;
    for (const Subject subject : subjects_for(reader, *item, found)) {
      read_lower(reader, *item, subject, rule.lower, rule.lower_because);
    }
  }
}

// A matcher belongs to what `find` looks for, once: it is asked of the compiler, long before any other word.
void check_matchers(Reader& reader, const Pattern& pattern) {
  for (const Predicate& predicate : pattern.predicates) {
    if (predicate.word == Word::kMatcher) {
      reader.problem(predicate.place, "`matcher` stands directly below the `clang` of `find`, and nowhere else");
    }
    for (const Pattern& inner : predicate.patterns) check_matchers(reader, inner);
  }
}

void check_matchers(Reader& reader, const Rule& rule) {
  for (const Find& find : rule.find) {
    if (find.pattern.subject != Subject::kClang) continue;
    bool said = false;
    for (const Predicate& predicate : find.pattern.predicates) {
      said = said || predicate.word == Word::kMatcher;
      for (const Pattern& inner : predicate.patterns) check_matchers(reader, inner);
    }
    if (!said) reader.problem(find.pattern.place, "`clang` lacks its `matcher`");
    const bool cpp = std::all_of(find.languages.begin(), find.languages.end(),
                                 [](facts::Language language) { return language == facts::Language::kCpp; });
    if (!cpp) reader.problem(find.pattern.place, "`clang` finds in C++ only: write `languages: [cpp]`");
  }
  for (const Pattern& pattern : rule.unless) check_matchers(reader, pattern);
  for (const Pattern& pattern : rule.lower) check_matchers(reader, pattern);
  for (const Advice& advice : rule.advice) check_matchers(reader, advice.pattern);
}

}  // namespace

Rule read_rule(Reader& reader, const YamlNode& root, const SourceFile& file) {
  Rule rule;
  rule.place = reader.place(root);
  if (!reader.is_map(root, "a rule", "id: ..., severity: ..., message: ..., find: {...}")) return rule;
  reader.only_keys(root, rule_keys(), "a rule");
  check_needed(reader, root, file.shipped);
  read_head(reader, root, rule);
  if (const YamlEntry* find = root.find("find")) read_find(reader, find->value, rule);
  read_exceptions(reader, root, rule);
  read_examples(reader, root, rule);
  check_matchers(reader, rule);
  check_names(reader, rule);
  rule.find_text = as_written(root, file.text);
  return rule;
}

std::vector<Matcher> matchers_of(const Rules& rules, const std::vector<std::string>& ids) {
  std::vector<Matcher> matchers;
  for (const Rule& rule : rules.rules) {
    if (!std::binary_search(ids.begin(), ids.end(), rule.id)) continue;
    for (const Find& find : rule.find) {
      for (const Predicate& word : find.pattern.predicates) {
        if (word.word != Word::kMatcher) continue;
        auto same = std::find_if(matchers.begin(), matchers.end(),
                                 [&](const Matcher& one) { return one.text == word.matcher.text; });
        if (same == matchers.end()) same = matchers.insert(same, {word.matcher.text, {}});
        same->words.push_back(&word);
      }
    }
  }
  return matchers;
}

}  // namespace stallint::rule
