// What a finding says: message, chain, confidence, severity, place; comments that silence; `why`. What each word means
// is told in tests/rules, which run_rules.cc runs.

#include "checker/finding/settle.h"
#include "checker/match/match.h"
#include "checker/rule/rule.h"
#include "tests/support/linted.h"

#include <gtest/gtest.h>

namespace stallint {
namespace {

constexpr char kLab[] = R"(
language: python
types:
  lab.Client: {returns: {enter: lab.Client}}
labels:
  probe.a: {call: [lab.a, "lab.Client.a"]}
  probe.b: {call: ["*.lab_b"]}
  blocks.http: {call: [lab.fetch, "*.lab_fetch"]}
  blocks.sleep: {call: [lab.sleep]}
facets:
  twin: {of: blocks.http, is: lab.aio.fetch}
)";

constexpr char kBlocking[] = R"(
id: lab-blocking
severity: critical
message: "`{function}` blocks: {chain}; sink `{sink}`"
find: {function: {async: true, reaches: blocks}}
)";

// One more rule beside a library of our own, and the flow.yaml that comes with stallint.
rule::Rules rules_with(const std::string& rule) {
  const std::string id = rule.substr(rule.find("id: ") + 4, rule.find('\n', rule.find("id: ")) - rule.find("id: ") - 4);
  return shipped_rules({{"lab/models/lab.yaml", kLab, false}, {"lab/" + id + ".yaml", rule, false}});
}

std::vector<Finding> found(const std::string& rule, const std::vector<SourceText>& files) {
  std::vector<Finding> findings = lint(files, rules_with(rule), {"lab-blocking", "lab-rule", "unused-suppression"});
  return findings;
}

std::vector<Finding> found(const std::string& rule, const std::string& text) { return found(rule, {{"api.py", text}}); }

std::string rule_text(const std::string& find, const std::string& more = "", const std::string& message = "found") {
  return "id: lab-rule\nseverity: high\nmessage: \"" + message + "\"\nfind: " + find + "\n" + more;
}

// "file:line:column-end_column" of the places, in order.
std::string places(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    const Region& at = finding.region;
    text += (text.empty() ? "" : " ") + at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
            "-" + std::to_string(at.end_column);
  }
  return text;
}

// --- Chains
// -------------------------------------------------------------------------------------------------------------

const std::vector<SourceText> kChain = {{"api.py",
                                         "from store import Store\n"
                                         "store = Store()\n"
                                         "async def read(name):\n"
                                         "    return store.load(name)\n"},
                                        {"store.py",
                                         "import lab\n"
                                         "class Store:\n"
                                         "    def load(self, name):\n"
                                         "        return fetch(name)\n"
                                         "def fetch(name):\n"
                                         "    return lab.fetch(name)\n"}};

TEST(Chain, LeadsFromTheAccusedToTheSink) {
  const std::vector<Finding> findings = found(kBlocking, kChain);
  ASSERT_EQ(findings.size(), 1u);
  const Finding& finding = findings[0];
  EXPECT_EQ(finding.message, "`read` blocks: read -> load -> fetch -> lab.fetch; sink `lab.fetch`");
  EXPECT_EQ(places(findings), "api.py:4:12-28");
  EXPECT_EQ(finding.function, "read");
  ASSERT_EQ(finding.chain.size(), 3u);
  EXPECT_EQ(finding.chain[0].text, "`read` calls `store.load`");
  EXPECT_EQ(finding.chain[1].function, "Store.load");
  EXPECT_EQ(finding.chain[2].region.file, "store.py");
  EXPECT_EQ(finding.chain[2].region.line, 6u);
  EXPECT_EQ(finding.leaf_label, "blocks.http");
  EXPECT_EQ(finding.sink, "store.py:6:12 lab.fetch");
  EXPECT_EQ(finding.first_callee, "store.py:Store.load");
  EXPECT_EQ(finding.subject, "Store.load");
  EXPECT_EQ(finding.severity, Severity::kCritical);
  EXPECT_EQ(finding.confidence, Confidence::kExact);
  ASSERT_EQ(finding.related.size(), 1u);
  EXPECT_EQ(finding.related[0].region.line, 6u);
}

TEST(Chain, OneFindingPerSiteAndLeaf) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "import lab\n"
                                              "def both():\n"
                                              "    lab.fetch()\n"
                                              "    lab.fetch()\n"
                                              "    lab.sleep()\n"
                                              "async def f():\n"
                                              "    both()\n"
                                              "    both()\n");
  ASSERT_EQ(findings.size(), 4u);
  EXPECT_EQ(places(findings), "api.py:7:5-11 api.py:7:5-11 api.py:8:5-11 api.py:8:5-11");
  EXPECT_EQ(findings[0].leaf_label, "blocks.http");
  EXPECT_EQ(findings[1].leaf_label, "blocks.sleep");
}

TEST(Chain, UntypedReceiverIsLikely) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "async def f(x):\n"
                                              "    x.lab_fetch()\n");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].confidence, Confidence::kLikely);
}

TEST(Chain, ThroughACacheIsLowered) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "import functools, lab\n"
                                              "@functools.lru_cache\n"
                                              "def keys(of):\n"
                                              "    return lab.fetch(of)\n"
                                              "async def f(of):\n"
                                              "    return keys(of)\n");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].severity, Severity::kHigh);
  EXPECT_NE(findings[0].lowered_because.find("first"), std::string::npos);
}

TEST(Chain, AtSubjectStandsAtTheNameOnce) {
  const std::vector<Finding> findings = found(
      "id: lab-rule\nseverity: low\nmessage: \"{function}: {chain}\"\nat: subject\n"
      "find: {function: {async: true, reaches: blocks}}\n",
      "import lab\n"
      "def far():\n"
      "    lab.fetch()\n"
      "async def f():\n"
      "    far()\n"
      "    lab.sleep()\n"
      "    lab.fetch()\n");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(places(findings), "api.py:4:11-12");
  EXPECT_EQ(findings[0].message, "f: f -> lab.sleep");
}

TEST(Chain, NamesWhatAConsumerRuns) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "from pathlib import Path\n"
                                              "async def f(root: Path):\n"
                                              "    return sorted(root.rglob('*'))\n");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].message, "`f` blocks: f -> sorted -> root.rglob; sink `root.rglob`");
}

// --- Places and messages
// --------------------------------------------------------------------------------------------------

TEST(Message, NamesWhatTheSourceSays) {
  const std::vector<Finding> findings =
      found(rule_text("{call: {is: probe.a, of: $root}}", "", "{function} {call} {variable} {root}"),
            "import lab as l\n"
            "class A:\n"
            "    def f(self, x):\n"
            "        l.a(x / 'b', 3)\n");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].message, "f l.a x / \"b\" x / \"b\"");
  EXPECT_EQ(findings[0].function, "A.f");
}

TEST(Message, NamesTheCallThatAWordFound) {
  const std::string text = "import lab\nasync def f(g):\n    x = g or lab.Client()\n    x.a(1)\n";
  EXPECT_EQ(found(rule_text("{function: {calls: probe.a}}", "", "{call}"), text).at(0).message, "x.a");
  EXPECT_EQ(found(rule_text("{function: {has: {call: {is: probe.a}}}}", "", "{call}"), text).at(0).message, "x.a");
  const std::string decorated = "import lab\n@lab.a(1)\ndef f(): ...\n";
  EXPECT_EQ(found(rule_text("{function: {decorated: {name: lab.a}}}", "", "{call}"), decorated).at(0).message, "lab.a");
}

TEST(Message, NamesWhatIsTestedAndEntered) {
  const std::string text = "def f(x):\n    if x.y is None:\n        with x.lock(1):\n            pass\n";
  EXPECT_EQ(found(rule_text("{test: {finds: empty}}", "", "{variable}"), text).at(0).message, "x.y");
  EXPECT_EQ(found(rule_text("{region: {async: false}}", "", "{variable} {call}"), text).at(0).message,
            "x.lock(...) x.lock(...)");
}

TEST(Place, CallOverSeveralLinesEndsWithItsFirst) {
  const std::vector<Finding> findings = found(rule_text("{call: {is: probe.a}}"),
                                              "import lab\n"
                                              "x = lab.a(\n"
                                              "    1,\n"
                                              ")\n");
  EXPECT_EQ(places(findings), "api.py:2:5-11");
  EXPECT_EQ(findings.at(0).region.end_line, 2u);
}

TEST(Place, GrowthStandsAtTheFirstWriteAndShowsTheVariable) {
  const std::vector<Finding> findings =
      found(rule_text("{variable: {grows: {in: {function: {}}}, shrinks: never}}", "", "{function} {variable}"),
            {{"a.py", "seen = {}\n"}, {"b.py", "from a import seen\ndef f(k):\n    seen[k] = 1\n    seen[k] = 2\n"}});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(places(findings), "b.py:3:5-16");
  EXPECT_EQ(findings[0].message, "f seen");
  EXPECT_EQ(findings[0].subject, "seen");
  ASSERT_EQ(findings[0].related.size(), 1u);
  EXPECT_EQ(findings[0].related[0].region.file, "a.py");
}

TEST(Place, SpokenOnceByTheFirstPatternThatHolds) {
  const std::vector<Finding> findings = found(
      "id: lab-rule\nseverity: low\nfind:\n  - message: first\n    call: {is: probe.a}\n"
      "  - message: second\n    call: {is: probe}\n",
      "import lab\ndef f(x):\n    lab.a()\n    x.lab_b()\n");
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].message, "first");
  EXPECT_EQ(findings[1].message, "second");
  EXPECT_EQ(findings[1].confidence, Confidence::kLikely);
}

TEST(Confidence, BestOfSeveralAndWeakestOfAll) {
  const std::string rule = rule_text("{call: {is: probe.a, after: {call: {is: probe.b}}}}");
  EXPECT_EQ(found(rule, "import lab\ndef f(x):\n    x.lab_b()\n    lab.a()\n").at(0).confidence, Confidence::kLikely);
  const std::string either = rule_text("{call: {is: probe.a, after: {call: {is: probe}}}}");
  EXPECT_EQ(found(either, "import lab\ndef f(x):\n    x.lab_b()\n    lab.a()\n    lab.a()\n").at(1).confidence,
            Confidence::kExact);
}

// --- Advice

constexpr char kAdvising[] = R"(
id: lab-blocking
severity: critical
message: "`{function}` blocks: {chain}"
find: {function: {async: true, reaches: blocks}}
advice:
  - name: special
    say: "leave `{function}` alone"
  - sink: {is: blocks.http}
    say: "await `{twin}`, or hand `{call}` to a thread"
  - sink: {is: blocks.sleep}
    say: "await `{twin}`"
  - sink: {is: blocks.sleep, args: {0: 1}}
    say: "sleep elsewhere than in `{sink}`"
)";

TEST(Advice, IsTheFirstThatHoldsAndHasItsValues) {
  const std::vector<Finding> findings =
      found(kAdvising,
            "import lab\ndef load():\n    lab.fetch()\nasync def special():\n    load()\n"
            "async def read():\n    load()\nasync def wait():\n    lab.sleep(1)\nasync def rest():\n"
            "    lab.sleep(2)\n");
  ASSERT_EQ(findings.size(), 4u);
  EXPECT_EQ(findings[0].fix, "leave `special` alone");
  EXPECT_EQ(findings[1].fix, "await `lab.aio.fetch`, or hand `load` to a thread");
  EXPECT_EQ(findings[2].fix, "sleep elsewhere than in `lab.sleep`") << "lab.sleep has no twin, so that advice is none";
  EXPECT_EQ(findings[3].fix, "");
}

// --- Severity
// -----------------------------------------------------------------------------------------------------------

TEST(Severity, LoweredOnceAndSaysWhy) {
  const std::string rule = rule_text(
      "{call: {is: probe.a}}", "lower:\n  - args: {0: 1}\n    because: it is given 1\n  - args: {0: {given: true}}\n");
  const std::vector<Finding> findings =
      found(rule, "import lab\nlab.a(1)\ndef f():\n    lab.a(1)\n    lab.a()\n    lab.a(2)\n");
  ASSERT_EQ(findings.size(), 4u);
  EXPECT_EQ(findings[0].severity, Severity::kMedium);
  EXPECT_EQ(findings[0].lowered_because, "it is given 1");
  EXPECT_EQ(findings[1].severity, Severity::kMedium);
  EXPECT_EQ(findings[2].severity, Severity::kHigh);
  EXPECT_EQ(findings[2].lowered_because, "");
  EXPECT_EQ(findings[3].severity, Severity::kMedium);
  EXPECT_NE(findings[3].lowered_because, "");
}

TEST(Severity, StartUpCodeIsLowered) {
  const std::vector<Finding> findings = found(
      rule_text("{call: {is: probe.a}}"), "import lab\nlab.a()\ndef f():\n    lab.a()\ndef g():\n    lab.a()\ng()\n");
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[0].severity, Severity::kMedium);
  EXPECT_NE(findings[0].lowered_because.find("start-up"), std::string::npos);
  EXPECT_EQ(findings[1].severity, Severity::kHigh);
  EXPECT_EQ(findings[2].severity, Severity::kMedium);
}

TEST(Severity, FunctionIsJudgedByWhereItRuns) {
  const std::vector<Finding> findings = found(rule_text("{function: {calls: probe.a}}"),
                                              "import lab\ndef f():\n    lab.a()\ndef g():\n    lab.a()\ng()\n");
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].severity, Severity::kHigh);
  EXPECT_EQ(findings[1].severity, Severity::kMedium);
}

TEST(Unless, SharesVariablesWithFind) {
  const std::string rule = rule_text("{call: {is: probe.a, of: $root}}", "unless:\n  - before: {write: {to: $root}}\n");
  EXPECT_EQ(places(found(rule, "import lab\ndef f(x, y):\n    lab.a(x)\n    lab.a(y)\n    x = 1\n")), "api.py:4:5-13");
}

// --- Comments
// -----------------------------------------------------------------------------------------------------------

std::vector<Finding> visible(std::vector<Finding> findings) {
  std::erase_if(findings, [](const Finding& finding) { return finding.suppressed.has_value(); });
  return findings;
}

TEST(Ignore, OnALineSilencesItWithAReason) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "import lab\n"
                                              "async def f():\n"
                                              "    lab.fetch()  # stallint: ignore[lab-blocking] runs only at deploy\n"
                                              "    lab.fetch()\n");
  ASSERT_EQ(findings.size(), 2u);
  ASSERT_TRUE(findings[0].suppressed.has_value());
  EXPECT_EQ(findings[0].suppressed->reason, "runs only at deploy");
  EXPECT_EQ(findings[0].suppressed->comment.line, 3u);
  EXPECT_FALSE(findings[1].suppressed.has_value());
}

TEST(Ignore, WithoutAReasonSilencesNothing) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "import lab\n"
                                              "async def f():\n"
                                              "    lab.fetch()  # stallint: ignore[lab-blocking]\n");
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_FALSE(findings[0].suppressed.has_value());
  EXPECT_EQ(findings[1].rule, "unused-suppression");
  EXPECT_EQ(findings[1].severity, Severity::kLow);
  EXPECT_NE(findings[1].message.find("reason"), std::string::npos);
}

TEST(Ignore, OfAnUnknownRuleSaysWhatWasMeant) {
  const std::vector<Finding> findings = found(kBlocking, "x = 1  # stallint: ignore[lab-blockin] because\n");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule, "unused-suppression");
  EXPECT_NE(findings[0].message.find("did you mean `lab-blocking`"), std::string::npos);
}

TEST(Ignore, OfNothingIsReported) {
  const std::vector<Finding> findings = found(kBlocking, "x = 1  # stallint: ignore[lab-blocking] because\n");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_NE(findings[0].message.find("delete the comment"), std::string::npos);
}

TEST(Ignore, OfARuleThatDidNotRunIsLeftAlone) {
  EXPECT_TRUE(found(kBlocking, "x = 1  # stallint: ignore[cache-unbounded] because\n").empty());
}

TEST(Ignore, OnAFunctionSilencesAllInsideIt) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "import lab\n"
                                              "# stallint: ignore[lab-blocking] a tool, not the server\n"
                                              "async def f():\n"
                                              "    lab.fetch()\n"
                                              "    lab.sleep()\n"
                                              "async def g():\n"
                                              "    lab.sleep()\n");
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(places(visible(findings)), "api.py:7:5-16");
}

TEST(Ignore, InTheMiddleCutsEveryChainThroughIt) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "import lab\n"
                                              "# stallint: ignore[lab-blocking] answers from memory\n"
                                              "def load():\n"
                                              "    return lab.fetch()\n"
                                              "async def f():\n"
                                              "    return load()\n");
  EXPECT_TRUE(findings.empty()) << findings[0].message;
}

TEST(Ignore, OfAFileSilencesAllInItAndCutsEveryChainThroughIt) {
  const std::string tool =
      "# stallint: file-ignore[lab-blocking] a tool, not the server\n"
      "import lab\n"
      "async def f():\n"
      "    lab.fetch()\n"
      "def load():\n"
      "    return lab.fetch()\n";
  const std::vector<Finding> findings =
      found(kBlocking, {{"tool.py", tool}, {"api.py", "import tool\nasync def g():\n    tool.load()\n"}});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].region.file, "tool.py");
  EXPECT_TRUE(findings[0].suppressed.has_value());
}

TEST(Ignore, HoldsOnAnyLineOfACall) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "import lab\n"
                                              "async def f():\n"
                                              "    lab.fetch(\n"
                                              "        1,\n"
                                              "    )  # stallint: ignore[lab-blocking] runs only at deploy\n"
                                              "    lab.fetch()\n");
  EXPECT_EQ(places(visible(findings)), "api.py:6:5-16");
}

TEST(Ignore, WrittenForOtherLintersHoldsForExactIds) {
  const std::vector<Finding> findings = found(kBlocking,
                                              "import lab\n"
                                              "async def f():\n"
                                              "    lab.fetch()  # noqa: E501, lab-blocking\n"
                                              "    lab.fetch()  # noqa\n"
                                              "    # nosemgrep: lab-blocking\n"
                                              "    lab.fetch()\n"
                                              "    lab.fetch()  # noqa: lab-block\n");
  EXPECT_EQ(places(visible(findings)), "api.py:4:5-16 api.py:7:5-16");
}

TEST(Ignore, InAWordThatMeansNothingIsReported) {
  const std::vector<Finding> findings = found(kBlocking, "x = 1  # stallint: disable[lab-blocking] because\n");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_NE(findings[0].message.find("`disable` silences nothing: write `ignore[rule-id] reason`"), std::string::npos);
}

// --- Why
// ----------------------------------------------------------------------------------------------------------------

std::string asked(const std::string& rule, const std::string& text, uint32_t line) {
  const rule::Rules rules = rules_with(rule);
  return match::why(linked({{"api.py", text}}, rules), rules, "api.py", line);
}

TEST(Why, SaysWhatWasFoundAndWhatWasDenied) {
  const std::string text =
      "import lab\n"
      "async def f():\n"
      "    lab.fetch()\n"
      "async def g():\n"
      "    lab.a()\n";
  EXPECT_NE(asked(kBlocking, text, 2).find("lab-blocking: found, critical, exact: `f` blocks: f -> lab.fetch"),
            std::string::npos);
  EXPECT_NE(
      asked(kBlocking, text, 4).find("lab-blocking: denied by `reaches: {is: blocks}` at lab/lab-blocking.yaml:5"),
      std::string::npos)
      << asked(kBlocking, text, 4);
  EXPECT_NE(asked(kBlocking, text, 5).find("labels: probe.a"), std::string::npos);
}

TEST(Why, JudgesACallWithTheFunctionThatIsAccused) {
  const std::string text =
      "import lab\n"
      "async def f():\n"
      "    lab.fetch()\n"
      "    print()\n";
  const std::string said = asked(kBlocking, text, 3);
  EXPECT_NE(said.find("reaches: blocks.http by lab.fetch"), std::string::npos) << said;
  EXPECT_NE(said.find("lab-blocking: found, critical"), std::string::npos) << said;
  EXPECT_NE(asked(kBlocking, text, 4).find("lab-blocking: denied: nothing"), std::string::npos);
}

TEST(Why, SaysWhatAcquits) {
  const std::string rule = rule_text("{call: {is: probe.a}}", "unless:\n  - args: {0: 1}\n");
  EXPECT_NE(asked(rule, "import lab\nlab.a(1)\n", 2).find("lab-rule: acquitted by `unless` at lab/lab-rule.yaml:6"),
            std::string::npos)
      << asked(rule, "import lab\nlab.a(1)\n", 2);
}

TEST(Why, AnswersForEveryLine) {
  EXPECT_NE(asked(kBlocking, "x = 1\n\n", 2).find("Nothing"), std::string::npos);
  EXPECT_NE(asked(kBlocking, "x = 1\n", 99).find("no line 99"), std::string::npos);
  const rule::Rules rules = rules_with(kBlocking);
  EXPECT_NE(match::why(linked({{"api.py", ""}}, rules), rules, "b.py", 1).find("b.py is not among"), std::string::npos);
}

// --- Work
// ---------------------------------------------------------------------------------------------------------------

// Who gives an argument need not spell its name: the function does, or a `partial`, in another file.
TEST(Match, LooksAtCallsThatGiveAnArgumentByOtherMeans) {
  const std::string rule = rule_text("{call: {name: [pages, few, fewest], args: {limit: -1}}}");
  const std::string store =
      "import functools\ndef pages(folder, limit=5):\n    pass\nfew = functools.partial(pages, limit=-1)\n";
  const std::string api =
      "from store import few, few as fewest, pages\n"
      "pages(1, -1)\n"
      "few(1)\n"
      "fewest(1)\n"
      "pages(1)\n"
      "pages(1, 2)\n";
  EXPECT_EQ(places(found(rule, {{"api.py", api}, {"store.py", store}})), "api.py:2:1-13 api.py:3:1-7 api.py:4:1-10");
}

TEST(Match, DoesNotDependOnTheNumberOfWorkers) {
  std::string text = "import lab\n";
  for (int n = 0; n < 700; ++n) {
    const std::string name = "f" + std::to_string(n);
    text += "async def " + name + "():\n    lab.fetch()\n    lab.a(" + name + ")\n";
  }
  const rule::Rules rules = rules_with(kBlocking);
  const auto messages = [&](unsigned jobs) {
    std::string all;
    for (const Finding& finding : lint({{"api.py", text}}, rules, {"lab-blocking"}, jobs))
      all += finding.message + "\n";
    return all;
  };
  const std::string alone = messages(1);
  EXPECT_NE(alone.find("f699"), std::string::npos);
  EXPECT_EQ(alone, messages(2));
  EXPECT_EQ(alone, messages(8));
}

}  // namespace
}  // namespace stallint
