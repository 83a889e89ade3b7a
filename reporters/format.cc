#include "reporters/reporter.h"

#include <algorithm>

namespace stallint::reporters {
namespace {

const FormatInfo* info_of(Format format) {
  const auto found = std::find_if(formats().begin(), formats().end(),
                                  [format](const FormatInfo& info) { return info.format == format; });
  return found == formats().end() ? nullptr : &*found;
}

}  // namespace

const std::vector<FormatInfo>& formats() {
  static const std::vector<FormatInfo> kFormats = {
      {Format::kText, "text", true, "for people, with the source and the way (`full` is the same)"},
      {Format::kConcise, "concise", true, "a line for each finding"},
      {Format::kGrouped, "grouped", true, "file by file"},
      {Format::kJson, "json", false, "all that is known, for scripts"},
      {Format::kSarif, "sarif", false, "SARIF 2.1.0: code scanning, editors"},
      {Format::kGithub, "github", true, "annotations of GitHub Actions"},
      {Format::kGitlab, "gitlab", false, "code quality report of GitLab"},
      {Format::kAzure, "azure", true, "issues of Azure Pipelines"},
      {Format::kJunit, "junit", false, "a failed test for each finding"},
      {Format::kCheckstyle, "checkstyle", false, "Checkstyle's XML"},
      {Format::kRdjson, "rdjson", false, "reviewdog"},
      {Format::kMarkdown, "markdown", false, "a summary for a page or a comment"},
  };
  return kFormats;
}

std::optional<Format> format_from(std::string_view name) {
  if (name == "full") return Format::kText;
  for (const FormatInfo& info : formats()) {
    if (info.name == name) return info.format;
  }
  return std::nullopt;
}

bool is_lines(Format format) {
  const FormatInfo* info = info_of(format);
  return info != nullptr && info->lines;
}

void write(Format format, const Report& report, const SourceText& source, const ReportOptions& options,
           std::ostream& out) {
  switch (format) {
    case Format::kText:
      return write_text(report, source, options, out);
    case Format::kConcise:
      return write_concise(report, options, out);
    case Format::kGrouped:
      return write_grouped(report, options, out);
    case Format::kJson:
      return write_json(report, out);
    case Format::kSarif:
      return write_sarif(report, source, options, out);
    case Format::kGithub:
      return write_github(report, source, options, out);
    case Format::kGitlab:
      return write_gitlab(report, options, out);
    case Format::kAzure:
      return write_azure(report, source, options, out);
    case Format::kJunit:
      return write_junit(report, out);
    case Format::kCheckstyle:
      return write_checkstyle(report, source, out);
    case Format::kRdjson:
      return write_rdjson(report, out);
    case Format::kMarkdown:
      return write_markdown(report, options, out);
  }
}

}  // namespace stallint::reporters
