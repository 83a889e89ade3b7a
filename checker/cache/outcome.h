#pragma once
// What checking an island came to: if no file of it, no rule and no name has changed since, there is nothing to link.
//
//     std::optional<Outcome> same = unpack_outcome(bytes);      // of pack(outcome)
//
// Linking and matching ask nothing but their arguments, so what they gave may be kept under a digest of all of these.
// Which islands a run has depends on its texts, so they are kept too: as the questions that the run asked.

#include "checker/cache/digest.h"
#include "checker/finding/finding.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::cache {

struct Outcome {
  std::vector<Finding> findings;  // as the rules gave them
  std::vector<Note> notes;
  uint64_t lines = 0;
};

std::string pack(const Outcome& outcome);
std::string pack(const std::vector<Digest>& questions);

// Nothing if the bytes are not what pack() writes.
std::optional<Outcome> unpack_outcome(std::string_view bytes);
std::optional<std::vector<Digest>> unpack_questions(std::string_view bytes);

}  // namespace stallint::cache
