// A room that may know `base` only, and calls `finding` all the same. The test `walls` expects the linker to refuse it.

#include "checker/base/result.h"
#include "checker/finding/finding.h"

namespace stallint {

std::string wrong_arrow() { return Place{"right: base is declared", 1, 1}.text() + name_of(Severity::kLow); }

}  // namespace stallint
