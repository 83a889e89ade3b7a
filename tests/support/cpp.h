#pragma once
// Facts of C++ texts that stand nowhere on a disk: small projects, such as the examples of rules.
//
//     const std::vector<CppFacts> facts = read_cpp({{{"api.cc", "..."}, {"store.cc", "..."}}});
//     lint(files, rules, {"async-blocking-call"}, facts[0]);
//
// They include nothing but each other: tests/stubs stands in for all headers. A process for each project would take
// a minute for all rules, so many are read together, each in a folder of its own.

#include "checker/facts/facts.h"
#include "tests/support/source_text.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace stallint {

struct CppFile {
  facts::FileFacts facts;
  std::vector<uint32_t> units;  // numbers of the units that read it
};

struct CppFacts {
  std::map<std::string, CppFile> files;  // by path, as in SourceText
  std::vector<std::string> problems;     // errors of the compiler, each with its place
  std::vector<std::string> queries;      // as given
};

bool is_cpp(const std::string& path);

// Whether this build can read C++ at all.
bool reads_cpp();

// The C++ files of each project, in the order of the projects. What cannot be read is a problem of its project.
// `command` compiles a file that is named behind it; without one tests/stubs takes the place of all headers. `queries`
// are matchers of clang-query.
std::vector<CppFacts> read_cpp(const std::vector<std::vector<SourceText>>& projects,
                               const std::vector<std::string>& command = {},
                               const std::vector<std::string>& queries = {});

}  // namespace stallint
