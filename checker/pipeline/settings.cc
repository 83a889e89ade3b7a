#include "checker/pipeline/settings.h"

#include "checker/base/suggest.h"
#include "checker/rule/embedded.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

namespace stallint::pipeline {

namespace fs = std::filesystem;

using config::Config;
using config::Entry;
using config::Key;
using config::Layer;
using config::Setting;
using config::Value;

namespace {

std::string working_directory() {
  std::error_code error;
  return fs::current_path(error).generic_string();
}

Severity one_lower(Severity severity) {
  return severity == Severity::kLow ? severity : static_cast<Severity>(static_cast<uint8_t>(severity) - 1);
}

Threshold threshold_from(const std::string& level) {
  const std::optional<Severity> severity = severity_from(level);
  return severity ? static_cast<Threshold>(*severity) : Threshold::kNever;
}

bool lies_below(std::string_view path, std::string_view folder) {
  return path == folder || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

// Relative to the working directory where possible.
std::string below(const std::string& path, const std::string& here) {
  return lies_below(path, here) && path.size() > here.size() ? path.substr(here.size() + 1) : path;
}

// Whether a later layer begins anew: what earlier ones said of the key is forgotten.
std::vector<const Layer*> since(const Config& config, Key key) {
  std::vector<const Layer*> layers;
  for (const Layer& layer : config.layers) {
    if (layer.find(key) != nullptr) layers.clear();
    layers.push_back(&layer);
  }
  return layers;
}

bool is_shipped(const std::string& id) {
  const auto files = rule::embedded_rules();
  return std::any_of(files.begin(), files.end(),
                     [&](const rule::EmbeddedFile& file) { return file.path.ends_with("/" + id + ".yaml"); });
}

}  // namespace

Settings::Settings(const Options& options)
    : options_(options), here_(working_directory()), configs_({here_, options.config, options.isolated}) {}

std::string Settings::absolute(const std::string& path) const {
  // Asked of every folder, and nearly all of them are spelt as they are.
  const bool plain = !path.empty() && path[0] != '/' && path[0] != '.' && path.back() != '/' &&
                     path.find("//") == std::string::npos && path.find("/.") == std::string::npos;
  if (plain && then_.empty()) return here_ + "/" + path;
  std::string full = (fs::path(then_.empty() ? here_ : then_) / path).lexically_normal().generic_string();
  if (full.size() > 1 && full.ends_with('/')) full.pop_back();
  return now(full);
}

std::string Settings::printed(const std::string& path) const { return below(absolute(path), here_); }

std::string Settings::now(const std::string& path) const {
  return !then_.empty() && lies_below(path, then_) ? now_ + path.substr(then_.size()) : path;
}

void Settings::stand_in(const std::string& then, const std::string& now) {
  then_ = then;
  now_ = now;
  wishes_.clear();
}

// --- Which files ----------------------------------------------------------------------------------------------------

void Settings::guide(source::SourceOptions& wanted) {
  const auto names = config::file_names();
  wanted.marks.assign(names.begin(), names.end());
  wanted.wishes_of = [this](const std::string& folder, bool marked) -> const source::Wishes& {
    const std::string today = now(folder);
    return wishes_of(configs_.of_folder(today, marked || today != folder));
  };
}

const source::Wishes& Settings::wishes_of(const Config& config) {
  const auto [at, fresh] = wishes_.try_emplace(&config);
  source::Wishes& wishes = at->second;
  if (!fresh) return wishes;
  const Value* tests = config.last_value(Key::kIncludeTests);
  const Value* git = config.last_value(Key::kRespectGitignore);
  const bool all = options_.include_tests || (tests != nullptr && tests->text == "true");
  wishes.scope = all ? source::Scope::kAllCode : source::Scope::kServer;
  wishes.gitignore = then_.empty() && options_.gitignore && (git == nullptr || git->text == "true");
  std::vector<std::pair<std::string, std::string>> globs;  // and what they are relative to
  for (const Layer* layer : since(config, Key::kExclude)) {
    for (const Key key : {Key::kExclude, Key::kExtendExclude}) {
      const Setting* setting = layer->find(key);
      if (setting == nullptr) continue;
      for (const Value& glob : setting->values) globs.emplace_back(layer->base, glob.text);
    }
  }
  for (const std::string& glob : options_.exclude) globs.emplace_back(here_, glob);
  if (globs.empty()) return wishes;
  wishes.excluded = [this, globs = std::move(globs)](std::string_view path) {
    const std::string full = now(std::string(path));
    return std::any_of(globs.begin(), globs.end(),
                       [&](const auto& glob) { return config::fits(glob.first, glob.second, full); });
  };
  return wishes;
}

std::vector<Problem> Settings::problems() const {
  std::vector<Problem> problems;
  for (const std::string& glob : options_.exclude) {
    if (const std::string wrong = config::wrong_glob(glob); !wrong.empty()) {
      problems.push_back({{}, "--exclude: " + wrong});
    }
  }
  const std::vector<Problem> found = configs_.problems();
  problems.insert(problems.end(), found.begin(), found.end());
  return problems;
}

// --- What holds -----------------------------------------------------------------------------------------------------

const Config& Settings::of_folder(const std::string& path) { return configs_.of_folder(absolute(path)); }

const Config& Settings::of_file(const std::string& path) {
  const std::string full = absolute(path);
  return configs_.of_folder(full.substr(0, std::max<size_t>(full.rfind('/'), 1)));
}

const Config& Settings::of_root(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error) ? of_folder(path) : of_file(path);
}

Options Settings::completed() const {
  Options options = options_;
  if (used_.empty()) return options;
  const Value* database = used_.front()->last_value(Key::kDatabase);
  const Value* cache = used_.front()->last_value(Key::kCacheDir);
  options.fail_on = choices_.at(used_.front()).fail_on;  // reports show what a run fails by
  if (options.database.empty() && database != nullptr) options.database = below(database->text, here_);
  if (options.cache_folder.empty() && cache != nullptr) options.cache_folder = cache->text;
  return options;
}

// --- Which rules ----------------------------------------------------------------------------------------------------

std::vector<RuleFolder> Settings::rule_folders() const {
  std::vector<RuleFolder> folders;
  std::set<std::string> seen;
  for (const std::string& folder : options_.rules) {
    if (seen.insert(absolute(folder)).second) folders.push_back({folder, {}});
  }
  for (const Config* config : configs_.found()) {
    for (const Setting* setting : config->all(Key::kRules)) {
      for (const Value& folder : setting->values) {
        if (seen.insert(folder.text).second) folders.push_back({below(folder.text, here_), folder.place});
      }
    }
  }
  return folders;
}

std::vector<rule::OwnName> Settings::own_names() const {
  std::vector<rule::OwnName> names;
  std::set<std::pair<std::string, std::string>> seen;
  for (const Config* config : configs_.found()) {
    for (const auto& [key, label] :
         {std::pair{Key::kOffloads, "offload"}, {Key::kBlocks, "blocks.wait"}, {Key::kHarmless, "harmless"}}) {
      for (const Setting* setting : config->all(key)) {
        for (const Value& name : setting->values) {
          if (seen.emplace(label, name.text).second) names.push_back({label, name.text, name.place});
        }
      }
    }
  }
  return names;
}

void Settings::judge_words(const std::vector<Value>& words, std::string_view key,
                           std::vector<Problem>& problems) const {
  for (const Value& word : words) {
    if (std::find(words_.begin(), words_.end(), word.text) != words_.end()) continue;
    std::string message = std::string(key) + " knows no rule, tag or severity `" + word.text + "`";
    if (word.text.find(',') != std::string::npos) {
      message += "; write a list, each word in quotes of its own";
    } else {
      message += did_you_mean(word.text, words_) + " (`stallint rules` lists them)";
    }
    problems.push_back({word.place, std::move(message)});
  }
}

void Settings::judge(const Config& config, std::vector<Problem>& problems) const {
  for (const Key key : {Key::kSelect, Key::kExtendSelect, Key::kIgnore}) {
    for (const Setting* setting : config.all(key)) {
      judge_words(setting->values, "`" + std::string(config::info_of(key).name) + "`", problems);
    }
  }
  for (const Setting* setting : config.all(Key::kPerFile)) {
    for (const Entry& entry : setting->entries) judge_words(entry.values, "`per-file`", problems);
  }
  for (const Setting* setting : config.all(Key::kSeverity)) {
    for (const Entry& entry : setting->entries) {
      const std::string& id = entry.name.text;
      if (std::binary_search(ids_.begin(), ids_.end(), id)) continue;
      const bool word = std::find(words_.begin(), words_.end(), id) != words_.end();
      problems.push_back({entry.name.place, word ? "`severity` takes ids of rules, and `" + id + "` is a group of them"
                                                 : "no rule is called `" + id + "`" + did_you_mean(id, ids_) +
                                                       " (`stallint rules` lists them)"});
    }
  }
}

bool Settings::means(const std::string& word, size_t rule, const std::vector<Severity>& severities) const {
  const rule::Rule& one = *rules_[rule];
  return word == "all" || word == one.id || (word == "default" && one.enabled) || word == name_of(severities[rule]) ||
         std::find(one.tags.begin(), one.tags.end(), word) != one.tags.end();
}

// A rule out of a folder that another configuration names.
bool Settings::foreign(const rule::Rule& rule, const Config& config) const {
  bool named = false;
  for (const Config* other : configs_.found()) {
    for (const Setting* setting : other->all(Key::kRules)) {
      for (const Value& folder : setting->values) {
        if (!lies_below(absolute(rule.place.file), folder.text)) continue;
        if (other == &config) return false;
        named = true;
      }
    }
  }
  const bool by_option = std::any_of(options_.rules.begin(), options_.rules.end(), [&](const std::string& folder) {
    return lies_below(absolute(rule.place.file), absolute(folder));
  });
  return named && !by_option && !is_shipped(rule.id);
}

Choice Settings::chosen(const Config& config) const {
  Choice choice;
  for (const rule::Rule* rule : rules_) {
    choice.severities.push_back(rule->severity);
    choice.on.push_back(rule->enabled);
  }
  for (const Setting* setting : config.all(Key::kSeverity)) {
    for (const Entry& entry : setting->entries) {
      const size_t rule = number_of(entry.name.text);
      if (rule < rules_.size()) choice.severities[rule] = *severity_from(entry.values.front().text);
    }
  }
  // A tag or a severity switches nothing on that is off by default; a name does.
  const auto select = [&](const std::string& word) {
    for (size_t r = 0; r < rules_.size(); ++r) {
      const bool named = word == "all" || word == rules_[r]->id;
      if (named || (rules_[r]->enabled && means(word, r, choice.severities))) choice.on[r] = true;
    }
  };
  const auto ignore = [&](const std::string& word) {
    for (size_t r = 0; r < rules_.size(); ++r) {
      if (means(word, r, choice.severities)) choice.on[r] = false;
    }
  };
  const auto each = [](const Layer& layer, Key key, const auto& act) {
    if (const Setting* setting = layer.find(key)) {
      for (const Value& word : setting->values) act(word.text);
    }
  };
  for (const Layer& layer : config.layers) {
    if (layer.find(Key::kSelect) != nullptr) choice.on.assign(rules_.size(), false);
    each(layer, Key::kSelect, select);
    each(layer, Key::kExtendSelect, select);
    each(layer, Key::kIgnore, ignore);
    const Setting* per_file = layer.find(Key::kPerFile);
    if (per_file == nullptr) continue;
    for (const Entry& entry : per_file->entries) {
      Choice::Exception exception{layer.base, entry.name.text, std::vector<bool>(rules_.size())};
      for (const Value& word : entry.values) {
        for (size_t r = 0; r < rules_.size(); ++r) {
          if (means(word.text, r, choice.severities)) exception.rules[r] = true;
        }
      }
      choice.exceptions.push_back(std::move(exception));
    }
  }
  if (!options_.select.empty()) choice.on.assign(rules_.size(), false);
  std::for_each(options_.select.begin(), options_.select.end(), select);
  std::for_each(options_.extend_select.begin(), options_.extend_select.end(), select);
  std::for_each(options_.ignore.begin(), options_.ignore.end(), ignore);
  for (size_t r = 0; r < rules_.size(); ++r) {
    if (choice.on[r] && foreign(*rules_[r], config)) choice.on[r] = false;
  }

  if (const Value* level = config.last_value(Key::kFailOn)) choice.fail_on = threshold_from(level->text);
  if (const Value* grade = config.last_value(Key::kConfidence)) {
    choice.confidence = grade->text == "exact" ? Confidence::kExact : Confidence::kLikely;
  }
  choice.fail_on = options_.fail_on.value_or(choice.fail_on);
  choice.confidence = options_.confidence.value_or(choice.confidence);
  return choice;
}

std::vector<Problem> Settings::choose(const rule::Rules& rules, const source::Sources& sources) {
  std::set<std::string> words{"all", "default", "critical", "high", "medium", "low"};
  for (const rule::Rule& rule : rules.rules) {
    rules_.push_back(&rule);
    ids_.push_back(rule.id);
    words.insert(rule.id);
    words.insert(rule.tags.begin(), rule.tags.end());
  }
  words_.assign(words.begin(), words.end());

  std::vector<Problem> problems;
  for (const auto& [option, given] : {std::pair("--select", &options_.select),
                                      {"--extend-select", &options_.extend_select},
                                      {"--ignore", &options_.ignore}}) {
    std::vector<Value> typed;
    for (const std::string& word : *given) typed.push_back({word, {}});
    judge_words(typed, option, problems);
  }
  for (const Config* config : configs_.found()) judge(*config, problems);
  if (!problems.empty()) return problems;

  const auto use = [&](const Config& config) {
    if (!choices_.contains(&config)) {
      choices_.emplace(&config, chosen(config));
      used_.push_back(&config);
    }
  };
  // The first path given speaks for the run.
  for (const std::string& root : sources.roots) use(of_root(root));
  std::string last;
  for (const source::SourceFile& file : sources.files) {
    std::string folder = file.path.substr(0, file.path.rfind('/') == std::string::npos ? 0 : file.path.rfind('/'));
    if (&file != sources.files.data() && folder == last) continue;
    use(of_file(file.path));
    last = std::move(folder);
  }
  for (size_t r = 0; r < rules_.size(); ++r) {
    const auto wants = [&](const Config* config) { return choices_.at(config).on[r]; };
    if (std::any_of(used_.begin(), used_.end(), wants)) asked_.push_back(rules_[r]->id);
  }
  return {};
}

std::vector<RuleInfo> Settings::infos() const {
  std::vector<RuleInfo> infos;
  for (const std::string& id : asked_) {
    const size_t rule = number_of(id);
    infos.push_back(rule::info_of(*rules_[rule]));
    // Where everybody agrees.
    if (used_.size() == 1) infos.back().severity = choices_.at(used_.front()).severities[rule];
  }
  return infos;
}

// --- What of their findings -----------------------------------------------------------------------------------------

size_t Settings::number_of(const std::string& rule) const {
  return static_cast<size_t>(std::lower_bound(ids_.begin(), ids_.end(), rule) - ids_.begin());
}

const Choice& Settings::choice_for(const std::string& file) {
  const Config& config = of_file(file);
  const auto found = choices_.find(&config);
  return found == choices_.end() ? choices_.emplace(&config, chosen(config)).first->second : found->second;
}

bool Settings::excepts(const Choice::Exception& exception, const std::string& path) const {
  return config::covers(exception.base, exception.glob, absolute(path));
}

void Settings::apply(std::vector<Finding>& findings) {
  std::erase_if(findings, [&](Finding& finding) {
    const Choice& choice = choice_for(finding.region.file);
    if (finding.confidence < choice.confidence) return true;
    const size_t rule = number_of(finding.rule);
    if (rule == ids_.size() || ids_[rule] != finding.rule) return false;  // what is no rule of a file
    if (!choice.on[rule]) return true;
    for (const Choice::Exception& exception : choice.exceptions) {
      if (exception.rules[rule] && excepts(exception, finding.region.file)) return true;
    }
    const Severity severity = choice.severities[rule];
    if (severity != rules_[rule]->severity) {
      finding.severity = finding.lowered_because.empty() ? severity : one_lower(severity);
    }
    return false;
  });
}

bool Settings::fails(const Finding& finding) {
  const Threshold from = choice_for(finding.region.file).fail_on;
  return is_open(finding) && static_cast<uint8_t>(finding.severity) >= static_cast<uint8_t>(from);
}

}  // namespace stallint::pipeline
