#pragma once
// The way from a call to the sink that it reaches, as flow found it.
//
//     read -> load -> requests.get      {read, the site of load}, {load, the site of requests.get}

#include "checker/link/program.h"

#include <vector>

namespace stallint::match {

struct Hop {
  link::FunctionId function = link::FunctionId::kNone;
  link::SiteId site = link::SiteId::kNone;
};

// Never empty; the last site is the sink.
std::vector<Hop> way_of(const link::Program& program, const link::Reached& first);

// Where the way comes to a function that was kept in a variable: from there on it is that function's own, and who calls
// it cannot know what it does. The way itself if it comes to none.
const link::Reached& own_way(const link::Program& program, const link::Reached& first);

// The better of two: not amortised before amortised, exact before likely, certain before uncertain, then shorter, then
// first in source order.
bool better_way(const link::Reached& left, const link::Reached& right);

}  // namespace stallint::match
