#include "reporters/page.h"

#include "reporters/utf8.h"

#include <algorithm>
#include <ostream>
#include <utility>

namespace stallint::reporters {
namespace {

constexpr size_t kListedNotes = 5;

const char* code_of(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kCritical:
      return "\x1b[1;31m";
    case Ink::kHigh:
      return "\x1b[31m";
    case Ink::kMedium:
      return "\x1b[33m";
    case Ink::kLow:
      return "\x1b[36m";
    case Ink::kPlace:
    case Ink::kRule:
    case Ink::kWord:
      return "\x1b[1m";
    case Ink::kFrame:
      return "\x1b[34m";
  }
  return "";
}

}  // namespace

Ink ink_of(Severity severity) {
  constexpr std::array kInks = {Ink::kLow, Ink::kMedium, Ink::kHigh, Ink::kCritical};
  return kInks[static_cast<size_t>(severity)];
}

std::string grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string counted(uint64_t number, const std::string& noun) {
  return grouped(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string place_text(const Region& region) {
  std::string text = printable(region.file);
  if (region.line > 0) text += ":" + std::to_string(region.line);
  if (region.line > 0 && region.column > 0) text += ":" + std::to_string(region.column);
  return text;
}

Tally tally_of(const Report& report) {
  Tally tally;
  for (const Finding& finding : report.findings) {
    if (is_open(finding)) {
      ++tally.open[static_cast<size_t>(finding.severity)];
    } else {
      ++(finding.suppressed ? tally.suppressed : tally.known);
    }
  }
  return tally;
}

std::string number_of(const Report& report, const Tally& tally) {
  const std::string kind = report.comparison.empty() ? "finding" : "new finding";
  return tally.total() == 0 ? "no " + kind + "s" : counted(tally.total(), kind);
}

std::string Page::paint(Ink ink, const std::string& text) const {
  return color_ && !text.empty() ? code_of(ink) + text + "\x1b[0m" : text;
}

void Page::line(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  out_ << text << '\n';
  last_ = std::move(text);
}

void Page::low(const std::map<std::string, uint64_t>& counts_by_rule) {
  for (const auto& [rule, count] : counts_by_rule) {
    line(counted(count, "low finding") + " of " + paint(Ink::kRule, printable(rule)) + " (--show-low lists " +
         (count == 1 ? "it" : "them") + ")");
  }
  if (!counts_by_rule.empty()) line("");
}

void Page::notes(const Report& report) {
  const size_t listed = std::min(kListedNotes, report.notes.size());
  for (size_t i = 0; i < listed; ++i) {
    const Note& note = report.notes[i];
    line(paint(Ink::kPlace, place_text(note.region) + ":") + " note: " + printable(note.message));
  }
  if (report.notes.size() > listed) line("note: and " + counted(report.notes.size() - listed, "more note"));
  if (listed > 0) line("");
}

void Page::summary(const Report& report, const std::string& more) {
  const Tally tally = tally_of(report);
  std::string text = paint(Ink::kWord, number_of(report, tally));
  text += " in " + counted(report.files_checked, "file");
  if (report.lines_checked > 0) text += ", " + counted(report.lines_checked, "line");
  std::string separator = ": ";
  for (size_t i = tally.open.size(); i-- > 0;) {
    if (tally.open[i] == 0) continue;
    const auto severity = static_cast<Severity>(i);
    text += separator + paint(ink_of(severity), grouped(tally.open[i]) + " " + name_of(severity));
    separator = ", ";
  }
  text += more;
  if (tally.known > 0) text += "; " + grouped(tally.known) + " " + report.comparison;
  if (tally.suppressed > 0) text += "; " + grouped(tally.suppressed) + " suppressed";
  if (!report.notes.empty()) text += "; " + counted(report.notes.size(), "note");
  line(text);
}

}  // namespace stallint::reporters
