#include "checker/cache/pack.h"

#include <sys/stat.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace stallint::cache {

namespace fs = std::filesystem;

namespace {

// Grows with every change of the form. A number in the order of this machine's bytes stands behind it.
constexpr std::string_view kMagic = "stallint pack 1\n";
constexpr size_t kBuffer = size_t{1} << 20;

struct Footer {
  uint64_t index = 0;  // offset
  uint64_t count = 0;
  uint64_t check = 0;  // of the index
  uint64_t order = 0x0102030405060708;
  char magic[kMagic.size()] = {};
};

static_assert(std::is_trivially_copyable_v<Entry> && sizeof(Entry) == 40);
static_assert(std::is_trivially_copyable_v<Footer> && sizeof(Footer) == 48);

template <typename T>
std::string_view bytes_of(const T* first, size_t count) {
  return {reinterpret_cast<const char*>(first), count * sizeof(T)};
}

bool read_at(int file, uint64_t offset, char* into, size_t size) {
  while (size > 0) {
    const ssize_t got = pread(file, into, size, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    into += got;
    offset += static_cast<uint64_t>(got);
    size -= static_cast<size_t>(got);
  }
  return true;
}

// Later ones come later in the order of names.
std::string fresh_name() {
  static std::atomic<unsigned> count = 0;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  char name[64];
  snprintf(name, sizeof(name), "%016llx-%d-%u",
           static_cast<unsigned long long>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()), getpid(),
           count++);
  return name;
}

}  // namespace

void Descriptor::reset(int number) {
  close();
  number_ = number;
}

void Descriptor::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

std::unique_ptr<Pack> Pack::open(const std::string& path) {
  auto pack = std::make_unique<Pack>();
  pack->file_.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const int file = pack->file_.number();
  struct stat info {};
  if (file < 0 || fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) return nullptr;
  const auto size = static_cast<uint64_t>(info.st_size);
  Footer footer;
  if (size < sizeof(footer)) return nullptr;
  const uint64_t room = size - sizeof(footer);
  if (!read_at(file, room, reinterpret_cast<char*>(&footer), sizeof(footer))) return nullptr;
  if (std::string_view(footer.magic, sizeof(footer.magic)) != kMagic || footer.order != Footer().order) return nullptr;
  if (footer.index > room || (room - footer.index) / sizeof(Entry) != footer.count) return nullptr;
  pack->entries_.resize(footer.count);
  const size_t length = footer.count * sizeof(Entry);
  if (!read_at(file, footer.index, reinterpret_cast<char*>(pack->entries_.data()), length)) return nullptr;
  if (check_of(bytes_of(pack->entries_.data(), footer.count)) != footer.check) return nullptr;
  return pack;
}

std::optional<std::string> Pack::read(const Entry& entry) const {
  std::string bytes(entry.size, '\0');
  if (!read_at(file_.number(), entry.offset, bytes.data(), bytes.size())) return std::nullopt;
  if (check_of(bytes) != entry.check) return std::nullopt;
  return bytes;
}

PackWriter::PackWriter(std::string folder) : folder_(std::move(folder)) {}

PackWriter::~PackWriter() {
  file_.close();
  if (!draft_.empty()) unlink(draft_.c_str());
}

void PackWriter::begin() {
  std::error_code error;
  fs::create_directories(folder_, error);
  draft_ = folder_ + "/" + fresh_name() + std::string(kDraftEnding);
  file_.reset(::open(draft_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file_.number() >= 0) return;
  draft_.clear();
  give_up("cannot write in");
}

void PackWriter::give_up(const std::string& doing) {
  trouble_ = doing + " " + folder_ + ": " + std::strerror(errno);
  file_.close();
  if (!draft_.empty()) unlink(draft_.c_str());
  draft_.clear();
  buffer_.clear();
  entries_.clear();
  offset_ = 0;
}

void PackWriter::add(uint32_t kind, const Digest& digest, uint64_t check, std::string_view bytes) {
  if (!trouble_.empty() || bytes.size() > UINT32_MAX) return;
  if (draft_.empty()) begin();
  if (!trouble_.empty()) return;
  entries_.push_back({digest, check, offset_, static_cast<uint32_t>(bytes.size()), kind});
  write(bytes);
}

void PackWriter::write(std::string_view bytes) {
  buffer_ += bytes;
  offset_ += bytes.size();
  if (buffer_.size() >= kBuffer) flush();
}

void PackWriter::flush() {
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t put = ::write(file_.number(), left.data(), left.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return give_up("cannot write in");
    left.remove_prefix(static_cast<size_t>(put));
  }
  buffer_.clear();
}

std::string PackWriter::seal() {
  if (draft_.empty()) return "";
  Footer footer;
  footer.index = offset_;
  footer.count = entries_.size();
  footer.check = check_of(bytes_of(entries_.data(), entries_.size()));
  kMagic.copy(footer.magic, sizeof(footer.magic));
  write(bytes_of(entries_.data(), entries_.size()));
  if (trouble_.empty()) write(bytes_of(&footer, 1));
  if (trouble_.empty()) flush();
  if (!trouble_.empty()) return "";
  file_.close();
  const std::string path = draft_.substr(0, draft_.size() - kDraftEnding.size()) + std::string(kPackEnding);
  if (rename(draft_.c_str(), path.c_str()) != 0) {
    give_up("cannot rename a file in");
    return "";
  }
  draft_.clear();
  entries_.clear();
  offset_ = 0;
  return path;
}

}  // namespace stallint::cache
