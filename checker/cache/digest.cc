#include "checker/cache/digest.h"

#include <sys/stat.h>
#include <xxhash.h>

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <unistd.h>

namespace stallint::cache {

std::string Digest::text() const {
  constexpr const char* kLetters = "0123456789abcdef";
  std::string letters;
  for (const uint64_t half : {high, low}) {
    for (int shift = 60; shift >= 0; shift -= 4) letters += kLetters[(half >> shift) & 15];
  }
  return letters;
}

Digest digest_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

Digest digest_of(std::string_view reader, std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), check_of(reader));
  return {hash.high64, hash.low64};
}

uint64_t check_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::optional<Digest> digest_of_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct stat info {};
  std::string bytes;
  bool good = fstat(file, &info) == 0 && S_ISREG(info.st_mode);
  if (good) bytes.resize(static_cast<size_t>(info.st_size));
  size_t have = 0;
  while (good && have < bytes.size()) {
    const ssize_t got = read(file, bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    good = got >= 0;
    if (got <= 0) break;
    have += static_cast<size_t>(got);
  }
  close(file);
  if (!good) return std::nullopt;
  return digest_of(std::string_view(bytes).substr(0, have));
}

}  // namespace stallint::cache
