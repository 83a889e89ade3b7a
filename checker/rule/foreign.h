#pragma once
// Texts of another language in YAML: matchers of clang-query. Who reads them tells their lines and columns; what a user
// can look at are those of the YAML file, where quotes, indentation and folded lines lie in between.

#include "checker/rule/pattern.h"
#include "checker/rule/reader.h"

#include <string>
#include <vector>

namespace stallint::rule {

// The text of a scalar, with its places.
Foreign foreign(Reader& reader, const YamlNode& scalar);

// Names that a matcher binds: `a` and `b` in `callExpr(hasArgument(0, expr().bind("a"))).bind("b")`, and `root`, which
// is all that it finds. None, if there is no matcher.
std::vector<std::string> bound_by(const Foreign& matcher);

}  // namespace stallint::rule
