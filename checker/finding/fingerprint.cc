#include "checker/finding/fingerprint.h"

#include <xxhash.h>

#include <algorithm>
#include <filesystem>

namespace stallint {
namespace {

// "./api\\users.py" and "lib/../api/users.py" are "api/users.py": how the path was typed does not matter.
std::string normalised(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  return std::filesystem::path(path).lexically_normal().generic_string();
}

}  // namespace

// Names hold no zero byte, so one after each part keeps "ab" + "c" from being "a" + "bc".
std::string identity(const Finding& finding) {
  std::string parts;
  const std::string file = normalised(finding.region.file);
  for (const std::string* part : {&finding.rule, &file, &finding.function, &finding.subject, &finding.leaf_label}) {
    parts += *part;
    parts += '\0';
  }
  return parts;
}

std::string fingerprint(const Finding& finding, uint32_t index) {
  const std::string text = identity(finding) + std::to_string(index);
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(text.data(), text.size()));
  std::string hex;
  for (const unsigned char byte : canonical.digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

}  // namespace stallint
