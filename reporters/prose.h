#pragma once
// The sentences of a rule, fitted to the room there is.
//
//     brief("Await an asynchronous\nequivalent, or hand the call to a thread. In userver, ...", 70)
//         "Await an asynchronous equivalent, or hand the call to a thread."

#include "checker/finding/finding.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::reporters {

// All white space to single blanks, none at the ends.
std::string one_line(std::string_view text);

// As many whole sentences of the text, in one line, as fit in `bytes`; if not even the first fits, its words and "...".
std::string brief(std::string_view text, size_t bytes);

// The text in lines of at most `width` terminal columns; a longer word has a line of its own. What does not fit in
// `most` lines is left out, at the end of a sentence if one ends in them, else after a word, marked by "...".
std::vector<std::string> wrap(std::string_view text, size_t width, size_t most);

// A rule's text without placeholders: "`{function}` waits in `{sink}`" is "the function waits in the call".
std::string without_placeholders(std::string_view text);

// A rule's message as a sentence about no code in particular:
// "`{function}` blocks the event loop: {chain}" is "A function blocks the event loop."
std::string general_sentence(std::string_view message);

// A step of a chain in words, in one line.
std::string step_sentence(const Step& step);

// With a full stop, unless it ends in one or its like.
std::string sentence(std::string text);

}  // namespace stallint::reporters
