#include "checker/source/walk.h"

#include "checker/git/git.h"
#include "checker/source/left_out.h"

#include <algorithm>
#include <system_error>

namespace stallint::source {

namespace fs = std::filesystem;

namespace {

// More paths than this are no longer named one by one: git lists all that it has.
constexpr size_t kMostPaths = 500;

bool holds(const fs::path& outer, const fs::path& inner) {
  const fs::path relative = inner.lexically_relative(outer);
  return !relative.empty() && *relative.begin() != "..";
}

// Below a folder, Python is what ends in ".py" and nothing else.
std::optional<Language> found_by_name(const std::string& name) {
  const std::optional<Language> language = language_of_name(name);
  return language != Language::kPython || name.ends_with(".py") ? language : std::nullopt;
}

bool is_named(const fs::directory_entry& entry, std::string_view name) {
  const std::string& path = entry.path().native();
  return path.size() > name.size() && path.ends_with(name) && path[path.size() - name.size() - 1] == '/';
}

}  // namespace

void Walk::run(const fs::path& root, const std::string& shown) {
  std::error_code error;
  top_ = fs::canonical(root, error);
  if (error) return unreadable(shown, error);
  if (options_.force_exclude && !kept_with_force(absolute(shown), false, std::nullopt)) {
    ++sources_.left_out;
    return;
  }
  Folder start{top_, shown == "." ? "" : shown + "/"};
  start.ignores = ignores_of(top_.native(), start.top);
  visit(start);
  while (!links_.empty()) {
    Folder link = std::move(links_.front());
    links_.pop_front();
    if (holds(link.real, top_)) continue;
    link.ignores = ignores_of(link.real.native(), link.top);
    visit(link);
  }
  look_again();
  for (const auto& [real, file] : file_links_) add(real, file);
  file_links_.clear();
}

void Walk::add_named(const fs::path& path, SourceFile file) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (options_.force_exclude && !kept_with_force(absolute(file.path), true, file.language)) {
    ++sources_.left_out;
    return;
  }
  add(real, std::move(file));
}

void Walk::visit(const Folder& start) {
  std::vector<Folder> open = {start};
  while (!open.empty()) {
    Folder folder = std::move(open.back());
    open.pop_back();
    if (!seen_folders_.insert(folder.real.native()).second) continue;
    for (const fs::directory_entry& entry : look_into(folder)) enter(folder, entry, open);
  }
}

// What is in the folder, sorted; from here on it is the one that is looked at.
std::vector<fs::directory_entry> Walk::look_into(Folder& folder) {
  std::error_code error;
  fs::directory_iterator entries(folder.real, error);
  if (error) unreadable(folder.shown, error);
  std::vector<fs::directory_entry> sorted;
  bool marked = false, repository = false, gitignore = false;
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    sorted.push_back(*entries);
    marked = marked || std::any_of(options_.marks.begin(), options_.marks.end(),
                                   [&](std::string_view name) { return is_named(*entries, name); });
    repository = repository || is_named(*entries, ".git");
    gitignore = gitignore || is_named(*entries, ".gitignore");
  }
  std::sort(sorted.begin(), sorted.end());
  look_at(folder, marked);
  const std::string& real = folder.real.native();
  if (folder.top == real) return sorted;  // where the walk began; its files are read already
  if (repository) {
    folder.top = real;
    folder.in_ignored = false;
    folder.ignores = ignores_of_repository(real);
  }
  if (gitignore && !folder.top.empty() && folder.real != top_) folder.ignores = inner_level(folder.ignores, real);
  return sorted;
}

void Walk::look_at(const Folder& folder, bool marked) {
  at_ = absolute(folder.shown);
  wishes_ = options_.wishes_of ? &options_.wishes_of(at_, marked) : &options_.wishes;
}

void Walk::enter(const Folder& folder, const fs::directory_entry& entry, std::vector<Folder>& open) {
  std::error_code error;
  const bool link = entry.is_symlink(error);
  if (entry.is_directory(error)) {
    if (std::optional<Folder> next = inner(folder, entry)) {
      link ? links_.push_back(*std::move(next)) : open.push_back(*std::move(next));
    }
    return;
  }
  const std::string name = entry.path().filename().string();
  const std::optional<Language> language = found_by_name(name);
  if (!language || !entry.is_regular_file(error)) {
    if (name.ends_with(".pyi")) ++sources_.left_out;
    return;
  }
  if (!wanted(folder, entry, *language)) return;
  if (link) {
    file_links_.emplace_back(fs::canonical(entry.path(), error), SourceFile{folder.shown + name, *language});
  } else {
    add(entry.path(), {folder.shown + name, *language});
  }
}

// A folder in the one that is looked at, unless it is left out.
std::optional<Walk::Folder> Walk::inner(const Folder& folder, const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  std::error_code error;
  if (folder_left_out(entry.path(), name, wishes_->scope) || excluded(name)) {
    ++sources_.left_out;
    return std::nullopt;
  }
  const bool hidden = hides(folder, entry.path().native(), true);
  if (hidden && !tracked_.contains(entry.path().native())) {
    ++sources_.left_out;
    passed_.push_back({folder, entry});
    return std::nullopt;
  }
  Folder next = folder;
  next.real = entry.is_symlink(error) ? fs::canonical(entry.path(), error) : entry.path();
  if (error) return std::nullopt;
  next.shown = folder.shown + name + "/";
  next.cpp = folder.cpp && !cpp_left_out_of(entry.path(), name, wishes_->scope);
  next.in_ignored = hidden;
  return next;
}

// Whether a file of the folder that is looked at counts.
bool Walk::wanted(const Folder& folder, const fs::directory_entry& entry, Language language) {
  const std::string name = entry.path().filename().string();
  const bool foreign = language == Language::kCpp ? !folder.cpp || cpp_file_left_out(name, wishes_->scope)
                                                  : file_left_out(name, wishes_->scope);
  const std::string& real = entry.path().native();
  const bool passed = !foreign && !excluded(name) && hides(folder, real, false) && !tracked_.contains(real);
  if (passed) passed_.push_back({folder, entry});
  if (!foreign && !passed && !excluded(name) && !left_out_by_its_text(entry.path(), wishes_->scope)) return true;
  ++sources_.left_out;
  return false;
}

// Whether somebody who walks from the working directory would come to that path.
bool Walk::kept_with_force(const fs::path& path, bool file, std::optional<Language> language) {
  const fs::path base = holds(here_, path) ? fs::path(here_) : path.parent_path();
  const fs::path below = path.lexically_relative(base);
  if (below == ".") return true;
  std::error_code error;
  Folder at{fs::canonical(base, error), base == here_ ? "" : base.generic_string() + "/"};
  at.ignores = ignores_of(at.real.native(), at.top);
  const size_t passed = passed_.size();
  const auto goes_on = [&](const auto& judge) {
    if (judge()) return true;
    if (passed_.size() == passed) return false;
    // Ignored; once more, if git tracks what is asked for.
    passed_.resize(passed);
    const std::string whole = fs::weakly_canonical(path, error).native();
    if (!ask_git(at.top, {whole}) || !tracked_.contains(whole)) return false;
    return judge();
  };
  size_t left = static_cast<size_t>(std::distance(below.begin(), below.end()));
  for (const fs::path& part : below) {
    const fs::directory_entry entry(at.real / part, error);
    look_at(at, true);
    std::optional<Folder> next;
    --left;
    if (left == 0 && file) return goes_on([&] { return wanted(at, entry, *language); });
    if (!goes_on([&] { return (next = inner(at, entry)).has_value(); })) return false;
    at = *std::move(next);
    if (fs::exists(at.real / ".git", error)) {
      at.top = at.real.native();
      at.ignores = ignores_of_repository(at.top);
    }
    if (!at.top.empty()) at.ignores = inner_level(at.ignores, at.real.native());
  }
  return true;
}

// What git ignores may be tracked all the same.
void Walk::look_again() {
  const std::vector<Passed> passed = std::move(passed_);
  passed_.clear();
  std::map<std::string, std::vector<std::string>> paths;  // by repository
  for (const Passed& one : passed) paths[one.folder.top].push_back(one.entry.path().native());
  for (const auto& [top, ignored] : paths) ask_git(top, ignored);
  for (const Passed& one : passed) {
    if (!tracked_.contains(one.entry.path().native())) continue;
    --sources_.left_out;
    look_at(one.folder, true);
    std::vector<Folder> open;
    enter(one.folder, one.entry, open);
    for (const Folder& folder : open) visit(folder);
  }
  passed_.clear();  // what is ignored in them, and not tracked
}

// Adds what git tracks of these paths. False if git does not say.
bool Walk::ask_git(const std::string& top, const std::vector<std::string>& paths) {
  std::vector<std::string> arguments = {"--literal-pathspecs", "ls-files", "-z"};
  if (paths.size() <= kMostPaths) {
    arguments.emplace_back("--");
    for (const std::string& path : paths) arguments.push_back(path.substr(top.size() + 1));
  }
  const git::Output said = git::run(top, arguments);
  if (said.exit_code != 0) {
    if (said.err.find("dubious ownership") != std::string::npos) {
      sources_.remarks.push_back({{top, 0, 0},
                                  "git does not trust this folder, so files that are ignored are left out even if they "
                                  "are tracked; `git config "
                                  "--global --add safe.directory " +
                                      top + "` makes it trusted"});
    }
    return false;
  }
  for (std::string_view rest = said.out; !rest.empty();) {
    const size_t end = rest.find('\0');
    std::string path = top + "/" + std::string(rest.substr(0, end));
    while (path.size() > top.size() && tracked_.insert(path).second) path.resize(path.rfind('/'));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return true;
}

// "server/" -> "/home/me/server"
std::string Walk::absolute(const std::string& shown) const {
  std::string path = shown.starts_with('/') ? shown : here_ + "/" + shown;
  if (shown.starts_with("..") || shown == ".") path = fs::path(path).lexically_normal().generic_string();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

bool Walk::excluded(const std::string& name) const {
  return wishes_->excluded && wishes_->excluded(at_ == "/" ? at_ + name : at_ + "/" + name);
}

// Whether the files of git say that it is ignored.
bool Walk::hides(const Folder& folder, const std::string& real, bool is_folder) const {
  return wishes_->gitignore && (folder.in_ignored || ignores(folder.ignores.get(), real, is_folder));
}

void Walk::add(const fs::path& real, SourceFile file) {
  if (seen_files_.insert(real.native()).second) sources_.files.push_back(std::move(file));
}

void Walk::unreadable(const std::string& shown, const std::error_code& error) {
  sources_.unreadable.push_back({{shown, 0, 0}, "cannot enter this folder: " + error.message()});
}

}  // namespace stallint::source
