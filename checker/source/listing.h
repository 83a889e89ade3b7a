#pragma once
// Which files are in which folders, asked of the disk once for each folder.
//
//     Listing listing;
//     listing.has("repo/server/pyproject.toml")     // reads repo/server, and answers for its other files too
//
// Whoever asks for twenty names in each folder is answered by one look into it.

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace stallint::source {

class Listing {
 public:
  // Whether the path leads to something. A folder that may not be listed is asked for each name.
  bool has(const std::string& path);

 private:
  struct Folder {
    bool listed = false;
    std::unordered_set<std::string> names;
    std::unordered_set<std::string> links;  // that may lead nowhere
  };

  const Folder& folder(std::string_view path);

  std::unordered_map<std::string, Folder> folders_;
};

}  // namespace stallint::source
