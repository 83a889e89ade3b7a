// `catches`, `guards`, `reraises` and `leaves`: what an `except` takes, and what becomes of it.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

namespace stallint::match::words {

bool catches(Query&) { return false; }
bool guards(Query&) { return false; }
bool reraises(Query&) { return false; }
bool leaves(Query&) { return false; }

}  // namespace stallint::match::words
