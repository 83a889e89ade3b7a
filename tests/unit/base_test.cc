// checker/base: what every room leans on.

#include "checker/base/check.h"
#include "checker/base/glob.h"
#include "checker/base/parallel.h"
#include "checker/base/result.h"
#include "checker/base/suggest.h"
#include "checker/base/text.h"
#include "checker/base/utf.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace stallint {
namespace {

TEST(Place, SaysOnlyWhatIsKnown) {
  EXPECT_EQ((Place{"a.yaml", 14, 7}).text(), "a.yaml:14:7");
  EXPECT_EQ((Place{"a.yaml", 14, 0}).text(), "a.yaml:14");
  EXPECT_EQ((Place{"a.yaml", 0, 0}).text(), "a.yaml");
  EXPECT_EQ((Place{"", 0, 0}).text(), "");
  EXPECT_EQ((Place{"", 3, 2}).text(), "3:2");
}

TEST(Problem, OfTheCommandLineHasNoPlace) {
  EXPECT_EQ((Problem{{"a.yaml", 1, 2}, "unknown word `x`"}).text(), "a.yaml:1:2: unknown word `x`");
  EXPECT_EQ((Problem{{}, "unknown option"}).text(), "unknown option");
}

TEST(Result, IsAValueOrProblems) {
  Result<int> good = 3;
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, 3);
  const Result<int> bad = std::vector<Problem>{{{}, "one"}, {{}, "two"}};
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.problems().size(), 2U);
}

TEST(Check, PassesWhatIsTrue) { STALLINT_CHECK(1 + 1 == 2, "sums are sums"); }

TEST(CheckDeathTest, NamesTheFileBeingReadAndTheCondition) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        const WorkingOn outer("outer.py");
        const WorkingOn inner("api.py");
        STALLINT_CHECK(1 + 1 == 3, "sums are sums");
      },
      "internal error at tests/unit/base_test.cc:[0-9]+ while reading api.py: sums are sums");
  EXPECT_DEATH(
      {
        { const WorkingOn gone("gone.py"); }
        STALLINT_CHECK(false, "after");
      },
      "base_test.cc:[0-9]+: after");
}

TEST(Parallel, CallsEveryIndexOnce) {
  for (const unsigned jobs : {0U, 1U, 2U, 8U, 200U}) {
    std::vector<std::atomic<int>> seen(100);
    parallel_for(jobs, seen.size(), {}, [&](size_t index, unsigned worker) {
      EXPECT_LT(worker, std::max(jobs, 1U));
      ++seen[index];
    });
    for (const std::atomic<int>& times : seen) EXPECT_EQ(times, 1);
  }
}

TEST(Parallel, KeepsTheOrderGivenOnOneThread) {
  const std::vector<uint32_t> order = {2, 0, 1};
  std::vector<size_t> seen;
  parallel_for(1, 3, order, [&](size_t index, unsigned) { seen.push_back(index); });
  EXPECT_EQ(seen, (std::vector<size_t>{2, 0, 1}));
}

TEST(Parallel, RunsOnSeveralThreads) {
  std::atomic<int> arrived = 0;
  // Returns only if both run at the same time.
  parallel_for(2, 2, {}, [&](size_t, unsigned) {
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
  });
  EXPECT_EQ(arrived, 2);
}

TEST(Parallel, WhoIsDoneHelpsWithLoopsOfOthers) {
  std::atomic<int> arrived = 0;
  parallel_for(2, 2, {}, [&](size_t outer, unsigned) {
    if (outer == 1) return;
    // Returns only if the thread that had the other index comes to help.
    parallel_for(2, 2, {}, [&](size_t, unsigned worker) {
      EXPECT_LT(worker, 2U);
      ++arrived;
      while (arrived < 2) std::this_thread::yield();
    });
  });
  EXPECT_EQ(arrived, 2);
}

TEST(Parallel, LoopsInLoopsInLoops) {
  for (const unsigned jobs : {1U, 2U, 8U}) {
    std::vector<std::atomic<int>> seen(1000);
    parallel_for(jobs, 10, {}, [&](size_t a, unsigned) {
      parallel_for(jobs, 10, {}, [&](size_t b, unsigned) {
        parallel_for(jobs, 10, {}, [&](size_t c, unsigned worker) {
          EXPECT_LT(worker, jobs);
          ++seen[a * 100 + b * 10 + c];
        });
      });
    });
    for (const std::atomic<int>& times : seen) EXPECT_EQ(times, 1);
  }
}

TEST(Parallel, NothingToDo) {
  parallel_for(4, 0, {}, [](size_t, unsigned) { FAIL(); });
}

TEST(Parallel, LargestFirstIsStable) {
  const std::vector<uint64_t> sizes = {5, 9, 5, 12};
  EXPECT_EQ(largest_first(sizes), (std::vector<uint32_t>{3, 1, 0, 2}));
  EXPECT_TRUE(largest_first({}).empty());
}

TEST(Suggest, FindsTypingMistakes) {
  const std::vector<std::string> words = {"runs", "reaches", "calls", "called_by", "severity", "message"};
  EXPECT_EQ(closest("run", words), "runs");
  EXPECT_EQ(closest("reahces", words), "reaches");
  EXPECT_EQ(closest("severty", words), "severity");
  EXPECT_EQ(closest("Called-By", words), "called_by");
  EXPECT_EQ(closest("mesage", words), "message");
}

TEST(Suggest, IsSilentWhenNothingIsNear) {
  const std::vector<std::string> words = {"runs", "reaches", "in"};
  EXPECT_EQ(closest("banana", words), "");
  EXPECT_EQ(closest("xy", words), "");
  EXPECT_EQ(closest("", words), "");
  EXPECT_EQ(closest("runs", {}), "");
}

TEST(Suggest, TheFirstOfEquals) {
  EXPECT_EQ(closest("cat", std::vector<std::string>{"car", "can"}), "car");
  EXPECT_EQ(closest("can", std::vector<std::string>{"car", "can"}), "can");
}

TEST(Suggest, AsTheEndOfASentence) {
  const std::vector<std::string> words = {"runs"};
  EXPECT_EQ(did_you_mean("run", words), ", did you mean `runs`?");
  EXPECT_EQ(did_you_mean("elephant", words), "");
}

TEST(Glob, PathStarsStayInTheirFolder) {
  EXPECT_TRUE(path_matches("*_pb2.py", "greeter_pb2.py"));
  EXPECT_FALSE(path_matches("*_pb2.py", "app/greeter_pb2.py"));
  EXPECT_TRUE(path_matches("app/*.py", "app/x.py"));
  EXPECT_FALSE(path_matches("app/*.py", "app/b/x.py"));
  EXPECT_TRUE(path_matches("app/?.py", "app/x.py"));
  EXPECT_FALSE(path_matches("app?x.py", "app/x.py"));
}

TEST(Glob, TwoStarsTakeAnyNumberOfFolders) {
  EXPECT_TRUE(path_matches("**/migrations/**", "migrations/1.py"));
  EXPECT_TRUE(path_matches("**/migrations/**", "a/b/migrations/c/1.py"));
  EXPECT_FALSE(path_matches("**/migrations/**", "a/migrations"));
  EXPECT_FALSE(path_matches("**/migrations/**", "a/my_migrations/1.py"));
  EXPECT_TRUE(path_matches("**/*.py", "x.py"));
  EXPECT_TRUE(path_matches("**/*.py", "a/b/x.py"));
  EXPECT_TRUE(path_matches("a/**/b/**/c", "a/b/x/b/c"));
  EXPECT_FALSE(path_matches("a/**/b/**/c", "a/x/c"));
  EXPECT_TRUE(path_matches("**", "a/b"));
  EXPECT_TRUE(path_matches("a/**/**/b", "a/b"));
}

TEST(Glob, PathBraces) {
  EXPECT_TRUE(path_matches("{src,lib}/**/*.{py,pyi}", "lib/a/b.pyi"));
  EXPECT_FALSE(path_matches("{src,lib}/**/*.{py,pyi}", "bin/a/b.py"));
  EXPECT_TRUE(path_matches("{a/b,c}/x", "a/b/x"));
}

TEST(Glob, NameStarsTakeDots) {
  EXPECT_TRUE(name_matches("*.rglob", "pathlib.Path.rglob"));
  EXPECT_TRUE(name_matches("requests.*", "requests.sessions.Session.get"));
  EXPECT_TRUE(name_matches("*session*.execute", "db.session.execute"));
  EXPECT_FALSE(name_matches("*.rglob", "rglob"));
  EXPECT_FALSE(name_matches("requests.get", "requests_get"));
  EXPECT_TRUE(name_matches("{requests,httpx}.{get,post}", "httpx.post"));
  EXPECT_FALSE(name_matches("{requests,httpx}.{get,post}", "httpx.put"));
  EXPECT_TRUE(name_matches("*", ""));
  EXPECT_FALSE(name_matches("?", ""));
}

TEST(Glob, ASetMatchesWhatOneOfItsPatternsDoes) {
  const std::vector<std::string> patterns = {"{requests,httpx}.{get,post}", "db.*.execute", "pool", "{odd", "a?{b,c*}"};
  const NameSet set(patterns);
  for (const std::string name : {"requests.get", "httpx.post", "httpx.put", "requests", "db.session.execute",
                                 "db.execute", "pool", "pools", "poo", "{odd", "odd", "axb", "axcde", "axd", ""}) {
    const auto fits = [&](const std::string& pattern) { return name_matches(pattern, name); };
    EXPECT_EQ(set.matches(name), std::any_of(patterns.begin(), patterns.end(), fits)) << name;
  }
  EXPECT_TRUE(set.matches("axcde"));
  EXPECT_FALSE(NameSet().matches(""));
}

TEST(Glob, ManyStarsAreNotSlow) {
  std::string pattern;
  for (int i = 0; i < 30; ++i) pattern += "*a";
  EXPECT_FALSE(name_matches(pattern + "b", std::string(5000, 'a')));
  EXPECT_FALSE(path_matches(pattern + "b", std::string(5000, 'a')));
}

TEST(Glob, BracesExpandInTheOrderWritten) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(expand_braces("requests.{get,post}"), (Names{"requests.get", "requests.post"}));
  EXPECT_EQ(expand_braces("{a,b}{1,2}"), (Names{"a1", "a2", "b1", "b2"}));
  EXPECT_EQ(expand_braces("x{,y}"), (Names{"x", "xy"}));
  EXPECT_EQ(expand_braces("a{b,c{d,e}}f"), (Names{"abf", "acdf", "acef"}));
  EXPECT_EQ(expand_braces("plain"), (Names{"plain"}));
  EXPECT_EQ(expand_braces(""), (Names{""}));
  EXPECT_EQ(expand_braces("{only}"), (Names{"only"}));
}

TEST(Glob, ABraceWithoutAPartnerIsItself) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(expand_braces("a{b"), (Names{"a{b"}));
  EXPECT_EQ(expand_braces("a}b"), (Names{"a}b"}));
  EXPECT_EQ(expand_braces("a{{b,c}"), (Names{"a{b", "a{c"}));
}

TEST(Utf, KnowsValidText) {
  EXPECT_TRUE(valid_utf8(""));
  EXPECT_TRUE(valid_utf8("plain"));
  EXPECT_TRUE(valid_utf8("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"));
  EXPECT_TRUE(valid_utf8(std::string_view("a\0b", 3)));
  EXPECT_FALSE(valid_utf8("caf\xe9"));
  EXPECT_FALSE(valid_utf8("\xc0\x80"));          // overlong
  EXPECT_FALSE(valid_utf8("\xed\xa0\x80"));      // surrogate
  EXPECT_FALSE(valid_utf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(valid_utf8("\xe2\x82"));          // cut off
  for (size_t at = 0; at < 40; ++at) {           // eight bytes are looked at together
    std::string text(40, 'a');
    text[at] = '\x80';
    EXPECT_FALSE(valid_utf8(text)) << at;
    EXPECT_TRUE(valid_utf8(text.replace(at, 1, "\xc3\xa9"))) << at;
  }
}

TEST(Utf, ReplacesTheLongestBrokenBeginning) {
  EXPECT_EQ(to_valid_utf8("caf\xe9 x").text, "caf\xef\xbf\xbd x");
  EXPECT_EQ(to_valid_utf8("\xe2\x82").text, "\xef\xbf\xbd");
  EXPECT_EQ(to_valid_utf8("\xe2\x82(").text, "\xef\xbf\xbd(");
  EXPECT_EQ(to_valid_utf8("\xf0\x9f\x98\x80").text, "\xf0\x9f\x98\x80");
  EXPECT_EQ(to_valid_utf8("\xed\xa0\x80").replaced, 3U);
  EXPECT_EQ(to_valid_utf8("ab\xff\xfe").replaced, 2U);
  EXPECT_EQ(to_valid_utf8("ab\xff\xfe").first_replaced, 2U);
  EXPECT_EQ(to_valid_utf8("ab").replaced, 0U);
}

TEST(Utf, AppendsCodePoints) {
  std::string out;
  for (const char32_t c : {0x41U, 0xE9U, 0x20ACU, 0x1F600U, 0xD800U, 0x110000U}) append_utf8(out, c);
  EXPECT_EQ(out, "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Utf, ColumnsInUtf16) {
  const std::string line = "s = '\xf0\x9f\x98\x80' + x";  // the emoji takes bytes 6 to 9
  EXPECT_EQ(utf16_column(line, 1), 1U);
  EXPECT_EQ(utf16_column(line, 6), 6U);
  EXPECT_EQ(utf16_column(line, 8), 6U);  // inside a character
  EXPECT_EQ(utf16_column(line, 10), 8U);
  EXPECT_EQ(utf16_column(line, 14), 12U);
  EXPECT_EQ(utf16_column(line, 15), 13U);  // the end, exclusive
  EXPECT_EQ(utf16_column(line, 17), 15U);  // beyond
  EXPECT_EQ(utf16_column("caf\xc3\xa9 x", 7), 6U);
  EXPECT_EQ(utf16_column("", 1), 1U);
  EXPECT_EQ(utf16_column("x", 0), 0U);
}

TEST(Text, SplitTrimJoin) {
  using Views = std::vector<std::string_view>;
  EXPECT_EQ(split("a,b,", ','), (Views{"a", "b", ""}));
  EXPECT_EQ(split("", ','), (Views{""}));
  EXPECT_EQ(trimmed("  a b\t\r\n"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_EQ(join(std::vector<std::string>{"a", "b"}, ", "), "a, b");
  EXPECT_EQ(join({}, ", "), "");
  EXPECT_EQ(lower("UTF-8 \xc3\x89"), "utf-8 \xc3\x89");
  EXPECT_EQ(counted(1, "finding"), "1 finding");
  EXPECT_EQ(counted(0, "finding"), "0 findings");
}

}  // namespace
}  // namespace stallint
