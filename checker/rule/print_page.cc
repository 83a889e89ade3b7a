// The page of a rule, for docs/rules and for a terminal, and what reports show of it.

#include "checker/base/text.h"
#include "checker/rule/print.h"
#include "checker/rule/rule.h"

#include <algorithm>

namespace stallint::rule {

namespace {

std::string with_commas(const std::vector<std::string>& parts) { return join(parts, ", "); }

std::string without_last_line_end(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text);
}

std::string language_of(std::string_view name) {
  if (name.ends_with(".py") || name.ends_with(".pyi")) return "python";
  if (name.ends_with(".toml")) return "toml";
  if (name.ends_with(".cfg")) return "ini";
  return "cpp";
}

// Every message the rule has, each once.
std::vector<std::string> messages(const Rule& rule) {
  std::vector<std::string> found;
  for (const Find& find : rule.find) {
    if (std::find(found.begin(), found.end(), find.message) == found.end()) found.push_back(find.message);
  }
  if (found.empty()) found.push_back(rule.message);
  return found;
}

// The files of an example in one text; names stand above their files if there are several.
std::string joined(const Example& example) {
  std::string text;
  for (const ExampleFile& file : example.files) {
    if (example.files.size() > 1) {
      const std::string_view comment = language_of(file.name) == "cpp" ? "// " : "# ";
      text.append(text.empty() ? "" : "\n").append(comment).append(file.name).append("\n");
    }
    text += without_last_line_end(without_marks(file.text)) + "\n";
  }
  return text;
}

std::string code_blocks(const std::vector<Example>& examples) {
  std::string text;
  for (const Example& example : examples) {
    const std::string language = example.files.empty() ? "" : language_of(example.files.front().name);
    text += fenced(joined(example), language) + "\n";
  }
  return text;
}

std::string facts_line(const Rule& rule) {
  std::string line = "severity " + std::string(name_of(rule.severity)) + " · " + with_commas(rule.languages);
  if (rule.requires_python) line += " · Python " + *rule.requires_python + " or newer";
  if (!rule.enabled) line += " · off unless asked for";
  if (!rule.tags.empty()) line += " · " + with_commas(rule.tags);
  return line;
}

std::string ignore_comment(const Rule& rule, std::string_view language) {
  return std::string(language == "cpp" ? "//" : "#") + " stallint: ignore[" + rule.id + "] why it is right here\n";
}

// In each language of the rule.
std::string ignore_blocks(const Rule& rule) {
  std::string text;
  for (const std::string& language : rule.languages) text += fenced(ignore_comment(rule, language), language) + "\n";
  return text;
}

std::string ignore_lines(const Rule& rule) {
  std::string text;
  for (const std::string& language : rule.languages) text += ignore_comment(rule, language);
  return text;
}

std::string section(std::string_view title, const std::string& body) {
  return "## " + std::string(title) + "\n\n" + without_last_line_end(body) + "\n\n";
}

std::string limits(const Rule& rule) {
  std::string text;
  if (!rule.missed.empty()) text += "Not found yet:\n\n" + code_blocks(rule.missed);
  if (!rule.wrong.empty()) text += "Still reported, and not a problem:\n\n" + code_blocks(rule.wrong);
  return text;
}

std::string references(const Rule& rule) {
  std::string text;
  for (const std::string& link : rule.references) text += "- <" + link + ">\n";
  return text;
}

std::string indented(std::string_view text) {
  std::string result;
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty()) result.append("    ").append(line);
    result += '\n';
  }
  return without_last_line_end(result) + "\n";
}

std::string block(std::string_view title, const std::string& body) {
  return body.empty() ? "" : std::string(title) + "\n" + indented(without_last_line_end(body)) + "\n";
}

std::string all_joined(const std::vector<Example>& examples) {
  std::string text;
  for (const Example& example : examples) text += (text.empty() ? "" : "\n---\n\n") + joined(example);
  return text;
}

}  // namespace

std::string print_page(const Rule& rule) {
  std::string page = "<!-- Printed from " + rule.place.file + " by `./dev docs`. -->\n\n";
  page += "# " + rule.id + "\n\n" + facts_line(rule) + "\n\n";
  for (const std::string& message : messages(rule)) page += "> " + message + "\n>\n";
  page.resize(page.size() - 2);
  page += "\n";
  if (!rule.why.empty()) page += section("Why", rule.why);
  if (!rule.fix.empty()) page += section("What to do", rule.fix);
  if (!rule.bad.empty()) page += section("Found", code_blocks(rule.bad));
  if (!rule.good.empty()) page += section("Not found", code_blocks(rule.good));
  page += section("How it is found",
                  "The words are explained in [language.md](../language.md).\n\n" + fenced(rule.find_text, "yaml"));
  if (const std::string known = limits(rule); !known.empty()) page += section("Known limits", known);
  if (!rule.references.empty()) page += section("References", references(rule));
  if (rule.of_suppressions) return without_last_line_end(page) + "\n";
  page += section("To ignore it",
                  "On the line of the finding, or on the line before, with the reason:\n\n" + ignore_blocks(rule));
  return without_last_line_end(page) + "\n";
}

std::string print_text(const Rule& rule) {
  std::string text = rule.id + "\n" + facts_line(rule) + "\n\n";
  for (const std::string& message : messages(rule)) text += "    " + message + "\n";
  text += "\n";
  text += block("Why", rule.why);
  text += block("What to do", rule.fix);
  text += block("Found", all_joined(rule.bad));
  text += block("Not found", all_joined(rule.good));
  text += block("How it is found", rule.find_text);
  text += block("Not found yet", all_joined(rule.missed));
  text += block("Still reported, and not a problem", all_joined(rule.wrong));
  text += block("References", join(rule.references, "\n"));
  if (!rule.of_suppressions) text += block("To ignore it, on the line or the line before", ignore_lines(rule));
  return without_last_line_end(text) + "\n";
}

RuleInfo info_of(const Rule& rule) {
  RuleInfo info;
  info.id = rule.id;
  info.severity = rule.severity;
  info.message = rule.message.empty() ? messages(rule).front() : rule.message;
  info.why = rule.why;
  info.fix = rule.fix;
  info.references = rule.references;
  info.tags = rule.tags;
  info.languages = rule.languages;
  if (!rule.bad.empty()) info.bad = joined(rule.bad.front());
  if (!rule.good.empty()) info.good = joined(rule.good.front());
  return info;
}

}  // namespace stallint::rule
