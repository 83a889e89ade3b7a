#pragma once
// Comments that silence findings, the same in every language.
//
//     x = f()  # stallint: ignore[some-rule] why                 speaks of its own line
//     // stallint: ignore[some-rule] why                         alone on its line: of the next line that holds code,
//     void g() {                                                 or of the whole function that begins there
//     # stallint: file-ignore[some-rule] why                     wherever it stands: of the whole file
//
// What other linters read counts too where it names a rule outright: `# noqa: some-rule`, `// NOLINT(some-rule)` with
// its NEXTLINE, BEGIN and END, `# nosemgrep: some-rule`. Facts know no rule, so any name with a `-` in it is kept.

#include "checker/facts/facts.h"

#include <functional>
#include <string_view>
#include <vector>

namespace stallint::facts {

// Where the comments of a text are, and how they begin.
struct Comments {
  std::vector<Span> at;                 // in source order
  std::vector<std::string_view> leads;  // "#", "//", "/*"
  std::function<bool(Span)> has_code;   // whether a line, or a part of one, holds more than blanks and comments
};

// Fills FileFacts::ignores. Needs the lines and functions of the file.
void read_ignores(std::string_view text, const Comments& comments, FileFacts& facts, Strings& strings);

}  // namespace stallint::facts
