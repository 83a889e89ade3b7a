#pragma once
// One text of TOML as a layer, every mistake of it a Problem. Only files of this room include it.

#include "checker/config/config.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::config {

struct Source {
  std::string file;        // as printed
  std::string base;        // of its globs
  std::string folder;      // of its paths, absolute; empty: a preset
  bool pyproject = false;  // what counts is [tool.stallint]
};

struct Read {
  bool speaks = true;  // false: a pyproject.toml without the table
  Layer layer;
  std::vector<Value> extends;
};

Read read_layer(const Source& source, std::string_view text, std::vector<Problem>& problems);

}  // namespace stallint::config
