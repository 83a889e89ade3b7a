#include "checker/base/glob.h"
#include "checker/config/config.h"

namespace stallint::config {

namespace {

// The path below the folder; empty if it is elsewhere.
std::string_view below(const std::string& base, std::string_view path) {
  if (!path.starts_with(base) || path.size() <= base.size() + 1 || path[base.size()] != '/') return {};
  return path.substr(base.size() + 1);
}

}  // namespace

bool fits(const std::string& base, std::string_view glob, std::string_view path) {
  const std::string_view inner = below(base, path);
  if (inner.empty()) return false;
  while (glob.starts_with("./")) glob.remove_prefix(2);
  while (glob.size() > 1 && glob.ends_with('/')) glob.remove_suffix(1);
  const bool anywhere = glob.find('/') == std::string_view::npos;
  if (glob.starts_with('/')) glob.remove_prefix(1);
  return path_matches(glob, anywhere ? inner.substr(inner.rfind('/') + 1) : inner);
}

bool covers(const std::string& base, std::string_view glob, std::string_view path) {
  for (; path.size() > base.size(); path = path.substr(0, path.rfind('/'))) {
    if (fits(base, glob, path)) return true;
    if (path.find('/') == std::string_view::npos) break;
  }
  return false;
}

std::string wrong_glob(std::string_view glob) {
  const auto wrong = [&](std::string_view what) { return "the glob `" + std::string(glob) + "` " + std::string(what); };
  if (glob.find_first_not_of(" \t\r\n") == std::string_view::npos) return "an empty glob; leave it out";
  if (glob.find('\\') != std::string_view::npos) return wrong("holds a `\\`; folders are separated by `/`");
  if (glob.starts_with('!')) return wrong("begins with `!`; nothing can be taken back here, so write narrower globs");
  size_t depth = 0;
  bool in_class = false;
  for (size_t i = 0; i < glob.size(); ++i) {
    const char c = glob[i];
    if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      i += glob.substr(i + 1).starts_with('!') ? 1 : 0;
      i += glob.substr(i + 1).starts_with(']') ? 1 : 0;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && depth-- == 0) {
      return wrong("closes a brace that was not opened");
    }
  }
  if (in_class) return wrong("opens a `[` that is not closed");
  if (depth > 0) return wrong("opens a brace that is not closed");
  for (std::string_view rest = glob; !rest.empty();) {
    const size_t slash = rest.find('/');
    if (rest.substr(0, slash) == "..") {
      return wrong("leads out of the folder by `..`; a configuration speaks of what lies beside and below it");
    }
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  return "";
}

}  // namespace stallint::config
