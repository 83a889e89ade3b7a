#pragma once
// Text of ours inside Markdown as GitHub has it, fit for a cell of a table too.
//
//     markdown_text("`a|b` grows: <module> -> _load")   "`a\|b` grows: \<module\> -\> \_load"
//     markdown_code("a|b.py")                           "`a\|b.py`"
//
// Code between backquotes stays code; nothing else is taken for markup, a link, or somebody's name.

#include <string>
#include <string_view>

namespace stallint::reporters {

std::string markdown_text(std::string_view text);
std::string markdown_code(std::string_view code);

}  // namespace stallint::reporters
