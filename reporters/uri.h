#pragma once
// Paths as URIs.
//
//     uri_of("api/my file.py", "/home/me/app")   {"api/my%20file.py", true}: relative to the working directory
//     uri_of("../lib/x.py",    "/home/me/app")   {"file:///home/me/lib/x.py", false}
//
// A relative URI never climbs: a viewer that resolves ".." against another folder would show another file.

#include <string>
#include <string_view>

namespace stallint::reporters {

struct Uri {
  std::string text;
  bool relative = false;
};

Uri uri_of(const std::string& path, const std::string& working_directory);

// "file:///home/me/app/", with the slash at the end that makes it a folder.
std::string folder_uri(const std::string& absolute_path);

}  // namespace stallint::reporters
