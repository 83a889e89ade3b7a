#include "checker/source/sources.h"

#include "checker/source/walk.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>

namespace stallint::source {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 3> kPythonEndings = {".py", ".pyw", ".pyi"};
constexpr std::array<std::string_view, 6> kCppSources = {".cc", ".cpp", ".cxx", ".c++", ".c", ".C"};
constexpr std::array<std::string_view, 13> kCppHeaders = {".h",   ".hh",  ".hpp", ".hxx", ".h++", ".H",   ".ipp",
                                                          ".tpp", ".txx", ".tcc", ".inl", ".ixx", ".cppm"};
// A file that the user named: by its ending, or by its first line if it has none that we know.
std::optional<Language> language_of_file(const fs::path& path) {
  const std::string name = path.filename().string();
  if (const std::optional<Language> language = language_of_name(name)) return language;
  if (path.has_extension()) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::string first;
  first.resize(128);
  in.read(first.data(), static_cast<std::streamsize>(first.size()));
  first.resize(static_cast<size_t>(in.gcount()));
  first.resize(std::min(first.find('\n'), first.size()));
  if (first.starts_with("#!") && first.find("python") != std::string::npos) return Language::kPython;
  return std::nullopt;
}

// "./a//b" -> "a/b"; below the working directory relative to it, elsewhere as the user wrote it.
std::string printed(const fs::path& given, const fs::path& here) {
  fs::path path = given.lexically_normal();
  if (!path.has_filename() && path != path.root_path()) path = path.parent_path();  // without a final slash
  if (path.is_absolute()) {
    const fs::path relative = path.lexically_relative(here);
    if (!relative.empty() && *relative.begin() != "..") path = relative;
  }
  return path.empty() ? "." : path.generic_string();
}

}  // namespace

std::optional<Language> language_of_name(std::string_view name) {
  const auto is_one_of = [&](const auto& endings) {
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view one) { return name.ends_with(one); });
  };
  if (is_one_of(kPythonEndings)) return Language::kPython;
  if (is_one_of(kCppSources) || is_one_of(kCppHeaders)) return Language::kCpp;
  return std::nullopt;
}

bool is_cpp_header(std::string_view name) {
  return std::any_of(kCppHeaders.begin(), kCppHeaders.end(), [&](std::string_view one) { return name.ends_with(one); });
}

Result<Sources> find_sources(const std::vector<std::string>& paths, const SourceOptions& options) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  Sources sources;
  std::vector<Problem> problems;
  Walk walk(options, here, sources);
  std::vector<std::pair<fs::path, std::string>> folders;

  // Files first: one named outright counts even if a folder named too would leave it out.
  for (const std::string& path : paths) {
    const fs::file_status status = fs::status(path, error);
    const std::string shown = printed(path, here);
    if (fs::is_directory(status)) {
      folders.emplace_back(path, shown);
    } else if (!fs::is_regular_file(status)) {
      const bool there = fs::exists(status);
      problems.push_back({{}, "`" + path + (there ? "` is neither a file nor a folder" : "` does not exist")});
      continue;
    } else if (const std::optional<Language> language = language_of_file(path)) {
      walk.add_named(path, {shown, *language});
    }
    sources.roots.push_back(shown);
  }
  if (!problems.empty()) return problems;

  for (const auto& [folder, shown] : folders) walk.run(folder, shown);
  std::sort(sources.files.begin(), sources.files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return sources;
}

}  // namespace stallint::source
