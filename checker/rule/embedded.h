#pragma once
// The rules that come with stallint, as they lie in rules/ at build time:
//
//     {"rules/models/python/requests.yaml", "models:\n...", <the same, packed>}
//
// They are loaded in the same way as the files of `--rules DIR`, so the binary needs no files beside it. Only the YAML
// has been read before, while stallint was built.

#include <span>
#include <string_view>

namespace stallint::rule {

struct EmbeddedFile {
  std::string_view path;  // from the top of the repository: "rules/http/missing-timeout.yaml"
  std::string_view text;
  std::string_view tree;  // pack() of the text, or empty if it is no YAML; loading says why
};

// All shipped YAML files, sorted by path. They live as long as the program.
std::span<const EmbeddedFile> embedded_rules();

}  // namespace stallint::rule
