#pragma once
// Facts as tests ask for them: goals in comments of the source that was read, and what holds of the facts of any text.
//
//     client = httpx.AsyncClient(timeout=None)
//     #- write client assign value=httpx.AsyncClient(timeout=None)
//     #- call httpx.AsyncClient(timeout=None) into=client
//     #! call fate=dropped
//
// A goal speaks of the last line above it that is no goal, and says words that one of the facts printed for that line
// must have, in that order, the first two words being its first. `#!` says that no fact of the line has those words;
// there, one word may come first alone. Idea: Kythe's verifier, whose goals stand in comments of the source they speak
// about.

#include "checker/facts/facts.h"

#include <string>

namespace stallint {

// Fails where facts of a text of that size are not what facts.h promises of all of them.
void check_sound(const facts::FileFacts& facts, size_t size);

// Fails for each goal of the text that the printed facts do not meet. `comment` begins a comment: "#", "//".
void check_goals(const std::string& name, const std::string& text, const std::string& comment,
                 const std::string& printed);

}  // namespace stallint
