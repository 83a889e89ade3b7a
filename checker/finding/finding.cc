#include "checker/finding/finding.h"

namespace stallint {

const char* name_of(Severity severity) {
  switch (severity) {
    case Severity::kLow:
      return "low";
    case Severity::kMedium:
      return "medium";
    case Severity::kHigh:
      return "high";
    case Severity::kCritical:
      return "critical";
  }
  return "";
}

const char* name_of(Confidence confidence) { return confidence == Confidence::kExact ? "exact" : "likely"; }

std::optional<Severity> severity_from(const std::string& name) {
  for (const Severity severity : {Severity::kLow, Severity::kMedium, Severity::kHigh, Severity::kCritical}) {
    if (name == name_of(severity)) return severity;
  }
  return std::nullopt;
}

}  // namespace stallint
