#pragma once
// What the files of a project say about the project itself: for which versions of Python it is written.
//
//     [project]
//     requires-python = ">=3.11,<4"        pyproject.toml: Python 3.11 is the lowest
//
// The nearest project file above a source file speaks for it: `requires-python`, Poetry's `python`, or
// `python_requires` in setup.cfg. A file that holds settings of tools only is passed by.

#include "checker/source/listing.h"
#include "checker/source/sources.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::source {

// The lowest version of Python 3, as its second number: 11 for 3.11. None if nobody says.
using LowestPython = std::optional<uint32_t>;

// One for each file, in the same order.
std::vector<LowestPython> lowest_pythons(const Sources& sources, Listing& listing);

// What one such file says. `decides`: whoever asks need not look further up, whether it says a version or not.
struct ProjectFile {
  LowestPython python;
  bool decides = false;
};

ProjectFile read_pyproject(std::string_view text);
ProjectFile read_setup_cfg(std::string_view text);

// The lowest version that a specifier lets in: ">=3.9,<4", "~=3.10", "^3.8 || ^3.11", "3.12.*".
LowestPython lowest_in(std::string_view specifier);

}  // namespace stallint::source
