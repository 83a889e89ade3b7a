// JUnit and Checkstyle: two old formats of XML that build servers read by the dozen. Both go file by file.

#include "reporters/advice.h"
#include "reporters/aside.h"
#include "reporters/lines.h"
#include "reporters/page.h"
#include "reporters/prose.h"
#include "reporters/reporter.h"
#include "reporters/xml.h"

#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace stallint::reporters {
namespace {

constexpr const char* kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

constexpr size_t kMostAdvice = 300;  // bytes, where a page has one line for all; `stallint explain` says the rest

using Group = std::vector<const Finding*>;

// The open findings by file; never an empty group.
std::vector<Group> by_file(const Report& report) {
  std::vector<Group> groups;
  for (const Finding& finding : report.findings) {
    if (!is_open(finding)) continue;
    if (groups.empty() || groups.back().front()->region.file != finding.region.file) groups.emplace_back();
    groups.back().push_back(&finding);
  }
  return groups;
}

std::string attribute(const std::string& name, const std::string& value) {
  return " " + name + "=\"" + escaped_xml(value) + "\"";
}

std::string counts(uint64_t tests, uint64_t failures) {
  return attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) +
         attribute("errors", "0");
}

// What the page of a failed test shows: the place, the way from there, and what to do.
std::string failure_text(const Finding& finding, const Advice& advice) {
  std::string text = place_text(finding.region) + ": " + name_of(finding.severity) + ": " + one_line(finding.message);
  for (size_t i = 1; i < finding.chain.size(); ++i) {
    text += "\n  " + place_text(finding.chain[i].region) + ": " + step_sentence(finding.chain[i]);
  }
  for (const Related* related : aside(finding)) {
    text += "\n  see " + place_text(related->region) + ": " + one_line(related->text);
  }
  if (const std::string fix = advice.about(finding); !fix.empty()) text += "\nFix: " + fix;
  return text;
}

// A test is known by its name from build to build, so there is no line in it; of two with one name GitLab shows one.
std::string test_name(const Finding& finding, std::map<std::string, size_t>& seen) {
  const std::string name = finding.rule + " in " + finding.function;
  const size_t count = ++seen[name];
  return count == 1 ? name : name + " (" + std::to_string(count) + ")";
}

const char* checkstyle_severity(Severity severity) {
  if (severity >= Severity::kHigh) return "error";
  return severity == Severity::kMedium ? "warning" : "info";
}

}  // namespace

void write_junit(const Report& report, std::ostream& out) {
  const Advice advice(report);
  const std::vector<Group> groups = by_file(report);
  size_t failures = 0;
  for (const Group& group : groups) failures += group.size();
  out << kDeclaration << "<testsuites" << attribute("name", "stallint")
      << counts(std::max<size_t>(failures, 1), failures) << ">\n";
  for (const Group& group : groups) {
    const std::string& file = group.front()->region.file;
    std::map<std::string, size_t> seen;
    out << "  <testsuite" << attribute("name", file) << counts(group.size(), group.size()) << ">\n";
    for (const Finding* finding : group) {
      out << "    <testcase" << attribute("name", test_name(*finding, seen)) << attribute("classname", file) << ">\n"
          << "      <failure" << attribute("message", one_line(finding->message)) << attribute("type", finding->rule)
          << ">" << escaped_xml(failure_text(*finding, advice)) << "</failure>\n"
          << "    </testcase>\n";
    }
    out << "  </testsuite>\n";
  }
  // A report without any test is an error to those who publish it.
  if (groups.empty()) {
    out << "  <testsuite" << attribute("name", "stallint") << counts(1, 0) << ">\n    <testcase"
        << attribute("name", "no findings") << attribute("classname", "stallint") << "/>\n  </testsuite>\n";
  }
  out << "</testsuites>\n";
}

void write_checkstyle(const Report& report, const SourceText& source, std::ostream& out) {
  const Advice advice(report);
  Files files(source);
  out << kDeclaration << "<checkstyle" << attribute("version", "4.3") << ">\n";
  for (const Group& group : by_file(report)) {
    out << "  <file" << attribute("name", group.front()->region.file) << ">\n";
    for (const Finding* finding : group) {
      const Region& at = finding->region;
      std::string message = sentence(one_line(finding->message));
      if (const std::string fix = brief(advice.about(*finding), kMostAdvice); !fix.empty()) {
        message += " " + sentence(fix);
      }
      out << "    <error" << attribute("line", std::to_string(at.line))
          << attribute("column", std::to_string(files.utf16_column(at.file, at.line, at.column)))
          << attribute("severity", checkstyle_severity(finding->severity)) << attribute("message", message)
          << attribute("source", "stallint." + finding->rule) << "/>\n";
    }
    out << "  </file>\n";
  }
  out << "</checkstyle>\n";
}

}  // namespace stallint::reporters
