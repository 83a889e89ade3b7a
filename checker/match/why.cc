// `stallint why FILE:LINE`: what each rule thought of what stands there.
//
//     server/api.py:12
//
//     call `load`, in `read`
//         runs: request
//         reaches: blocks.http by requests.get
//         async-blocking-call: found, critical, exact: `read` blocks the event loop: read -> load -> requests.get
//         http-client-per-request: denied by `result: local` at rules/http/http-client-per-request.yaml:19:5
//         denied by their `is`: async-dangling-task, http-missing-timeout
#include "checker/base/text.h"
#include "checker/match/accuse.h"
#include "checker/match/evaluator.h"
#include "checker/match/spell.h"
#include "checker/match/spot.h"
#include "checker/match/way.h"
#include "checker/rule/print.h"

#include <algorithm>

namespace stallint::match {
namespace {

using rule::Subject;

class Witness {
 public:
  Witness(const link::Program& program, const rule::Rules& rules, const link::File& file, uint32_t line)
      : program_(program),
        rules_(rules),
        evaluator_(program, prepare(rules, program.label_names)),
        file_(file),
        line_(line) {}

  std::string report() {
    collect();
    std::string text = file_.path + ":" + std::to_string(line_) + "\n";
    if (things_.empty()) return text + "\nNothing that a rule could speak of begins on this line.\n";
    for (const Thing& thing : things_) text += "\n" + report(thing);
    return text;
  }

 private:
  bool on_line(facts::Span span) const { return locate(file_.facts, span.begin).line == line_; }

  void collect() {
    for (uint32_t n = 0; n < file_.facts.functions.size(); ++n) {
      const auto function = static_cast<link::FunctionId>(index(file_.first_function) + n);
      const facts::FunctionKind kind = file_.facts.functions[n].kind;
      const bool named = kind == facts::FunctionKind::kFunction || kind == facts::FunctionKind::kLambda;
      if (named && on_line(file_.facts.functions[n].name_at)) add(Thing::of(function));
      collect_from(function);
    }
    for (uint32_t n = 0; n < file_.facts.classes.size(); ++n) {
      if (!on_line(file_.facts.classes[n].name_at)) continue;
      add(Thing::of(static_cast<link::ClassId>(index(file_.first_class) + n)));
    }
    collect_matched();
  }

  void collect_matched() {
    for (uint32_t n = 0; n < program_.matched.size(); ++n) {
      const Thing thing = Thing::of(Subject::kClang, n);
      const Spot spot = spot_of(program_, thing);
      if (&program_[program_[spot.function].file] == &file_ && on_line(spot.at)) add(thing);
    }
  }

  void collect_from(link::FunctionId function) {
    const auto sites = sites_of(program_, function);
    for (size_t n = 0; n < sites.size(); ++n) {
      if (on_line(sites[n].at)) add(Thing::of(site_at(program_, function, n)));
    }
    const auto writes = writes_of(program_, function);
    for (size_t n = 0; n < writes.size(); ++n) {
      if (!on_line(writes[n].at)) continue;
      add(Thing::of(write_at(program_, function, n)));
      if (writes[n].variable != link::VariableId::kNone) add(Thing::of(writes[n].variable));
    }
    const facts::Body& body = program_.body_of(function);
    for (uint32_t n = 1; n < body.blocks.size(); ++n) {
      for (const Subject subject : {Subject::kTest, Subject::kLoop, Subject::kRegion, Subject::kHandler}) {
        if (!block_is(body.blocks[n], subject)) continue;
        const facts::ExprId expr = body.blocks[n].subject;
        const facts::Span at = expr == facts::ExprId::kNone ? body.blocks[n].at : body.tree[expr].at;
        if (on_line(at)) add(Thing::of(subject, function, static_cast<facts::BlockId>(n)));
      }
    }
  }

  void add(const Thing& thing) {
    if (std::find(things_.begin(), things_.end(), thing) == things_.end()) things_.push_back(thing);
  }

  // --- One thing

  std::string name_of(const Thing& thing) const {
    switch (thing.subject) {
      case Subject::kFunction:
        return program_.text(program_[static_cast<link::FunctionId>(thing.id)].qualified);
      case Subject::kClass:
        return program_.text(program_[static_cast<link::ClassId>(thing.id)].qualified);
      case Subject::kVariable:
        return program_.text(program_[static_cast<link::VariableId>(thing.id)].name);
      case Subject::kCall:
        return spell_callee(program_, program_[static_cast<link::SiteId>(thing.id)]);
      case Subject::kWrite: {
        const link::Write& write = program_[static_cast<link::WriteId>(thing.id)];
        if (write.variable != link::VariableId::kNone) return program_.text(program_[write.variable].name);
        return write.target == facts::ExprId::kNone ? "" : spell(program_, write.in, write.target, Spelling::kBrief);
      }
      case Subject::kClang: {
        const link::Matched& matched = program_.matched[thing.id];
        for (const facts::Bound& bound : program_.found(matched).bound) {
          const facts::FileFacts& file = program_.facts_of(matched.in);
          if (file.text(bound.name) == "root") return file.text(bound.text);
        }
        return "";
      }
      default:
        break;
    }
    const auto function = static_cast<link::FunctionId>(thing.id);
    const facts::ExprId expr = block_at(program_, function, thing.block).subject;
    return expr == facts::ExprId::kNone ? "" : spell(program_, function, expr, Spelling::kBrief);
  }

  std::vector<std::string> labels_of(const Thing& thing) const {
    std::span<const link::Graded> labels;
    if (thing.subject == Subject::kFunction) labels = program_.function_labels[thing.id];
    if (thing.subject == Subject::kCall) labels = program_.labels(program_[static_cast<link::SiteId>(thing.id)]);
    if (thing.subject == Subject::kVariable)
      labels = program_.labels(program_[static_cast<link::VariableId>(thing.id)]);
    std::vector<std::string> names;
    for (const link::Graded& graded : labels) {
      if (graded.label == link::Label::kNone) continue;
      const std::string& name = program_.label_names[index(graded.label)];
      names.push_back(graded.confidence == Confidence::kLikely ? name + " (likely)" : name);
    }
    return names;
  }

  std::vector<std::string> contexts_of(link::FunctionId function) const {
    std::vector<std::string> names;
    const uint32_t bits = index(function) < program_.contexts.size() ? program_.contexts[index(function)] : 0;
    for (size_t n = 0; n < program_.context_names.size(); ++n) {
      if ((bits >> n & 1) != 0) names.push_back(program_.context_names[n]);
    }
    return names;
  }

  std::string report(const Thing& thing) const {
    std::string text = std::string(rule::spelling(thing.subject)) + " `" + name_of(thing) + "`";
    const link::FunctionId around = running_function(program_, spot_of(program_, thing).function);
    if (around != link::FunctionId::kNone) text += ", in `" + program_.text(program_[around].qualified) + "`";
    text += "\n";
    const std::vector<std::string> labels = labels_of(thing);
    if (!labels.empty()) text += "    labels: " + join(labels, ", ") + "\n";
    const std::vector<std::string> reached = reached_from(thing);
    if (!reached.empty()) text += "    reaches: " + join(reached, ", ") + "\n";
    const link::FunctionId running =
        thing.subject == Subject::kFunction ? static_cast<link::FunctionId>(thing.id) : around;
    if (running != link::FunctionId::kNone) {
      const std::vector<std::string> contexts = contexts_of(running);
      text += "    runs: " + (contexts.empty() ? "no caller is known" : join(contexts, ", ")) + "\n";
    }
    return text + verdicts(thing);
  }

  // Rules about such things; those that only miss their label in one line, since they never looked closer.
  std::string verdicts(const Thing& thing) const {
    std::string text;
    std::vector<std::string> not_theirs;
    for (const rule::Rule& rule : rules_.rules) {
      for (const rule::Find& find : rule.find) {
        if (std::find(find.languages.begin(), find.languages.end(), file_.facts.language) == find.languages.end()) {
          continue;
        }
        const std::optional<Thing> accused = accused_by(find, thing);
        if (!accused) continue;
        const std::string said = verdict(rule, find, *accused, thing);
        if (said.empty()) {
          if (not_theirs.empty() || not_theirs.back() != rule.id) not_theirs.push_back(rule.id);
          continue;
        }
        text += "    " + rule.id + ": " + said + "\n";
      }
    }
    if (!not_theirs.empty()) text += "    denied by their `is`: " + join(not_theirs, ", ") + "\n";
    return text.empty() ? "    no rule speaks of a " + std::string(rule::spelling(thing.subject)) + "\n" : text;
  }

  // The thing that a pattern judges when it judges this one: a call is judged with its function by `reaches`.
  std::optional<Thing> accused_by(const rule::Find& find, const Thing& thing) const {
    if (find.pattern.subject == Subject::kClang && !is_found_by(find, thing)) return std::nullopt;
    if (find.pattern.subject == thing.subject) return thing;
    if (find.pattern.subject != Subject::kFunction || thing.subject != Subject::kCall) return std::nullopt;
    const bool reaches = std::any_of(find.pattern.predicates.begin(), find.pattern.predicates.end(),
                                     [](const rule::Predicate& one) { return one.word == rule::Word::kReaches; });
    if (!reaches) return std::nullopt;
    return Thing::of(running_function(program_, spot_of(program_, thing).function));
  }

  // A matcher speaks of nothing but what it finds.
  bool is_found_by(const rule::Find& find, const Thing& thing) const {
    return std::any_of(find.pattern.predicates.begin(), find.pattern.predicates.end(), [&](const rule::Predicate& one) {
      Match match;
      return one.word == rule::Word::kMatcher && evaluator_.holds(find.pattern, one, thing, match);
    });
  }

  // Empty if the thing only lacks the label that the rule asks for.
  std::string verdict(const rule::Rule& rule, const rule::Find& find, const Thing& accused, const Thing& asked) const {
    Match match;
    const rule::Predicate* denied = evaluator_.first_denied(find.pattern, accused, match);
    if (denied != nullptr) {
      if (denied->word == rule::Word::kIs && !denied->negated) return "";
      return "denied by `" + rule::text_of(*denied) + "` at " + denied->place.text();
    }
    for (const rule::Pattern& pattern : rule.unless) {
      Match acquitted = match;
      if (pattern.subject == accused.subject && evaluator_.holds(pattern, accused, acquitted)) {
        return "acquitted by `unless` at " + pattern.place.text();
      }
    }
    std::vector<std::string> found;
    for (const Finding& finding : accuse(evaluator_, Hit{rule, find, accused, match})) {
      if (!(accused == asked) && !starts_at(finding, asked)) continue;
      std::string one = std::string("found, ") + stallint::name_of(finding.severity) + ", " +
                        stallint::name_of(finding.confidence) + ": " + finding.message;
      if (!finding.lowered_because.empty()) one += " (lowered: " + finding.lowered_because + ")";
      found.push_back(std::move(one));
    }
    return found.empty() ? "denied: nothing that it looks for is reached from here" : join(found, "\n        ");
  }

  bool starts_at(const Finding& finding, const Thing& call) const {
    return !finding.chain.empty() && finding.chain[0].region == region_of(file_, spot_of(program_, call).at);
  }

  // Labels of the sinks that a call leads to.
  std::vector<std::string> reached_from(const Thing& thing) const {
    std::vector<std::string> labels;
    if (thing.subject != Subject::kCall) return labels;
    const auto site = static_cast<link::SiteId>(thing.id);
    const size_t node = index(program_[site].in);
    if (node >= program_.reached.size()) return labels;
    for (const link::Reached& way : program_.reached[node]) {
      if (way.site != site) continue;
      const Hop sink = way_of(program_, way).back();
      labels.push_back(program_.label_names[index(way.leaf)] + " by " + spell_callee(program_, program_[sink.site]) +
                       (way.amortised ? " (amortised)" : ""));
    }
    return labels;
  }

  const link::Program& program_;
  const rule::Rules& rules_;
  Evaluator evaluator_;
  const link::File& file_;
  uint32_t line_;
  std::vector<Thing> things_;
};

bool same_path(const std::string& known, const std::string& asked) {
  if (known == asked) return true;
  const bool longer = asked.size() > known.size();
  const std::string& whole = longer ? asked : known;
  const std::string& part = longer ? known : asked;
  return !part.empty() && whole.size() > part.size() && whole[whole.size() - part.size() - 1] == '/' &&
         whole.compare(whole.size() - part.size(), part.size(), part) == 0;
}

}  // namespace

std::string why(const link::Program& program, const rule::Rules& rules, const std::string& path, uint32_t line) {
  const link::File* found = nullptr;
  for (const link::File& file : program.files) {
    if (same_path(file.path, path) && (found == nullptr || file.path == path)) found = &file;
  }
  if (found == nullptr) return path + " is not among the files that were read.\n";
  if (line == 0 || line > found->facts.line_starts.size()) {
    return found->path + " has " + counted(found->facts.line_starts.size(), "line") + ", no line " +
           std::to_string(line) + ".\n";
  }
  return Witness(program, rules, *found, line).report();
}

std::string Matcher::first_denied(const rule::Pattern& pattern, const Thing& thing) const {
  Match match;
  const rule::Predicate* denied = state_->evaluator.first_denied(pattern, thing, match);
  return denied == nullptr ? "" : rule::text_of(*denied);
}

}  // namespace stallint::match
