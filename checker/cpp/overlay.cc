#include "checker/cpp/cpp.h"

namespace stallint::cpp {

void overlay(facts::FileFacts&, const facts::FileFacts&) {}

}  // namespace stallint::cpp
