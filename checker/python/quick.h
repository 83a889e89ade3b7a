#pragma once
// The syntax of ordinary Python, read by recursive descent: the same nodes as tree-sitter's grammar gives, at the same
// places, in a tenth of the time.
//
// tree-sitter understands broken text, old Python and every corner of the language; here only what is whole and common
// is read. What is not is left to tree-sitter, all of the file. So this reader may be incomplete, but never differ:
// where the grammar has an opinion of its own (`a := b if c else d` is a choice of `a := b` and `d`), so has it here.

#include "checker/python/syntax.h"

#include <optional>
#include <string_view>

namespace stallint::python {

// Nothing if the text is not all ordinary.
std::optional<Syntax> parse_quickly(std::string_view text);

}  // namespace stallint::python
