#pragma once
// A page of text for people: lines, colours, and how a report begins and ends its sentences.
//
//     Page page(out, options.color);
//     page.line(page.paint(Ink::kPlace, place_text(region) + ":") + " ...");
//     page.notes(report);
//     page.summary(report, "");

#include "checker/finding/finding.h"

#include <array>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>

namespace stallint::reporters {

enum class Ink : uint8_t { kPlain, kCritical, kHigh, kMedium, kLow, kPlace, kRule, kFrame, kWord };

Ink ink_of(Severity severity);

// "1,234 findings", "1 finding"
std::string grouped(uint64_t number);
std::string counted(uint64_t number, const std::string& noun);

// "api.py:3:12", as far as it is known
std::string place_text(const Region& region);

// How many findings of each severity are open, how many nobody is to see as such.
struct Tally {
  std::array<uint64_t, 4> open{};  // by Severity
  uint64_t suppressed = 0;
  uint64_t known = 0;
  uint64_t total() const { return open[0] + open[1] + open[2] + open[3]; }
};

Tally tally_of(const Report& report);

// "no findings", or, if there is something to compare with, "2 new findings"
std::string number_of(const Report& report, const Tally& tally);

class Page {
 public:
  Page(std::ostream& out, bool color) : out_(out), color_(color) {}

  std::string paint(Ink ink, const std::string& text) const;
  void line(std::string text);  // blanks at its end are left out
  const std::string& last() const { return last_; }

  // "3 low findings of logging-eager-format (--show-low lists them)", rule by rule; then an empty line.
  void low(const std::map<std::string, uint64_t>& counts_by_rule);

  // The first few, and how many more there are; then an empty line.
  void notes(const Report& report);

  // "2 findings in 3 files, 400 lines: 1 critical, 1 high". `more` follows the numbers.
  void summary(const Report& report, const std::string& more);

 private:
  std::ostream& out_;
  bool color_;
  std::string last_;
};

}  // namespace stallint::reporters
