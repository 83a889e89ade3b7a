#pragma once
// Python source to facts, by tree-sitter.
//
//     FileFacts facts = python::read("async def f():\n    await g()\n");
//
// Every text gives facts: parts that do not parse are skipped and noted. Python 3.8 to 3.14. Nothing is read from disk.

#include "checker/facts/facts.h"

#include <string_view>

namespace stallint::python {

facts::FileFacts read(std::string_view text);

// Another text whenever a reader of other sources might give other facts. Made of the sources by the build.
std::string_view reader();

}  // namespace stallint::python
