#pragma once
// What git ignores, as .gitignore files say it, told without git.
//
//     std::shared_ptr<const IgnoreLevel> level = ignores_of("/repo/server");    // of all folders from the top down
//     level = inner_level(level, "/repo/server/api");                           // with the .gitignore of that folder
//     ignores(level.get(), "/repo/server/api/gen", true)                        // a folder; nothing in it needs a look
//
// All forms of gitignore(5): comments, negation, `\` before any character, blanks at the end, patterns that a slash
// anchors, folders only, `**`, classes of characters. The last line that fits decides; of two files that of the deeper
// folder; a repository's .git/info/exclude comes before all of them, the user's own file before that. What is tracked
// is not ignored, whatever these files say: that only git knows.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::source {

// The lines of one file.
class IgnoreFile {
 public:
  explicit IgnoreFile(std::string_view text);

  enum class Verdict { kNothing, kIgnored, kTakenBack };

  // Of a path relative to the folder of the file.
  Verdict of(std::string_view path, bool folder) const;

  bool empty() const { return lines_.empty(); }

 private:
  struct Line {
    enum class Form { kName, kEnding, kPattern };  // "build"; "*.log", kept as ".log"; anything else
    std::string text;
    Form form = Form::kPattern;
    bool taken_back = false;    // `!pattern`
    bool folders_only = false;  // `pattern/`
    bool anchored = false;      // it holds a slash: speaks of the whole path, else of its last part
  };
  std::vector<Line> lines_;
};

// Whether a pattern fits: `*` and `?` within a part, `[a-z]`, `[!x]`, `[[:digit:]]`, `\x`, `**` for any parts.
bool ignore_pattern_fits(std::string_view pattern, std::string_view path);

// One file that holds in a folder and below, and those that hold there too.
struct IgnoreLevel {
  std::shared_ptr<const IgnoreLevel> outer;
  std::string folder;  // its lines are relative to it
  IgnoreFile file;
};

// What holds in a folder (absolute, without links), from the top of its repository down; null outside of repositories.
// `top` becomes that top.
std::shared_ptr<const IgnoreLevel> ignores_of(const std::string& folder, std::string& top);

// What holds at the top of a repository, without its .gitignore.
std::shared_ptr<const IgnoreLevel> ignores_of_repository(const std::string& top);

// With the .gitignore of the folder.
std::shared_ptr<const IgnoreLevel> inner_level(std::shared_ptr<const IgnoreLevel> outer, const std::string& folder);

bool ignores(const IgnoreLevel* level, std::string_view path, bool folder);

}  // namespace stallint::source
