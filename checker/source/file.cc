#include "checker/source/file.h"

#include "checker/base/text.h"
#include "checker/base/utf.h"
#include "checker/source/encoding.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <unistd.h>
#include <utility>

namespace stallint::source {

namespace {

// Decoding may make a text up to three times longer, and offsets are 32 bits.
constexpr off_t kLargest = off_t{1} << 30;

Problem cannot_read(const std::string& path, const std::string& why) {
  return {{path, 0, 0}, "cannot read this file: " + why};
}

class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : number_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

Result<std::string> bytes_of(const std::string& path) {
  const Descriptor file(path);
  struct stat info;
  if (file.number() < 0 || fstat(file.number(), &info) != 0) return cannot_read(path, strerror(errno));
  if (S_ISDIR(info.st_mode)) return cannot_read(path, "it is a folder");
  if (info.st_size > kLargest) return cannot_read(path, "it is larger than 1 GiB");

  std::string bytes;
  bytes.resize(static_cast<size_t>(info.st_size) + 1);  // one more, to notice a file that grew
  size_t have = 0;
  for (;;) {
    const ssize_t got = read(file.number(), bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read(path, strerror(errno));
    if (got == 0) break;
    have += static_cast<size_t>(got);
    if (have > static_cast<size_t>(kLargest)) return cannot_read(path, "it is larger than 1 GiB");
    if (have == bytes.size()) bytes.resize(bytes.size() * 2);
  }
  bytes.resize(have);
  return bytes;
}

void note_replaced(File& file, const Repaired& repaired) {
  if (repaired.replaced == 0) return;
  const std::string verb = repaired.replaced == 1 ? " is" : " are";
  file.notes.push_back({static_cast<uint32_t>(repaired.first_replaced), counted(repaired.replaced, "place") + verb +
                                                                            " no valid " + file.encoding +
                                                                            " and became U+FFFD; the first is here"});
}

File decoded_as(std::string encoding, Repaired repaired) {
  File file;
  file.encoding = std::move(encoding);
  note_replaced(file, repaired);
  file.text = std::move(repaired.text);
  return file;
}

File as_utf8(std::string bytes) {
  if (!valid_utf8(bytes)) return decoded_as("utf-8", to_valid_utf8(bytes));
  return {std::move(bytes), "utf-8", {}};
}

// Byte for byte: what is in no valid character becomes `?`.
void keep_ascii_of_wrong(std::string& bytes) {
  for (size_t at = 0; at < bytes.size();) {
    size_t length = 1;
    while (length <= 4 && at + length <= bytes.size() && !valid_utf8(std::string_view(bytes).substr(at, length))) {
      ++length;
    }
    if (length > 4 || at + length > bytes.size()) {
      bytes[at] = '?';
      length = 1;
    }
    at += length;
  }
}

// UTF-16 and UTF-32 announce themselves by a byte order mark. Python reads neither, editors do.
std::optional<File> by_wide_mark(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  std::optional<File> file;
  if (bytes.starts_with("\xFF\xFE\0\0"sv))
    file = decoded_as("utf-32", from_utf32(bytes, ByteOrder::kLittle));
  else if (bytes.starts_with("\0\0\xFE\xFF"sv))
    file = decoded_as("utf-32", from_utf32(bytes, ByteOrder::kBig));
  else if (bytes.starts_with("\xFF\xFE"sv))
    file = decoded_as("utf-16", from_utf16(bytes, ByteOrder::kLittle));
  else if (bytes.starts_with("\xFE\xFF"sv))
    file = decoded_as("utf-16", from_utf16(bytes, ByteOrder::kBig));
  if (file) {
    file->notes.insert(file->notes.begin(), {0, "this file is " + file->encoding + ", which Python does not read"});
  }
  return file;
}

}  // namespace

File decode(std::string bytes) {
  if (std::optional<File> file = by_wide_mark(bytes)) return *std::move(file);

  const std::string declared = declared_encoding(bytes);
  if (declared.empty() || is_utf8_name(declared)) return as_utf8(std::move(bytes));
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    File file = as_utf8(std::move(bytes));
    file.notes.insert(file.notes.begin(),
                      {0, "this file begins with a UTF-8 mark but declares " + declared + "; it was read as utf-8"});
    return file;
  }
  if (std::optional<Repaired> repaired = from_encoding(bytes, declared)) {
    return decoded_as(declared, *std::move(repaired));
  }
  File file = as_utf8(std::move(bytes));
  file.notes.insert(file.notes.begin(), {0, "unknown encoding `" + declared + "`; this file was read as utf-8"});
  return file;
}

Result<File> read_file(const std::string& path) {
  Result<std::string> bytes = bytes_of(path);
  if (!bytes) return bytes.problems();
  return decode(std::move(*bytes));
}

Result<File> read_cpp_file(const std::string& path) {
  Result<std::string> bytes = bytes_of(path);
  if (!bytes) return bytes.problems();
  if (std::optional<File> wide = by_wide_mark(*bytes)) {
    wide->notes.clear();
    return *std::move(wide);
  }
  if (!valid_utf8(*bytes)) keep_ascii_of_wrong(*bytes);
  return File{std::move(*bytes), "utf-8", {}};
}

bool says_migration(std::string_view beginning) {
  while (!beginning.empty()) {
    const size_t end = std::min(beginning.find('\n'), beginning.size());
    const std::string_view line = beginning.substr(0, end);
    if (line.starts_with("down_revision") && line.find('=') != std::string_view::npos) return true;
    beginning.remove_prefix(std::min(end + 1, beginning.size()));
  }
  return false;
}

bool says_generated(std::string_view beginning) {
  constexpr int kLines = 10;
  bool generated = false;
  bool hands_off = false;
  for (int line = 0; line < kLines && !beginning.empty(); ++line) {
    const size_t end = std::min(beginning.find('\n'), beginning.size());
    const std::string text = lower(beginning.substr(0, end));
    beginning.remove_prefix(std::min(end + 1, beginning.size()));

    constexpr std::string_view kMark = "@generated";
    const size_t mark = text.find(kMark);
    if (mark != std::string::npos) {
      const char after = mark + kMark.size() < text.size() ? text[mark + kMark.size()] : ' ';
      // A decorator stands alone at the beginning of its line; the mark stands in a comment or a docstring.
      if (text.find_first_not_of(" \t") != mark && !isalnum(static_cast<unsigned char>(after)) && after != '_')
        return true;
    }
    generated = generated || text.find("generated") != std::string::npos;
    hands_off = hands_off || text.find("do not edit") != std::string::npos;
  }
  return generated && hands_off;
}

}  // namespace stallint::source
