#pragma once
// Source texts to findings, as the product does it but without a disk.
//
//     const rule::Rules rules = shipped_rules();
//     const std::vector<Finding> findings = lint({{"api.py", "import time\n..."}}, rules, {"async-blocking-call"});

#include "checker/finding/finding.h"
#include "checker/flow/flow.h"
#include "checker/link/models.h"
#include "checker/link/program.h"
#include "checker/match/match.h"
#include "checker/rule/rule.h"
#include "checker/source/roots.h"
#include "tests/support/cpp.h"
#include "tests/support/source_text.h"

#include <memory>
#include <string>
#include <vector>

namespace stallint {

// The YAML that comes with stallint, and more of it. A problem in any file ends the test with its text.
rule::Rules shipped_rules(const std::vector<rule::SourceFile>& more = {});

// What follows from rules, for a test that lints many texts: working it out takes longer than linting a small one. The
// rules outlive it.
struct Lore {
  explicit Lore(const rule::Rules& rules);

  const rule::Rules& rules;
  const link::Models models;
  const std::shared_ptr<const match::Prepared> prepared;
};

// `cpp` are the facts of the C++ files, as read_cpp() gives them.
link::Program linked(const std::vector<SourceText>& files, const rule::Rules& rules, const CppFacts& cpp = {});
link::Program linked(const std::vector<SourceText>& files, const Lore& lore, const CppFacts& cpp = {});

// Settled findings of these rules (all of them if none is named), sorted by place.
std::vector<Finding> lint(const std::vector<SourceText>& files, const rule::Rules& rules,
                          std::vector<std::string> enabled = {}, unsigned jobs = 1, const CppFacts& cpp = {});
std::vector<Finding> lint(const std::vector<SourceText>& files, const Lore& lore, std::vector<std::string> enabled,
                          unsigned jobs, const CppFacts& cpp);

}  // namespace stallint
