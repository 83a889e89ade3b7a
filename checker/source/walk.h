#pragma once
// The way through the folders that the user named. Only files of this room include it.
//
// Links come last, so that a file is known by its real path if that is below the path given too. What git would ignore
// is passed by, and looked at again at the end if git tracks it.

#include "checker/source/ignore.h"
#include "checker/source/sources.h"

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace stallint::source {

class Walk {
 public:
  Walk(const SourceOptions& options, const std::filesystem::path& here, Sources& sources)
      : options_(options), here_(here.generic_string()), sources_(sources) {}

  // A folder and all below it. `shown` is how it is printed.
  void run(const std::filesystem::path& root, const std::string& shown);

  // A file by itself.
  void add_named(const std::filesystem::path& path, SourceFile file);

 private:
  struct Folder {
    std::filesystem::path real;  // canonical
    std::string shown;           // how its files are printed: "" or ending in "/"
    bool cpp = true;             // its C++ files are the project's own
    bool in_ignored = false;     // it lies in a folder that git ignores
    std::string top = {};        // of the repository it belongs to; empty: none
    std::shared_ptr<const IgnoreLevel> ignores = nullptr;
  };
  struct Passed {
    Folder folder;
    std::filesystem::directory_entry entry;
  };

  void visit(const Folder& start);
  std::vector<std::filesystem::directory_entry> look_into(Folder& folder);
  void look_at(const Folder& folder, bool marked);
  void enter(const Folder& folder, const std::filesystem::directory_entry& entry, std::vector<Folder>& open);
  std::optional<Folder> inner(const Folder& folder, const std::filesystem::directory_entry& entry);
  bool wanted(const Folder& folder, const std::filesystem::directory_entry& entry, Language language);
  bool kept_with_force(const std::filesystem::path& path, bool file, std::optional<Language> language);
  void look_again();
  bool ask_git(const std::string& top, const std::vector<std::string>& paths);

  std::string absolute(const std::string& shown) const;
  bool excluded(const std::string& name) const;
  bool hides(const Folder& folder, const std::string& real, bool is_folder) const;
  void add(const std::filesystem::path& real, SourceFile file);
  void unreadable(const std::string& shown, const std::error_code& error);

  const SourceOptions& options_;
  const std::string here_;
  Sources& sources_;
  std::string at_;                  // the folder that is looked at, absolute
  const Wishes* wishes_ = nullptr;  // about it
  std::set<std::string> seen_files_, seen_folders_;
  std::deque<Folder> links_;
  std::vector<std::pair<std::filesystem::path, SourceFile>> file_links_;  // real path, and how it is printed
  std::vector<Passed> passed_;                                            // what git ignores
  std::unordered_set<std::string> tracked_;                               // of it, with the folders around
  std::filesystem::path top_;
};

}  // namespace stallint::source
