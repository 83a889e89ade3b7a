#include "checker/pipeline/rules.h"

#include "checker/base/suggest.h"
#include "checker/rule/embedded.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

namespace stallint::pipeline {

namespace {

namespace fs = std::filesystem;

// The YAML files of a project's folder, in order of path. One that cannot be read is a Problem, never skipped.
Result<std::vector<rule::SourceFile>> read_rule_folder(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> paths;
  if (fs::is_regular_file(folder, error)) {
    paths.push_back(folder);
  } else {
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      const std::string extension = it->path().extension().string();
      if (it->is_regular_file() && (extension == ".yaml" || extension == ".yml")) paths.push_back(it->path().string());
    }
    if (error) return Problem{{folder, 0, 0}, "the folder of rules cannot be read: " + error.message()};
  }
  std::sort(paths.begin(), paths.end());
  if (paths.empty()) return Problem{{folder, 0, 0}, "no rule here: --rules takes a folder with .yaml files"};
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

Result<rule::Rules> load_all_rules(const Options& options, cache::Digest* texts) {
  std::vector<rule::SourceFile> files;
  for (const rule::EmbeddedFile& file : rule::embedded_rules()) {
    files.push_back({std::string(file.path), std::string(file.text), true, file.tree});
  }
  for (const std::string& folder : options.rules) {
    Result<std::vector<rule::SourceFile>> read = read_rule_folder(folder);
    if (!read) return read.problems();
    files.insert(files.end(), read->begin(), read->end());
  }
  if (texts != nullptr) {
    std::string all;
    for (const rule::SourceFile& file : files) all += cache::digest_of(file.text).text() + (file.shipped ? "+" : "-");
    *texts = cache::digest_of(all);
  }
  return rule::load_rules(files);
}

namespace {

// Whether one of the words of `--select` or `--ignore` means the rule: its id, a tag, or its severity.
bool means(const std::vector<std::string>& words, const rule::Rule& rule) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word == rule.id || word == name_of(rule.severity) ||
           std::find(rule.tags.begin(), rule.tags.end(), word) != rule.tags.end();
  });
}

}  // namespace

Result<std::vector<std::string>> enabled_rules(const Options& options, const rule::Rules& rules) {
  std::set<std::string> known{"critical", "high", "medium", "low"};
  for (const rule::Rule& rule : rules.rules) {
    known.insert(rule.id);
    known.insert(rule.tags.begin(), rule.tags.end());
  }
  const std::vector<std::string> words(known.begin(), known.end());
  for (const auto& [option, given] : {std::pair("--select", &options.select), {"--ignore", &options.ignore}}) {
    for (const std::string& word : *given) {
      if (known.count(word) > 0) continue;
      return Problem{{},
                     std::string(option) + " knows no rule, tag or severity `" + word + "`" +
                         did_you_mean(word, words) + " (`stallint rules` lists them)"};
    }
  }
  std::vector<std::string> enabled;
  for (const rule::Rule& rule : rules.rules) {
    // A rule that is off by default is switched on by its own name.
    const bool named = std::find(options.select.begin(), options.select.end(), rule.id) != options.select.end();
    const bool selected =
        options.select.empty() ? rule.enabled : named || (rule.enabled && means(options.select, rule));
    if (selected && !means(options.ignore, rule)) enabled.push_back(rule.id);
  }
  return enabled;
}
}  // namespace stallint::pipeline
