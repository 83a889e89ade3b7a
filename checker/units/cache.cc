#include "checker/units/cache.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace stallint::units {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMagic = "stallint unit 1\n";
constexpr std::time_t kDay = 24 * 60 * 60;
constexpr std::time_t kMonth = 30 * kDay;

std::optional<std::string> read_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

// Under another name first, so that nobody ever reads half of it.
void write_whole(const std::string& path, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  const std::string draft = path + "." + std::to_string(getpid()) + "." + std::to_string(gettid());
  std::ofstream out(draft, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (out) fs::rename(draft, path, error);
  if (!out || error) fs::remove(draft, error);
}

// So that cleaning sees what is used.
void touch(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) == 0 && info.st_mtime + kDay < std::time(nullptr)) {
    utimensat(AT_FDCWD, path.c_str(), nullptr, 0);
  }
}

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
  const Digest check = digest_of(writer.bytes());
  std::string bytes(kMagic);
  bytes.append(reinterpret_cast<const char*>(&check.high), sizeof(check.high));
  bytes.append(reinterpret_cast<const char*>(&check.low), sizeof(check.low));
  return bytes + writer.bytes();
}

std::optional<Kept> unpacked(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  bytes.remove_prefix(kMagic.size());
  if (bytes.size() < 16) return std::nullopt;
  const Digest check = Reader(bytes.substr(0, 16)).digest();
  bytes.remove_prefix(16);
  if (digest_of(bytes) != check) return std::nullopt;
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
  const std::optional<Digest> digest = digest_of_file(path);  // two threads may both read it, and agree
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

Cache::Cache(std::string folder, const std::set<std::string>& project, Contents& contents)
    : folder_(std::move(folder)), project_(project), contents_(contents) {}

std::string Cache::path(const char* kind, const Digest& digest) const {
  const std::string name = digest.text();
  return folder_ + "/" + kind + "/" + name.substr(0, 2) + "/" + name.substr(2);
}

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
  if (folder_.empty()) return std::nullopt;
  const std::string file = path("units", command);
  const std::optional<std::string> bytes = read_whole(file);
  if (!bytes) return std::nullopt;
  std::optional<Kept> kept = unpacked(*bytes);
  if (!kept || !holds(*kept)) return std::nullopt;
  touch(file);
  return kept;
}

std::optional<std::string> Cache::facts(const Digest& digest) const {
  if (folder_.empty()) return std::nullopt;
  const std::string file = path("facts", digest);
  std::optional<std::string> bytes = read_whole(file);
  if (!bytes || digest_of(*bytes) != digest) return std::nullopt;
  touch(file);
  return bytes;
}

void Cache::keep(const Digest& command, const Kept& kept) const {
  if (!folder_.empty()) write_whole(path("units", command), packed(kept));
}

void Cache::keep_facts(const Digest& digest, const std::string& bytes) const {
  if (!folder_.empty()) write_whole(path("facts", digest), bytes);
}

void Cache::clean() const {
  struct stat info {};
  const std::string stamp = folder_ + "/cleaned";
  const std::time_t now = std::time(nullptr);
  std::error_code error;
  if (folder_.empty() || !fs::is_directory(folder_, error)) return;
  if (stat(stamp.c_str(), &info) == 0 && info.st_mtime + kDay > now) return;
  write_whole(stamp, "");
  for (const char* const kind : {"units", "facts"}) {
    for (fs::recursive_directory_iterator at(folder_ + "/" + kind, error), end; !error && at != end;
         at.increment(error)) {
      std::error_code ignored;
      if (!at->is_regular_file(ignored) || stat(at->path().c_str(), &info) != 0) continue;
      if (info.st_mtime + kMonth < now) fs::remove(at->path(), ignored);
    }
  }
}

std::string default_cache_folder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return std::string(cache) + "/stallint";
  const char* const home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? std::string(home) + "/.cache/stallint" : "";
}

}  // namespace stallint::units
