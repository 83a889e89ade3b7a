// reviewdog's Diagnostic Format: comments of a review. Its columns count bytes of UTF-8 from 1, as ours do.

#include "reporters/advice.h"
#include "reporters/aside.h"
#include "reporters/json.h"
#include "reporters/prose.h"
#include "reporters/reporter.h"
#include "reporters/worst.h"

#include <algorithm>

namespace stallint::reporters {
namespace {

constexpr size_t kMostAdvice = 300;  // bytes; `stallint explain` says all

const char* rdjson_severity(Severity severity) {
  if (severity >= Severity::kHigh) return "ERROR";
  return severity == Severity::kMedium ? "WARNING" : "INFO";
}

Json location(const Region& region) {
  Json json;
  json["path"] = region.file;
  if (region.line == 0) return json;
  const uint32_t column = std::max(region.column, 1U);
  const uint32_t end_line = std::max(region.line, region.end_line);
  const uint32_t end_column = end_line == region.line ? std::max(column, region.end_column) : region.end_column;
  json["range"] = {{"start", {{"line", region.line}, {"column", column}}},
                   {"end", {{"line", end_line}, {"column", std::max(end_column, 1U)}}}};
  return json;
}

Json diagnostic(const Finding& finding, const Advice& advice) {
  Json json;
  std::string message = sentence(one_line(finding.message));
  if (const std::string fix = brief(advice.about(finding), kMostAdvice); !fix.empty())
    message += "\n\n" + sentence(fix);
  json["message"] = message;
  json["location"] = location(finding.region);
  json["severity"] = rdjson_severity(finding.severity);
  json["code"] = {{"value", finding.rule}};
  Json related = Json::array();
  for (size_t i = 1; i < finding.chain.size(); ++i) {
    related.push_back({{"message", step_sentence(finding.chain[i])}, {"location", location(finding.chain[i].region)}});
  }
  for (const Related* place : aside(finding)) {
    related.push_back({{"message", one_line(place->text)}, {"location", location(place->region)}});
  }
  if (!related.empty()) json["related_locations"] = std::move(related);
  return json;
}

}  // namespace

void write_rdjson(const Report& report, std::ostream& out) {
  const Advice advice(report);
  JsonLines lines(out, "{\"source\": {\"name\": \"stallint\"},\n\"diagnostics\": [");
  for (const Finding* finding : worst_first(report)) lines.add(diagnostic(*finding, advice));
  lines.end("]}\n");
}

}  // namespace stallint::reporters
