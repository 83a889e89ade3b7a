#include "checker/pipeline/rules.h"

#include "checker/rule/embedded.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace stallint::pipeline {

namespace {

namespace fs = std::filesystem;

// The YAML files of a project's folder, in order of path. One that cannot be read is a Problem, never skipped.
Result<std::vector<rule::SourceFile>> read_rule_folder(const RuleFolder& named) {
  std::error_code error;
  const std::string& folder = named.path;
  const Place place = named.place.line == 0 ? Place{folder, 0, 0} : named.place;
  std::vector<std::string> paths;
  if (fs::is_regular_file(folder, error)) {
    paths.push_back(folder);
  } else {
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      const std::string extension = it->path().extension().string();
      if (it->is_regular_file() && (extension == ".yaml" || extension == ".yml")) paths.push_back(it->path().string());
    }
    if (error) return Problem{place, "the folder of rules cannot be read: " + error.message()};
  }
  std::sort(paths.begin(), paths.end());
  if (paths.empty()) {
    const bool by_option = named.place.line == 0;
    return Problem{place, by_option ? "no rule here: --rules takes a folder with .yaml files"
                                    : "no rule in `" + folder + "`: `rules` takes folders with .yaml files"};
  }
  std::vector<rule::SourceFile> files;
  for (const std::string& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return Problem{{path, 0, 0}, "the rule file cannot be read"};
    files.push_back({path, std::move(text).str(), false});
  }
  return files;
}

}  // namespace

Result<rule::Rules> load_all_rules(const Settings& settings, cache::Digest* texts) {
  std::vector<rule::SourceFile> files;
  for (const rule::EmbeddedFile& file : rule::embedded_rules()) {
    files.push_back({std::string(file.path), std::string(file.text), true, file.tree});
  }
  for (const RuleFolder& folder : settings.rule_folders()) {
    Result<std::vector<rule::SourceFile>> read = read_rule_folder(folder);
    if (!read) return read.problems();
    files.insert(files.end(), read->begin(), read->end());
  }
  const std::vector<rule::OwnName> own = settings.own_names();
  if (texts != nullptr) {
    std::string all;
    for (const rule::SourceFile& file : files) all += cache::digest_of(file.text).text() + (file.shipped ? "+" : "-");
    for (const rule::OwnName& name : own) all += name.label + " " + name.name + "\n";
    *texts = cache::digest_of(all);
  }
  Result<rule::Rules> rules = rule::load_rules(files);
  if (!rules) return rules;
  if (std::vector<Problem> wrong = rule::add_own_names(own, *rules); !wrong.empty()) return wrong;
  return rules;
}

}  // namespace stallint::pipeline
