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

// A bracket that is open where a line begins with `def` or another keyword of statements was never closed; the parser
// would look for its end in all that follows. Blanks it out and adds it to `gaps`. Empty if there is none.
std::string without_unclosed(std::string_view text, std::vector<facts::Span>& gaps);

}  // namespace stallint::python
