#include "checker/source/islands.h"

#include "checker/base/parallel.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>

namespace stallint::source {

namespace {

constexpr std::string_view kImport = "import";
constexpr std::string_view kFrom = "from";

// Python's own library. What is installed is looked for behind it, so no other project can stand in its place.
constexpr std::string_view kOwnLibrary[] = {"abc",
                                            "aifc",
                                            "argparse",
                                            "array",
                                            "ast",
                                            "asynchat",
                                            "asyncio",
                                            "asyncore",
                                            "atexit",
                                            "audioop",
                                            "base64",
                                            "bdb",
                                            "binascii",
                                            "binhex",
                                            "bisect",
                                            "builtins",
                                            "bz2",
                                            "cProfile",
                                            "calendar",
                                            "cgi",
                                            "cgitb",
                                            "chunk",
                                            "cmath",
                                            "cmd",
                                            "code",
                                            "codecs",
                                            "codeop",
                                            "collections",
                                            "colorsys",
                                            "compileall",
                                            "concurrent",
                                            "configparser",
                                            "contextlib",
                                            "contextvars",
                                            "copy",
                                            "copyreg",
                                            "crypt",
                                            "csv",
                                            "ctypes",
                                            "curses",
                                            "dataclasses",
                                            "datetime",
                                            "dbm",
                                            "decimal",
                                            "difflib",
                                            "dis",
                                            "distutils",
                                            "doctest",
                                            "email",
                                            "encodings",
                                            "ensurepip",
                                            "enum",
                                            "errno",
                                            "faulthandler",
                                            "fcntl",
                                            "filecmp",
                                            "fileinput",
                                            "fnmatch",
                                            "formatter",
                                            "fractions",
                                            "ftplib",
                                            "functools",
                                            "gc",
                                            "genericpath",
                                            "getopt",
                                            "getpass",
                                            "gettext",
                                            "glob",
                                            "graphlib",
                                            "grp",
                                            "gzip",
                                            "hashlib",
                                            "heapq",
                                            "hmac",
                                            "html",
                                            "http",
                                            "imaplib",
                                            "imghdr",
                                            "imp",
                                            "importlib",
                                            "inspect",
                                            "io",
                                            "ipaddress",
                                            "itertools",
                                            "json",
                                            "keyword",
                                            "lib2to3",
                                            "linecache",
                                            "locale",
                                            "logging",
                                            "lzma",
                                            "macpath",
                                            "mailbox",
                                            "mailcap",
                                            "marshal",
                                            "math",
                                            "mimetypes",
                                            "mmap",
                                            "modulefinder",
                                            "msvcrt",
                                            "multiprocessing",
                                            "netrc",
                                            "nis",
                                            "nntplib",
                                            "ntpath",
                                            "nturl2path",
                                            "numbers",
                                            "opcode",
                                            "operator",
                                            "optparse",
                                            "os",
                                            "ossaudiodev",
                                            "parser",
                                            "pathlib",
                                            "pdb",
                                            "pickle",
                                            "pickletools",
                                            "pipes",
                                            "pkgutil",
                                            "platform",
                                            "plistlib",
                                            "poplib",
                                            "posix",
                                            "posixpath",
                                            "pprint",
                                            "profile",
                                            "pstats",
                                            "pty",
                                            "pwd",
                                            "py_compile",
                                            "pyclbr",
                                            "pydoc",
                                            "pydoc_data",
                                            "pyexpat",
                                            "queue",
                                            "quopri",
                                            "random",
                                            "re",
                                            "readline",
                                            "reprlib",
                                            "resource",
                                            "rlcompleter",
                                            "runpy",
                                            "sched",
                                            "secrets",
                                            "select",
                                            "selectors",
                                            "shelve",
                                            "shlex",
                                            "shutil",
                                            "signal",
                                            "site",
                                            "smtpd",
                                            "smtplib",
                                            "sndhdr",
                                            "socket",
                                            "socketserver",
                                            "spwd",
                                            "sqlite3",
                                            "sre_compile",
                                            "sre_constants",
                                            "sre_parse",
                                            "ssl",
                                            "stat",
                                            "statistics",
                                            "string",
                                            "stringprep",
                                            "struct",
                                            "subprocess",
                                            "sunau",
                                            "symbol",
                                            "symtable",
                                            "sys",
                                            "sysconfig",
                                            "syslog",
                                            "tabnanny",
                                            "tarfile",
                                            "telnetlib",
                                            "tempfile",
                                            "termios",
                                            "textwrap",
                                            "threading",
                                            "time",
                                            "timeit",
                                            "tkinter",
                                            "token",
                                            "tokenize",
                                            "tomllib",
                                            "trace",
                                            "traceback",
                                            "tracemalloc",
                                            "tty",
                                            "turtle",
                                            "types",
                                            "typing",
                                            "unicodedata",
                                            "unittest",
                                            "urllib",
                                            "uu",
                                            "uuid",
                                            "venv",
                                            "warnings",
                                            "wave",
                                            "weakref",
                                            "webbrowser",
                                            "winreg",
                                            "winsound",
                                            "wsgiref",
                                            "xdrlib",
                                            "xml",
                                            "xmlrpc",
                                            "zipapp",
                                            "zipfile",
                                            "zipimport",
                                            "zlib",
                                            "zoneinfo"};
static_assert(std::is_sorted(std::begin(kOwnLibrary), std::end(kOwnLibrary)));

bool is_own_library(std::string_view name) {
  return std::binary_search(std::begin(kOwnLibrary), std::end(kOwnLibrary), name.substr(0, name.find('.')));
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Of a dotted name.
bool is_part(char c) { return isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || (c & 0x80) != 0; }

// Where a statement may begin: the text before it on its line is blank, or ends with `;` or `:`.
bool begins_statement(std::string_view text, size_t at) {
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r' || text[at - 1] == ';' || text[at - 1] == ':';
}

size_t after_blanks(std::string_view text, size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

std::string_view name_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_part(text[end])) ++end;
  return text.substr(at, end - at);
}

// Relative imports stay where they are.
void add(std::string_view name, std::vector<std::string_view>& names) {
  if (!name.empty() && name.front() != '.') names.push_back(name);
}

// True if `inner` is `outer` or lies in it.
bool within(std::string_view inner, std::string_view outer) {
  if (outer == "." || outer == "/") return outer == "/" || !inner.starts_with('/');
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
}

std::string_view parent_of(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "." : path.substr(0, std::max<size_t>(slash, 1));
}

size_t common_prefix(std::string_view a, std::string_view b) {
  return std::mismatch(a.begin(), a.begin() + std::min(a.size(), b.size()), b.begin()).first - a.begin();
}

// Sets that grow together.
class Unions {
 public:
  explicit Unions(size_t count) : first_(count) { std::iota(first_.begin(), first_.end(), 0U); }

  uint32_t first_of(uint32_t one) {
    while (first_[one] != one) one = first_[one] = first_[first_[one]];
    return one;
  }
  void unite(uint32_t a, uint32_t b) {
    a = first_of(a);
    b = first_of(b);
    first_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<uint32_t> first_;
};

// Where the modules are that a dotted name may mean.
class Homes {
 public:
  explicit Homes(std::vector<std::string_view> paths) : paths_(std::move(paths)) {}

  void enter(uint32_t home, const Module& module) {
    for (const ModuleName& name : module.names) {
      places_[name.name].push_back({home, &name == &module.names.front(), name.root});
    }
  }

  // The home that an import in another one leads to; itself if it has such a module, or nobody has.
  uint32_t meant(uint32_t from, std::string_view name) const {
    const auto found = places_.find(name);
    if (found == places_.end() || is_own_library(name)) return from;
    uint32_t best = from;
    size_t best_near = 0;
    for (const Place& place : found->second) {
      if (place.home == from) return from;
      // The best name of a file counts everywhere, another one below its root.
      if (!is_installed(place) || (!place.best && !within(paths_[from], place.root))) continue;
      const size_t near = common_prefix(paths_[place.home], paths_[from]) + 1;
      if (near <= best_near) continue;
      best = place.home;
      best_near = near;
    }
    return best;
  }

 private:
  struct Place {
    uint32_t home = 0;
    bool best = false;
    std::string_view root;
  };

  // Whether others can import it by that name: a project's packages are below its folder or `src`, or it is one itself.
  bool is_installed(const Place& place) const {
    const std::string_view home = paths_[place.home];
    if (place.root == home) return true;
    return place.root.size() > home.size() ? within(place.root, home) && place.root.substr(home.size()) == "/src"
                                           : place.root == parent_of(home);
  }

  std::vector<std::string_view> paths_;
  std::unordered_map<std::string_view, std::vector<Place>> places_;
};

}  // namespace

std::vector<std::string_view> imports_of(std::string_view text) {
  std::vector<std::string_view> names;
  for (size_t at = 0; at < text.size();) {
    const void* found = memmem(text.data() + at, text.size() - at, kImport.data(), kImport.size());
    if (found == nullptr) break;
    const size_t word = static_cast<const char*>(found) - text.data();
    at = word + kImport.size();
    if (at >= text.size() || !(is_blank(text[at]) || text[at] == '(' || text[at] == '\\' || text[at] == '*')) continue;
    if (begins_statement(text, word)) {
      // `import a.b, c as d`
      while (true) {
        const std::string_view name = name_at(text, after_blanks(text, at));
        add(name, names);
        const size_t line = std::min(text.find('\n', at), text.size());
        const size_t comma = text.substr(0, line).find(',', at);
        if (comma == std::string_view::npos) break;
        at = comma + 1;
      }
      continue;
    }
    // `from a.b import c`
    size_t end = word;
    while (end > 0 && is_blank(text[end - 1])) --end;
    size_t begin = end;
    while (begin > 0 && is_part(text[begin - 1])) --begin;
    size_t before = begin;
    while (before > 0 && is_blank(text[before - 1])) --before;
    const bool from = before < begin && text.substr(0, before).ends_with(kFrom) && begin < end;
    if (from && begins_statement(text, before - kFrom.size())) add(text.substr(begin, end - begin), names);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<Island> find_islands(std::span<const SourceFile> files, std::span<const Module> modules,
                                 std::span<const std::string_view> texts, unsigned jobs) {
  // By home; all C++ is at home in one place.
  std::map<std::pair<Language, std::string_view>, uint32_t> known;
  std::vector<std::string_view> paths;
  std::vector<uint32_t> home_of(files.size());
  for (size_t f = 0; f < files.size(); ++f) {
    const bool python = files[f].language == Language::kPython;
    const std::string_view path = python ? std::string_view(modules[f].home) : std::string_view();
    const auto [at, fresh] = known.try_emplace({files[f].language, path}, static_cast<uint32_t>(paths.size()));
    if (fresh) paths.push_back(path);
    home_of[f] = at->second;
  }

  Unions unions(paths.size());
  if (paths.size() > 1) {
    std::vector<std::vector<std::string_view>> imports(files.size());
    parallel_for(jobs, files.size(), {}, [&](size_t f, unsigned) {
      if (files[f].language == Language::kPython) imports[f] = imports_of(texts[f]);
    });
    Homes homes(paths);
    for (size_t f = 0; f < files.size(); ++f) homes.enter(home_of[f], modules[f]);
    std::vector<std::vector<std::string_view>> asked(paths.size());
    for (size_t f = 0; f < files.size(); ++f) {
      std::vector<std::string_view>& all = asked[home_of[f]];
      all.insert(all.end(), imports[f].begin(), imports[f].end());
    }
    for (uint32_t home = 0; home < asked.size(); ++home) {
      std::sort(asked[home].begin(), asked[home].end());
      asked[home].erase(std::unique(asked[home].begin(), asked[home].end()), asked[home].end());
      for (const std::string_view name : asked[home]) unions.unite(home, homes.meant(home, name));
    }
  }

  std::vector<Island> islands;
  std::vector<uint32_t> number(paths.size(), UINT32_MAX);
  for (uint32_t f = 0; f < files.size(); ++f) {
    uint32_t& island = number[unions.first_of(home_of[f])];
    if (island == UINT32_MAX) {
      island = static_cast<uint32_t>(islands.size());
      islands.emplace_back();
    }
    islands[island].push_back(f);
  }
  return islands;
}

}  // namespace stallint::source
