// Our own JSON: all that a finding holds, in the words of docs/formats.md. What is there is always there, so a script
// needs no `if`: texts may be empty, `suppressed` null.

#include "reporters/json.h"

#include "reporters/advice.h"
#include "reporters/page.h"
#include "reporters/reporter.h"

namespace stallint::reporters {
namespace {

constexpr int kFormatVersion = 1;  // goes up when a member changes its meaning or goes away

void add_region(Json& json, const Region& region) {
  json["file"] = region.file;
  json["line"] = region.line;
  json["column"] = region.column;
  json["end_line"] = region.end_line;
  json["end_column"] = region.end_column;
}

Json json_of(const Step& step) {
  Json json;
  add_region(json, step.region);
  json["function"] = step.function;
  json["callee"] = step.callee;
  json["text"] = step.text;
  return json;
}

Json json_of(const Related& related) {
  Json json;
  add_region(json, related.region);
  json["text"] = related.text;
  return json;
}

Json json_of(const Note& note) {
  Json json;
  add_region(json, note.region);
  json["message"] = note.message;
  return json;
}

Json json_of(const Suppression& suppression) {
  Json json;
  json["reason"] = suppression.reason;
  add_region(json, suppression.comment);
  return json;
}

template <typename T>
Json list_of(const std::vector<T>& elements) {
  Json list = Json::array();
  for (const T& element : elements) list.push_back(json_of(element));
  return list;
}

Json json_of(const Finding& finding, const Advice& advice) {
  Json json;
  json["rule"] = finding.rule;
  json["severity"] = name_of(finding.severity);
  json["confidence"] = name_of(finding.confidence);
  add_region(json, finding.region);
  json["function"] = finding.function;
  json["message"] = finding.message;
  json["fix"] = advice.about(finding);
  json["lowered_because"] = finding.lowered_because;
  json["label"] = finding.leaf_label;
  json["chain"] = list_of(finding.chain);
  json["related"] = list_of(finding.related);
  json["fingerprint"] = finding.fingerprint;
  json["known"] = finding.known;
  json["suppressed"] = finding.suppressed ? json_of(*finding.suppressed) : Json(nullptr);
  return json;
}

Json summary_of(const Report& report) {
  const Tally tally = tally_of(report);
  Json json;
  json["findings"] = tally.total();
  for (const Severity severity : {Severity::kCritical, Severity::kHigh, Severity::kMedium, Severity::kLow}) {
    json[name_of(severity)] = tally.open[static_cast<size_t>(severity)];
  }
  json["known"] = tally.known;
  json["suppressed"] = tally.suppressed;
  json["files"] = report.files_checked;
  json["lines"] = report.lines_checked;
  return json;
}

}  // namespace

std::string json_of_rule(const RuleInfo& rule, bool enabled) {
  Json json;
  json["id"] = rule.id;
  json["severity"] = name_of(rule.severity);
  json["enabled"] = enabled;
  json["languages"] = rule.languages;
  json["tags"] = rule.tags;
  json["message"] = rule.message;
  json["why"] = rule.why;
  json["fix"] = rule.fix;
  json["bad"] = rule.bad;
  json["good"] = rule.good;
  json["references"] = rule.references;
  return dump(json);
}

void write_json(const Report& report, std::ostream& out) {
  const Advice advice(report);
  out << "{\"version\": " << kFormatVersion
      << ",\n\"tool\": " << dump(Json{{"name", "stallint"}, {"version", report.tool_version}}) << ",\n";
  JsonLines findings(out, "\"findings\": [");
  for (const Finding& finding : report.findings) findings.add(json_of(finding, advice));
  findings.end("],\n");
  JsonLines notes(out, "\"notes\": [");
  for (const Note& note : report.notes) notes.add(json_of(note));
  notes.end("],\n");
  out << "\"summary\": " << dump(summary_of(report)) << "}\n";
}

}  // namespace stallint::reporters
