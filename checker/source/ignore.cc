#include "checker/source/ignore.h"

#include "checker/base/text.h"

#include <sys/stat.h>

#include <array>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

namespace stallint::source {

namespace {

// --- One part of a path ---------------------------------------------------------------------------------------------

// `[a-z]` at the beginning of `pattern`, which becomes what follows it. None if it is never closed.
std::optional<bool> class_fits(std::string_view& pattern, char c) {
  size_t at = 1;
  const bool denied = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (denied) ++at;
  bool fits = false;
  for (bool first = true; at < pattern.size() && (first || pattern[at] != ']'); first = false) {
    if (pattern.substr(at).starts_with("[:")) {
      const size_t end = pattern.find(":]", at + 2);
      if (end != std::string_view::npos) {
        constexpr std::array<std::pair<std::string_view, int (*)(int)>, 12> kClasses = {{{"alnum", isalnum},
                                                                                         {"alpha", isalpha},
                                                                                         {"blank", isblank},
                                                                                         {"cntrl", iscntrl},
                                                                                         {"digit", isdigit},
                                                                                         {"graph", isgraph},
                                                                                         {"lower", islower},
                                                                                         {"print", isprint},
                                                                                         {"punct", ispunct},
                                                                                         {"space", isspace},
                                                                                         {"upper", isupper},
                                                                                         {"xdigit", isxdigit}}};
        for (const auto& [name, test] : kClasses) {
          if (pattern.substr(at + 2, end - at - 2) == name) fits |= test(static_cast<unsigned char>(c)) != 0;
        }
        at = end + 2;
        continue;
      }
    }
    const auto next = [&] {
      if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
      return static_cast<unsigned char>(pattern[at++]);
    };
    const unsigned char from = next();
    unsigned char to = from;
    if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
      ++at;
      to = next();
    }
    fits |= from <= static_cast<unsigned char>(c) && static_cast<unsigned char>(c) <= to;
  }
  if (at >= pattern.size()) return std::nullopt;
  pattern.remove_prefix(at + 1);
  return fits != denied;
}

// One character of the pattern that is no star, taken from it.
bool step_fits(std::string_view& pattern, char c) {
  if (pattern[0] == '[') return class_fits(pattern, c).value_or(false);
  const bool any = pattern[0] == '?';
  if (pattern[0] == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
  const bool fits = any || pattern[0] == c;
  pattern.remove_prefix(1);
  return fits;
}

// Remembers only the last star: what an earlier one took never matters.
bool part_fits(std::string_view pattern, std::string_view text) {
  std::optional<std::string_view> after_star;
  std::string_view left;  // of the text, when the star was met
  while (!text.empty()) {
    if (!pattern.empty() && pattern[0] == '*') {
      pattern.remove_prefix(1);
      after_star = pattern;
      left = text;
      continue;
    }
    if (!pattern.empty() && step_fits(pattern, text[0])) {
      text.remove_prefix(1);
      continue;
    }
    if (!after_star) return false;
    left.remove_prefix(1);
    pattern = *after_star;
    text = left;
  }
  return pattern.find_first_not_of('*') == std::string_view::npos;
}

// --- Files ----------------------------------------------------------------------------------------------------------

bool exists(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0;
}

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return "";
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// `excludesFile` of [core] in a file of git's configuration.
std::string excludes_file_of(const std::string& path) {
  bool core = false;
  std::string found;
  const std::string text = text_of(path);
  for (std::string_view line : split(text, '\n')) {
    line = trimmed(line);
    if (line.starts_with('[')) {
      core = lower(line).starts_with("[core]");
      continue;
    }
    const size_t equal = line.find('=');
    if (!core || equal == std::string_view::npos || lower(trimmed(line.substr(0, equal))) != "excludesfile") continue;
    std::string_view value = trimmed(line.substr(equal + 1));
    if (value.size() > 1 && value.starts_with('"') && value.ends_with('"')) value = value.substr(1, value.size() - 2);
    found = value;
  }
  return found.starts_with("~/") ? variable("HOME") + found.substr(1) : found;
}

// Where git keeps what belongs to the repository: `.git` is a folder, or a file that names it (submodules, worktrees).
std::string git_folder_of(const std::string& top) {
  std::string folder = top + "/.git";
  struct stat info {};
  if (stat(folder.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return folder;
  const std::string text = text_of(folder);
  if (!text.starts_with("gitdir:")) return folder;
  const std::string named(trimmed(std::string_view(text).substr(7)));
  folder = named.starts_with('/') ? named : top + "/" + named;
  const std::string common(trimmed(text_of(folder + "/commondir")));
  if (common.empty()) return folder;
  return common.starts_with('/') ? common : folder + "/" + common;
}

std::string excludes_file(const std::string& git_folder) {
  const std::string home = variable("HOME");
  const std::string xdg = variable("XDG_CONFIG_HOME");
  const std::string config = !xdg.empty() ? xdg : home.empty() ? "" : home + "/.config";
  const std::string global = variable("GIT_CONFIG_GLOBAL");
  // The last that says something holds.
  std::vector<std::string> files = {git_folder + "/config"};
  if (!global.empty()) {
    files.push_back(global);
  } else {
    if (!home.empty()) files.push_back(home + "/.gitconfig");
    if (!config.empty()) files.push_back(config + "/git/config");
  }
  if (variable("GIT_CONFIG_NOSYSTEM").empty()) files.emplace_back("/etc/gitconfig");
  for (const std::string& file : files) {
    if (std::string named = excludes_file_of(file); !named.empty()) return named;
  }
  return config.empty() ? "" : config + "/git/ignore";
}

std::shared_ptr<const IgnoreLevel> with(std::shared_ptr<const IgnoreLevel> outer, const std::string& folder,
                                        const std::string& path) {
  IgnoreFile file(path.empty() ? "" : text_of(path));
  if (file.empty()) return outer;
  return std::make_shared<const IgnoreLevel>(IgnoreLevel{std::move(outer), folder, std::move(file)});
}

}  // namespace

bool ignore_pattern_fits(std::string_view pattern, std::string_view path) {
  // Part by part; `**` is the star among parts.
  std::optional<std::string_view> after_star;
  std::string_view left;
  const auto first_of = [](std::string_view text) { return text.substr(0, text.find('/')); };
  const auto rest_of = [](std::string_view text) {
    const size_t slash = text.find('/');
    return slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  };
  while (!path.empty()) {
    if (!pattern.empty() && first_of(pattern) == "**") {
      pattern = rest_of(pattern);
      if (pattern.empty()) return true;  // `a/**`: anything below
      after_star = pattern;
      left = path;
      continue;
    }
    if (!pattern.empty() && part_fits(first_of(pattern), first_of(path))) {
      pattern = rest_of(pattern);
      path = rest_of(path);
      if (!(path.empty() && !pattern.empty()) && !(pattern.empty() && !path.empty())) continue;
      if (path.empty()) return false;  // `a/b` is not `a`
    }
    if (!after_star) return false;
    left = rest_of(left);
    pattern = *after_star;
    path = left;
    if (path.empty()) return false;
  }
  return pattern.empty();
}

IgnoreFile::IgnoreFile(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::string_view said : split(text, '\n')) {
    if (said.ends_with('\r')) said.remove_suffix(1);
    // Blanks at the end do not count, unless `\` stands before them.
    while (said.ends_with(' ') && !(said.size() > 1 && said[said.size() - 2] == '\\')) said.remove_suffix(1);
    if (said.empty() || said.starts_with('#')) continue;
    Line line;
    if (said.starts_with('!')) {
      line.taken_back = true;
      said.remove_prefix(1);
    }
    if (said.ends_with('/')) {
      line.folders_only = true;
      said.remove_suffix(1);
    }
    line.anchored = said.find('/') != std::string_view::npos;
    if (said.starts_with('/')) said.remove_prefix(1);
    if (said.empty()) continue;
    line.text = said;
    constexpr std::string_view kSpecial = "*?[\\";
    if (said.find_first_of(kSpecial) == std::string_view::npos) {
      line.form = Line::Form::kName;
    } else if (!line.anchored && said[0] == '*' && said.substr(1).find_first_of(kSpecial) == std::string_view::npos) {
      line.form = Line::Form::kEnding;
      line.text.erase(0, 1);
    }
    lines_.push_back(std::move(line));
  }
}

IgnoreFile::Verdict IgnoreFile::of(std::string_view path, bool folder) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    if (line->folders_only && !folder) continue;
    const std::string_view about = line->anchored ? path : name;
    const bool fits = line->form == Line::Form::kName     ? about == line->text
                      : line->form == Line::Form::kEnding ? about.ends_with(line->text)
                                                          : ignore_pattern_fits(line->text, about);
    if (fits) return line->taken_back ? Verdict::kTakenBack : Verdict::kIgnored;
  }
  return Verdict::kNothing;
}

std::shared_ptr<const IgnoreLevel> ignores_of_repository(const std::string& top) {
  const std::string git_folder = git_folder_of(top);
  return with(with(nullptr, top, excludes_file(git_folder)), top, git_folder + "/info/exclude");
}

std::shared_ptr<const IgnoreLevel> inner_level(std::shared_ptr<const IgnoreLevel> outer, const std::string& folder) {
  return with(std::move(outer), folder, folder + "/.gitignore");
}

std::shared_ptr<const IgnoreLevel> ignores_of(const std::string& folder, std::string& top) {
  std::vector<std::string> folders;  // from the inside out
  for (std::string at = folder == "/" ? "" : folder;; at = at.substr(0, at.rfind('/'))) {
    folders.push_back(at);
    if (exists(at + "/.git")) break;
    if (at.empty()) return nullptr;
  }
  top = folders.back();
  std::shared_ptr<const IgnoreLevel> level = ignores_of_repository(top);
  for (auto at = folders.rbegin(); at != folders.rend(); ++at) level = inner_level(std::move(level), *at);
  return level;
}

bool ignores(const IgnoreLevel* level, std::string_view path, bool folder) {
  for (; level != nullptr; level = level->outer.get()) {
    if (path.size() <= level->folder.size() + 1 || !path.starts_with(level->folder)) continue;
    const IgnoreFile::Verdict verdict = level->file.of(path.substr(level->folder.size() + 1), folder);
    if (verdict != IgnoreFile::Verdict::kNothing) return verdict == IgnoreFile::Verdict::kIgnored;
  }
  return false;
}

}  // namespace stallint::source
