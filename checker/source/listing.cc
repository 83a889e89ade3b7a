#include "checker/source/listing.h"

#include <sys/stat.h>

#include <cerrno>
#include <dirent.h>
#include <memory>

namespace stallint::source {

namespace {

bool exists(const std::string& path) {
  struct stat info {};  // without fs::path, which takes longer than the question
  return stat(path.c_str(), &info) == 0;
}

}  // namespace

const Listing::Folder& Listing::folder(std::string_view path) {
  const auto [it, fresh] = folders_.try_emplace(std::string(path));
  Folder& folder = it->second;
  if (!fresh) return folder;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(opendir(path.empty() ? "." : it->first.c_str()), closedir);
  folder.listed = open != nullptr || errno == ENOENT || errno == ENOTDIR;
  if (!open) return folder;
  while (const dirent* entry = readdir(open.get())) {
    const bool plain = entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN;
    (plain ? folder.names : folder.links).emplace(entry->d_name);
  }
  return folder;
}

bool Listing::has(const std::string& path) {
  const size_t slash = path.rfind('/');
  const Folder& folder =
      this->folder(slash == std::string::npos ? std::string_view() : std::string_view(path).substr(0, slash + 1));
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  if (folder.listed && folder.names.contains(name)) return true;
  return (!folder.listed || folder.links.contains(name)) && exists(path);
}

}  // namespace stallint::source
