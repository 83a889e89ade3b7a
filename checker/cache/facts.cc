#include "checker/cache/facts.h"

#include "checker/base/clock.h"
#include "checker/facts/pack.h"

#include <optional>
#include <utility>

namespace stallint::cache {

namespace {

std::optional<facts::FileFacts> recall(Store& store, Kind kind, const Digest& key) {
  const std::optional<std::string> bytes = store.get(kind, key);
  return bytes ? facts::unpack(*bytes) : std::nullopt;
}

}  // namespace

Digest key_of(const Reader& reader, std::string_view text) { return digest_of(reader.version, text); }

Known facts_of(Store& store, const Reader& reader, const Digest& key, std::string_view text) {
  Known known;
  const uint64_t begun = nanoseconds_now();
  std::optional<facts::FileFacts> recalled = store.keeps() ? recall(store, reader.kind, key) : std::nullopt;
  const uint64_t asked = nanoseconds_now();
  known.asking = asked - begun;
  if (recalled) {
    known.facts = *std::move(recalled);
    known.kept = true;
    return known;
  }
  known.facts = reader.read(text);
  const uint64_t read = nanoseconds_now();
  known.reading = read - asked;
  if (!store.keeps()) return known;
  store.put(reader.kind, key, facts::pack(known.facts));
  known.keeping = nanoseconds_now() - read;
  return known;
}

}  // namespace stallint::cache
