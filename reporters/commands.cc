// Annotations by commands in a log: what GitHub Actions and Azure Pipelines read between the lines that a step prints.
//
//     ::error title=stallint%3A async-blocking-call (critical),file=api.py,line=3,col=12,endColumn=22::`read` blocks
//     ...
//     ##vso[task.logissue type=error;sourcepath=api.py;linenumber=3;columnnumber=12;code=async-blocking-call]`read` ...
//
// GitHub shows ten errors, ten warnings and ten notices of a step, so the worst come first.

#include "reporters/advice.h"
#include "reporters/lines.h"
#include "reporters/page.h"
#include "reporters/prose.h"
#include "reporters/reporter.h"
#include "reporters/uri.h"
#include "reporters/utf8.h"
#include "reporters/worst.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace stallint::reporters {
namespace {

constexpr size_t kMostAdvice = 300;  // bytes; `stallint explain` says all
constexpr size_t kMostSteps = 8;     // of a chain, its ends

using Escapes = std::vector<std::pair<char, std::string>>;

// Both systems read the text of a command up to the end of the line.
const Escapes kGithubText = {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}};
const Escapes kGithubProperty = {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}, {':', "%3A"}, {',', "%2C"}};
const Escapes kAzureText = {{'%', "%AZP25"}, {'\r', "%0D"}, {'\n', "%0A"}};
const Escapes kAzureProperty = {{'%', "%AZP25"}, {'\r', "%0D"}, {'\n', "%0A"}, {']', "%5D"}, {';', "%3B"}};

std::string escaped(const std::string& text, const Escapes& escapes) {
  std::string result;
  for (const char c : text) {
    const auto found = std::find_if(escapes.begin(), escapes.end(), [c](const auto& one) { return one.first == c; });
    if (found == escapes.end()) {
      result += c;
    } else {
      result += found->second;
    }
  }
  return result;
}

enum class Level : uint8_t { kError, kWarning, kNotice };

Level level_of(Severity severity) {
  if (severity >= Severity::kHigh) return Level::kError;
  return severity == Severity::kMedium ? Level::kWarning : Level::kNotice;
}

// The worst findings, of each level as many as are asked for.
std::vector<const Finding*> chosen(const Report& report, const ReportOptions& options) {
  std::vector<const Finding*> found = worst_first(report);
  std::array<size_t, 3> counts{};
  std::erase_if(found, [&](const Finding* finding) {
    if (finding->severity == Severity::kLow && !options.show_low) return true;
    return ++counts[static_cast<size_t>(level_of(finding->severity))] > options.most_of_a_level;
  });
  return found;
}

// "  store.py:5: `load` calls `requests.get`", a line for each step behind the first, which is the place itself.
std::string steps_of(const Finding& finding, const Report& report, const std::string& root) {
  std::string text;
  const size_t count = finding.chain.size();
  for (size_t i = 1; i < count; ++i) {
    if (count > kMostSteps && i == kMostSteps / 2) {
      const size_t next = count - kMostSteps / 2;
      text += "\n  ... " + counted(next - i, "more step");
      i = next;
    }
    const Step& step = finding.chain[i];
    const std::string path = path_below(step.region.file, report.working_directory, root);
    text += "\n  " + printable(path) + ":" + std::to_string(step.region.line) + ": " + printable(step_sentence(step));
  }
  return text;
}

}  // namespace

void write_github(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out) {
  constexpr std::array kNames = {"error", "warning", "notice"};
  const Advice advice(report);
  Files files(source);
  for (const Finding* finding : chosen(report, options)) {
    const Region& at = finding->region;
    std::string text = printable(finding->message) + steps_of(*finding, report, options.root);
    if (const std::string fix = brief(printable(advice.about(*finding)), kMostAdvice); !fix.empty()) {
      text += "\nFix: " + fix;
    }
    const std::string title = "stallint: " + finding->rule + " (" + name_of(finding->severity) + ")";
    out << "::" << kNames[static_cast<size_t>(level_of(finding->severity))]
        << " title=" << escaped(printable(title), kGithubProperty)
        << ",file=" << escaped(printable(path_below(at.file, report.working_directory, options.root)), kGithubProperty);
    const uint32_t end_line = std::max(at.line, at.end_line);
    if (at.line > 0) out << ",line=" << at.line << ",endLine=" << end_line;
    // Columns are refused where a place has several lines.
    if (at.line > 0 && end_line == at.line) {
      const uint32_t column = files.utf16_column(at.file, at.line, at.column);
      out << ",col=" << column
          << ",endColumn=" << std::max(column, files.utf16_column(at.file, at.line, at.end_column));
    }
    out << "::" << escaped(text, kGithubText) << '\n';
  }
}

// Azure knows no notices, and shows a message in one line.
void write_azure(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out) {
  const Advice advice(report);
  Files files(source);
  for (const Finding* finding : chosen(report, options)) {
    const Region& at = finding->region;
    std::string text = printable(sentence(one_line(finding->message)));
    if (const std::string fix = brief(printable(advice.about(*finding)), kMostAdvice); !fix.empty()) {
      text += " " + sentence(fix);
    }
    const bool error = level_of(finding->severity) == Level::kError;
    out << "##vso[task.logissue type=" << (error ? "error" : "warning") << ";sourcepath="
        << escaped(printable(path_below(at.file, report.working_directory, options.root)), kAzureProperty);
    if (at.line > 0) {
      out << ";linenumber=" << at.line << ";columnnumber=" << files.utf16_column(at.file, at.line, at.column);
    }
    out << ";code=" << escaped(printable(finding->rule), kAzureProperty) << ";]" << escaped(text, kAzureText) << '\n';
  }
}

}  // namespace stallint::reporters
