// `raised` and `filled-in`: what a call's value is for, and what its arguments are made of.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"

namespace stallint::match::words {

bool raised(Query&) { return false; }
bool filled_in(Query&) { return false; }

}  // namespace stallint::match::words
