// `stallint why FILE:LINE`: what each rule thought of what stands there.
//
//     server/api.py:12
//
//     call `load`, in `read`
//         labels: blocks.http
//         async-blocking-call   speaks of functions
//         http-missing-timeout  denied by `timeout: none` (rules/http/http-missing-timeout.yaml:14)
#include "checker/base/text.h"
#include "checker/match/accuse.h"
#include "checker/match/evaluator.h"
#include "checker/match/print.h"
#include "checker/match/spell.h"
#include "checker/match/spot.h"

#include <algorithm>
#include <map>

namespace stallint::match {
namespace {

using rule::Subject;

class Witness {
 public:
  Witness(const link::Program& program, const rule::Rules& rules, const link::File& file, uint32_t line)
      : program_(program), rules_(rules), evaluator_(program, rules), file_(file), line_(line) {}

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
    const link::FunctionId running =
        thing.subject == Subject::kFunction ? static_cast<link::FunctionId>(thing.id) : around;
    if (running != link::FunctionId::kNone) {
      const std::vector<std::string> contexts = contexts_of(running);
      text += "    runs: " + (contexts.empty() ? "no caller is known" : join(contexts, ", ")) + "\n";
    }
    return text + verdicts(thing);
  }

  std::string verdicts(const Thing& thing) const {
    std::string text;
    for (const rule::Rule& rule : rules_.rules) {
      for (const rule::Find& find : rule.find) {
        if (find.pattern.subject != thing.subject) continue;
        const std::string verdict = this->verdict(rule, find, thing);
        text += "    " + rule.id + ": " + verdict + "\n";
      }
    }
    return text.empty() ? "    no rule speaks of a " + std::string(rule::spelling(thing.subject)) + "\n" : text;
  }

  std::string verdict(const rule::Rule& rule, const rule::Find& find, const Thing& thing) const {
    Match match;
    const rule::Predicate* denied = evaluator_.first_denied(find.pattern, thing, match);
    if (denied != nullptr) return "denied by `" + print(*denied) + "` at " + denied->place.text();
    for (const rule::Pattern& pattern : rule.unless) {
      Match acquitted = match;
      if (pattern.subject == thing.subject && evaluator_.holds(pattern, thing, acquitted)) {
        return "acquitted by `unless` at " + pattern.place.text();
      }
    }
    std::vector<std::string> found;
    for (const Finding& finding : accuse(evaluator_, Hit{rule, find, thing, match})) {
      std::string one = std::string("found, ") + stallint::name_of(finding.severity) + ", " +
                        stallint::name_of(finding.confidence) + ": " + finding.message;
      if (!finding.lowered_because.empty()) one += " (lowered: " + finding.lowered_because + ")";
      found.push_back(std::move(one));
    }
    return join(found, "\n        ");
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
  return denied == nullptr ? "" : print(*denied);
}

}  // namespace stallint::match
