#include "checker/pipeline/cache.h"

#include "checker/base/text.h"
#include "checker/cache/store.h"
#include "checker/pipeline/fail.h"
#include "checker/pipeline/texts.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <string>

namespace stallint::pipeline {

namespace {

// "1.2 MiB"
std::string bytes_in_words(uint64_t bytes) {
  constexpr std::array<const char*, 4> kUnits = {" bytes", " KiB", " MiB", " GiB"};
  auto value = static_cast<double>(bytes);
  size_t unit = 0;
  for (; value >= 1024 && unit + 1 < kUnits.size(); ++unit) value /= 1024;
  std::array<char, 32> text{};
  snprintf(text.data(), text.size(), unit == 0 ? "%.0f" : "%.1f", value);
  return text.data() + std::string(kUnits[unit]);
}

}  // namespace

int cache_info(const Options& options) {
  const std::string folder = cache_folder(options);
  const cache::Info info = cache::info(folder);
  std::cout << (folder.empty() ? "no folder: there is no home, and --cache-dir names none" : folder) << '\n';
  for (uint32_t kind = 0; kind < cache::kKinds; ++kind) {
    const cache::Info::Part& part = info.kinds[kind];
    if (part.entries == 0) continue;
    std::cout << "  " << cache::name_of(static_cast<cache::Kind>(kind)) << ": " << part.entries << ", "
              << bytes_in_words(part.bytes) << '\n';
  }
  std::cout << "  " << counted(info.packs, "pack") << ", " << bytes_in_words(info.bytes) << " of at most "
            << bytes_in_words(cache::kMostBytes) << '\n';
  if (info.foreign > 0) {
    std::cout << "  " << counted(info.foreign, "pack") << " of another version, or damaged\n";
  }
  return kExitClean;
}

int cache_clear(const Options& options) {
  const std::string folder = cache_folder(options);
  const cache::Cleared cleared = cache::clear(folder);
  if (!cleared.trouble.empty()) return fail({Problem{{}, "the cache cannot be removed: " + cleared.trouble}});
  if (cleared.packs == 0) {
    std::cout << "nothing is kept" << (folder.empty() ? "" : " in " + folder) << '\n';
  } else {
    std::cout << "removed " << counted(cleared.packs, "pack") << ", " << bytes_in_words(cleared.bytes) << ", from "
              << folder << '\n';
  }
  return kExitClean;
}
}  // namespace stallint::pipeline
