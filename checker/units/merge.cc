#include "checker/units/merge.h"

#include "checker/facts/graft.h"

#include <algorithm>
#include <utility>

namespace stallint::units {

using facts::FunctionId;
using facts::index;

facts::FileFacts merged(std::vector<facts::FileFacts> readings) {
  facts::FileFacts best = std::move(readings.front());
  for (size_t i = 1; i < readings.size(); ++i) {
    // Without identities nobody knows which functions are the same.
    if (best.identities.empty() || readings[i].identities.empty()) continue;
    if (best.classes.size() != best.class_identities.size()) continue;
    if (readings[i].classes.size() != readings[i].class_identities.size()) continue;
    facts::graft(best, readings[i]);
  }
  return best;
}

void take_ignores(facts::FileFacts& facts, const facts::FileFacts& spelled) {
  facts.ignores.clear();
  facts::Strings strings(facts.strings);
  for (facts::Ignore ignore : spelled.ignores) {
    for (uint32_t& rule : ignore.rules) rule = strings.id(spelled.text(rule));
    ignore.reason = strings.id(spelled.text(ignore.reason));
    if (ignore.function != FunctionId::kNone) {
      // The same function, by where its name stands.
      const facts::Span at = spelled.functions[index(ignore.function)].name_at;
      const auto same = std::find_if(facts.functions.begin() + 1, facts.functions.end(),
                                     [&](const facts::Function& one) { return one.name_at.begin == at.begin; });
      ignore.function =
          same == facts.functions.end() ? FunctionId::kNone : static_cast<FunctionId>(same - facts.functions.begin());
    }
    facts.ignores.push_back(std::move(ignore));
  }
}

}  // namespace stallint::units
