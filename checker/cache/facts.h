#pragma once
// Facts of texts, read once.
//
//     const Reader python{Kind::kPython, python::reader(), python::read};
//     Known known = facts_of(store, python, text);      // of an earlier run, or read now and kept for the next
//
// The key is the text and who reads it. No path, no rule and no time is in it: equal files share an entry, on another
// machine too, and a changed rule costs no reading.

#include "checker/cache/store.h"
#include "checker/facts/facts.h"

#include <cstdint>
#include <string_view>

namespace stallint::cache {

struct Reader {
  Kind kind = Kind::kPython;
  std::string_view version;  // another one wherever the facts of a text may be others
  facts::FileFacts (*read)(std::string_view text) = nullptr;
};

struct Known {
  facts::FileFacts facts;
  bool kept = false;     // by an earlier run
  uint64_t asking = 0;   // nanoseconds
  uint64_t reading = 0;  // likewise
  uint64_t keeping = 0;
};

Known facts_of(Store& store, const Reader& reader, std::string_view text);

}  // namespace stallint::cache
