#pragma once
// What stands between C++ source and a parser that knows no preprocessor: comments, directives, and macros that are no
// C++. They are replaced by blanks, byte by byte, so that offsets stay those of the file.
//
//     class API_EXPORT Store {          class            Store {
//     #ifdef FAST                       (blank)
//       int size GUARDED_BY(mutex_);      int size                   ;      and a guard: size, mutex_
//
// Which macros are no C++ is told by their spelling and place: an ALL_CAPS name where a declaration begins, between
// `class` and its name, or after a declarator.

#include "checker/facts/facts.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stallint::cpp {

// `int size GUARDED_BY(mutex_)`, or with an attribute.
struct Guard {
  uint32_t variable = 0;  // where its name begins
  facts::Span lock;       // what stands in the brackets
};

struct Spelling {
  std::string text;                   // as long as the source
  std::vector<facts::Span> comments;  // in source order
  std::vector<Guard> guards;          // likewise
  facts::Span too_deep;               // the first of the brackets whose inside was left out; empty: none
};

Spelling respell(std::string_view source);

}  // namespace stallint::cpp
