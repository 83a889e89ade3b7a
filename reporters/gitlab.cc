// A code quality report of GitLab: what a merge request shows of the difference between two such files.
//
// A fingerprint must be unique, as of two findings with one fingerprint only the first is shown; ours is, and it stays
// when lines move, so a finding in moved code is not new.

#include "reporters/json.h"
#include "reporters/prose.h"
#include "reporters/reporter.h"
#include "reporters/uri.h"
#include "reporters/worst.h"

#include <algorithm>

namespace stallint::reporters {
namespace {

const char* gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::kCritical:
      return "blocker";
    case Severity::kHigh:
      return "critical";
    case Severity::kMedium:
      return "major";
    case Severity::kLow:
      return "minor";
  }
  return "info";
}

}  // namespace

void write_gitlab(const Report& report, const ReportOptions& options, std::ostream& out) {
  JsonLines lines(out, "[");
  for (const Finding* finding : worst_first(report)) {
    const Region& at = finding->region;
    const uint32_t begin = std::max(at.line, 1U);
    Json json;
    json["type"] = "issue";
    json["check_name"] = finding->rule;
    json["description"] = one_line(finding->message);
    json["categories"] = {"Performance"};
    json["severity"] = gitlab_severity(finding->severity);
    json["fingerprint"] = finding->fingerprint;
    json["location"] = {{"path", path_below(at.file, report.working_directory, options.root)},
                        {"lines", {{"begin", begin}, {"end", std::max(begin, at.end_line)}}}};
    lines.add(json);
  }
  lines.end("]\n");
}

}  // namespace stallint::reporters
