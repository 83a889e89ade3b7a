#pragma once
// Paths as their readers want them: below a root, and as URIs.
//
//     path_below("api.py", "/home/me/app/server", "/home/me/app")   "server/api.py"
//     uri_of("api/my file.py", "/home/me/app")   {"api/my%20file.py", true}: relative to the working directory
//     uri_of("../lib/x.py",    "/home/me/app")   {"file:///home/me/lib/x.py", false}
//
// What is relative never climbs: a viewer that resolves ".." against another folder would show another file.

#include <string>
#include <string_view>

namespace stallint::reporters {

// `path` is relative to the working directory, or absolute. Without a root, the working directory is the root; a path
// that does not lie below the root stays absolute.
std::string path_below(const std::string& path, const std::string& working_directory, const std::string& root = "");

struct Uri {
  std::string text;
  bool relative = false;  // to the root
};

Uri uri_of(const std::string& path, const std::string& working_directory, const std::string& root = "");

// "file:///home/me/app/", with the slash at the end that makes it a folder.
std::string folder_uri(const std::string& absolute_path);

// "my%20api/a.py"
std::string percent_encoded(std::string_view path);

}  // namespace stallint::reporters
