#pragma once
// What a repository knows of its past: who is who, what has changed, and how the tree was.
//
//     const Result<git::Base> base = git::find_base("server", "origin/main");
//     if (!base) return base.problems();    // no such revision; the clone is shallow: `fetch-depth: 0`
//     const git::Changes changes = git::changes_since(*base);

#include "checker/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace stallint::git {

// A revision to compare the working tree with.
struct Base {
  std::string top;     // the folder of the repository, absolute
  std::string commit;  // 40 hexadecimal digits
  std::string name;    // as the user wrote it
};

// `option` is what the user typed it behind, for problems: "--baseline-rev". A Problem if there is no git, no
// repository around `folder`, or no such revision; it says what to do.
Result<Base> find_base(const std::string& folder, const std::string& revision, const std::string& option);

// From the base to the working tree, staged or not; files that git does not know yet are wholly new.
struct Changes {
  std::map<std::string, std::string> renamed;  // new path -> old path; all paths below the top, with `/`
  std::map<std::string, std::vector<std::pair<uint32_t, uint32_t>>> lines;  // path -> first and last line now
};
Result<Changes> changes_since(const Base& base);

// Writes the tree of the base below `folder`, which is empty: all but large files that are no source. Objects and index
// of the repository stay as they are. A Problem if that fails.
Result<bool> check_out(const Base& base, const std::string& folder);

}  // namespace stallint::git
