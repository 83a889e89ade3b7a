#pragma once

#include <string>

namespace stallint {

struct SourceText {
  std::string path;  // below one source root: "app/store.py"
  std::string text;
};

}  // namespace stallint
