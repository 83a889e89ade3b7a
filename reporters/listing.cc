// The short reports for people: a line for each finding, alone or below the name of its file.

#include "reporters/page.h"
#include "reporters/reporter.h"
#include "reporters/utf8.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace stallint::reporters {
namespace {

// Those that get a line; the low ones that do not are counted.
std::vector<const Finding*> listed(const Report& report, const ReportOptions& options,
                                   std::map<std::string, uint64_t>& low_by_rule) {
  std::vector<const Finding*> found;
  for (const Finding& finding : report.findings) {
    if (!is_open(finding)) continue;
    if (finding.severity == Severity::kLow && !options.show_low) {
      ++low_by_rule[finding.rule];
    } else {
      found.push_back(&finding);
    }
  }
  return found;
}

std::string padded(const std::string& text, size_t width) {
  return text + std::string(width - std::min(width, text.size()), ' ');
}

void write_group(const std::vector<const Finding*>& group, Page& page) {
  std::vector<std::string> places;
  size_t widest_place = 0;
  size_t widest_severity = 0;
  size_t widest_rule = 0;
  for (const Finding* finding : group) {
    places.push_back(std::to_string(finding->region.line) + ":" + std::to_string(finding->region.column));
    widest_place = std::max(widest_place, places.back().size());
    widest_severity = std::max(widest_severity, std::string(name_of(finding->severity)).size());
    widest_rule = std::max(widest_rule, finding->rule.size());
  }
  page.line(page.paint(Ink::kPlace, printable(group.front()->region.file)));
  for (size_t i = 0; i < group.size(); ++i) {
    const Finding& finding = *group[i];
    page.line("  " + std::string(widest_place - places[i].size(), ' ') + places[i] + "  " +
              page.paint(ink_of(finding.severity), padded(name_of(finding.severity), widest_severity)) + "  " +
              page.paint(Ink::kRule, padded(printable(finding.rule), widest_rule)) + "  " + printable(finding.message));
  }
  page.line("");
}

}  // namespace

void write_concise(const Report& report, const ReportOptions& options, std::ostream& out) {
  Page page(out, options.color);
  std::map<std::string, uint64_t> low_by_rule;
  for (const Finding* finding : listed(report, options, low_by_rule)) {
    page.line(page.paint(Ink::kPlace, place_text(finding->region) + ":") + " " +
              page.paint(ink_of(finding->severity), name_of(finding->severity)) + " " +
              page.paint(Ink::kRule, printable(finding->rule)) + " " + printable(finding->message));
  }
  page.low(low_by_rule);
  page.notes(report);
  page.summary(report, "");
}

void write_grouped(const Report& report, const ReportOptions& options, std::ostream& out) {
  Page page(out, options.color);
  std::map<std::string, uint64_t> low_by_rule;
  std::vector<const Finding*> group;
  for (const Finding* finding : listed(report, options, low_by_rule)) {
    if (!group.empty() && group.front()->region.file != finding->region.file) {
      write_group(group, page);
      group.clear();
    }
    group.push_back(finding);
  }
  if (!group.empty()) write_group(group, page);
  page.low(low_by_rule);
  page.notes(report);
  page.summary(report, "");
}

}  // namespace stallint::reporters
