#pragma once
// Findings to bytes. A reporter reads a Report and the text of the files named in it, and nothing else: what is not in
// a finding cannot be printed.
//
//     write_text(report, source, {.color = true}, std::cout);
//     write_sarif(report, source, file);
//
// Every reporter writes the same bytes for the same report, whatever the machine and the number of workers. Findings
// are printed in the order in which they arrive, which is that of settle().

#include "checker/finding/finding.h"

#include <functional>
#include <iosfwd>
#include <string>

namespace stallint::reporters {

// The decoded text of a file, by the path that regions carry; null if it cannot be had. The text outlives the reporter.
using SourceText = std::function<const std::string*(const std::string& file)>;

struct TextOptions {
  bool color = false;     // the caller knows the terminal and NO_COLOR
  bool show_low = false;  // list low findings one by one instead of one line per rule
};

// For people: each finding with its source, its chain and what to do; then what could not be read, and a summary.
void write_text(const Report& report, const SourceText& source, const TextOptions& options, std::ostream& out);

// For machines: one SARIF 2.1.0 log with one run.
void write_sarif(const Report& report, const SourceText& source, std::ostream& out);

}  // namespace stallint::reporters
