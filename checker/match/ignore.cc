#include "checker/match/ignore.h"

#include "checker/base/suggest.h"
#include "checker/match/accuse.h"
#include "checker/match/spot.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace stallint::match {
namespace {

using Form = facts::Ignore::Form;

// A comment's word about one rule.
struct Plea {
  const link::File& file;
  const facts::Ignore& ignore;
  std::string rule;

  const std::string& reason() const { return file.facts.text(ignore.reason); }
};

bool speaks_of(const Plea& plea, const Finding& finding) {
  if (finding.rule != plea.rule) return false;
  if (plea.ignore.form == Form::kFile) return true;
  if (plea.ignore.line <= finding.region.line && finding.region.line <= plea.ignore.last_line) return true;
  if (plea.ignore.function == facts::FunctionId::kNone) return false;
  const facts::Span extent = plea.file.facts.functions[index(plea.ignore.function)].extent;
  return locate(plea.file.facts, extent.begin).line <= finding.region.line &&
         finding.region.line <= locate(plea.file.facts, extent.end).line;
}

class Court {
 public:
  Court(const Evaluator& evaluator, const Options& options, std::vector<Finding>& findings)
      : evaluator_(evaluator), program_(evaluator.program()), options_(options), findings_(findings) {
    for (size_t n = 0; n < findings.size(); ++n) by_file_[findings[n].region.file].push_back(n);
    for (const rule::Rule& rule : evaluator.rules().rules) {
      rules_.push_back(rule.id);
      if (rule.of_suppressions && is_enabled(rule.id)) judges_.push_back(&rule);
    }
  }

  void hear(const link::File& file, const facts::Ignore& ignore) {
    if (ignore.form == Form::kUnknown) {
      return complain(file, ignore,
                      "`" + file.facts.text(ignore.reason) +
                          "` silences nothing: write `ignore[rule-id] reason`, or `file-ignore[rule-id] reason`");
    }
    if (ignore.rules.empty()) {
      return complain(file, ignore, "the comment names no rule: write `ignore[rule-id] reason`, or delete it");
    }
    for (const uint32_t rule : ignore.rules) hear(Plea{file, ignore, file.facts.text(rule)});
  }

  std::vector<Finding> complaints() { return std::move(complaints_); }

 private:
  void hear(const Plea& plea) {
    const std::string quoted = "`" + plea.rule + "`";
    const bool foreign = plea.ignore.form == Form::kForeign;
    if (std::find(rules_.begin(), rules_.end(), plea.rule) == rules_.end()) {
      if (foreign) return;
      const std::string hint = did_you_mean(plea.rule, rules_);
      return complain(plea.file, plea.ignore,
                      "there is no rule " + quoted + (hint.empty() ? ": delete it from the comment" : hint));
    }
    if (!is_enabled(plea.rule) || speaks_of_comments(plea)) return;
    if (plea.reason().empty()) {
      return complain(plea.file, plea.ignore,
                      "the comment silences " + quoted + " only with a reason: write one behind the bracket");
    }
    if (!silence(plea) && !cuts_chain(plea)) {
      complain(plea.file, plea.ignore,
               "there is nothing of " + quoted + " to silence " +
                   (plea.ignore.form == Form::kFile ? "in this file" : "here") + ": delete " +
                   (plea.ignore.rules.size() > 1 || foreign ? "it from the comment" : "the comment"));
    }
  }

  bool silence(const Plea& plea) {
    bool any = false;
    const auto found = by_file_.find(plea.file.path);
    if (found == by_file_.end()) return false;
    const std::set<std::pair<uint32_t, uint32_t>> calls = calls_that_end_at(plea);
    for (const size_t n : found->second) {
      const Region& at = findings_[n].region;
      const bool call = findings_[n].rule == plea.rule && calls.count({at.line, at.column}) > 0;
      if (!call && !speaks_of(plea, findings_[n])) continue;
      any = true;
      if (!findings_[n].suppressed) findings_[n].suppressed = {region_of(plea.file, plea.ignore.at), plea.reason()};
    }
    return any;
  }

  // Where the calls begin that are closed on the line of the comment: formatters move a comment there.
  std::set<std::pair<uint32_t, uint32_t>> calls_that_end_at(const Plea& plea) const {
    std::set<std::pair<uint32_t, uint32_t>> begins;
    const facts::FileFacts& facts = plea.file.facts;
    if (plea.ignore.form != Form::kPlace && plea.ignore.form != Form::kForeign) return begins;
    for (size_t n = 0; n < facts.functions.size(); ++n) {
      const auto function = static_cast<link::FunctionId>(index(plea.file.first_function) + n);
      for (const link::Site& site : sites_of(program_, function)) {
        if (site.at.end == 0 || locate(facts, site.at.end - 1).line != plea.ignore.line) continue;
        const facts::LineColumn begin = locate(facts, site.at.begin);
        begins.emplace(begin.line, begin.column);
      }
    }
    return begins;
  }

  bool is_enabled(const std::string& rule) const {
    return std::binary_search(options_.enabled.begin(), options_.enabled.end(), rule);
  }

  // A word about complaints is heard when there are any.
  bool speaks_of_comments(const Plea& plea) const {
    return std::any_of(judges_.begin(), judges_.end(), [&](const rule::Rule* judge) { return judge->id == plea.rule; });
  }

  // A function that its callers' chains would pass through, were it not for the comment.
  bool cuts_chain(const Plea& plea) const {
    const auto cuts = [&](size_t n) {
      return cuts_chain(plea, Thing::of(static_cast<link::FunctionId>(index(plea.file.first_function) + n)));
    };
    if (plea.ignore.function != facts::FunctionId::kNone) return cuts(index(plea.ignore.function));
    for (size_t n = 0; plea.ignore.form == Form::kFile && n < plea.file.facts.functions.size(); ++n) {
      if (cuts(n)) return true;
    }
    return false;
  }

  bool cuts_chain(const Plea& plea, const Thing& function) const {
    for (const rule::Rule& rule : evaluator_.rules().rules) {
      if (rule.id != plea.rule) continue;
      for (const rule::Find& find : rule.find) {
        for (const rule::Predicate& predicate : find.pattern.predicates) {
          Match match;
          if (predicate.word == rule::Word::kReaches && evaluator_.holds(find.pattern, predicate, function, match)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  void complain(const link::File& file, const facts::Ignore& ignore, const std::string& message) {
    for (const rule::Rule* judge : judges_) {
      Finding finding;
      finding.rule = judge->id;
      finding.severity = judge->severity;
      finding.region = region_of(file, ignore.at);
      finding.message = message;
      finding.function = around(file, ignore);
      complaints_.push_back(std::move(finding));
    }
  }

  // The innermost function around the comment.
  std::string around(const link::File& file, const facts::Ignore& ignore) const {
    uint32_t innermost = 0;
    for (uint32_t n = 0; n < file.facts.functions.size(); ++n) {
      const facts::Span extent = file.facts.functions[n].extent;
      if (extent.begin <= ignore.at.begin && ignore.at.end <= extent.end) innermost = n;
    }
    const auto function = static_cast<link::FunctionId>(index(file.first_function) + innermost);
    return program_.text(program_[running_function(program_, function)].qualified);
  }

  const Evaluator& evaluator_;
  const link::Program& program_;
  const Options& options_;
  std::vector<Finding>& findings_;
  std::map<std::string, std::vector<size_t>> by_file_;
  std::vector<std::string> rules_;
  std::vector<const rule::Rule*> judges_;
  std::vector<Finding> complaints_;
};

}  // namespace

void apply_ignores(const Evaluator& evaluator, const Options& options, std::vector<Finding>& findings) {
  Court court(evaluator, options, findings);
  for (const link::File& file : evaluator.program().files) {
    for (const facts::Ignore& ignore : file.facts.ignores) court.hear(file, ignore);
  }
  for (Finding& complaint : court.complaints()) findings.push_back(std::move(complaint));
}

}  // namespace stallint::match
