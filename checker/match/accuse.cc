#include "checker/match/accuse.h"

#include "checker/match/message.h"
#include "checker/match/spell.h"
#include "checker/match/spot.h"
#include "checker/match/tested.h"
#include "checker/match/values.h"
#include "checker/match/way.h"

#include <algorithm>

namespace stallint::match {
namespace {

using rule::Subject;

constexpr char kAmortised[] = "it waits only the first time: the chain passes through a cache";

// One place of a hit that becomes one finding.
struct Place {
  Thing thing;                         // where it stands
  const link::Reached* way = nullptr;  // the chain that starts there
};

class Accuser {
 public:
  Accuser(const Evaluator& evaluator, const Hit& hit)
      : evaluator_(evaluator), program_(evaluator.program()), hit_(hit) {}

  Finding finding(const Place& place) const {
    Finding finding;
    finding.rule = hit_.rule.id;
    finding.severity = hit_.rule.severity;
    finding.confidence = hit_.match.confidence;
    finding.region = region(place.thing);
    const link::FunctionId function = function_of(place.thing);
    if (function != link::FunctionId::kNone) finding.function = program_.text(program_[function].qualified);
    const std::vector<Hop> hops = place.way != nullptr ? way_of(program_, *place.way) : std::vector<Hop>();
    if (place.way != nullptr) add_chain(*place.way, hops, finding);
    add_subject(place, hops, finding);
    finding.message = message(place, hops);
    finding.fix = fix(place, hops);
    add_related(place, hops, finding);
    lower(place, finding);
    return finding;
  }

 private:
  // --- Where

  // The function that is accused: the subject itself, or the one around the place.
  link::FunctionId function_of(const Thing& thing) const {
    if (thing.subject == Subject::kFunction) return static_cast<link::FunctionId>(thing.id);
    return running_function(program_, spot_of(program_, thing).function);
  }

  Region region(const Thing& thing) const {
    if (thing.subject == Subject::kVariable) return made_at(static_cast<link::VariableId>(thing.id));
    const Spot spot = spot_of(program_, thing);
    link::FunctionId function = spot.function;
    if (thing.subject == Subject::kFunction) function = static_cast<link::FunctionId>(thing.id);
    facts::Span span = spot.at;
    if (thing.subject == Subject::kTest) {
      const facts::Block& arm = block_at(program_, function, thing.block);
      if (arm.subject != facts::ExprId::kNone) span = program_.body_of(function).tree[arm.subject].at;
    }
    return region_of(program_[program_[function].file], span);
  }

  // Where the variable gets its first value; for a parameter, the function.
  Region made_at(link::VariableId id) const {
    const link::Variable& variable = program_[id];
    const auto writes = program_.writes_of(variable);
    const auto initial =
        std::find_if(writes.begin(), writes.end(), [&](link::WriteId write) { return program_[write].initial; });
    if (initial != writes.end()) return region(Thing::of(*initial));
    if (!writes.empty()) return region(Thing::of(writes[0]));
    if (variable.function != link::FunctionId::kNone) return region(Thing::of(variable.function));
    return region(Thing::of(variable.owner));
  }

  // --- What

  std::string short_name(link::FunctionId function) const {
    return function == link::FunctionId::kNone ? "" : program_.text(program_[function].name);
  }

  link::VariableId variable() const {
    const Thing& subject = hit_.subject;
    switch (subject.subject) {
      case Subject::kVariable:
        return static_cast<link::VariableId>(subject.id);
      case Subject::kWrite:
        return program_[static_cast<link::WriteId>(subject.id)].variable;
      case Subject::kCall: {
        const link::Site& site = program_[static_cast<link::SiteId>(subject.id)];
        return site.into != link::VariableId::kNone ? site.into : site.of;
      }
      default:
        return link::VariableId::kNone;
    }
  }

  std::optional<std::string> variable_name() const {
    if (variable() != link::VariableId::kNone) return program_.text(program_[variable()].name);
    if (hit_.subject.subject == Subject::kCall) {
      const std::optional<Named> what = acted_upon(program_, program_[static_cast<link::SiteId>(hit_.subject.id)]);
      return what ? std::optional<std::string>(what->shown) : std::nullopt;
    }
    if (hit_.subject.subject != Subject::kTest) return context();
    const std::vector<Tested> tested = tested_by(program_, hit_.subject);
    if (tested.empty()) return context();
    return spell(program_, static_cast<link::FunctionId>(hit_.subject.id), tested[0].expr, Spelling::kBrief);
  }

  std::optional<std::string> value(const std::string& name, const Place& place, const std::vector<Hop>& hops) const {
    if (name == "function") return short_name(function_of(place.thing));
    if (name == "chain" && !hops.empty()) return chain(hops);
    if (name == "sink" && !hops.empty()) return sink(hops);
    if (name == "call") return call(place);
    if (name == "variable") return variable_name();
    const Match::Bound* bound = hit_.match.bound(name[0] == '$' ? name.substr(1) : name);
    return bound == nullptr ? std::nullopt : std::optional<std::string>(bound->shown);
  }

  std::optional<std::string> call(const Place& place) const {
    if (hit_.match.call != link::SiteId::kNone && hit_.subject.subject != Subject::kCall) {
      return spell_callee(program_, program_[hit_.match.call]);
    }
    for (const Thing& thing : {hit_.subject, place.thing}) {
      if (thing.subject == Subject::kCall) return spell_callee(program_, program_[static_cast<link::SiteId>(thing.id)]);
    }
    if (hit_.subject.subject == Subject::kWrite) return call_written();
    return context();
  }

  // `fresh = await connect()`: connect.
  std::optional<std::string> call_written() const {
    const link::Write& write = program_[static_cast<link::WriteId>(hit_.subject.id)];
    if (write.value == facts::ExprId::kNone) return std::nullopt;
    const link::SiteId site = program_.site_of(write.in, plain(program_, {write.in, write.value}).expr);
    if (site == link::SiteId::kNone) return std::nullopt;
    return spell_callee(program_, program_[site]);
  }

  // What a region enters, a loop iterates, a test asks.
  std::optional<std::string> context() const {
    const Subject subject = hit_.subject.subject;
    if (subject != Subject::kRegion && subject != Subject::kLoop && subject != Subject::kTest) return std::nullopt;
    const auto function = static_cast<link::FunctionId>(hit_.subject.id);
    const facts::ExprId expr = block_at(program_, function, hit_.subject.block).subject;
    if (expr == facts::ExprId::kNone) return std::nullopt;
    return spell(program_, function, expr, Spelling::kBrief);
  }

  std::string message(const Place& place, const std::vector<Hop>& hops) const {
    const std::string& text = hit_.find.message.empty() ? hit_.rule.message : hit_.find.message;
    return fill(text, [&](const std::string& name) { return value(name, place, hops); });
  }

  // The first advice that holds here and whose placeholders all have a value; empty if the rule's own words must do.
  std::string fix(const Place& place, const std::vector<Hop>& hops) const {
    for (const rule::Advice& advice : hit_.rule.advice) {
      if (!holds_here(advice, place, hops)) continue;
      bool known = true;
      std::string said = fill(advice.say, [&](const std::string& name) {
        std::optional<std::string> found = value(name, place, hops);
        if (!found) found = facet(name, place, hops);
        known = known && found;
        return found;
      });
      if (known) return said;
    }
    return "";
  }

  bool holds_here(const rule::Advice& advice, const Place& place, const std::vector<Hop>& hops) const {
    Match match = hit_.match;
    if (advice.pattern.subject != hit_.subject.subject) return false;
    const facts::Language language = language_of(program_, hit_.subject);
    if (std::find(advice.languages.begin(), advice.languages.end(), language) == advice.languages.end()) return false;
    if (!evaluator_.holds(advice.pattern, hit_.subject, match)) return false;
    if (!advice.sink) return true;
    if (hops.empty()) return false;
    Thing sink = Thing::of(hops.back().site);
    sink.leaf = place.way->leaf;
    return evaluator_.holds(*advice.sink, sink, match);
  }

  // Of the call at the end of the chain, else of the call found.
  std::optional<std::string> facet(const std::string& name, const Place& place, const std::vector<Hop>& hops) const {
    if (!hops.empty()) return evaluator_.facet_name(name, hops.back().site);
    if (place.thing.subject != Subject::kCall) return std::nullopt;
    return evaluator_.facet_name(name, static_cast<link::SiteId>(place.thing.id));
  }

  // "read -> load -> requests.get"
  std::string chain(const std::vector<Hop>& hops) const {
    std::string text;
    for (const Hop& hop : hops) text += short_name(running_function(program_, hop.function)) + " -> ";
    const link::Site& last = program_[hops.back().site];
    const std::string driven = spell_driven(program_, last);
    return text + spell_callee(program_, last) + (driven.empty() ? "" : " -> " + driven);
  }

  std::string sink(const std::vector<Hop>& hops) const {
    const link::Site& last = program_[hops.back().site];
    const std::string driven = spell_driven(program_, last);
    return driven.empty() ? spell_callee(program_, last) : driven;
  }

  // --- How

  void add_chain(const link::Reached& way, const std::vector<Hop>& hops, Finding& finding) const {
    finding.confidence = std::min(finding.confidence, way.confidence);
    finding.leaf_label = program_.label_names[index(way.leaf)];
    for (const Hop& hop : hops) finding.chain.push_back(step(hop));
    const Step& last = finding.chain.back();
    finding.sink = last.region.file + ":" + std::to_string(last.region.line) + ":" +
                   std::to_string(last.region.column) + " " + last.callee;
    finding.first_callee = finding.sink;
    // In C++ many callbacks lead through many helpers to few leaves, and it is the leaf that has to be mended.
    if (program_.language_of(hops.front().function) == facts::Language::kCpp) return;
    for (size_t n = 1; n < hops.size(); ++n) {
      const link::Function& function = program_[hops[n].function];
      if (function.async) continue;
      finding.first_callee = program_[function.file].path + ":" + program_.text(function.qualified);
      break;
    }
  }

  Step step(const Hop& hop) const {
    const link::Site& site = program_[hop.site];
    Step step;
    step.region = region_of(program_[program_[hop.function].file], site.at);
    step.function = program_.text(program_[running_function(program_, hop.function)].qualified);
    step.callee = spell_callee(program_, site);
    step.text =
        "`" + short_name(running_function(program_, hop.function)) + "` " + verb(site) + " `" + step.callee + "`";
    const std::string driven = spell_driven(program_, site);
    if (!driven.empty()) step.text += ", which runs `" + driven + "`";
    return step;
  }

  static const char* verb(const link::Site& site) {
    switch (site.kind) {
      case link::SiteKind::kAwait:
        return "awaits";
      case link::SiteKind::kDecorator:
        return "is decorated with";
      case link::SiteKind::kEnter:
        return "enters";
      case link::SiteKind::kIterate:
        return "iterates over";
      case link::SiteKind::kProperty:
        return "reads";
      case link::SiteKind::kUnwind:
        return "destroys";
      default:
        return site.awaited ? "awaits" : "calls";
    }
  }

  // For the fingerprint: no library's name, so a mended spelling keeps it.
  void add_subject(const Place& place, const std::vector<Hop>& hops, Finding& finding) const {
    if (hops.size() > 1) {
      finding.subject = program_.text(program_[hops[1].function].qualified);
      return;
    }
    const link::VariableId id = variable();
    if (id != link::VariableId::kNone) {
      const link::Variable& known = program_[id];
      const std::string owner =
          known.owner == link::ClassId::kNone ? "" : program_.text(program_[known.owner].qualified) + ".";
      finding.subject = owner + program_.text(known.name);
      return;
    }
    if (place.thing.subject != Subject::kCall) return;
    const auto edges = program_.edges_of(program_[static_cast<link::SiteId>(place.thing.id)]);
    if (!edges.empty()) finding.subject = program_.text(program_[edges[0].callee].qualified);
  }

  void add_related(const Place& place, const std::vector<Hop>& hops, Finding& finding) const {
    if (hops.size() > 1) {
      finding.related.push_back({finding.chain.back().region, "`" + finding.chain.back().callee + "` is called here"});
    }
    const link::VariableId id = variable();
    const bool about_variable = hit_.subject.subject == Subject::kVariable || hit_.subject.subject == Subject::kWrite;
    if (id == link::VariableId::kNone || !about_variable || place.thing.subject == Subject::kVariable) return;
    const Region made = made_at(id);
    if (made == finding.region) return;
    finding.related.push_back({made, "`" + program_.text(program_[id].name) + "` is made here"});
  }

  // --- How bad

  void lower(const Place& place, Finding& finding) const {
    const std::optional<std::string> because = reason(place);
    if (!because) return;
    finding.lowered_because = *because;
    if (finding.severity != Severity::kLow) {
      finding.severity = static_cast<Severity>(static_cast<uint8_t>(finding.severity) - 1);
    }
  }

  std::optional<std::string> reason(const Place& place) const {
    const rule::Rule& rule = hit_.rule;
    for (size_t n = 0; n < rule.lower.size(); ++n) {
      Match match = hit_.match;
      if (!evaluator_.holds(rule.lower[n], hit_.subject, match)) continue;
      const bool said = n < rule.lower_because.size() && !rule.lower_because[n].empty();
      return said ? rule.lower_because[n] : "the rule counts it as less grave here";
    }
    if (place.way != nullptr && place.way->amortised) return kAmortised;
    const rule::Flow& flow = evaluator_.rules().flow;
    for (size_t n = 0; n < flow.lower.size(); ++n) {
      Match match;
      if (!evaluator_.holds(flow.lower[n], inner(place.thing), match) || denied(flow.lower[n], place.thing)) continue;
      return n < flow.lower_because.size() ? flow.lower_because[n] : "flow.yaml counts such places as less grave";
    }
    return std::nullopt;
  }

  // What `not` takes away is asked of the thing itself, even where the rest is about what runs inside it.
  bool denied(const rule::Pattern& pattern, const Thing& thing) const {
    if (thing.subject != Subject::kFunction) return false;
    for (const rule::Predicate& predicate : pattern.predicates) {
      if (predicate.word != rule::Word::kNot) continue;
      for (const rule::Pattern& exception : predicate.patterns) {
        Match match;
        if (evaluator_.holds(exception, thing, match)) return true;
      }
    }
    return false;
  }

  // A finding at the name of a function is about what runs inside it.
  static Thing inner(const Thing& thing) {
    if (thing.subject != Subject::kFunction) return thing;
    return Thing::of(Subject::kRegion, static_cast<link::FunctionId>(thing.id), facts::BlockId::kBody);
  }

  const Evaluator& evaluator_;
  const link::Program& program_;
  const Hit& hit_;
};

std::vector<Place> places_of(const link::Program& program, const Hit& hit) {
  std::vector<Place> places;
  const std::vector<link::Reached>& ways = hit.match.ways;
  if (hit.rule.at_subject) {
    const auto best = std::min_element(ways.begin(), ways.end(), better_way);
    places.push_back({hit.subject, best == ways.end() ? nullptr : &*best});
    return places;
  }
  for (const link::Reached& way : ways) {
    const link::Reached& own = own_way(program, way);
    places.push_back({Thing::of(own.site), &own});
  }
  if (!places.empty()) return places;
  if (!hit.match.places.empty()) return {{hit.match.places[0], nullptr}};
  return {{hit.subject, nullptr}};
}

}  // namespace

Region region_of(const link::File& file, facts::Span span) {
  const facts::LineColumn begin = locate(file.facts, span.begin);
  facts::LineColumn end = locate(file.facts, span.end);
  if (end.line != begin.line) {
    const std::vector<uint32_t>& starts = file.facts.line_starts;
    const uint32_t next = begin.line < starts.size() ? starts[begin.line] : span.end + 1;
    end = {begin.line, next - starts[begin.line - 1]};
  }
  return {file.path, begin.line, begin.column, end.line, std::max(end.column, begin.column + 1)};
}

std::vector<Finding> accuse(const Evaluator& evaluator, const Hit& hit) {
  for (const rule::Pattern& pattern : hit.rule.unless) {
    Match match = hit.match;
    if (pattern.subject == hit.subject.subject && evaluator.holds(pattern, hit.subject, match)) return {};
  }
  const Accuser accuser(evaluator, hit);
  std::vector<Finding> findings;
  for (const Place& place : places_of(evaluator.program(), hit)) findings.push_back(accuser.finding(place));
  return findings;
}

}  // namespace stallint::match
