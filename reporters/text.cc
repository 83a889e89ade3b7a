#include "reporters/excerpt.h"
#include "reporters/fold.h"
#include "reporters/lines.h"
#include "reporters/prose.h"
#include "reporters/reporter.h"
#include "reporters/utf8.h"

#include <algorithm>
#include <array>
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
constexpr size_t kListedNotes = 5;

enum class Ink { kPlain, kCritical, kHigh, kMedium, kLow, kPlace, kRule, kFrame, kWord };

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

// Whether the reader is led there anyway: by the finding itself or by the end of its chain.
bool is_on_the_way(const Finding& finding, const Region& place) {
  return place == finding.region || (!finding.chain.empty() && place == finding.chain.back().region);
}

std::string step_text(const Step& step) { return printable(step_sentence(step)); }

class TextReport {
 public:
  TextReport(const Report& report, const SourceText& source, const TextOptions& options, std::ostream& out)
      : report_(report), files_(source), options_(options), out_(out) {
    for (const RuleInfo& rule : report.rules) rules_.emplace(rule.id, &rule);
  }

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
    for (const auto& [rule, count] : low_by_rule) {
      line(counted(count, "low finding") + " of " + paint(Ink::kRule, printable(rule)) + " (--show-low lists " +
           (count == 1 ? "it" : "them") + ")");
    }
    if (!low_by_rule.empty()) line("");
    write_notes();
    write_summary(folded > 0 ? "; shown in " + (shown == 1 ? "1 entry" : grouped(shown) + " entries") : "");
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
    for (const Related& related : finding.related) {
      if (is_on_the_way(finding, related.region)) continue;
      detail("=", label("see") + place_text(related.region) + ": " + printable(related.text));
    }
    const auto rule = rules_.find(finding.rule);
    if (rule == rules_.end()) return;
    const std::string& said = finding.fix.empty() ? rule->second->fix : finding.fix;
    const std::string whole_fix = printable(finding.fix.empty() ? without_placeholders(said) : one_line(said));
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

  void write_notes() {
    const size_t listed = std::min(kListedNotes, report_.notes.size());
    for (size_t i = 0; i < listed; ++i) {
      const Note& note = report_.notes[i];
      line(paint(Ink::kPlace, place_text(note.region) + ":") + " note: " + printable(note.message));
    }
    if (report_.notes.size() > listed) line("note: and " + counted(report_.notes.size() - listed, "more note"));
    if (listed > 0) line("");
  }

  void write_summary(const std::string& entries) {
    std::array<uint64_t, 4> counts{};
    uint64_t total = 0;
    uint64_t suppressed = 0, known = 0;
    for (const Finding& finding : report_.findings) {
      if (finding.suppressed) {
        ++suppressed;
      } else if (finding.known) {
        ++known;
      } else {
        ++counts[static_cast<size_t>(finding.severity)];
        ++total;
      }
    }
    const std::string kind = report_.comparison.empty() ? "finding" : "new finding";
    std::string text = total == 0 ? word("no " + kind + "s") : word(counted(total, kind));
    text += "in " + counted(report_.files_checked, "file");
    if (report_.lines_checked > 0) text += ", " + counted(report_.lines_checked, "line");
    std::string separator = ": ";
    for (size_t i = counts.size(); i-- > 0;) {
      if (counts[i] == 0) continue;
      const auto severity = static_cast<Severity>(i);
      text += separator + paint(ink_of(severity), grouped(counts[i]) + " " + name_of(severity));
      separator = ", ";
    }
    text += entries;
    if (known > 0) text += "; " + grouped(known) + " " + report_.comparison;
    if (suppressed > 0) text += "; " + grouped(suppressed) + " suppressed";
    if (!report_.notes.empty()) text += "; " + counted(report_.notes.size(), "note");
    line(text);
  }

  std::string paint(Ink ink, const std::string& text) const {
    return options_.color && !text.empty() ? code_of(ink) + text + "\x1b[0m" : text;
  }

  std::string word(const std::string& text) const { return paint(Ink::kWord, text) + " "; }
  std::string label(const std::string& text) const { return word(text + ":"); }

  // Two excerpts of an entry share the bar between them.
  void frame(const std::string& text) {
    const std::string bar = paint(Ink::kFrame, std::string(margin_, ' ') + " |");
    if (text.empty() && bar == last_) return;
    line(text.empty() ? bar : bar + " " + text);
  }

  void detail(const std::string& sign, const std::string& text) {
    line(paint(Ink::kFrame, std::string(margin_, ' ') + " " + sign) + " " + text);
  }

  void line(std::string text) {
    while (!text.empty() && text.back() == ' ') text.pop_back();
    out_ << text << '\n';
    last_ = std::move(text);
  }

  const Report& report_;
  Files files_;
  const TextOptions& options_;
  std::ostream& out_;
  std::map<std::string, const RuleInfo*> rules_;
  size_t margin_ = 1;
  std::string last_;
};

}  // namespace

void write_text(const Report& report, const SourceText& source, const TextOptions& options, std::ostream& out) {
  TextReport(report, source, options, out).write();
}

}  // namespace stallint::reporters
