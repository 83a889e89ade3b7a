// A summary in Markdown, for GITHUB_STEP_SUMMARY, a comment of a merge request, or a wiki.

#include "reporters/markdown.h"

#include "reporters/advice.h"
#include "reporters/fold.h"
#include "reporters/page.h"
#include "reporters/prose.h"
#include "reporters/reporter.h"
#include "reporters/uri.h"
#include "reporters/utf8.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace stallint::reporters {
namespace {

constexpr size_t kMostBytes = 60'000;  // a comment takes 65,536 characters, the summary of a step 1 MiB
constexpr size_t kMostRules = 10'000;  // of them, for the table of rules
constexpr size_t kMostAdvice = 200;

constexpr char32_t kZeroWidthSpace = 0x200B;

std::string without_ends(std::string_view code) {
  while (code.starts_with(' ')) code.remove_prefix(1);
  while (code.ends_with(' ')) code.remove_suffix(1);
  return std::string(code);
}

void append_plain(std::string& result, std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*_{}[]<>|~#&$";
  for (const char c : text) {
    if (kMarkup.find(c) != std::string_view::npos) result += '\\';
    result += c;
    if (c == '@') append_utf8(result, kZeroWidthSpace);
  }
}

// Whether backquotes come in pairs with something between them.
bool has_plain_code(std::string_view text) {
  return std::count(text.begin(), text.end(), '`') % 2 == 0 && text.find("``") == std::string_view::npos;
}

class Summary {
 public:
  Summary(const Report& report, const ReportOptions& options, std::ostream& out)
      : report_(report), options_(options), out_(out), advice_(report) {}

  void write() {
    const Tally tally = tally_of(report_);
    write_head(tally);
    if (tally.total() > 0) {
      write_findings();
      write_rules();
    }
    out_ << text_;
  }

 private:
  void write_head(const Tally& tally) {
    text_ += "### stallint: " + number_of(report_, tally) + "\n\n";
    std::string separator;
    for (size_t i = tally.open.size(); i-- > 0;) {
      if (tally.open[i] == 0) continue;
      text_ += separator + grouped(tally.open[i]) + " " + name_of(static_cast<Severity>(i));
      separator = ", ";
    }
    if (tally.total() > 0) text_ += ", in ";
    text_ += counted(report_.files_checked, "file");
    if (report_.lines_checked > 0) text_ += ", " + counted(report_.lines_checked, "line");
    if (tally.known > 0) text_ += "; " + grouped(tally.known) + " " + markdown_text(report_.comparison);
    if (tally.suppressed > 0) text_ += "; " + grouped(tally.suppressed) + " suppressed";
    if (!report_.notes.empty()) text_ += "; " + counted(report_.notes.size(), "note");
    text_ += "\n";
  }

  // Entries, not findings: what one change mends is one row.
  void write_findings() {
    std::vector<Entry> entries = fold(report_.findings);
    uint64_t low = 0;
    if (!options_.show_low) {
      std::erase_if(entries, [&low](const Entry& entry) {
        const bool is_low = entry.shown->severity == Severity::kLow;
        if (is_low) low += 1 + entry.others.size();
        return is_low;
      });
    }
    const auto rank = [](const Entry& entry) {
      return std::make_tuple(-static_cast<int>(entry.shown->severity), -static_cast<int>(entry.shown->confidence),
                             -static_cast<int64_t>(entry.others.size()));
    };
    std::stable_sort(entries.begin(), entries.end(),
                     [&rank](const Entry& left, const Entry& right) { return rank(left) < rank(right); });
    if (!entries.empty()) text_ += "\n| severity | place | rule | finding |\n| --- | --- | --- | --- |\n";
    uint64_t left_out = 0;
    for (const Entry& entry : entries) {
      const std::string line = left_out == 0 ? row(entry) : "";
      if (left_out > 0 || text_.size() + line.size() > kMostBytes - kMostRules) {
        left_out += 1 + entry.others.size();
        continue;
      }
      text_ += line;
    }
    if (left_out > 0) text_ += "\nOnly the worst are shown; " + counted(left_out, "more finding") + " not.\n";
    if (low > 0) text_ += "\n" + counted(low, "low finding") + " not listed.\n";
  }

  std::string row(const Entry& entry) {
    const Finding& finding = *entry.shown;
    std::string line = "| " + std::string(name_of(finding.severity)) + " | " + place(finding.region) + " | " +
                       markdown_code(finding.rule) + " | " + message(finding);
    if (!entry.others.empty()) line += "; likewise " + counted(entry.others.size(), "other call");
    const std::string fix = brief(advice_.about(finding), kMostAdvice);
    if (!fix.empty() && said_.insert(fix).second) line += "<br>Fix: " + markdown_text(fix);
    return line + " |\n";
  }

  // With the chain at its end as code.
  static std::string message(const Finding& finding) {
    const std::string& text = finding.message;
    const size_t colon = text.rfind(": ");
    const bool chain = !finding.chain.empty() && colon != std::string::npos &&
                       text.find(" -> ", colon) != std::string::npos && text.find('`', colon) == std::string::npos;
    if (!chain) return markdown_text(text);
    return markdown_text(text.substr(0, colon + 2)) + markdown_code(text.substr(colon + 2));
  }

  std::string place(const Region& region) const {
    const std::string path = path_below(region.file, report_.working_directory, options_.root);
    std::string text = markdown_code(path + ":" + std::to_string(region.line));
    if (options_.link.empty() || path.starts_with('/')) return text;
    return "[" + text + "](" + options_.link + percent_encoded(path) + "#L" + std::to_string(region.line) + ")";
  }

  void write_rules() {
    std::map<std::string, uint64_t> counts;
    for (const Finding& finding : report_.findings) {
      if (is_open(finding)) ++counts[finding.rule];
    }
    std::vector<std::pair<std::string, uint64_t>> rules(counts.begin(), counts.end());
    std::stable_sort(rules.begin(), rules.end(),
                     [](const auto& left, const auto& right) { return left.second > right.second; });
    text_ += "\n<details><summary>By rule</summary>\n\n| rule | findings |\n| --- | ---: |\n";
    const size_t begin = text_.size();
    for (const auto& [rule, count] : rules) {
      if (text_.size() - begin > kMostRules - 1000) break;
      text_ += "| " + markdown_code(rule) + " | " + grouped(count) + " |\n";
    }
    text_ += "\n</details>\n";
  }

  const Report& report_;
  const ReportOptions& options_;
  std::ostream& out_;
  Advice advice_;
  std::set<std::string> said_;  // each advice once
  std::string text_;
};

}  // namespace

std::string markdown_code(std::string_view code) {
  std::string inside = without_ends(printable(code));
  for (size_t at = inside.find('|'); at != std::string::npos; at = inside.find('|', at + 2)) inside.insert(at, 1, '\\');
  if (inside.empty()) return "";
  return inside.find('`') == std::string::npos ? "`" + inside + "`" : "``` " + inside + " ```";
}

std::string markdown_text(std::string_view text) {
  const std::string shown = printable(text);
  std::string result;
  if (!has_plain_code(shown)) {
    append_plain(result, shown);
    return result;
  }
  bool in_code = false;
  for (size_t at = 0; at <= shown.size();) {
    const size_t end = std::min(shown.find('`', at), shown.size());
    const std::string_view part = std::string_view(shown).substr(at, end - at);
    if (in_code) {
      result += markdown_code(part);
    } else {
      append_plain(result, part);
    }
    in_code = !in_code;
    at = end + 1;
  }
  return result;
}

void write_markdown(const Report& report, const ReportOptions& options, std::ostream& out) {
  Summary(report, options, out).write();
}

}  // namespace stallint::reporters
