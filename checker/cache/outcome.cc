#include "checker/cache/outcome.h"

#include <cstring>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace stallint::cache {

namespace {

constexpr std::string_view kMagic = "stallint outcome";
constexpr std::string_view kQuestions = "stallint questions";

// Paths, rules and advice are said again and again, so each text is written where it first occurs, and then its number.
class Writer {
 public:
  std::string take() { return std::move(bytes_); }

  void number(uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(0x80 | (value & 0x7f));
    bytes_ += static_cast<char>(value);
  }
  void text(const std::string& value) {
    const auto [at, fresh] = texts_.try_emplace(value, texts_.size());
    number(at->second);
    if (!fresh) return;
    number(value.size());
    bytes_ += value;
  }

 private:
  std::string bytes_;
  std::unordered_map<std::string, uint64_t> texts_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool good() const { return good_; }
  bool whole() const { return good_ && bytes_.empty(); }

  uint64_t number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    fail();
    return 0;
  }
  std::string text() {
    const uint64_t id = number();
    if (id < texts_.size()) return std::string(texts_[id]);
    const uint64_t size = number();
    if (id > texts_.size() || size > bytes_.size()) fail();
    if (!good_) return "";
    texts_.push_back(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return std::string(texts_.back());
  }
  // Every element takes a byte at least.
  uint64_t count() {
    const uint64_t value = number();
    if (value > bytes_.size()) fail();
    return good_ ? value : 0;
  }

 private:
  void fail() {
    good_ = false;
    bytes_ = {};
  }

  std::string_view bytes_;
  std::vector<std::string_view> texts_;
  bool good_ = true;
};

// One description of the form serves both directions.
void form(Writer& out, const std::string& value) { out.text(value); }
void form(Reader& in, std::string& value) { value = in.text(); }

template <typename T>
requires(std::is_integral_v<T> || std::is_enum_v<T>) void form(Writer& out, const T& value) {
  out.number(static_cast<uint64_t>(value));
}
template <typename T>
requires(std::is_integral_v<T> || std::is_enum_v<T>) void form(Reader& in, T& value) {
  value = static_cast<T>(in.number());
}

template <typename Archive, typename... T>
void all(Archive& archive, T&... values);

template <typename T>
void form(Writer& out, const std::vector<T>& values);
template <typename T>
void form(Reader& in, std::vector<T>& values);
template <typename T>
void form(Writer& out, const std::optional<T>& value);
template <typename T>
void form(Reader& in, std::optional<T>& value);

template <typename Archive, typename T>
void parts(Archive& archive, T& v) {
  using Plain = std::remove_const_t<T>;
  if constexpr (std::is_same_v<Plain, Region>) {
    all(archive, v.file, v.line, v.column, v.end_line, v.end_column);
  } else if constexpr (std::is_same_v<Plain, Step>) {
    all(archive, v.region, v.function, v.callee, v.text);
  } else if constexpr (std::is_same_v<Plain, Related>) {
    all(archive, v.region, v.text);
  } else if constexpr (std::is_same_v<Plain, Suppression>) {
    all(archive, v.comment, v.reason);
  } else if constexpr (std::is_same_v<Plain, Note>) {
    all(archive, v.region, v.message);
  } else if constexpr (std::is_same_v<Plain, Finding>) {
    all(archive, v.rule, v.severity, v.confidence, v.region, v.message, v.function, v.chain, v.related, v.fix,
        v.lowered_because, v.leaf_label, v.sink, v.first_callee, v.subject, v.fingerprint, v.suppressed);
  } else if constexpr (std::is_same_v<Plain, Digest>) {
    all(archive, v.high, v.low);
  } else {
    static_assert(std::is_same_v<Plain, Outcome>, "a part of an outcome without a form");
    all(archive, v.findings, v.notes, v.lines);
  }
}

template <typename T>
requires std::is_class_v<T>
void form(Writer& out, const T& value) { parts(out, value); }
template <typename T>
requires std::is_class_v<T>
void form(Reader& in, T& value) { parts(in, value); }

template <typename T>
void form(Writer& out, const std::vector<T>& values) {
  out.number(values.size());
  for (const T& value : values) form(out, value);
}
template <typename T>
void form(Reader& in, std::vector<T>& values) {
  for (uint64_t left = in.count(); left > 0 && in.good(); --left) form(in, values.emplace_back());
}
template <typename T>
void form(Writer& out, const std::optional<T>& value) {
  out.number(value ? 1 : 0);
  if (value) form(out, *value);
}
template <typename T>
void form(Reader& in, std::optional<T>& value) {
  if (in.number() == 1) form(in, value.emplace());
}

template <typename Archive, typename... T>
void all(Archive& archive, T&... values) {
  (form(archive, values), ...);
}

}  // namespace

namespace {

template <typename T>
std::string packed(std::string_view magic, const T& value) {
  Writer out;
  form(out, std::string(magic));
  form(out, value);
  return out.take();
}

template <typename T>
std::optional<T> unpacked(std::string_view magic, std::string_view bytes) {
  Reader in(bytes);
  if (in.text() != magic) return std::nullopt;
  T value;
  form(in, value);
  if (!in.whole()) return std::nullopt;
  return value;
}

}  // namespace

std::string pack(const Outcome& outcome) { return packed(kMagic, outcome); }
std::string pack(const std::vector<Digest>& questions) { return packed(kQuestions, questions); }

std::optional<Outcome> unpack_outcome(std::string_view bytes) { return unpacked<Outcome>(kMagic, bytes); }
std::optional<std::vector<Digest>> unpack_questions(std::string_view bytes) {
  return unpacked<std::vector<Digest>>(kQuestions, bytes);
}

}  // namespace stallint::cache
