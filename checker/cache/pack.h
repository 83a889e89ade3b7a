#pragma once
// One file of the store: entries, their index, and a footer that says where the index begins.
//
//     PackWriter writer(folder);                     a draft
//     writer.add({kind, digest}, bytes);
//     writer.seal();                                 a pack
//
//     std::unique_ptr<Pack> pack = Pack::open(path); null if it is damaged or of another version
//     for (const Entry& entry : pack->entries()) pack->read(entry);

#include "checker/cache/digest.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::cache {

struct Entry {
  Digest digest;
  uint64_t check = 0;   // of the bytes
  uint64_t offset = 0;  // from the beginning of the file
  uint32_t size = 0;
  uint32_t kind = 0;
};

// A file that is closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  void reset(int number);
  void close();

 private:
  int number_;
};

// Safe to read from several threads. A file that is removed meanwhile can still be read.
class Pack {
 public:
  static std::unique_ptr<Pack> open(const std::string& path);

  const std::vector<Entry>& entries() const { return entries_; }
  // Nothing if the bytes are not those that were written. Entries are read, not mapped: of a mapped file that somebody
  // cuts off, the rest is a signal and not an error.
  std::optional<std::string> read(const Entry& entry) const;

 private:
  Descriptor file_;
  std::vector<Entry> entries_;
};

class PackWriter {
 public:
  // Begins with the first entry; a draft that is never sealed is removed.
  explicit PackWriter(std::string folder);
  ~PackWriter();

  void add(uint32_t kind, const Digest& digest, uint64_t check, std::string_view bytes);
  // Under its name from here on, which is returned; empty if nothing was added. May be used anew.
  std::string seal();

  uint64_t size() const { return offset_; }
  const std::string& trouble() const { return trouble_; }

 private:
  void begin();
  void write(std::string_view bytes);
  void flush();
  void give_up(const std::string& doing);

  std::string folder_;
  std::string draft_;
  Descriptor file_;
  std::string buffer_;
  uint64_t offset_ = 0;
  std::vector<Entry> entries_;
  std::string trouble_;
};

// The endings of their names.
constexpr std::string_view kPackEnding = ".pack";
constexpr std::string_view kDraftEnding = ".draft";

}  // namespace stallint::cache
