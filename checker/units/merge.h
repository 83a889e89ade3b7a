#pragma once
// Facts of one file, as several translation units see it, as one.
//
// A header differs from unit to unit: what `#if` lets through, which templates were instantiated, what was lost to a
// missing header. The most complete reading is taken, and what only others have is added to it.

#include "checker/facts/facts.h"

#include <span>
#include <vector>

namespace stallint::units {

// `readings` come best first, at least one.
facts::FileFacts merged(std::vector<facts::FileFacts> readings);

// Comments that silence, as the text spells them: a compiler sees no comments.
void take_ignores(facts::FileFacts& facts, const facts::FileFacts& spelled);

}  // namespace stallint::units
