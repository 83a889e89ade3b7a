// Facets: a value that a call has, wherever it comes from. `timeout: none` asks for calls that may wait for ever.
#include "checker/base/glob.h"
#include "checker/match/evaluator.h"
#include "checker/match/values.h"

#include <algorithm>
#include <cstdlib>

namespace stallint::match::words {
namespace {

// Unknown: no line of the models knows it. Unsure: `**options` may hold it, and neither `none` nor `some` can be said.
struct FacetValue {
  enum class Kind : uint8_t { kUnknown, kUnsure, kNone, kSome, kNumber, kName } kind = Kind::kUnknown;
  double number = 0;
  std::string name;
};

using Kind = FacetValue::Kind;

// The limit is none where each part of it is: `None`, `httpx.Timeout(None)`, `ClientTimeout(total=None)`.
bool says_none(const link::Program& program, Value value, int depth) {
  if (depth == kDeepest) return false;
  const Value inner = plain(program, value);
  const facts::Expr& expr = expr_of(program, inner);
  if (is_literal(expr, facts::Literal::kNone)) return true;
  if (expr.kind == facts::ExprKind::kKeyword) return says_none(program, child_of(program, inner, 0), depth + 1);
  if (expr.kind != facts::ExprKind::kCall || expr.child_count < 2) return false;
  for (uint32_t n = 1; n < expr.child_count; ++n) {
    if (!says_none(program, child_of(program, inner, n), depth + 1)) return false;
  }
  return true;
}

FacetValue from_expression(const link::Program& program, Value value) {
  if (says_none(program, value, 0)) return {Kind::kNone, 0, ""};
  const std::optional<double> number = number_in(program, plain(program, value));
  if (number) return {Kind::kNumber, *number, ""};
  return {Kind::kSome, 0, ""};
}

FacetValue from_text(const std::string& text) {
  if (text == "none") return {Kind::kNone, 0, ""};
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (!text.empty() && *end == '\0') return {Kind::kNumber, number, ""};
  return {Kind::kName, 0, text};
}

FacetValue from_argument(const link::Program& program, const link::Site& site, const std::string& name) {
  const Argument argument = given_to(program, site, name);
  switch (argument.state) {
    case Argument::State::kMissing:
      return {};
    case Argument::State::kUnsure:
      return {Kind::kUnsure, 0, ""};
    case Argument::State::kGiven:
      break;
  }
  return argument.spread ? FacetValue{Kind::kUnsure, 0, ""} : from_expression(program, argument.value);
}

std::optional<Confidence> applies(const link::Program& program, const link::Site& site, const FacetLine& line) {
  if (line.source->language != program.facts_of(site.in).language) return std::nullopt;
  const std::optional<Confidence> grade = grade_in(program.labels(site), line.of);
  if (grade || site.name == link::NameId::kEmpty) return grade;
  const bool named = name_matches(line.source->of, program.text(site.name));
  return named ? std::optional<Confidence>(Confidence::kExact) : std::nullopt;
}

// The first line of the models that knows the value decides. Lines apply, but none knows it: there is none.
FacetValue value_of(const Evaluator& evaluator, const std::string& facet, const link::Site& site, Match& match) {
  const link::Program& program = evaluator.program();
  FacetValue value;
  for (const FacetLine* line : evaluator.facet_lines(facet, site)) {
    const std::optional<Confidence> grade = applies(program, site, *line);
    if (!grade) continue;
    weaken(match, *grade);
    if (value.kind == Kind::kUnknown) value.kind = Kind::kNone;

    FacetValue known;
    const rule::FacetSource& source = *line->source;
    if (!source.arg.empty()) {
      known = from_argument(program, site, source.arg);
    } else if (!source.made_with.empty()) {
      // A client that came from elsewhere may have been made with anything.
      if (site.made_by == link::SiteId::kNone) {
        weaken(match, Confidence::kLikely);
        continue;
      }
      known = from_argument(program, program[site.made_by], source.made_with);
    } else if (source.value) {
      known = from_text(*source.value);
    }
    if (known.kind != Kind::kUnknown) return known;
  }
  return value;
}

}  // namespace

bool facet(Query& query) {
  if (query.thing.subject != rule::Subject::kCall) return false;
  const FacetValue value = value_of(query.evaluator, query.predicate.facet,
                                    query.program[static_cast<link::SiteId>(query.thing.id)], query.match);
  if (value.kind == Kind::kUnknown || value.kind == Kind::kUnsure) return false;

  const rule::Predicate& wanted = query.predicate;
  if (!wanted.names.empty()) return value.kind == Kind::kName && query.evaluator.is_used(value.name);
  if (wanted.number) {
    if (value.kind != Kind::kNumber) return false;
    return wanted.at_least ? value.number >= *wanted.number : value.number == *wanted.number;
  }
  return (value.kind == Kind::kNone) == (wanted.quantity == rule::Quantity::kNone);
}

}  // namespace stallint::match::words

namespace stallint::match {

std::optional<std::string> Evaluator::facet_name(const std::string& facet, link::SiteId site) const {
  Match forgotten;
  const words::FacetValue value = words::value_of(*this, facet, program_[site], forgotten);
  return value.name.empty() ? std::nullopt : std::optional<std::string>(value.name);
}

}  // namespace stallint::match
