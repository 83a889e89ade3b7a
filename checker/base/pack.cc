// Trees of YAML as bytes. A node is a byte for its kind and quotes, three numbers for where it stands, and what it
// holds: a text, or a number of nodes. Numbers have seven bits in a byte, the lowest first, and a high bit where more
// follow.
#include "checker/base/check.h"
#include "checker/base/yaml.h"

namespace stallint {

namespace {

using Kind = YamlNode::Kind;

constexpr uint8_t kQuoted = 0x10;

class Packer {
 public:
  void add(const YamlNode& node) {
    packed_ += static_cast<char>(static_cast<uint8_t>(node.kind) | (node.quoted ? kQuoted : 0));
    add(node.line);
    add(node.column);
    add(node.text_line);
    switch (node.kind) {
      case Kind::kNull:
        break;
      case Kind::kScalar:
        add(node.text);
        break;
      case Kind::kList:
        add(node.items.size());
        for (const YamlNode& item : node.items) add(item);
        break;
      case Kind::kMap:
        add(node.entries.size());
        for (const YamlEntry& entry : node.entries) {
          add(entry.key);
          add(entry.line);
          add(entry.column);
          add(entry.value);
        }
        break;
    }
  }

  std::string take() { return std::move(packed_); }

 private:
  void add(size_t number) {
    for (; number >= 0x80; number >>= 7) packed_ += static_cast<char>(0x80 | (number & 0x7f));
    packed_ += static_cast<char>(number);
  }

  void add(const std::string& text) {
    add(text.size());
    packed_ += text;
  }

  std::string packed_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view packed) : rest_(packed) {}

  // Into its place: nodes are large.
  void read(YamlNode& node) {
    const uint8_t head = byte();
    node.kind = static_cast<Kind>(head & ~kQuoted);
    node.quoted = (head & kQuoted) != 0;
    node.line = static_cast<uint32_t>(number());
    node.column = static_cast<uint32_t>(number());
    node.text_line = static_cast<uint32_t>(number());
    switch (node.kind) {
      case Kind::kNull:
        break;
      case Kind::kScalar:
        node.text = text();
        break;
      case Kind::kList:
        node.items.resize(number());
        for (YamlNode& item : node.items) read(item);
        break;
      case Kind::kMap:
        node.entries.resize(number());
        for (YamlEntry& entry : node.entries) {
          entry.key = text();
          entry.line = static_cast<uint32_t>(number());
          entry.column = static_cast<uint32_t>(number());
          read(entry.value);
        }
        break;
    }
  }

 private:
  uint8_t byte() {
    STALLINT_CHECK(!rest_.empty(), "a packed tree is whole");
    const auto first = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }

  size_t number() {
    size_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      const uint8_t part = byte();
      number |= size_t{part & 0x7fu} << shift;
      if (part < 0x80) return number;
    }
  }

  std::string text() {
    const size_t size = number();
    STALLINT_CHECK(size <= rest_.size(), "a packed tree is whole");
    std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }

  std::string_view rest_;
};

}  // namespace

std::string pack(const YamlNode& tree) {
  Packer packer;
  packer.add(tree);
  return packer.take();
}

YamlNode unpack(std::string_view packed) {
  YamlNode tree;
  Unpacker(packed).read(tree);
  return tree;
}

}  // namespace stallint
