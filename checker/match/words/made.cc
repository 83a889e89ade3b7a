// `filled-in`: what a call's arguments are made of.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"

namespace stallint::match::words {

bool filled_in(Query&) { return false; }

}  // namespace stallint::match::words
