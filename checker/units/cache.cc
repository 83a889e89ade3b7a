#include "checker/units/cache.h"

#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace stallint::units {

namespace fs = std::filesystem;

namespace {

// Grows with every change of the form.
constexpr std::string_view kMagic = "stallint unit 2\n";

class Writer {
 public:
  void number(uint64_t value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof(value)); }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  void digest(const Digest& value) {
    number(value.high);
    number(value.low);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  uint64_t number() {
    uint64_t value = 0;
    if (bytes_.size() < sizeof(value)) {
      fail();
    } else {
      std::memcpy(&value, bytes_.data(), sizeof(value));
      bytes_.remove_prefix(sizeof(value));
    }
    return value;
  }
  std::string text() {
    const uint64_t size = number();
    if (bytes_.size() < size) fail();
    const std::string value(bytes_.substr(0, good_ ? size : 0));
    bytes_.remove_prefix(value.size());
    return value;
  }
  Digest digest() {
    const uint64_t high = number();
    return {high, number()};
  }
  // Every element takes eight bytes at least.
  uint64_t count() {
    const uint64_t value = number();
    if (value > bytes_.size() / 8) fail();
    return good_ ? value : 0;
  }
  bool whole() const { return good_ && bytes_.empty(); }

 private:
  void fail() {
    good_ = false;
    bytes_ = {};
  }
  std::string_view bytes_;
  bool good_ = true;
};

std::string packed(const Kept& kept) {
  Writer writer;
  writer.text(exchange::encode_payload(kept.done));
  writer.number(kept.facts.size());
  for (const Digest& digest : kept.facts) writer.digest(digest);
  writer.number(kept.dependencies.size());
  for (const Kept::Dependency& one : kept.dependencies) {
    writer.text(one.path);
    writer.digest(one.content);
    writer.number(one.project ? 1 : 0);
  }
  return std::string(kMagic) + writer.bytes();
}

std::optional<Kept> unpacked(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  bytes.remove_prefix(kMagic.size());
  Reader reader(bytes);
  Kept kept;
  std::optional<exchange::Done> done = exchange::decode_done(reader.text());
  if (!done) return std::nullopt;
  kept.done = *std::move(done);
  for (uint64_t left = reader.count(); left > 0; --left) kept.facts.push_back(reader.digest());
  for (uint64_t left = reader.count(); left > 0; --left) {
    Kept::Dependency one;
    one.path = reader.text();
    one.content = reader.digest();
    one.project = reader.number() != 0;
    kept.dependencies.push_back(std::move(one));
  }
  if (!reader.whole() || kept.facts.size() != kept.done.files.size()) return std::nullopt;
  return kept;
}

}  // namespace

std::optional<Digest> Contents::of(const std::string& path) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = digests_.find(path);
    if (known != digests_.end()) return known->second;
  }
  const std::optional<Digest> digest = cache::digest_of_file(path);  // two threads may both read it, and agree
  const std::lock_guard lock(mutex_);
  return digests_.emplace(path, digest).first->second;
}

bool Contents::exists(const std::string& path) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = there_.find(path);
    if (known != there_.end()) return known->second;
  }
  std::error_code error;
  const bool there = fs::exists(path, error);
  const std::lock_guard lock(mutex_);
  return there_.emplace(path, there).first->second;
}

Cache::Cache(cache::Store& store, const std::set<std::string>& project, Contents& contents)
    : store_(store), project_(project), contents_(contents) {}

bool Cache::holds(const Kept& kept) const {
  for (const Kept::Dependency& one : kept.dependencies) {
    if (project_.contains(one.path) != one.project || contents_.of(one.path) != one.content) return false;
  }
  for (const std::string& folder : kept.done.searched) {
    for (const std::string& header : kept.done.missing) {
      if (contents_.exists(folder + "/" + header)) return false;
    }
  }
  return true;
}

std::optional<Kept> Cache::find(const Digest& command) const {
  std::optional<Kept> kept;
  store_.get(cache::Kind::kUnit, command, [&](const std::string& bytes) {
    kept = unpacked(bytes);
    if (kept && !holds(*kept)) kept.reset();
    return kept.has_value();
  });
  return kept;
}

std::optional<std::string> Cache::facts(const Digest& digest) const {
  return store_.get(cache::Kind::kUnitFacts, digest);
}

void Cache::keep(const Digest& command, const Kept& kept) const {
  store_.put(cache::Kind::kUnit, command, packed(kept));
}

void Cache::keep_facts(const Digest& digest, const std::string& bytes) const {
  store_.put(cache::Kind::kUnitFacts, digest, bytes);
}

}  // namespace stallint::units
