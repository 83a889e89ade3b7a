#include "reporters/uri.h"

#include <filesystem>

namespace stallint::reporters {
namespace {

std::string file_uri(const std::string& absolute_path) {
  return (absolute_path.starts_with('/') ? "file://" : "file:///") + percent_encoded(absolute_path);
}

bool stays_inside(const std::filesystem::path& path) {
  return !path.empty() && path.is_relative() && *path.begin() != "..";
}

}  // namespace

// Everything but RFC 3986's unreserved characters, and the slash between segments.
std::string percent_encoded(std::string_view path) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string encoded;
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += "0123456789ABCDEF"[byte >> 4];
    encoded += "0123456789ABCDEF"[byte & 15];
  }
  return encoded;
}

std::string path_below(const std::string& path, const std::string& working_directory, const std::string& root) {
  const std::filesystem::path home = std::filesystem::path(working_directory).lexically_normal();
  const std::filesystem::path absolute = (home / path).lexically_normal();
  const std::filesystem::path top = root.empty() ? home : std::filesystem::path(root).lexically_normal();
  const std::filesystem::path below = absolute.lexically_relative(top);
  return (stays_inside(below) ? below : absolute).generic_string();
}

Uri uri_of(const std::string& path, const std::string& working_directory, const std::string& root) {
  const std::string below = path_below(path, working_directory, root);
  if (std::filesystem::path(below).is_relative()) return {percent_encoded(below), true};
  return {file_uri(below), false};
}

std::string folder_uri(const std::string& absolute_path) {
  std::string uri = file_uri(absolute_path);
  if (!uri.ends_with('/')) uri += '/';
  return uri;
}

}  // namespace stallint::reporters
