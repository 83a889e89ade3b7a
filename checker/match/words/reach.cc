// `reaches`: sinks that a call leads to, through any number of functions.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/way.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using rule::Subject;

// The stretch of code whose sites may begin a way.
struct Beginning {
  link::FunctionId function = link::FunctionId::kNone;
  facts::BlockId block = facts::BlockId::kBody;
  link::SiteId only = link::SiteId::kNone;
};

Beginning beginning_of(const Query& query) {
  switch (query.thing.subject) {
    case Subject::kFunction:
      return {static_cast<link::FunctionId>(query.thing.id), facts::BlockId::kBody, link::SiteId::kNone};
    case Subject::kLoop:
      return {static_cast<link::FunctionId>(query.thing.id), query.thing.block, link::SiteId::kNone};
    case Subject::kCall: {
      const auto site = static_cast<link::SiteId>(query.thing.id);
      return {query.program[site].in, facts::BlockId::kBody, site};
    }
    default:
      return {};
  }
}

// Labels that a pattern of sinks asks for with `is`; all of them if it does not ask.
link::LabelSet leaves_of(const Query& query, const rule::Pattern& pattern) {
  link::LabelSet all;
  all.set();
  for (const rule::Predicate& predicate : pattern.predicates) {
    if (predicate.word == rule::Word::kIs && !predicate.negated) all &= query.evaluator.labels(predicate);
  }
  return all;
}

bool begins_here(const Query& query, const Beginning& from, const link::Reached& way) {
  if (from.only != link::SiteId::kNone) return way.site == from.only;
  if (query.thing.subject != Subject::kLoop) return true;
  const link::Site& site = query.program[way.site];
  return inside(query.program.body_of(from.function), site.block, from.block);
}

// For each site and leaf label the best way whose sink satisfies one of the patterns.
struct Found {
  link::Reached way;
  Confidence confidence;
};

void keep_best(std::vector<Found>& found, const Found& one) {
  for (Found& other : found) {
    if (other.way.site != one.way.site || other.way.leaf != one.way.leaf) continue;
    if (better_way(one.way, other.way)) other = one;
    return;
  }
  found.push_back(one);
}

}  // namespace

bool reaches(Query& query) {
  const Beginning from = beginning_of(query);
  if (from.function == link::FunctionId::kNone || index(from.function) >= query.program.reached.size()) return false;

  std::vector<link::LabelSet> leaves;
  for (const rule::Pattern& pattern : query.predicate.patterns) leaves.push_back(leaves_of(query, pattern));
  std::vector<Found> found;
  for (const link::Reached& way : query.program.reached[index(from.function)]) {
    if (!begins_here(query, from, way)) continue;
    for (size_t n = 0; n < leaves.size(); ++n) {
      if (!leaves[n].test(index(way.leaf))) continue;
      Thing sink = Thing::of(way_of(query.program, way).back().site);
      sink.leaf = way.leaf;
      sink.amortised = way.amortised;
      sink.certain = !way.uncertain;
      Match attempt = query.match;
      if (!query.evaluator.holds(query.predicate.patterns[n], sink, attempt)) continue;
      keep_best(found, {way, std::min(attempt.confidence, way.confidence)});
      break;
    }
  }
  if (found.empty()) return false;

  std::sort(found.begin(), found.end(), [](const Found& left, const Found& right) {
    return std::make_pair(left.way.site, left.way.leaf) < std::make_pair(right.way.site, right.way.leaf);
  });
  for (Found& one : found) {
    one.way.confidence = one.confidence;
    query.match.ways.push_back(one.way);
  }
  return true;
}

}  // namespace stallint::match::words
