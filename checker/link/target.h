#pragma once
// What a site turned out to run, while it is being found out. Only files of this room include it.

#include "checker/link/linker.h"

#include <vector>

namespace stallint::link {

struct Linker::Target {
  std::vector<Edge> edges;
  std::vector<Graded> labels;
  std::vector<ClassId> constructs;
  NameId name = NameId::kEmpty;
  NameId method = NameId::kEmpty;
  bool receiver_unknown = false;
  bool alternatives = false;  // edges added now are several implementations of one call
  Confidence confidence = Confidence::kExact;
};

}  // namespace stallint::link
