#include "reporters/advice.h"
#include "reporters/aside.h"
#include "reporters/excerpt.h"
#include "reporters/fold.h"
#include "reporters/lines.h"
#include "reporters/page.h"
#include "reporters/prose.h"
#include "reporters/reporter.h"
#include "reporters/utf8.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stallint::reporters {
namespace {

constexpr size_t kWidth = 100;      // of the source excerpt and of wrapped sentences
constexpr size_t kFixLines = 2;     // the whole fix is in `stallint explain`
constexpr size_t kNamedOthers = 3;  // of a folded entry

std::string step_text(const Step& step) { return printable(step_sentence(step)); }

class TextReport {
 public:
  TextReport(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out)
      : report_(report), files_(source), options_(options), page_(out, options.color), advice_(report) {}

  void write() {
    std::map<std::string, uint64_t> low_by_rule;
    uint64_t shown = 0;
    uint64_t folded = 0;
    for (const Entry& entry : fold(report_.findings)) {
      if (entry.shown->severity == Severity::kLow && !options_.show_low) {
        low_by_rule[entry.shown->rule] += 1 + entry.others.size();
      } else {
        write_entry(entry);
        ++shown;
        folded += entry.others.size();
      }
    }
    page_.low(low_by_rule);
    page_.notes(report_);
    page_.summary(report_, folded > 0 ? "; shown in " + (shown == 1 ? "1 entry" : grouped(shown) + " entries") : "");
  }

 private:
  void write_entry(const Entry& entry) {
    const Finding& finding = *entry.shown;
    set_margin(finding);
    write_head(finding);
    write_source(finding);
    write_details(entry);
    line("");
  }

  // Room for the longest line number of the entry, so that the frame is straight.
  void set_margin(const Finding& finding) {
    uint32_t longest = finding.region.line;
    if (!finding.chain.empty()) longest = std::max(longest, finding.chain.back().region.line);
    margin_ = std::to_string(longest).size();
  }

  void write_head(const Finding& finding) {
    std::string head = paint(Ink::kPlace, place_text(finding.region) + ":") + " ";
    head += paint(ink_of(finding.severity), name_of(finding.severity));
    if (finding.confidence == Confidence::kLikely) head += " (likely)";
    head += " " + paint(Ink::kRule, printable(finding.rule) + ":") + " " + printable(finding.message);
    line(head);
  }

  // The place, the steps from there, and the source of the last one.
  void write_source(const Finding& finding) {
    const bool travels = finding.chain.size() > 1;
    write_excerpt(finding.region, ink_of(finding.severity), travels ? step_text(finding.chain.front()) : "");
    if (!travels) return;
    for (size_t i = 1; i < finding.chain.size(); ++i) {
      const Step& step = finding.chain[i];
      detail("->", place_text(step.region) + ": " + step_text(step));
    }
    write_excerpt(finding.chain.back().region, ink_of(finding.severity), "");
  }

  void write_excerpt(const Region& region, Ink ink, const std::string& label) {
    const Lines* lines = files_.lines(region.file);
    if (lines == nullptr || !lines->has(region.line)) return;
    const uint32_t end = region.end_line > region.line ? kToLineEnd : region.end_column;
    const Excerpt part = excerpt(lines->line(region.line), region.column, end, kWidth);
    const std::string number = std::to_string(region.line);
    frame("");
    line(paint(Ink::kFrame, std::string(margin_ - number.size(), ' ') + number + " |") + " " + part.line);
    frame(std::string(part.indent, ' ') +
          paint(ink, std::string(part.marks, '^') + (label.empty() ? "" : " " + label)));
    frame("");
  }

  void write_details(const Entry& entry) {
    const Finding& finding = *entry.shown;
    if (!entry.others.empty()) detail("=", label("also") + others_text(entry));
    if (!finding.lowered_because.empty()) {
      detail("=", label("lowered to " + std::string(name_of(finding.severity))) +
                      printable(one_line(finding.lowered_because)));
    }
    for (const Related* related : aside(finding)) {
      detail("=", label("see") + place_text(related->region) + ": " + printable(related->text));
    }
    const std::string whole_fix = printable(advice_.about(finding));
    std::vector<std::string> fix = wrap(whole_fix, kWidth, kFixLines);
    if (!fix.empty() && fix.back().ends_with("...")) fix = wrap(whole_fix, kWidth, kFixLines + 1);
    for (size_t i = 0; i < fix.size(); ++i) detail(i == 0 ? "=" : " ", (i == 0 ? label("fix") : "     ") + fix[i]);
  }

  // Each other function once, at its first call.
  std::string others_text(const Entry& entry) {
    std::set<std::pair<std::string, std::string>> functions;
    std::vector<const Finding*> firsts;
    for (const Finding* other : entry.others) {
      if (functions.emplace(other->region.file, other->function).second) firsts.push_back(other);
    }
    const bool one_each =
        firsts.size() == entry.others.size() && functions.count({entry.shown->region.file, entry.shown->function}) == 0;
    std::string text = "reached from ";
    if (!one_each) text += counted(entry.others.size(), "other call") + " in ";
    text += counted(firsts.size(), one_each ? "other function" : "function") + ": ";
    for (size_t i = 0; i < std::min(kNamedOthers, firsts.size()); ++i) {
      const Finding& other = *firsts[i];
      if (i > 0) text += ", ";
      text += printable(other.region.file) + ":" + std::to_string(other.region.line) + " " + printable(other.function);
    }
    if (firsts.size() > kNamedOthers) text += ", and " + grouped(firsts.size() - kNamedOthers) + " more";
    return text;
  }

  std::string paint(Ink ink, const std::string& text) const { return page_.paint(ink, text); }
  std::string label(const std::string& text) const { return paint(Ink::kWord, text + ":") + " "; }

  // Two excerpts of an entry share the bar between them.
  void frame(const std::string& text) {
    const std::string bar = paint(Ink::kFrame, std::string(margin_, ' ') + " |");
    if (text.empty() && bar == page_.last()) return;
    line(text.empty() ? bar : bar + " " + text);
  }

  void detail(const std::string& sign, const std::string& text) {
    line(paint(Ink::kFrame, std::string(margin_, ' ') + " " + sign) + " " + text);
  }

  void line(const std::string& text) { page_.line(text); }

  const Report& report_;
  Files files_;
  const ReportOptions& options_;
  Page page_;
  Advice advice_;
  size_t margin_ = 1;
};

}  // namespace

void write_text(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out) {
  TextReport(report, source, options, out).write();
}

}  // namespace stallint::reporters
