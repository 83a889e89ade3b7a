#include "checker/cache/store.h"

#include "checker/cache/pack.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <mutex>
#include <set>
#include <system_error>
#include <tuple>
#include <unistd.h>
#include <utility>

namespace stallint::cache {

namespace fs = std::filesystem;

namespace {

constexpr std::time_t kDay = 24 * 60 * 60;
constexpr std::time_t kMonth = 30 * kDay;

// A pack is begun anew when it is this large, so that what goes is not much at once, or when it has been open for so
// long, so that little is lost by a kill.
constexpr uint64_t kLargePack = uint64_t{64} << 20;
constexpr auto kLongOpen = std::chrono::seconds(10);

// Who edits and checks all day leaves a small pack each time. When there are so many, they become one.
constexpr uint64_t kSmallPack = uint64_t{4} << 20;
constexpr size_t kMostSmallPacks = 16;

// An edit makes what runs before it came to worthless, unless it is taken back. So many bytes of the latest stay when
// packs are merged.
constexpr uint64_t kMostOutcomes = uint64_t{32} << 20;

constexpr std::array<std::string_view, kKinds> kNames = {"Python files",      "C++ files by their spelling",
                                                         "translation units", "C++ files of translation units",
                                                         "reports",           "runs"};

// Backup programs leave folders with this file alone: https://bford.info/cachedir
constexpr std::string_view kTag = "Signature: 8a477f597d28d172789f06886806bc55\n# What stallint has read.\n";

std::string packs_in(const std::string& folder) { return folder.empty() ? "" : folder + "/packs"; }

struct PackFile {
  std::string path;
  uint64_t size = 0;
  std::time_t used = 0;
  bool draft = false;
  bool hit = false;  // by this run
};

// Sorted by name, so the oldest first.
std::vector<PackFile> files_in(const std::string& folder) {
  std::vector<PackFile> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string path = at->path().string();
    const bool draft = path.ends_with(kDraftEnding);
    struct stat info {};
    if ((draft || path.ends_with(kPackEnding)) && lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode)) {
      files.push_back({path, static_cast<uint64_t>(info.st_size), info.st_mtime, draft, false});
    }
  }
  std::sort(files.begin(), files.end(), [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
  return files;
}

void touch(const std::string& path) { utimensat(AT_FDCWD, path.c_str(), nullptr, 0); }

void write_small(const std::string& path, std::string_view text) {
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  if (file.number() >= 0 && write(file.number(), text.data(), text.size()) >= 0) futimens(file.number(), nullptr);
}

}  // namespace

// --- All packs of a folder -------------------------------------------------------------------------------------------

class Store::Packs {
 public:
  Packs(std::string folder, uint64_t most_bytes)
      : top_(std::move(folder)), folder_(packs_in(top_)), most_bytes_(most_bytes), writer_(folder_) {}

  bool keeps() const { return !folder_.empty(); }

  std::optional<std::string> get(Kind kind, const Digest& digest,
                                 const std::function<bool(const std::string& bytes)>& good) {
    if (!keeps()) return std::nullopt;
    std::call_once(loaded_, [&] { load(); });
    if (table_.empty()) return std::nullopt;
    const size_t mask = table_.size() - 1;
    for (size_t at = digest.low & mask; table_[at].pack != kNoPack; at = (at + 1) & mask) {
      Opened& opened = opened_[table_[at].pack];
      const Entry& entry = opened.pack->entries()[table_[at].entry];
      if (entry.digest != digest || entry.kind != static_cast<uint32_t>(kind)) continue;
      std::optional<std::string> bytes = opened.pack->read(entry);
      if (!bytes || (good && !good(*bytes))) continue;
      opened.hit.store(true, std::memory_order_relaxed);
      return bytes;
    }
    return std::nullopt;
  }

  void put(Kind kind, const Digest& digest, std::string_view bytes) {
    if (!keeps()) return;
    const uint64_t check = check_of(bytes);
    const std::lock_guard lock(mutex_);
    if (!put_.emplace(kind, digest).second) return;
    const auto now = std::chrono::steady_clock::now();
    if (writer_.size() == 0) begun_ = now;
    writer_.add(static_cast<uint32_t>(kind), digest, check, bytes);
    wrote_ = true;
    if (writer_.size() >= kLargePack || now - begun_ >= kLongOpen) writer_.seal();
  }

  void finish() {
    if (!keeps()) return;
    const std::lock_guard lock(mutex_);
    writer_.seal();
    const std::time_t now = std::time(nullptr);
    for (const Opened& opened : opened_) {
      if (opened.hit && opened.file.used + kDay < now) touch(opened.file.path);
    }
    struct stat info {};
    const std::string stamp = folder_ + "/cleaned";
    const bool cleaned = stat(stamp.c_str(), &info) == 0 && info.st_mtime + kDay > now;
    if (!std::exchange(wrote_, false) && cleaned) return;
    std::error_code error;
    if (!fs::is_directory(folder_, error)) return;
    clean(now);
    if (!writer_.trouble().empty()) return;
    write_small(stamp, "");
    write_small(top_ + "/CACHEDIR.TAG", kTag);
    merge_small();
  }

  std::string trouble() {
    const std::lock_guard lock(mutex_);
    return writer_.trouble();
  }

 private:
  static constexpr uint32_t kNoPack = UINT32_MAX;

  struct Opened {
    PackFile file;
    std::unique_ptr<Pack> pack;
    std::atomic<bool> hit = false;
  };

  // A place in an open hash table; the digest is a hash already. The newest of equal digests comes first.
  struct Slot {
    uint32_t pack = kNoPack;
    uint32_t entry = 0;
  };

  void load() {
    std::vector<PackFile> files = files_in(folder_);
    std::reverse(files.begin(), files.end());
    std::vector<std::pair<PackFile, std::unique_ptr<Pack>>> good;
    size_t entries = 0;
    for (PackFile& file : files) {
      std::unique_ptr<Pack> pack = file.draft ? nullptr : Pack::open(file.path);
      if (!pack) continue;
      entries += pack->entries().size();
      good.emplace_back(std::move(file), std::move(pack));
    }
    if (entries == 0) return;
    opened_ = std::vector<Opened>(good.size());
    size_t size = 16;
    while (size < 2 * entries) size *= 2;
    table_.resize(size);
    for (uint32_t p = 0; p < good.size(); ++p) {
      opened_[p].file = std::move(good[p].first);
      opened_[p].pack = std::move(good[p].second);
      const std::vector<Entry>& all = opened_[p].pack->entries();
      for (uint32_t e = 0; e < all.size(); ++e) {
        size_t at = all[e].digest.low & (size - 1);
        while (table_[at].pack != kNoPack) at = (at + 1) & (size - 1);
        table_[at] = {p, e};
      }
    }
  }

  // Who was killed leaves a draft. What nobody used for a month goes, and beyond the limit what was not used for
  // longest, down to three quarters of it, so that not every run removes something.
  void clean(std::time_t now) {
    std::vector<PackFile> files = files_in(folder_);
    uint64_t bytes = 0;
    std::erase_if(files, [&](PackFile& file) {
      const bool old = file.used + (file.draft ? kDay : kMonth) < now;
      if (old) unlink(file.path.c_str());
      if (!old) bytes += file.size;
      return old || file.draft;
    });
    if (bytes <= most_bytes_) return;
    std::set<std::string> hit;
    for (const Opened& opened : opened_) {
      if (opened.hit) hit.insert(opened.file.path);
    }
    for (PackFile& file : files) file.hit = hit.contains(file.path);
    std::stable_sort(files.begin(), files.end(), [](const PackFile& a, const PackFile& b) {
      return std::tie(a.hit, a.used, a.path) < std::tie(b.hit, b.used, b.path);
    });
    for (const PackFile& file : files) {
      if (bytes <= most_bytes_ / 4 * 3) break;
      if (unlink(file.path.c_str()) == 0) bytes -= file.size;
    }
  }

  // Another process may do the same at once; then entries are there twice until the next time.
  void merge_small() {
    std::vector<PackFile> files = files_in(folder_);
    std::erase_if(files, [](const PackFile& file) { return file.draft || file.size >= kSmallPack; });
    if (files.size() <= kMostSmallPacks) return;
    std::reverse(files.begin(), files.end());
    std::set<std::tuple<uint32_t, Digest, uint64_t>> seen;
    uint64_t outcomes = 0;
    for (const PackFile& file : files) {
      const std::unique_ptr<Pack> pack = Pack::open(file.path);
      if (!pack) continue;
      for (const Entry& entry : pack->entries()) {
        if (!seen.emplace(entry.kind, entry.digest, entry.check).second) continue;
        const bool outcome = entry.kind == static_cast<uint32_t>(Kind::kOutcome);
        if (outcome && (outcomes += entry.size) > kMostOutcomes) continue;
        const std::optional<std::string> bytes = pack->read(entry);
        if (bytes) writer_.add(entry.kind, entry.digest, entry.check, *bytes);
      }
    }
    if (writer_.seal().empty()) return;
    for (const PackFile& file : files) unlink(file.path.c_str());
  }

  const std::string top_;
  const std::string folder_;  // empty: nothing is kept
  const uint64_t most_bytes_;

  std::once_flag loaded_;
  std::vector<Opened> opened_;  // the newest first
  std::vector<Slot> table_;

  std::mutex mutex_;  // of what follows
  PackWriter writer_;
  std::set<std::pair<Kind, Digest>> put_;
  std::chrono::steady_clock::time_point begun_;
  bool wrote_ = false;
};

Store::Store(std::string folder, uint64_t most_bytes)
    : packs_(std::make_unique<Packs>(std::move(folder), most_bytes)) {}

Store::~Store() { finish(); }

bool Store::keeps() const { return packs_->keeps(); }

std::optional<std::string> Store::get(Kind kind, const Digest& digest,
                                      const std::function<bool(const std::string& bytes)>& good) {
  return packs_->get(kind, digest, good);
}

void Store::put(Kind kind, const Digest& digest, std::string_view bytes) { packs_->put(kind, digest, bytes); }

void Store::finish() { packs_->finish(); }

std::string Store::trouble() const { return packs_->trouble(); }

// --- For people ------------------------------------------------------------------------------------------------------

Info info(const std::string& folder) {
  Info info;
  for (const PackFile& file : files_in(packs_in(folder))) {
    info.bytes += file.size;
    if (file.draft) continue;
    const std::unique_ptr<Pack> pack = Pack::open(file.path);
    ++(pack ? info.packs : info.foreign);
    if (!pack) continue;
    for (const Entry& entry : pack->entries()) {
      if (entry.kind >= kKinds) continue;
      ++info.kinds[entry.kind].entries;
      info.kinds[entry.kind].bytes += entry.size;
    }
  }
  return info;
}

Cleared clear(const std::string& folder) {
  Cleared cleared;
  const std::string packs = packs_in(folder);
  const auto remove = [&](const std::string& path) {
    if (unlink(path.c_str()) == 0) return true;
    if (errno != ENOENT && cleared.trouble.empty()) cleared.trouble = path + ": " + std::strerror(errno);
    return false;
  };
  for (const PackFile& file : files_in(packs)) {
    if (!remove(file.path)) continue;
    ++cleared.packs;
    cleared.bytes += file.size;
  }
  if (packs.empty() || !cleared.trouble.empty()) return cleared;
  remove(packs + "/cleaned");
  // Folders only if nothing else is in them.
  if (rmdir(packs.c_str()) == 0) {
    remove(folder + "/CACHEDIR.TAG");
    rmdir(folder.c_str());
  }
  return cleared;
}

std::string_view name_of(Kind kind) { return kNames[static_cast<uint32_t>(kind)]; }

std::string default_folder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return std::string(cache) + "/stallint";
  const char* const home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? std::string(home) + "/.cache/stallint" : "";
}

}  // namespace stallint::cache
