#pragma once
// C++ source to facts by spelling alone, by tree-sitter: for files that no compiler reads, and for what it loses.
//
//     FileFacts facts = cpp::read("void f() { std::mutex m; m.lock(); }");
//
// Meanings rest on what the text itself says (its namespaces, `using`, the types that it spells) and are all `likely`.
// Every text gives facts: parts that do not parse are skipped. Nothing is read from disk.

#include "checker/facts/facts.h"

#include <string_view>

namespace stallint::cpp {

facts::FileFacts read(std::string_view text);

// Another text whenever a reader of other sources might give other facts. Made of the sources by the build.
std::string_view reader();

// Mends the facts that Clang gives of a file by those of its spelling. A function that Clang lost (Identity::lost), or
// does not have, gets the body that was spelled, in which whatever Clang knew of the same expression takes the place of
// what the spelling suggests. It stays lost, for it is not certain. What Clang has read is left alone.
void overlay(facts::FileFacts& clang, const facts::FileFacts& spelled);

}  // namespace stallint::cpp
