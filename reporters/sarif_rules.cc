#include "reporters/sarif_rules.h"

#include "reporters/prose.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace stallint::reporters {
namespace {

constexpr size_t kMostText = 1000;  // GitHub takes 1024 characters of a description
constexpr size_t kMostTags = 10;    // GitHub keeps ten

// "async-blocking-call" is "AsyncBlockingCall": names are in Pascal case by the standard's advice.
std::string pascal_case(const std::string& id) {
  std::string name;
  bool start = true;
  for (const char c : id) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
      start = true;
      continue;
    }
    name += start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    start = false;
  }
  return name;
}

const char* problem_severity(Severity severity) {
  if (severity >= Severity::kHigh) return "error";
  return severity == Severity::kMedium ? "warning" : "recommendation";
}

std::vector<std::string> tags_of(const RuleInfo& rule) {
  std::vector<std::string> tags;
  const auto add = [&tags](const std::string& tag) {
    const bool known = std::find(tags.begin(), tags.end(), tag) != tags.end();
    if (!known && tag != "security" && tags.size() < kMostTags) tags.push_back(tag);
  };
  add("performance");
  add(std::string("severity:") + name_of(rule.severity));
  for (const std::string& language : rule.languages) add(language);
  for (const std::string& tag : rule.tags) add(tag);
  return tags;
}

std::string code_block(const std::string& code, const RuleInfo& rule) {
  std::string text = code;
  if (!text.ends_with('\n')) text += '\n';
  return "```" + (rule.languages.empty() ? "" : rule.languages.front()) + "\n" + text + "```\n";
}

std::string what_it_finds(const RuleInfo& rule) {
  return rule.message.empty() ? sentence(rule.id) : general_sentence(rule.message);
}

std::string help_text(const RuleInfo& rule) {
  std::string text = one_line(without_placeholders(rule.why));
  const std::string fix = one_line(without_placeholders(rule.fix));
  if (!fix.empty()) text += (text.empty() ? "" : "\n\n") + fix;
  for (const std::string& reference : rule.references) text += "\n" + reference;
  return text.empty() ? what_it_finds(rule) : text;
}

std::string help_markdown(const RuleInfo& rule) {
  std::string text = what_it_finds(rule) + "\n";
  const auto section = [&text](const char* title, const std::string& body) {
    if (body.empty()) return;
    text += std::string("\n## ") + title + "\n\n" + body;
    if (!text.ends_with('\n')) text += '\n';
  };
  section("Why", without_placeholders(rule.why));
  section("What to do", without_placeholders(rule.fix));
  if (!rule.bad.empty()) section("Found", code_block(rule.bad, rule));
  if (!rule.good.empty()) section("Better", code_block(rule.good, rule));
  std::string references;
  for (const std::string& reference : rule.references) references += "* <" + reference + ">\n";
  section("References", references);
  return text;
}

}  // namespace

const char* sarif_level(Severity severity) {
  if (severity >= Severity::kHigh) return "error";
  return severity == Severity::kMedium ? "warning" : "note";
}

double sarif_rank(Severity severity) {
  switch (severity) {
    case Severity::kLow:
      return 20;
    case Severity::kMedium:
      return 50;
    case Severity::kHigh:
      return 80;
    case Severity::kCritical:
      return 95;
  }
  return 0;
}

Json sarif_rule(const RuleInfo& rule) {
  const std::string what = what_it_finds(rule);
  const std::string why = brief(without_placeholders(rule.why), kMostText);
  Json json;
  json["id"] = rule.id;
  json["name"] = pascal_case(rule.id);
  json["shortDescription"] = {{"text", brief(what, kMostText)}};
  json["fullDescription"] = {{"text", why.empty() ? what : why}};
  json["help"] = {{"text", help_text(rule)}, {"markdown", help_markdown(rule)}};
  json["defaultConfiguration"] = {{"level", sarif_level(rule.severity)}, {"rank", sarif_rank(rule.severity)}};
  json["properties"] = {{"tags", tags_of(rule)},
                        {"precision", "high"},
                        {"problem.severity", problem_severity(rule.severity)},
                        {"severity", name_of(rule.severity)}};
  return json;
}

}  // namespace stallint::reporters
