#include "checker/base/text.h"
#include "checker/rule/files.h"

#include <algorithm>
#include <array>

namespace stallint::rule {

namespace {

// Where a mark begins in a line: the `#` or `//` of `# finding`, with what follows it.
struct Mark {
  size_t begin = std::string_view::npos;  // of the comment
  std::string_view rest;                  // behind "finding"
  bool exact = false;                     // spelt as it has to be
};

// A comment whose first word is `finding`, however it is spelt.
Mark mark_in(std::string_view line) {
  for (const std::string_view sign : {std::string_view("#"), std::string_view("//")}) {
    for (size_t at = line.find(sign); at != std::string_view::npos; at = line.find(sign, at + 1)) {
      const std::string_view comment = line.substr(at + sign.size());
      const std::string_view word = trimmed(comment);
      if (!lower(word.substr(0, 7)).starts_with("finding")) continue;
      const std::string_view rest = word.substr(7);
      const bool spelt = comment.starts_with(" finding") && (rest.empty() || rest.starts_with(": "));
      return {at, rest, spelt && (rest.empty() || !trimmed(rest.substr(1)).empty())};
    }
  }
  return {};
}

bool known_suffix(std::string_view name) {
  static constexpr std::array<std::string_view, 10> kSuffixes = {".py",  ".pyi", ".toml", ".cfg", ".cc",
                                                                 ".cpp", ".cxx", ".h",    ".hh",  ".hpp"};
  return std::any_of(kSuffixes.begin(), kSuffixes.end(),
                     [&](std::string_view suffix) { return name.ends_with(suffix); });
}

void check_file_name(Reader& reader, const YamlEntry& entry) {
  const std::string& name = entry.key;
  const bool inside =
      !name.starts_with('/') && name.find("..") == std::string::npos && name.find('\\') == std::string::npos;
  if (inside && known_suffix(name)) return;
  reader.problem(entry, "`" + name + "` is no file name of an example, such as `app/store.py`");
}

enum class Marks { kNeeded, kForbidden };

// Number of marks; a mark that is spelt wrongly would be taken for a comment, so it is a problem.
size_t count_marks(Reader& reader, const YamlNode& node, const std::string& text) {
  size_t marks = 0;
  Place place = reader.place(node);
  if (node.text_line > 0) place = {reader.file(), node.text_line - 1, 0};
  for (const std::string_view line : split(text, '\n')) {
    if (node.text_line > 0) ++place.line;
    const Mark mark = mark_in(line);
    if (mark.begin == std::string_view::npos) continue;
    ++marks;
    if (mark.exact) continue;
    reader.problem(place, "the mark `" + std::string(trimmed(line.substr(mark.begin))) +
                              "` is spelt `# finding` or `# finding: words of the message`");
  }
  return marks;
}

std::string only_name(const Rule& rule) {
  const bool cpp = !rule.languages.empty() && rule.languages.front() == "cpp";
  return cpp ? "example.cc" : "example.py";
}

void read_example(Reader& reader, const YamlNode& node, std::string_view key, Marks marks, const Rule& rule,
                  std::vector<Example>& to) {
  Example example;
  example.place = reader.place(node);
  size_t found = 0;
  if (node.is_map() && !node.entries.empty()) {
    for (const YamlEntry& entry : node.entries) {
      check_file_name(reader, entry);
      if (!entry.value.is_scalar()) {  // an empty file is a file
        if (!entry.value.is_null())
          reader.problem(entry.value, "the text of a file is a text, not " + described(entry.value));
        example.files.push_back({entry.key, ""});
        continue;
      }
      found += count_marks(reader, entry.value, entry.value.text);
      example.files.push_back({entry.key, entry.value.text});
    }
  } else if (node.is_scalar()) {
    const auto text = reader.text(node, "an example");
    if (!text) return;
    found += count_marks(reader, node, *text);
    example.files.push_back({only_name(rule), *text});
  } else {
    return reader.problem(node, "an example is a text or a mapping of file names to texts, not " + described(node));
  }
  if (marks == Marks::kNeeded && found == 0) {
    reader.problem(node, "an example under `" + std::string(key) + "` marks its lines with `# finding`");
  }
  if (marks == Marks::kForbidden && found > 0) {
    reader.problem(node, "an example under `" + std::string(key) + "` has no `# finding`");
  }
  to.push_back(std::move(example));
}

void read_list(Reader& reader, const YamlNode& around, std::string_view key, Marks marks, const Rule& rule,
               std::vector<Example>& to) {
  const YamlEntry* entry = around.find(key);
  if (entry == nullptr) return;
  if (!entry->value.is_list() || entry->value.items.empty()) {
    return reader.problem(entry->value,
                          "`" + std::string(key) + "` is a list of examples, not " + described(entry->value));
  }
  for (const YamlNode& item : entry->value.items) read_example(reader, item, key, marks, rule, to);
}

}  // namespace

void read_examples(Reader& reader, const YamlNode& root, Rule& rule) {
  read_list(reader, root, "bad", Marks::kNeeded, rule, rule.bad);
  read_list(reader, root, "good", Marks::kForbidden, rule, rule.good);
  const YamlEntry* todo = root.find("todo");
  if (todo == nullptr || !reader.is_map(todo->value, "`todo`", "{missed: [...], wrong: [...]}")) return;
  reader.only_keys(todo->value, todo_keys(), "`todo`");
  read_list(reader, todo->value, "missed", Marks::kNeeded, rule, rule.missed);
  read_list(reader, todo->value, "wrong", Marks::kForbidden, rule, rule.wrong);
}

std::string without_marks(std::string_view example) {
  std::string text;
  bool first = true;
  for (std::string_view line : split(example, '\n')) {
    if (!first) text += '\n';
    first = false;
    const Mark mark = mark_in(line);
    if (mark.begin != std::string_view::npos) {
      line = line.substr(0, mark.begin);
      while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    }
    text.append(line);
  }
  return text;
}

}  // namespace stallint::rule
