#pragma once
// Which files have to do with one another.
//
//     shop/.git, shop/api.py, shop/jobs/run.py      one island: a repository
//     mail/pyproject.toml, mail/send.py             another
//     bot/pyproject.toml, bot/main.py               of the same island as mail, if it says `from send import ...`
//
// Several servers that are checked in one run have nothing to do with one another: what a name means in one says
// nothing in another. So whoever links does it island by island. All that belongs to one repository or distribution is
// one island, and so are two of which one imports a module of the other. C++ is an island of its own: no import of
// Python leads into it.

#include "checker/source/roots.h"
#include "checker/source/sources.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace stallint::source {

// Numbers of files, sorted; the islands by their first file. All arguments are parallel.
using Island = std::vector<uint32_t>;
std::vector<Island> find_islands(std::span<const SourceFile> files, std::span<const Module> modules,
                                 std::span<const std::string_view> texts, unsigned jobs);

// The modules that the import statements of a text name in full, `a.b` of `from a.b import c` and `import a.b as d`.
// What only looks like one, in a comment or a string, may be among them.
std::vector<std::string_view> imports_of(std::string_view text);

}  // namespace stallint::source
