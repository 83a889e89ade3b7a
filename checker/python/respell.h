#pragma once
// Text that the grammar misreads, spelled so that it does not. Every byte keeps its place, so what is read from the
// respelled text has the spans of the text itself.
//
//     class Box[T = int]: ...     ->     class Box[T      ]: ...

#include "checker/python/syntax.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::python {

// Line ends of old (a lone CR) are line ends for Python, but not for the grammar. Empty if there are none.
std::string without_lone_returns(std::string_view text);

// The grammar takes `type(self).cache = value` for an alias `type X = value`, and knows no defaults of type parameters.
// Empty if `syntax`, which was read from `text`, shows neither.
std::string without_misread(const Syntax& syntax, std::string_view text);

// What the parser does not survive in brackets. One that is open where a line begins with `def` or another keyword of
// statements was never closed: it is blanked out, and added to `gaps`. A line in brackets that is indented less than
// its statement is joined to the line before, comments between them left out. Empty if there is neither.
std::string with_sound_brackets(std::string_view text, std::vector<facts::Span>& gaps);

}  // namespace stallint::python
