#pragma once
// Findings to bytes. A reporter reads a Report and the text of the files named in it, and nothing else: what is not in
// a finding cannot be printed.
//
//     write(Format::kText, report, source, {.color = true}, std::cout);
//     write(Format::kSarif, report, source, {}, file);
//
// Every reporter writes the same bytes for the same report, whatever the machine and the number of workers. Findings
// are printed in the order in which they arrive, which is that of settle(); where a reader shows only the first ten,
// the worst come first.
//
// What is not open (suppressed, or known from a baseline) is left out, but for JSON and SARIF, whose readers know the
// difference.

#include "checker/finding/finding.h"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::reporters {

// The decoded text of a file, by the path that regions carry; null if it cannot be had. The text outlives the reporter.
using SourceText = std::function<const std::string*(const std::string& file)>;

enum class Format : uint8_t {
  kText,
  kConcise,
  kGrouped,
  kJson,
  kSarif,
  kGithub,
  kGitlab,
  kAzure,
  kJunit,
  kCheckstyle,
  kRdjson,
  kMarkdown,
};

struct FormatInfo {
  Format format;
  std::string_view name;     // as `--format` has it
  bool lines = false;        // lines of a log: several such formats may follow each other on standard output
  std::string_view meaning;  // for the help: "a line for each finding"
};

// All of them, in the order of the help.
const std::vector<FormatInfo>& formats();
std::optional<Format> format_from(std::string_view name);
bool is_lines(Format format);

struct ReportOptions {
  bool color = false;     // text, concise, grouped: the caller knows the terminal and NO_COLOR
  bool show_low = false;  // formats for people: list low findings one by one; without it they are counted at most

  // What readers on build servers take for the root of all paths: an absolute folder, empty for the working directory.
  std::string root{};
  std::string link{};  // markdown: what stands before a path below the root to make it a link; empty: no links

  size_t most_of_a_level = SIZE_MAX;  // github, azure: so many errors, so many warnings, so many notices
  bool only_open = false;             // sarif: for readers that would show the rest as open too
};

void write(Format format, const Report& report, const SourceText& source, const ReportOptions& options,
           std::ostream& out);

// A rule for scripts, as an object of JSON in one line: `stallint rules --format json` is a list of them.
std::string json_of_rule(const RuleInfo& rule, bool enabled);

// --- One by one

// For people: each finding with its source, its chain and what to do; then what could not be read, and a summary.
void write_text(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out);

// For people and editors, a line for each: "api.py:3:12: critical async-blocking-call `read` blocks ...".
void write_concise(const Report& report, const ReportOptions& options, std::ostream& out);

// For people, file by file.
void write_grouped(const Report& report, const ReportOptions& options, std::ostream& out);

// For scripts: all that there is to say, in our own words.
void write_json(const Report& report, std::ostream& out);

// For machines: one SARIF 2.1.0 log with one run.
void write_sarif(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out);

// Commands in the log of GitHub Actions, `::error file=...::...`, worst first.
void write_github(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out);

// Commands in the log of Azure Pipelines, `##vso[task.logissue ...]...`, worst first.
void write_azure(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out);

// A code quality report of GitLab, worst first.
void write_gitlab(const Report& report, const ReportOptions& options, std::ostream& out);

// A failed test for each finding, a suite for each file.
void write_junit(const Report& report, std::ostream& out);

// What Checkstyle writes, and many read.
void write_checkstyle(const Report& report, const SourceText& source, std::ostream& out);

// The Diagnostic Format of reviewdog.
void write_rdjson(const Report& report, std::ostream& out);

// A summary for a page of a build server or a comment, worst first and never longer than one of them takes.
void write_markdown(const Report& report, const ReportOptions& options, std::ostream& out);

}  // namespace stallint::reporters
