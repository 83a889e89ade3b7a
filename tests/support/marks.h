#pragma once
// Python source with marks that say what stallint ought to see, and the comparison.
//
//     async def read(name):   # runs: request; reaches: blocks.http
//         # finding: async-blocking-call
//         return load(name)   # -> store.load
//
// A mark speaks of its own line, or, alone on its line, of the next line of code. Several are parted by semicolons.
//
//     -> store.load, store.Disk.load?    edges of the calls on the line, in any order; `?` is likely, `|` an
//     alternative is: blocks.http                    labels of the calls on the line, or of the function defined there
//     name: requests.Session.get         library names of the calls on the line
//     runs: request, parallel            contexts of the function defined on the line
//     reaches: blocks.http amortised     labels of the sinks that the function reaches, with `amortised` and `likely`
//     finding: async-blocking-call       rules with a finding on the line
//
// `none` stands for nothing. What bears no mark is not compared, but for findings: a project with one mark of a finding
// must have marks for all.

#include "tests/support/linted.h"

#include <string>
#include <vector>

namespace stallint {

// All differences between marks and program, a line for each; empty if there is none.
std::string compare_with_marks(const std::vector<SourceText>& files, const Lore& lore);

// How many marks there are: a project without any tests nothing.
size_t count_marks(const std::vector<SourceText>& files);

// A bundle of small projects in one file:
//
//     #== A function re-exported by its package
//     #-- app/__init__.py
//     from .store import load
//     #-- app/store.py
//     def load(): ...
//
// A project without `#--` is one file, `main.py`.
struct Project {
  std::string title;
  std::vector<SourceText> files;
};

std::vector<Project> projects_in(const std::string& bundle);

}  // namespace stallint
