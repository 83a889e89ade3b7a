#include "checker/git/repository.h"

#include "checker/base/text.h"
#include "checker/git/git.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <optional>
#include <string_view>

namespace stallint::git {

namespace {

namespace fs = std::filesystem;

constexpr uint64_t kLargest = uint64_t{2} << 20;  // bytes; no source and no configuration is larger

std::string first_line(std::string_view text) { return std::string(trimmed(text.substr(0, text.find('\n')))); }

Problem trouble(const std::string& message, const Output& said) {
  const std::string words = first_line(said.err);
  return Problem{{}, words.empty() ? message : message + ": " + words};
}

bool is_shallow(const std::string& top) {
  return first_line(run(top, {"rev-parse", "--is-shallow-repository"}).out) == "true";
}

uint32_t number_in(std::string_view text) {
  uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "@@ -10,2 +12,3 @@": lines 12 to 14. Nothing if lines only went away.
std::optional<std::pair<uint32_t, uint32_t>> lines_of_hunk(std::string_view header) {
  const size_t plus = header.find('+');
  if (plus == std::string_view::npos) return std::nullopt;
  const std::string_view place = header.substr(plus + 1, header.find(' ', plus) - plus - 1);
  const size_t comma = place.find(',');
  const uint32_t first = number_in(place);
  const uint32_t count = comma == std::string_view::npos ? 1 : number_in(place.substr(comma + 1));
  if (count == 0) return std::nullopt;
  return std::pair{first, first + count - 1};
}

// The pieces between zero bytes.
std::vector<std::string_view> pieces(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\0'), text.size());
    found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

}  // namespace

Result<Base> find_base(const std::string& folder, const std::string& revision, const std::string& option) {
  const Output top = run(folder, {"rev-parse", "--show-toplevel"});
  if (top.exit_code == kNoGit) return Problem{{}, "`" + option + "` needs git, and there is none on PATH"};
  if (top.exit_code != 0) return trouble("`" + option + "` needs a repository of git around the paths", top);
  Base base;
  base.top = first_line(top.out);
  base.name = revision;
  const Output commit = run(base.top, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
  base.commit = first_line(commit.out);
  if (commit.exit_code == 0 && !base.commit.empty()) return base;
  std::string message = "`" + option + " " + revision + "`: the repository " + base.top + " has no such revision";
  message += is_shallow(base.top) ? "; its history is cut off: fetch all of it (`git fetch --unshallow`, or "
                                    "`fetch-depth: 0` of the checkout action)"
                                  : "; `git fetch` may bring it, and `git branch --all` lists what is there";
  return Problem{{}, message};
}

Result<Changes> changes_since(const Base& base) {
  Changes changes;
  const Output names = run(base.top, {"-c", "diff.renameLimit=20000", "diff", "--no-ext-diff", "--name-status", "-z",
                                      "--find-renames", "--ignore-submodules", base.commit, "--"});
  if (names.exit_code != 0) return trouble("git cannot compare with " + base.name, names);
  const std::vector<std::string_view> words = pieces(names.out);
  for (size_t n = 0; n + 1 < words.size(); n += words[n].starts_with('R') || words[n].starts_with('C') ? 3 : 2) {
    if (words[n].starts_with('R') && n + 2 < words.size()) {
      changes.renamed[std::string(words[n + 2])] = std::string(words[n + 1]);
    }
  }

  // Quoting is off, so that a path stands as it is; one with a line end in its name is not worth more.
  const Output patch = run(base.top, {"-c", "core.quotePath=false", "-c", "diff.renameLimit=20000", "diff",
                                      "--no-ext-diff", "--no-color", "--unified=0", "--find-renames", "--src-prefix=a/",
                                      "--dst-prefix=b/", "--ignore-submodules", base.commit, "--"});
  if (patch.exit_code != 0) return trouble("git cannot compare with " + base.name, patch);
  std::string path;
  bool in_header = false;
  for (std::string_view line : split(patch.out, '\n')) {
    if (line.starts_with("diff --git ")) {
      in_header = true;
      path.clear();
    } else if (in_header && line.starts_with("+++ ")) {
      line.remove_prefix(4);
      if (line.starts_with("b/")) line.remove_prefix(2);
      path = std::string(line.substr(0, line.find('\t')));
    } else if (line.starts_with("@@ ")) {
      in_header = false;
      if (const auto lines = lines_of_hunk(line)) changes.lines[path].push_back(*lines);
    }
  }

  const Output others = run(base.top, {"ls-files", "-z", "--others", "--exclude-standard"});
  if (others.exit_code != 0) return trouble("git cannot list new files", others);
  for (const std::string_view other : pieces(others.out)) {
    changes.lines[std::string(other)] = {{1, std::numeric_limits<uint32_t>::max()}};
  }
  return changes;
}

Result<bool> check_out(const Base& base, const std::string& folder) {
  const Output tree = run(base.top, {"ls-tree", "-r", "-l", "-z", "--full-tree", base.commit});
  if (tree.exit_code != 0) return trouble("git cannot read the tree of " + base.name, tree);
  std::string paths;
  for (const std::string_view entry : pieces(tree.out)) {
    // "100644 blob <id>    1234\tpath"
    const size_t tab = entry.find('\t');
    if (tab == std::string_view::npos || !entry.starts_with("100")) continue;  // no links, no submodules
    const std::string_view head = entry.substr(0, tab);
    const std::string_view size = head.substr(head.rfind(' ') + 1);
    const std::string_view path = entry.substr(tab + 1);
    if (number_in(size) > kLargest && !path.ends_with(".py")) continue;
    paths.append(path).push_back('\0');
  }
  // An index of our own: that of the user stays as it is, and no other git has to wait.
  const std::vector<std::string> index{"GIT_INDEX_FILE=" + (fs::path(folder) / ".stallint-index").string()};
  const Output read = run(base.top, {"read-tree", base.commit}, "", index);
  if (read.exit_code != 0) return trouble("git cannot read the tree of " + base.name, read);
  // Large files that are kept elsewhere are not fetched.
  const Output written =
      run(base.top,
          {"-c", "filter.lfs.smudge=", "-c", "filter.lfs.process=", "-c", "filter.lfs.required=false", "checkout-index",
           "--force", "-z", "--stdin", "--prefix=" + folder + "/"},
          paths, index);
  if (written.exit_code != 0) return trouble("git cannot write the tree of " + base.name + " to " + folder, written);
  return true;
}

}  // namespace stallint::git
