#pragma once
// The rules that come with stallint, as they lie in rules/ at build time:
//
//     {"rules/models/python/requests.yaml", "models:\n..."}
//
// Only bytes: they are loaded in the same way as the files of `--rules DIR`, so the binary needs no files beside it.

#include <span>
#include <string_view>

namespace stallint::rule {

struct EmbeddedFile {
  std::string_view path;  // from the top of the repository: "rules/http/missing-timeout.yaml"
  std::string_view text;
};

// All shipped YAML files, sorted by path. They live as long as the program.
std::span<const EmbeddedFile> embedded_rules();

}  // namespace stallint::rule
