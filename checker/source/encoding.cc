#include "checker/source/encoding.h"

#include "checker/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <vector>

namespace stallint::source {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Bytes 0x80 to 0x9F of Windows code page 1252; 0 where there is no character.
constexpr std::array<char16_t, 32> kWindows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t from_latin1(unsigned char byte) { return byte; }

char32_t from_windows1252(unsigned char byte) {
  if (byte < 0x80 || byte > 0x9F) return byte;
  return kWindows1252[byte - 0x80] != 0 ? kWindows1252[byte - 0x80] : kReplacement;
}

char32_t from_latin9(unsigned char byte) {
  switch (byte) {
    case 0xA4:
      return 0x20AC;
    case 0xA6:
      return 0x0160;
    case 0xA8:
      return 0x0161;
    case 0xB4:
      return 0x017D;
    case 0xB8:
      return 0x017E;
    case 0xBC:
      return 0x0152;
    case 0xBD:
      return 0x0153;
    case 0xBE:
      return 0x0178;
    default:
      return byte;
  }
}

void append(Repaired& out, char32_t code_point) {
  if (code_point == kReplacement && out.replaced++ == 0) out.first_replaced = out.text.size();
  append_utf8(out.text, code_point);
}

Repaired from_table(std::string_view bytes, char32_t (*table)(unsigned char)) {
  Repaired out;
  out.text.reserve(bytes.size() + bytes.size() / 8);
  for (const char byte : bytes) append(out, table(static_cast<unsigned char>(byte)));
  return out;
}

// "latin_1" and "Latin-1" are one name; Python compares them so too.
std::string canonical(std::string_view encoding) {
  std::string name = lower(encoding);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

bool one_of(const std::string& name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A conversion of the C library; closes itself.
class Conversion {
 public:
  explicit Conversion(const std::string& name) : handle_(iconv_open("UTF-8", name.c_str())) {}
  ~Conversion() {
    if (known()) iconv_close(handle_);
  }
  Conversion(const Conversion&) = delete;
  Conversion& operator=(const Conversion&) = delete;

  bool known() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  Repaired convert(std::string_view bytes) {
    Repaired out;
    std::array<char, 4096> buffer;
    char* in = const_cast<char*>(bytes.data());  // iconv's signature is older than const; it does not write there
    size_t left = bytes.size();
    for (bool flushing = false;;) {
      char* to = buffer.data();
      size_t room = buffer.size();
      const size_t result =
          flushing ? iconv(handle_, nullptr, nullptr, &to, &room) : iconv(handle_, &in, &left, &to, &room);
      const int error = errno;
      out.text.append(buffer.data(), buffer.size() - room);
      if (result != static_cast<size_t>(-1)) {
        if (flushing) return out;
        flushing = true;  // encodings with shift states may hold a last character back
      } else if (error != E2BIG) {
        if (flushing) return out;
        append(out, kReplacement);
        ++in;
        --left;
      }
    }
  }

 private:
  iconv_t handle_;
};

// What the C library calls an encoding. Python means the Microsoft variant of Shift JIS, in which a backslash is one.
std::vector<std::string> library_names(const std::string& encoding) {
  if (one_of(encoding, {"shift-jis", "shiftjis", "sjis", "s-jis"})) return {"cp932"};
  std::string bare = encoding;
  std::erase(bare, '-');
  return {encoding, bare};
}

#ifdef STALLINT_STATIC
constexpr bool kMayAskLibrary = false;  // it would load code of another C library, that of the machine, beside ours
#else
constexpr bool kMayAskLibrary = true;
#endif

std::optional<Repaired> from_library(std::string_view bytes, const std::string& encoding) {
  if (!kMayAskLibrary) return std::nullopt;
  if (encoding.starts_with("utf-7") || encoding.starts_with("utf7")) return std::nullopt;  // `+` begins a shift in it
  for (const std::string& name : library_names(encoding)) {
    Conversion conversion(name);
    if (!conversion.known()) continue;
    constexpr std::string_view kProbe = "# coding: x_1 (){}[]\"'\n";
    if (conversion.convert(kProbe).text != kProbe) return std::nullopt;
    return Conversion(name).convert(bytes);
  }
  return std::nullopt;
}

bool is_comment(std::string_view line) { return trimmed(line).starts_with('#'); }

std::string encoding_in(std::string_view line) {
  if (!is_comment(line)) return "";
  constexpr std::string_view kWord = "coding";
  const auto in_name = [](char c) {
    return isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
  };
  for (size_t at = line.find(kWord); at != std::string_view::npos; at = line.find(kWord, at + 1)) {
    std::string_view rest = line.substr(at + kWord.size());
    if (!rest.starts_with(':') && !rest.starts_with('=')) continue;
    rest.remove_prefix(1);
    while (rest.starts_with(' ') || rest.starts_with('\t')) rest.remove_prefix(1);
    const size_t length = static_cast<size_t>(std::find_if_not(rest.begin(), rest.end(), in_name) - rest.begin());
    if (length > 0) return lower(rest.substr(0, length));
  }
  return "";
}

}  // namespace

std::string declared_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  for (int line = 0; line < 2; ++line) {
    const size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    const std::string_view text = bytes.substr(0, end);
    const std::string found = encoding_in(text);
    if (!found.empty()) return found;
    // A second line counts only after a comment or an empty line.
    if (!is_comment(text) && !trimmed(text).empty()) return "";
    bytes.remove_prefix(end);
    bytes.remove_prefix(std::min<size_t>(bytes.size(), bytes.starts_with("\r\n") ? 2 : 1));
  }
  return "";
}

bool is_utf8_name(std::string_view encoding) {
  const std::string name = canonical(encoding);
  return name.starts_with("utf-8-") ||
         one_of(name, {"utf-8", "utf8", "u8", "utf", "cp65001", "ascii", "us-ascii", "646"});
}

std::optional<Repaired> from_encoding(std::string_view bytes, std::string_view encoding) {
  const std::string name = canonical(encoding);
  if (is_utf8_name(name)) return to_valid_utf8(bytes);
  if (name.starts_with("latin-1-") || name.starts_with("iso-8859-1-") || name.starts_with("iso-latin-1-") ||
      one_of(name, {"latin-1", "latin1", "latin", "l1", "iso-8859-1", "iso8859-1", "iso-latin-1", "8859", "cp819"})) {
    return from_table(bytes, from_latin1);
  }
  if (one_of(name, {"cp1252", "windows-1252", "1252"})) return from_table(bytes, from_windows1252);
  if (one_of(name, {"iso-8859-15", "iso8859-15", "latin-9", "latin9", "l9"})) return from_table(bytes, from_latin9);
  return from_library(bytes, name);
}

Repaired from_utf16(std::string_view bytes, ByteOrder order) {
  const auto unit = [&](size_t at) {
    const unsigned first = static_cast<unsigned char>(bytes[at]);
    const unsigned second = static_cast<unsigned char>(bytes[at + 1]);
    return order == ByteOrder::kLittle ? static_cast<char32_t>(second << 8 | first)
                                       : static_cast<char32_t>(first << 8 | second);
  };
  Repaired out;
  size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    const char32_t high = unit(at);
    if (high < 0xD800 || high > 0xDFFF) {
      append(out, high);
      continue;
    }
    const char32_t low = high <= 0xDBFF && at + 3 < bytes.size() ? unit(at + 2) : 0;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      append(out, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
      at += 2;
    } else {
      append(out, kReplacement);
    }
  }
  if (at < bytes.size()) append(out, kReplacement);
  return out;
}

Repaired from_utf32(std::string_view bytes, ByteOrder order) {
  Repaired out;
  size_t at = 0;
  for (; at + 3 < bytes.size(); at += 4) {
    char32_t code_point = 0;
    for (size_t n = 0; n < 4; ++n) {
      const size_t from = order == ByteOrder::kLittle ? at + 3 - n : at + n;
      code_point = code_point << 8 | static_cast<unsigned char>(bytes[from]);
    }
    const bool valid = code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
    append(out, valid ? code_point : kReplacement);
  }
  if (at < bytes.size()) append(out, kReplacement);
  return out;
}

}  // namespace stallint::source
