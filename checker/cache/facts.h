#pragma once
// Facts of texts, read once.
//
//     const Reader python{Kind::kPython, python::reader(), python::read};
//     const Digest key = key_of(python, text);
//     Known known = facts_of(store, python, key, text); // of an earlier run, or read now and kept for the next
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

Digest key_of(const Reader& reader, std::string_view text);

// Where the store keeps nothing, the key may be anything.
Known facts_of(Store& store, const Reader& reader, const Digest& key, std::string_view text);

}  // namespace stallint::cache
