#pragma once
// Paths as people and files write them, and where they lead.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>

namespace stallint::pipeline {

// The path without links, whether it exists or not: "/repo/server/api.py".
inline std::filesystem::path whole_path(const std::string& path) {
  std::error_code error;
  std::filesystem::path whole = std::filesystem::weakly_canonical(path.empty() ? "." : path, error);
  return error ? std::filesystem::absolute(path) : whole;
}

// From a folder on, whatever the working directory is: "server/api.py".
inline std::function<std::string(const std::string&)> paths_from(const std::filesystem::path& folder) {
  return [folder, here = whole_path(".")](const std::string& file) {
    return (here / file).lexically_normal().lexically_relative(folder).generic_string();
  };
}

// The folder itself, or that of a file.
inline std::string folder_around(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return path;
  const std::string parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

inline bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

}  // namespace stallint::pipeline
