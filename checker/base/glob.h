#pragma once
// Patterns with `*`, `?` and `{a,b}`, for paths and for dotted names.
//
//     path_matches("**/migrations/**", "app/migrations/0001_initial.py")   // true
//     path_matches("*_pb2.py", "app/greeter_pb2.py")                       // false: `*` stays within one folder
//     name_matches("*.rglob", "pathlib.Path.rglob")                        // true: `*` takes dots too
//     expand_braces("requests.{get,post}")                                 // requests.get, requests.post

#include <string>
#include <string_view>
#include <vector>

namespace stallint {

// `*` any bytes but '/', `?` one byte but '/', `**/` any number of folders (none too), `**` at the end anything below.
// `{a,b}` one of the parts, which may be patterns themselves. Everything else stands for itself.
bool path_matches(std::string_view pattern, std::string_view path);

// `*` any bytes, `?` one byte, `{a,b}` one of the parts. The whole name has to match.
bool name_matches(std::string_view pattern, std::string_view name);

// All patterns without braces that a pattern with braces stands for, in the order written; braces nest. A brace without
// a partner stands for itself.
std::vector<std::string> expand_braces(std::string_view pattern);

// Patterns of names that are asked about many names: what is done for each question by name_matches is done once.
class NameSet {
 public:
  NameSet() = default;  // of no pattern
  explicit NameSet(const std::vector<std::string>& patterns);

  // Whether one of the patterns matches.
  bool matches(std::string_view name) const;

  // Whether one of the patterns may match a name with a dot in it.
  bool has_paths() const { return has_paths_; }

 private:
  std::vector<std::string> exact_;  // without stars, sorted
  std::vector<std::string> stars_;  // without braces
  bool has_paths_ = false;
};

}  // namespace stallint
