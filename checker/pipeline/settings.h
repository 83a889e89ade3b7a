#pragma once
// What the command line and the configurations say together: which files are read, which rules are asked where, and
// what of their findings is reported how.
//
//     Settings settings(options);
//     const Result<source::Sources> sources = find(options, settings);        // reads configurations on its way
//     const Result<rule::Rules> rules = load_all_rules(settings, &texts);     // with the folders that these name
//     const std::vector<Problem> wrong = settings.choose(*rules, *sources);
//     settings.asked()                                                        // rules that some file asks for
//     settings.apply(findings);                                               // and what each file wants of them
//
// A run asks all of its files for the union of the rules, and drops afterwards what a file does not want: so islands
// need not know configurations, and what a run came to is kept under the union alone.

#include "checker/base/result.h"
#include "checker/config/config.h"
#include "checker/finding/finding.h"
#include "checker/options.h"
#include "checker/rule/rule.h"
#include "checker/source/sources.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stallint::pipeline {

// A folder with rules, and who names it; no place: the command line.
struct RuleFolder {
  std::string path;  // to open and to print
  Place place;
};

// What the files of one configuration are told.
struct Choice {
  struct Exception {
    std::string base, glob;
    std::vector<bool> rules;  // that are ignored where the glob fits
  };
  std::vector<bool> on;  // by the number of the rule
  std::vector<Severity> severities;
  std::vector<Exception> exceptions;
  Threshold fail_on = Threshold::kHigh;
  Confidence confidence = Confidence::kLikely;
};

class Settings {
 public:
  explicit Settings(const Options& options);

  // --- Which files
  // Lets the configurations say what is left out; both have to live as long as files are looked for.
  void guide(source::SourceOptions& wanted);

  // Files below `then` are judged as if they lay below `now`, and git is not asked about them: an older tree of the
  // same repository. With empty folders no more.
  void stand_in(const std::string& then, const std::string& now);

  // A path as it is printed.
  std::string printed(const std::string& path) const;

  // --- What holds
  // The configuration of a file or a folder, as printed.
  const config::Config& of_file(const std::string& path);
  const config::Config& of_folder(const std::string& path);
  const config::Config& of_root(const std::string& path);  // whichever it is
  std::vector<Problem> problems() const;

  // The options, with what the configuration of the first path says of the whole run.
  Options completed() const;

  // --- Which rules
  std::vector<RuleFolder> rule_folders() const;
  std::vector<rule::OwnName> own_names() const;

  // Judges all words of all configurations; afterwards the rest may be asked. Of the files only the folders count.
  std::vector<Problem> choose(const rule::Rules& rules, const source::Sources& sources);
  const Choice& choice_of(const config::Config& config) const { return choices_.at(&config); }

  // Whether an exception holds for a file, as printed.
  bool excepts(const Choice::Exception& exception, const std::string& path) const;

  // Sorted ids of the rules that at least one file asks for.
  const std::vector<std::string>& asked() const { return asked_; }

  // What reports say of the rules that are asked.
  std::vector<RuleInfo> infos() const;

  // --- What of their findings
  // Drops what the file of a finding does not want, and gives the rest its severity.
  void apply(std::vector<Finding>& findings);

  // Whether the run fails by this finding.
  bool fails(const Finding& finding);

 private:
  const source::Wishes& wishes_of(const config::Config& config);
  std::string absolute(const std::string& path) const;
  std::string now(const std::string& path) const;
  size_t number_of(const std::string& rule) const;
  const Choice& choice_for(const std::string& file);
  void judge(const config::Config& config, std::vector<Problem>& problems) const;
  void judge_words(const std::vector<config::Value>& words, std::string_view key, std::vector<Problem>& problems) const;
  Choice chosen(const config::Config& config) const;
  bool means(const std::string& word, size_t rule, const std::vector<Severity>& severities) const;
  bool foreign(const rule::Rule& rule, const config::Config& config) const;

  const Options& options_;
  std::string here_;
  std::string then_, now_;  // see stand_in()
  config::Configs configs_;
  std::unordered_map<const config::Config*, source::Wishes> wishes_;
  std::vector<const rule::Rule*> rules_;  // sorted by id
  std::vector<std::string> words_;        // that mean a rule
  std::vector<std::string> ids_;
  std::unordered_map<const config::Config*, Choice> choices_;
  std::vector<const config::Config*> used_;  // by the files of the run
  std::vector<std::string> asked_;
};

}  // namespace stallint::pipeline
