#include "checker/config/read.h"

#include "checker/base/suggest.h"
#include "checker/base/utf.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

namespace stallint::config {

namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kLevels = {"low", "medium", "high", "critical", "never"};
const std::vector<std::string> kSeverities = {"low", "medium", "high", "critical"};
const std::vector<std::string> kGrades = {"likely", "exact"};

// What other linters call it, or where else it belongs.
struct Hint {
  std::string_view key;
  std::string_view say;
};

constexpr auto kHints = std::to_array<Hint>({
    {"per-file-ignores", "here it is the table `per-file`"},
    {"extend-per-file-ignores", "here it is the table `per-file`, which adds to that of extended files"},
    {"extend-ignore", "`ignore` adds to what extended files ignore"},
    {"enable", "here it is `select`, or `extend-select` for more than the default"},
    {"disable", "here it is `ignore`"},
    {"lint", "the keys stand at the top here"},
    {"force-exclude", "it is an option of the command line: `--force-exclude`"},
    {"show-low", "it is an option of the command line: `--show-low`"},
    {"format", "it is an option of the command line: `--format`"},
    {"output-format", "it is an option of the command line: `--format`"},
    {"jobs", "it is an option of the command line: `--jobs`"},
    {"color", "it is an option of the command line: `--color`"},
    {"cache", "`--no-cache` is an option of the command line; `cache-dir` says where"},
    {"offloads", "it stands in the table `[project]`"},
    {"blocks", "it stands in the table `[project]`"},
    {"harmless", "it stands in the table `[project]`"},
});

std::string in_code(std::string_view word) { return "`" + std::string(word) + "`"; }

std::string list_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += &word == &words.back() ? " or " : ", ";
    text += in_code(word);
  }
  return text;
}

std::string described(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "the text " + in_code(node.as_string()->get());
    case toml::node_type::integer:
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return node.as_boolean()->get() ? "`true`" : "`false`";
    default:
      return "a date or a time";
  }
}

// What toml++ says, and what is mostly meant by it.
std::string in_words(std::string_view said) {
  constexpr std::string_view kBeginning = "Error while parsing ";
  if (said.starts_with(kBeginning)) said.remove_prefix(kBeginning.size());
  constexpr auto kMeant = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"could not determine value type", "; texts stand in quotes: `fail-on = \"high\"`"},
      {"expected '=', saw ':'", "; it is written `key = value`"},
      {"expected value, saw", "; a key needs a value: `fail-on = \"high\"`"},
      {"unescaped control characters", "; the quote at the end of the text is perhaps missing"},
      {"expected comma or closing ']'", "; the list is not closed, or a comma is missing"},
      {"expected ']', saw", "; the head of a table is written `[severity]`"},
      {"cannot redefine", "; it is there twice, so join the two"},
  });
  std::string text(said);
  for (const auto& [part, meant] : kMeant) {
    if (said.find(part) != std::string_view::npos) return text.append(meant);
  }
  return text;
}

// toml++ counts characters; a Place counts bytes.
uint32_t column_in_bytes(std::string_view text, toml::source_position at) {
  for (uint32_t line = 1; line < at.line; ++line) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return at.column;
    text.remove_prefix(end + 1);
  }
  size_t byte = 0;
  for (uint32_t left = at.column; left > 1 && byte < text.size(); --left) {
    ++byte;
    while (byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U) ++byte;
  }
  return static_cast<uint32_t>(byte) + 1;
}

class LayerReader {
 public:
  LayerReader(const Source& source, std::string_view text, std::vector<Problem>& problems)
      : source_(source), text_(text), problems_(problems) {}

  Read read() {
    read_.layer.file = source_.file;
    read_.layer.base = source_.base;
    if (!valid_utf8(text_)) {
      const std::string_view before = text_.substr(0, to_valid_utf8(text_).first_replaced);
      const auto line = static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
      const auto column = static_cast<uint32_t>(before.size() - (before.rfind('\n') + 1)) + 1;
      problems_.push_back({{source_.file, line, column}, "these bytes are not UTF-8; save the file as UTF-8"});
      return std::move(read_);
    }
    const toml::parse_result parsed = toml::parse(text_);
    if (!parsed) {
      const toml::source_position at = parsed.error().source().begin;
      problems_.push_back({place(at), "this is no TOML: " + in_words(parsed.error().description())});
      return std::move(read_);
    }
    const toml::table* table = &parsed.table();
    if (source_.pyproject) {
      const toml::node_view<const toml::node> own = (*table)["tool"]["stallint"];
      read_.speaks = own.node() != nullptr;
      if (read_.speaks && own.as_table() == nullptr)
        problem(*own.node(), "`[tool.stallint]` is a table, not " + described(*own.node()));
      table = own.as_table();
    }
    if (table != nullptr) read_table(*table, "");
    return std::move(read_);
  }

 private:
  Place place(toml::source_position at) const { return {source_.file, at.line, column_in_bytes(text_, at)}; }
  Place place(const toml::node& node) const { return place(node.source().begin); }
  void problem(const toml::node& at, std::string message) { problems_.push_back({place(at), std::move(message)}); }
  void problem(const toml::key& at, std::string message) {
    problems_.push_back({place(at.source().begin), std::move(message)});
  }

  // The top, or [project]: `prefix` is "" or "project.".
  void read_table(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string name = prefix + std::string(key.str());
      const auto known =
          std::find_if(keys().begin(), keys().end(), [&](const KeyInfo& info) { return info.name == name; });
      if (known != keys().end()) {
        read_value(*known, key, node);
      } else if (prefix.empty() && key.str() == "project") {
        if (const toml::table* project = node.as_table()) {
          read_table(*project, "project.");
        } else {
          problem(node, "`project` is a table with `offloads`, `blocks` or `harmless`, not " + described(node));
        }
      } else {
        problem(key, unknown(key, prefix));
      }
    }
  }

  std::string unknown(const toml::key& key, const std::string& prefix) const {
    const std::string word(key.str());
    if (!prefix.empty() && is_top_level(word)) return out_of_place(word, "project");
    std::string message = "unknown key " + in_code(word);
    if (!prefix.empty()) message += " of `[project]`";
    if (prefix.empty()) {
      const auto hint = std::find_if(kHints.begin(), kHints.end(), [&](const Hint& one) { return one.key == word; });
      if (hint != kHints.end()) return message + ": " + std::string(hint->say);
    }
    std::vector<std::string> names;
    for (const KeyInfo& info : keys()) {
      const bool in_project = info.name.starts_with("project.");
      if (in_project == prefix.empty()) continue;
      names.emplace_back(info.name.substr(prefix.size()));
    }
    if (prefix.empty()) names.emplace_back("project");
    const std::string meant = did_you_mean(word, names);
    return message + (meant.empty() ? "; there are " + list_of(names) : meant);
  }

  static bool is_top_level(std::string_view word) {
    return std::any_of(keys().begin(), keys().end(), [&](const KeyInfo& info) { return info.name == word; });
  }

  std::string out_of_place(const std::string& word, const std::string& table) const {
    return in_code(word) + " is no key of `[" + std::string(source_.pyproject ? "tool.stallint." : "") + table +
           "]`: in TOML what follows a table's head belongs to the table; move the line above the first head";
  }

  void read_value(const KeyInfo& info, const toml::key& key, const toml::node& node) {
    Setting setting;
    setting.place = place(key.source().begin);
    if (is_table(info.kind)) {
      read_entries(info, node, setting);
    } else if (info.kind == Kind::kFlag) {
      if (!node.is_boolean()) return wrong(info, node);
      setting.values.push_back({node.as_boolean()->get() ? "true" : "false", place(node)});
    } else if (info.kind == Kind::kLevel || info.kind == Kind::kGrade || info.kind == Kind::kPath) {
      if (!node.is_string()) return wrong(info, node);
      add_text(info, node, setting.values);
    } else {
      read_list(info, node, setting.values);
    }
    if (info.key == Key::kExtend) {
      read_.extends = std::move(setting.values);
    } else {
      read_.layer.settings[info.key] = std::move(setting);
    }
  }

  void wrong(const KeyInfo& info, const toml::node& node) {
    std::string message =
        in_code(info.name) + " takes " + std::string(config::described(info.kind)) + ", not " + described(node);
    if (info.kind == Kind::kFlag && node.is_string()) message += "; leave the quotes out";
    problem(node, message + "; for example `" + std::string(info.example.substr(info.example.rfind('\n') + 1)) + "`");
  }

  // A list of texts; one text stands for a list of one.
  void read_list(const KeyInfo& info, const toml::node& node, std::vector<Value>& values) {
    if (node.is_string()) return add_text(info, node, values);
    const toml::array* list = node.as_array();
    if (list == nullptr) return wrong(info, node);
    for (const toml::node& item : *list) {
      if (item.is_string()) {
        add_text(info, item, values);
      } else {
        problem(item, "`" + std::string(info.name) + "` is a list of texts, and here is " + described(item));
      }
    }
  }

  void add_text(const KeyInfo& info, const toml::node& node, std::vector<Value>& values) {
    const std::string& text = node.as_string()->get();
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
      return problem(node, "an empty text among " + in_code(info.name) + "; leave it out");
    }
    if (info.kind == Kind::kLevel && !one_of(info.name, text, kLevels, node)) return;
    if (info.kind == Kind::kGrade && !one_of(info.name, text, kGrades, node)) return;
    if (info.kind == Kind::kGlobs) {
      if (const std::string mistake = wrong_glob(text); !mistake.empty()) return problem(node, mistake);
    }
    if (info.kind == Kind::kPath || info.kind == Kind::kPaths) return add_path(info, node, text, values);
    values.push_back({text, place(node)});
  }

  void add_path(const KeyInfo& info, const toml::node& node, const std::string& text, std::vector<Value>& values) {
    if (text.starts_with("~")) {
      return problem(node, "`" + text + "`: `~` is not replaced here; write a path relative to this file");
    }
    std::string path = (fs::path(source_.folder) / text).lexically_normal().generic_string();
    if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    std::error_code error;
    if (info.key == Key::kRules && !fs::exists(path, error)) {
      return problem(node, "there is no folder or file `" + text +
                               "` beside this file; `rules` takes folders with rules "
                               "and models, relative to it");
    }
    values.push_back({std::move(path), place(node)});
  }

  bool one_of(std::string_view what, const std::string& text, const std::vector<std::string>& words,
              const toml::node& node) {
    if (std::find(words.begin(), words.end(), text) != words.end()) return true;
    problem(node, in_code(what) + " takes " + list_of(words) + ", not " + in_code(text) + did_you_mean(text, words));
    return false;
  }

  void read_entries(const KeyInfo& info, const toml::node& node, Setting& setting) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return wrong(info, node);
    for (const auto& [key, value] : *table) {
      const std::string name(key.str());
      Entry entry{{name, place(key.source().begin)}, {}};
      const toml::array* list = value.as_array();
      if (is_top_level(name)) {
        problem(key, out_of_place(name, std::string(info.name)));
      } else if (info.kind == Kind::kSeverities) {
        read_severity(name, value, entry);
      } else if (const std::string mistake = wrong_glob(name); !mistake.empty()) {
        problem(key, mistake);
      } else if (list != nullptr && list->empty()) {
        problem(value, "no rule is ignored for `" + name + "`; name some, `all`, or leave the line out");
      } else if (list == nullptr && !value.is_string()) {
        problem(value, "the rules that are ignored for `" + name + "` are a list of ids, tags and severities, not " +
                           described(value));
      } else {
        read_list(info, value, entry.values);
      }
      if (!entry.values.empty()) setting.entries.push_back(std::move(entry));
    }
    std::sort(setting.entries.begin(), setting.entries.end(), [](const Entry& a, const Entry& b) {
      return std::pair(a.name.place.line, a.name.place.column) < std::pair(b.name.place.line, b.name.place.column);
    });
  }

  void read_severity(const std::string& rule, const toml::node& value, Entry& entry) {
    if (!value.is_string()) {
      return problem(value,
                     "the severity of " + in_code(rule) + " is " + list_of(kSeverities) + ", not " + described(value));
    }
    const std::string& text = value.as_string()->get();
    if (text == "off" || text == "never" || text == "none") {
      return problem(value,
                     in_code(text) + " is no severity; to switch " + in_code(rule) + " off, put it into `ignore`");
    }
    if (one_of("severity", text, kSeverities, value)) entry.values.push_back({text, place(value)});
  }

  const Source& source_;
  std::string_view text_;
  std::vector<Problem>& problems_;
  Read read_;
};

}  // namespace

Read read_layer(const Source& source, std::string_view text, std::vector<Problem>& problems) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return LayerReader(source, text, problems).read();
}

}  // namespace stallint::config
