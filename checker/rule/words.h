#pragma once
// What the loader knows of single words beyond their line in the table of words.

#include "checker/rule/pattern.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::rule {

// The values of a word that takes one out of a fixed list (`result`: dropped local kept returned passed used); empty
// for all other words.
std::span<const std::string_view> choices(Word word);

bool fits(const WordInfo& word, Subject subject);

// The words that may be said of a subject, for suggestions. The word for facets is not among them: it has their names.
std::vector<std::string> spellings_for(Subject subject);

// All subjects in the order of the enum.
std::span<const Subject> subjects();

}  // namespace stallint::rule
