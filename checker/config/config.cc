#include "checker/config/config.h"

#include "checker/base/suggest.h"
#include "checker/config/presets.h"
#include "checker/config/read.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <tuple>
#include <utility>

namespace stallint::config {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 3> kNames = {"stallint.toml", ".stallint.toml", "pyproject.toml"};
constexpr std::string_view kPreset = "stallint:";
constexpr size_t kMostLayers = 100;

bool exists(const std::string& path) {
  struct stat info {};  // asked of every folder, so without fs::path
  return stat(path.c_str(), &info) == 0;
}

// "/repo/server" -> "/repo"; "/" -> "".
std::string parent_of(const std::string& folder) { return folder.substr(0, folder.rfind('/')); }

bool lies_in(const std::string& path, const std::string& folder) {
  return path == folder || path.starts_with(folder == "/" ? folder : folder + "/");
}

std::string shown(const std::string& path, const std::string& here) {
  return path.size() > here.size() + 1 && lies_in(path, here) ? path.substr(here == "/" ? 1 : here.size() + 1) : path;
}

struct Text {
  std::string bytes;
  std::string trouble;  // why it cannot be read
};

Text text_of(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return {"", "does not exist"};
  if (fs::is_directory(status)) return {"", "is a folder; name a file of configuration"};
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
  if (!in.is_open() || in.bad()) return {"", "cannot be read: " + std::string(strerror(errno))};
  return {std::move(bytes).str(), ""};
}

// Puts a file and all that it extends into a configuration.
class Assembly {
 public:
  Assembly(const std::string& here, Config& config, std::vector<Problem>& problems)
      : here_(here), config_(config), problems_(problems) {}

  // False if the file is a pyproject.toml that says nothing. `named`: where it was asked for; no file: by its place.
  bool add(const std::string& path, const std::string& base, const Place& named) {
    const std::string name = path.substr(path.rfind('/') + 1);
    const Text text = text_of(path);
    if (!text.trouble.empty()) {
      const bool found = named.file.empty() && named.line == 0;
      problems_.push_back({found ? Place{shown(path, here_), 0, 0} : named,
                           found ? "this file " + text.trouble : "`" + shown(path, here_) + "` " + text.trouble});
      return true;
    }
    const bool pyproject = name == kNames[2];
    // Most of them have nothing to say, and need not be TOML then.
    if (pyproject && text.bytes.find("stallint") == std::string::npos) return false;
    const std::string folder = parent_of(path);
    Read read = read_layer({shown(path, here_), lies_in(base, folder) ? folder : base, folder, pyproject}, text.bytes,
                           problems_);
    if (!read.speaks) return false;
    open_.push_back(path);
    for (const Value& extended : read.extends) extend(extended, folder, read.layer.base);
    open_.pop_back();
    config_.layers.push_back(std::move(read.layer));
    return true;
  }

 private:
  void extend(const Value& what, const std::string& folder, const std::string& base) {
    if (what.text.starts_with(kPreset)) return add_preset(what, base);
    const std::string path = (fs::path(folder) / what.text).lexically_normal().generic_string();
    std::error_code error;
    const std::string real = fs::weakly_canonical(path, error).generic_string();
    const auto begun = std::find(open_.begin(), open_.end(), error ? path : real);
    if (begun != open_.end()) {
      std::string way;
      for (auto at = begun; at != open_.end(); ++at) way += "`" + shown(*at, here_) + "` extends ";
      return wrong(what, way + "`" + shown(*begun, here_) + "`: the circle has no beginning; take one `extend` out");
    }
    if (config_.layers.size() + open_.size() >= kMostLayers) {
      return wrong(what, "more than " + std::to_string(kMostLayers) + " files extend one another");
    }
    if (!add(error ? path : real, base, what.place)) {
      wrong(what, "`" + shown(path, here_) + "` has no table `[tool.stallint]`");
    }
  }

  void add_preset(const Value& what, const std::string& base) {
    std::vector<std::string> names;
    for (const Preset& preset : presets()) {
      names.push_back(std::string(kPreset) + std::string(preset.name));
      if (what.text != names.back()) continue;
      config_.layers.push_back(read_layer({what.text, base, "", false}, preset.text, problems_).layer);
      return;
    }
    wrong(what, "there is no preset `" + what.text + "`; there are `" + names[0] + "` and `" + names[1] + "`");
  }

  void wrong(const Value& at, std::string message) { problems_.push_back({at.place, std::move(message)}); }

  const std::string& here_;
  Config& config_;
  std::vector<Problem>& problems_;
  std::vector<std::string> open_;  // files whose `extend` is being followed
};

}  // namespace

std::span<const std::string_view> file_names() { return kNames; }

const Setting* Layer::find(Key key) const {
  const auto it = settings.find(key);
  return it == settings.end() ? nullptr : &it->second;
}

const Setting* Config::last(Key key) const {
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (const Setting* setting = layer->find(key)) return setting;
  }
  return nullptr;
}

const Value* Config::last_value(Key key) const {
  const Setting* setting = last(key);
  return setting == nullptr || setting->values.empty() ? nullptr : &setting->values.front();
}

std::vector<const Setting*> Config::all(Key key) const {
  std::vector<const Setting*> found;
  for (const Layer& layer : layers) {
    if (const Setting* setting = layer.find(key)) found.push_back(setting);
  }
  return found;
}

Configs::Configs(Search search) : search_(std::move(search)) {
  none_.folder = search_.here;
  if (search_.file.empty()) return;
  std::error_code error;
  const fs::path path = (fs::path(search_.here) / search_.file).lexically_normal();
  const fs::path real = fs::weakly_canonical(path, error);
  Config& config = configs_.emplace_back();
  const std::string file = (error ? path : real).generic_string();
  config.file = shown(file, search_.here);
  config.folder = parent_of(file);
  by_file_[file] = &config;
  const Text text = text_of(file);
  if (!text.trouble.empty()) {
    problems_.push_back({{}, "--config: `" + search_.file + "` " + text.trouble});
  } else if (!Assembly(search_.here, config, problems_).add(file, search_.here, {})) {
    problems_.push_back({{}, "--config: `" + search_.file + "` has no table `[tool.stallint]`"});
  }
}

const Config& Configs::load(const std::string& path, const std::string& base, const Place& named) {
  Config& config = configs_.emplace_back();
  config.file = shown(path, search_.here);
  config.folder = base;
  if (!Assembly(search_.here, config, problems_).add(path, base, named)) {
    configs_.pop_back();
    return none_;
  }
  return config;
}

// The configuration that lies in the folder itself, or null.
const Config* Configs::in_folder(const std::string& folder) {
  for (const std::string_view name : kNames) {
    const std::string path = folder + "/" + std::string(name);
    if (!exists(path)) continue;
    const auto [at, fresh] = by_file_.try_emplace(path, nullptr);
    if (fresh) {
      const Config& loaded = load(path, folder, {});
      at->second = &loaded == &none_ ? nullptr : &loaded;
    }
    if (at->second != nullptr) return at->second;
  }
  return nullptr;
}

const Config& Configs::of_folder(const std::string& folder) { return up_from(folder, true); }

const Config& Configs::of_folder(const std::string& folder, bool has_file) { return up_from(folder, has_file); }

const Config& Configs::up_from(const std::string& folder, bool look_here) {
  if (search_.isolated) return none_;
  if (!search_.file.empty()) return configs_.front();
  std::vector<std::string> passed;
  const Config* found = nullptr;
  for (std::string at = folder == "/" ? "" : folder; found == nullptr; at = parent_of(at)) {
    const auto known = by_folder_.find(at);
    if (known != by_folder_.end()) {
      found = known->second;
      break;
    }
    passed.push_back(at);
    if (look_here) found = in_folder(at);
    look_here = true;
    if (found == nullptr && (at.empty() || exists(at + "/.git"))) found = &none_;
  }
  for (const std::string& one : passed) by_folder_[one] = found;
  return *found;
}

std::vector<const Config*> Configs::found() const {
  std::vector<const Config*> all;
  for (const Config& config : configs_) all.push_back(&config);
  std::sort(all.begin(), all.end(), [](const Config* a, const Config* b) { return a->file < b->file; });
  return all;
}

std::vector<Problem> Configs::problems() const {
  std::vector<Problem> sorted = problems_;
  const auto key = [](const Problem& one) {
    return std::tie(one.place.file, one.place.line, one.place.column, one.message);
  };
  std::sort(sorted.begin(), sorted.end(), [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
  sorted.erase(
      std::unique(sorted.begin(), sorted.end(), [&](const Problem& a, const Problem& b) { return key(a) == key(b); }),
      sorted.end());
  return sorted;
}

}  // namespace stallint::config
