// Effects: for every node and label the best way to a sink.

#include "checker/base/parallel.h"
#include "checker/flow/flags.h"
#include "checker/flow/steps.h"
#include "checker/match/match.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <queue>

namespace stallint::flow {
namespace {

using link::FunctionId;
using link::Label;
using link::LabelSet;
using link::NodeId;
using link::Program;
using link::Reached;
using link::Site;
using link::SiteId;

constexpr uint32_t kAmortised = 1u << 31;
constexpr uint32_t kLikely = 1u << 30;
constexpr uint32_t kUncertain = 1u << 29;
constexpr uint32_t kLengthMask = kUncertain - 1;
constexpr uint32_t kUnreached = UINT32_MAX;

uint32_t joined(uint32_t a, uint32_t b) {
  return ((a | b) & ~kLengthMask) | std::min((a & kLengthMask) + (b & kLengthMask), kLengthMask);
}

// A call of one node that another node answers.
struct Arrow {
  NodeId from = NodeId::kNone;
  NodeId to = NodeId::kNone;
  SiteId site = SiteId::kNone;
  uint32_t cost = 0;     // 1 and the mark of the edge; whether the site is amortised is asked when it matters
  bool aside = false;    // stands in a branch or a handler
  uint32_t effects = 0;  // which effects may travel along it; bit n is flow.effects[n]
  bool alternative = false;
};

struct Graph {
  std::vector<Arrow> arrows;                    // by `from`, in order of sites
  std::vector<uint32_t> first;                  // per node: its first arrow; one more at the end
  std::vector<std::vector<uint32_t>> incoming;  // per node: arrows to it
  std::vector<std::vector<SiteId>> sites;       // per node: its live sites
  std::vector<std::vector<bool>> aside;         // per node, of these: it stands in a branch or a handler
  std::vector<LabelSet> cut;                    // per function: labels that an `ignore` keeps from its callers
};

class Closure {
 public:
  Closure(Program& program, const rule::Rules& rules, const match::Matcher& matcher)
      : program_(program), rules_(rules), matcher_(matcher), amortised_(program.sites.size()) {}

  void run(unsigned jobs) {
    for (const rule::Effect& effect : rules_.flow.effects) program_.travelling |= program_.covered(effect.name);
    find_cuts();
    build_graph();
    std::vector<std::pair<Label, uint32_t>> leaves;  // label, number of its effect
    for (uint32_t e = 0; e < rules_.flow.effects.size(); ++e) {
      const LabelSet covered = program_.covered(rules_.flow.effects[e].name);
      for (size_t label = 0; label < program_.label_names.size(); ++label) {
        if (covered.test(label)) leaves.emplace_back(static_cast<Label>(label), e);
      }
    }
    find_sinks();
    std::vector<std::vector<std::pair<NodeId, Reached>>> found(leaves.size());
    parallel_for(jobs, leaves.size(), {},
                 [&](size_t i, unsigned) { found[i] = spread(leaves[i].first, leaves[i].second); });
    program_.reached.assign(program_.nodes.size(), {});
    for (const auto& entries : found) {
      for (const auto& [node, reached] : entries) program_.reached[index(node)].push_back(reached);
    }
    for (std::vector<Reached>& reached : program_.reached) {
      std::stable_sort(reached.begin(), reached.end(), [](const Reached& a, const Reached& b) {
        if (a.leaf != b.leaf) return a.leaf < b.leaf;
        if (a.amortised != b.amortised) return b.amortised;
        if (a.confidence != b.confidence) return a.confidence > b.confidence;
        const bool a_sure = !a.uncertain && !a.aside, b_sure = !b.uncertain && !b.aside;
        if (a_sure != b_sure) return a_sure;
        if (a.length != b.length) return a.length < b.length;
        return a.site < b.site;
      });
    }
  }

 private:
  // The labels that rules reach for, so that `ignore[rule]` on a function knows what to cut.
  void collect_reached_labels(const std::vector<rule::Pattern>& patterns, LabelSet& labels) const {
    for (const rule::Pattern& pattern : patterns) {
      for (const rule::Predicate& predicate : pattern.predicates) {
        if (predicate.word == rule::Word::kReaches) {
          for (const rule::Pattern& sink : predicate.patterns) {
            LabelSet wanted, unwanted;
            for (const rule::Predicate& said : sink.predicates) {
              if (said.word == rule::Word::kIs && !said.negated) {
                for (const std::string& name : said.names) wanted |= program_.covered(name);
              }
              if (said.word != rule::Word::kNot) continue;
              for (const rule::Pattern& denied : said.patterns) {
                for (const rule::Predicate& inner : denied.predicates) {
                  if (inner.word != rule::Word::kIs) continue;
                  for (const std::string& name : inner.names) unwanted |= program_.covered(name);
                }
              }
            }
            labels |= wanted & ~unwanted;
          }
        }
        collect_reached_labels(predicate.patterns, labels);
      }
    }
  }

  void find_cuts() {
    graph_.cut.resize(program_.functions.size());
    std::map<std::string, LabelSet> by_rule;
    for (const rule::Rule& rule : rules_.rules) {
      LabelSet labels;
      for (const rule::Find& find : rule.find) collect_reached_labels({find.pattern}, labels);
      if (labels.any()) by_rule[rule.id] = labels;
    }
    for (const link::File& file : program_.files) {
      for (const facts::Ignore& ignore : file.facts.ignores) {
        const bool whole_file = ignore.form == facts::Ignore::Form::kFile;
        if (!whole_file && ignore.function == facts::FunctionId::kNone) continue;
        if (file.facts.text(ignore.reason).empty()) continue;
        for (uint32_t rule : ignore.rules) {
          const auto it = by_rule.find(file.facts.text(rule));
          if (it == by_rule.end()) continue;
          const auto cut = [&](size_t function) { graph_.cut[index(file.first_function) + function] |= it->second; };
          if (!whole_file) cut(index(ignore.function));
          for (size_t n = 0; whole_file && n < file.facts.functions.size(); ++n) cut(n);
        }
      }
    }
  }

  // Whether what the call does is done once, or once per key. Asked only of calls that lead to a sink; the answer is
  // the same whoever asks first.
  bool is_amortised(SiteId id) const {
    enum : uint8_t { kUnknown, kNo, kYes };
    std::atomic<uint8_t>& known = amortised_[index(id)];
    uint8_t answer = known.load(std::memory_order_relaxed);
    if (answer == kUnknown) {
      const auto holds = [&](const rule::Pattern& pattern) { return matcher_.holds(pattern, match::Thing::of(id)); };
      const std::vector<rule::Pattern>& patterns = rules_.flow.amortised;
      answer = std::any_of(patterns.begin(), patterns.end(), holds) ? kYes : kNo;
      known.store(answer, std::memory_order_relaxed);
    }
    return answer == kYes;
  }

  void build_graph() {
    const Flags flags(program_);
    std::vector<LabelSet> stops;
    for (const rule::Effect& effect : rules_.flow.effects) {
      LabelSet labels;
      for (const std::string& name : effect.stops_at) labels |= program_.covered(name);
      stops.push_back(labels);
    }
    const auto allowed = [&](const Site& site, FunctionId callee) {
      uint32_t bits = 0;
      for (size_t e = 0; e < stops.size(); ++e) {
        bool stopped = false;
        for (const link::Graded& graded : program_.labels(site)) {
          stopped |= graded.label != Label::kNone && stops[e].test(index(graded.label));
        }
        for (const link::Graded& graded : program_.function_labels[index(callee)]) {
          stopped |= graded.label != Label::kNone && stops[e].test(index(graded.label));
        }
        if (!stopped) bits |= 1u << e;
      }
      return bits;
    };

    program_.nodes.clear();
    for (size_t f = 0; f < program_.functions.size(); ++f) {
      program_.nodes.push_back({static_cast<FunctionId>(f), {}});
    }
    std::map<std::pair<FunctionId, std::vector<std::pair<uint32_t, bool>>>, NodeId> specialised;
    std::vector<uint8_t> copies(program_.functions.size());
    constexpr uint8_t kMaxCopies = 12;  // of one function; beyond, calls go to the one without known flags

    for (uint32_t n = 0; n < program_.nodes.size(); ++n) {
      const link::Node node = program_.nodes[n];
      graph_.first.push_back(static_cast<uint32_t>(graph_.arrows.size()));
      graph_.sites.emplace_back();
      graph_.aside.emplace_back();
      const link::Range range = program_[node.function].sites;
      for (uint32_t s = range.first; s < range.first + range.count; ++s) {
        const Site& site = program_.sites[s];
        if (!node.flags.empty() && !flags.live(node, site.block)) continue;
        if (site.labels.count == 0 && site.edges.count == 0) continue;
        const bool aside = !flags.sure(node, site);
        graph_.sites.back().push_back(static_cast<SiteId>(s));
        graph_.aside.back().push_back(aside);
        for (const link::Edge& edge : program_.edges_of(site)) {
          NodeId to = static_cast<NodeId>(index(edge.callee));
          auto known = flags.known_at(node, site, edge.callee);
          if (!known.empty()) {
            const auto key = std::pair(edge.callee, known);
            auto it = specialised.find(key);
            if (it == specialised.end() && copies[index(edge.callee)] < kMaxCopies) {
              ++copies[index(edge.callee)];
              it = specialised.emplace(key, static_cast<NodeId>(program_.nodes.size())).first;
              program_.nodes.push_back({edge.callee, std::move(known)});
            }
            if (it != specialised.end()) to = it->second;
          }
          Arrow arrow;
          arrow.from = static_cast<NodeId>(n);
          arrow.to = to;
          arrow.site = static_cast<SiteId>(s);
          arrow.cost = 1 | (edge.confidence == Confidence::kLikely ? kLikely : 0);
          arrow.aside = aside;
          arrow.effects = allowed(site, edge.callee);
          arrow.alternative = edge.alternative;
          graph_.arrows.push_back(arrow);
        }
      }
    }
    graph_.first.push_back(static_cast<uint32_t>(graph_.arrows.size()));
    graph_.incoming.resize(program_.nodes.size());
    for (uint32_t a = 0; a < graph_.arrows.size(); ++a) {
      graph_.incoming[index(graph_.arrows[a].to)].push_back(a);
    }
  }

  // By label, the live sites that have it.
  void find_sinks() {
    sinks_.resize(program_.label_names.size());
    for (uint32_t n = 0; n < program_.nodes.size(); ++n) {
      for (size_t s = 0; s < graph_.sites[n].size(); ++s) {
        for (const link::Graded& graded : program_.labels(program_[graph_.sites[n][s]])) {
          if (graded.label == Label::kNone) continue;
          std::vector<Sink>& sinks = sinks_[index(graded.label)];
          const bool known = !sinks.empty() && sinks.back().node == n && sinks.back().site == s;
          if (!known) sinks.push_back({n, static_cast<uint32_t>(s)});
        }
      }
    }
  }

  uint32_t cost_of(const Arrow& arrow) const { return arrow.cost | (is_amortised(arrow.site) ? kAmortised : 0); }

  // One search backwards from all sinks of a label.
  std::vector<std::pair<NodeId, Reached>> spread(Label leaf, uint32_t effect) const {
    struct Best {
      uint32_t cost = kUnreached;
      SiteId site = SiteId::kNone;
    };
    if (sinks_[index(leaf)].empty()) return {};
    std::vector<Best> best(program_.nodes.size());
    using Item = std::tuple<uint32_t, SiteId, NodeId>;
    std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
    const auto offer = [&](NodeId node, uint32_t cost, SiteId site) {
      Best& known = best[index(node)];
      if (std::pair(cost, site) >= std::pair(known.cost, known.site)) return;
      known = {cost, site};
      queue.emplace(cost, site, node);
    };
    const auto sink_cost = [&](SiteId id) {
      for (const link::Graded& graded : program_.labels(program_[id])) {
        if (graded.label != leaf) continue;
        return 1 | (is_amortised(id) ? kAmortised : 0) | (graded.confidence == Confidence::kLikely ? kLikely : 0);
      }
      return kUnreached;
    };
    for (const Sink& sink : sinks_[index(leaf)]) {
      const SiteId site = graph_.sites[sink.node][sink.site];
      offer(static_cast<NodeId>(sink.node), sink_cost(site) | (graph_.aside[sink.node][sink.site] ? kUncertain : 0),
            site);
    }
    const auto travels = [&](const Arrow& arrow) {
      if ((arrow.effects & (1u << effect)) == 0) return false;
      return !graph_.cut[index(program_.nodes[index(arrow.to)].function)].test(index(leaf));
    };
    // Of several implementations of one call at least half must have the effect, or it says little about the call.
    const auto enough_alternatives = [&](const Arrow& arrow) {
      if (!arrow.alternative) return true;
      uint32_t having = 0, all = 0;
      for (uint32_t a = graph_.first[index(arrow.from)]; a < graph_.first[index(arrow.from) + 1]; ++a) {
        const Arrow& other = graph_.arrows[a];
        if (other.site != arrow.site || !other.alternative) continue;
        ++all;
        if (best[index(other.to)].cost != kUnreached && travels(other)) ++having;
      }
      return having * 2 >= all;
    };
    while (!queue.empty()) {
      const auto [cost, site, node] = queue.top();
      queue.pop();
      if (best[index(node)].cost != cost || best[index(node)].site != site) continue;
      for (uint32_t a : graph_.incoming[index(node)]) {
        const Arrow& arrow = graph_.arrows[a];
        if (!travels(arrow) || !enough_alternatives(arrow)) continue;
        offer(arrow.from, joined(cost, cost_of(arrow)) | (arrow.aside ? kUncertain : 0), arrow.site);
      }
    }

    std::vector<std::pair<NodeId, Reached>> found;
    const auto add = [&](uint32_t n, SiteId site, bool aside, uint32_t cost, NodeId next) {
      Reached reached;
      reached.leaf = leaf;
      reached.amortised = (cost & kAmortised) != 0;
      reached.uncertain = (cost & kUncertain) != 0;
      reached.aside = aside;
      reached.confidence = (cost & kLikely) != 0 ? Confidence::kLikely : Confidence::kExact;
      reached.length = static_cast<uint16_t>(std::min<uint32_t>(cost & kLengthMask, UINT16_MAX));
      reached.site = site;
      reached.next = next;
      found.emplace_back(static_cast<NodeId>(n), reached);
    };
    for (uint32_t n = 0; n < program_.nodes.size(); ++n) {
      if (best[n].cost == kUnreached) continue;
      uint32_t a = graph_.first[n];
      const uint32_t end = graph_.first[n + 1];
      for (size_t s = 0; s < graph_.sites[n].size(); ++s) {
        const SiteId site = graph_.sites[n][s];
        uint32_t cost = sink_cost(site);
        NodeId next = NodeId::kNone;
        while (a < end && graph_.arrows[a].site < site) ++a;
        for (uint32_t b = a; b < end && graph_.arrows[b].site == site; ++b) {
          const Arrow& arrow = graph_.arrows[b];
          if (best[index(arrow.to)].cost == kUnreached || !travels(arrow) || !enough_alternatives(arrow)) continue;
          const uint32_t way = joined(best[index(arrow.to)].cost, cost_of(arrow));
          if (way < cost) {
            cost = way;
            next = arrow.to;
          }
        }
        if (cost != kUnreached) add(n, site, graph_.aside[n][s], cost, next);
      }
    }
    return found;
  }

  Program& program_;
  const rule::Rules& rules_;
  const match::Matcher& matcher_;
  mutable std::vector<std::atomic<uint8_t>> amortised_;  // per site: what is_amortised has found out
  Graph graph_;
  struct Sink {
    uint32_t node = 0;
    uint32_t site = 0;  // of the node's
  };
  std::vector<std::vector<Sink>> sinks_;  // per label
};

}  // namespace

void spread_effects(Program& program, const rule::Rules& rules, const match::Matcher& matcher, unsigned jobs) {
  Closure(program, rules, matcher).run(jobs);
}

}  // namespace stallint::flow
