// Order, duplicates and identity of findings.

#include "checker/finding/settle.h"

#include "checker/finding/finding.h"
#include "checker/finding/fingerprint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace stallint {
namespace {

Finding finding_at(const std::string& file, uint32_t line, uint32_t column,
                   const std::string& rule = "async-cpu-bound") {
  Finding finding;
  finding.rule = rule;
  finding.region = {file, line, column, line, column + 4};
  finding.function = "Store.read";
  finding.subject = "load";
  finding.leaf_label = "blocks.http";
  finding.message = "`read` waits";
  return finding;
}

std::vector<std::string> places(const std::vector<Finding>& findings) {
  std::vector<std::string> result;
  for (const Finding& finding : findings) {
    const Region& at = finding.region;
    result.push_back(at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + " " + finding.rule +
                     " " + finding.leaf_label);
  }
  return result;
}

TEST(Severity, IsNamedAndReadBack) {
  for (const char* name : {"low", "medium", "high", "critical"}) EXPECT_STREQ(name_of(*severity_from(name)), name);
  EXPECT_FALSE(severity_from("High"));
  EXPECT_FALSE(severity_from(""));
  EXPECT_STREQ(name_of(Confidence::kLikely), "likely");
}

TEST(Settle, SortsByFilePlaceRuleAndLabel) {
  std::vector<Finding> findings = {finding_at("b.py", 1, 1),
                                   finding_at("a.py", 10, 2),
                                   finding_at("a.py", 9, 30),
                                   finding_at("a.py", 9, 4),
                                   finding_at("a.py", 9, 4, "async-blocking-call"),
                                   finding_at("a.py", 9, 4, "async-blocking-call")};
  findings.back().leaf_label = "blocks.db";
  settle(findings);
  EXPECT_EQ(places(findings), (std::vector<std::string>{
                                  "a.py:9:4 async-blocking-call blocks.db", "a.py:9:4 async-blocking-call blocks.http",
                                  "a.py:9:4 async-cpu-bound blocks.http", "a.py:9:30 async-cpu-bound blocks.http",
                                  "a.py:10:2 async-cpu-bound blocks.http", "b.py:1:1 async-cpu-bound blocks.http"}));
}

TEST(Settle, KeepsTheBetterOfTwoThatSayTheSame) {
  std::vector<Finding> findings(3, finding_at("a.py", 1, 1));
  findings[0].confidence = Confidence::kLikely;
  findings[1].chain.resize(4);
  findings[2].chain.resize(2);
  settle(findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].confidence, Confidence::kExact);
  EXPECT_EQ(findings[0].chain.size(), 2U);
}

TEST(Settle, ForgetsTheOrderOfArrival) {
  std::vector<Finding> findings;
  for (uint32_t i = 0; i < 6; ++i) {
    findings.push_back(finding_at("a.py", 1 + i / 4, 1 + i / 2));
    findings.back().message += i % 2 == 0 ? " here" : " there";
  }
  std::vector<Finding> settled = findings;
  settle(settled);
  std::sort(findings.begin(), findings.end(), [](const Finding& l, const Finding& r) { return l.message < r.message; });
  do {
    std::vector<Finding> again = findings;
    settle(again);
    ASSERT_EQ(again.size(), settled.size());
    for (size_t i = 0; i < again.size(); ++i) {
      ASSERT_EQ(again[i].fingerprint, settled[i].fingerprint);
      ASSERT_EQ(again[i].region, settled[i].region);
      ASSERT_EQ(again[i].message, settled[i].message);
    }
  } while (std::next_permutation(findings.begin(), findings.end(), [](const Finding& l, const Finding& r) {
    return std::tie(l.message, l.region.line, l.region.column) < std::tie(r.message, r.region.line, r.region.column);
  }));
}

std::string print_of(const Finding& finding, uint32_t index = 0) { return fingerprint(finding, index); }

TEST(Fingerprint, IsThirtyTwoHexadecimalDigitsAndNeverChanges) {
  EXPECT_EQ(print_of(finding_at("api.py", 3, 12)), "986f6c26a05951ad299a50d40e2dc251");
  EXPECT_EQ(print_of(finding_at("api.py", 3, 12), 1), "f9e3c0ce61183ad19772f70507867fc1");
}

TEST(Fingerprint, SurvivesMovesAndRewrites) {
  const Finding before = finding_at("api.py", 3, 12);
  Finding after = finding_at("./sub/../api.py", 300, 1);
  after.region.end_line = 302;
  after.message = "`read` waits: read -> load -> httpx.get";
  after.sink = "store.py:9:1 httpx.get";
  after.severity = Severity::kLow;
  after.confidence = Confidence::kLikely;
  after.lowered_because = "it runs once";
  EXPECT_EQ(print_of(before), print_of(after));
}

TEST(Fingerprint, TellsDifferentFindingsApart) {
  std::vector<std::string> prints = {print_of(finding_at("api.py", 3, 12))};
  const auto add = [&prints](auto&& change) {
    Finding finding = finding_at("api.py", 3, 12);
    change(finding);
    prints.push_back(print_of(finding));
  };
  add([](Finding& f) { f.rule = "async-blocking-call"; });
  add([](Finding& f) { f.region.file = "web/api.py"; });
  add([](Finding& f) { f.function = "Store.write"; });
  add([](Finding& f) { f.subject = "fetch"; });
  add([](Finding& f) { f.leaf_label = "blocks.db"; });
  add([](Finding& f) {
    f.function = "Store.rea";
    f.subject = "dload";
  });
  std::sort(prints.begin(), prints.end());
  EXPECT_EQ(std::unique(prints.begin(), prints.end()), prints.end());
}

TEST(Settle, CountsEqualsFromTheTop) {
  std::vector<Finding> findings = {finding_at("a.py", 20, 1), finding_at("a.py", 5, 1), finding_at("a.py", 5, 30)};
  findings[1].suppressed = Suppression{{}, "known"};
  settle(findings);
  for (uint32_t i = 0; i < 3; ++i) EXPECT_EQ(findings[i].fingerprint, print_of(findings[i], i));
}

}  // namespace
}  // namespace stallint
