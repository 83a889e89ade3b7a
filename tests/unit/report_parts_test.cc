// The parts of which reports are made: hashes, columns, excerpts, sentences, URIs, folds.

#include "checker/finding/finding.h"
#include "reporters/excerpt.h"
#include "reporters/fold.h"
#include "reporters/line_hash.h"
#include "reporters/lines.h"
#include "reporters/prose.h"
#include "reporters/uri.h"
#include "reporters/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stallint::reporters {
namespace {

using Strings = std::vector<std::string>;

// --- Line hashes: the numbers are GitHub's
// ----------------------------------------------------------------------------

TEST(LineHash, OfAnEmptyFile) { EXPECT_EQ(line_hashes(""), Strings{"c129715d7a2bc9a3:1"}); }

TEST(LineHash, SkipsBlanksAndTabs) {
  const Strings expected = {"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"};
  EXPECT_EQ(line_hashes(" a\nb\n  \t\tc\n d"), expected);
  EXPECT_EQ(line_hashes("a\nb\nc\nd"), expected);
}

TEST(LineHash, TakesAllLineEndsAlike) {
  const Strings expected = line_hashes(" a\nb\n  \t\tc\n\n d\n");
  EXPECT_EQ(line_hashes(" a\rb\r  \t\tc\r\r d\r"), expected);
  EXPECT_EQ(line_hashes(" a\r\nb\r\n  \t\tc\r\n\r\n d\r\n"), expected);
  EXPECT_EQ(line_hashes(" a\nb\r\n  \t\tc\n\r d\r\n"), expected);
}

TEST(LineHash, CountsEqualLines) {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "Lorem ipsum dolor sit amet.\n";
  EXPECT_EQ(line_hashes(text),
            (Strings{"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3", "a7f2ff13bc495cf2:4",
                     "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6", "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1",
                     "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"}));
}

TEST(LineHash, CountsUtf16Units) {
  // A character of two units is hashed as its two surrogates, which no valid text can hold by themselves.
  EXPECT_NE(line_hashes("x = '\xF0\x9F\x9A\x80'"), line_hashes("x = '\xEF\xBF\xBD\xEF\xBF\xBD'"));
  EXPECT_EQ(line_hashes("a\xC3"), line_hashes("a\xEF\xBF\xBD"));
}

// --- Characters
// -------------------------------------------------------------------------------------------------------

TEST(Utf8, MeasuresWhatReadersCount) {
  const std::string text = "naïve 漢字 🚀";
  EXPECT_EQ(text.size(), 18U);
  EXPECT_EQ(width_of(text), 13U);
  EXPECT_EQ(utf16_units(text), 11U);
  EXPECT_EQ(width_of("e\u0301"), 1U);
}

TEST(Utf8, ReplacesBrokenSequencesAsBrowsersDo) {
  EXPECT_EQ(printable("a\xFF"
                      "b"),
            "a\uFFFDb");
  EXPECT_EQ(printable("\xE6\xBC"), "\uFFFD");  // a character cut short is one
  EXPECT_EQ(printable("\xE6\xBCx"), "\uFFFDx");
  EXPECT_EQ(printable("\xC0\xAF"), "\uFFFD\uFFFD");            // overlong: both bytes lead nothing
  EXPECT_EQ(printable("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(Utf8, DisarmsWhatWouldSteerTheTerminal) {
  EXPECT_EQ(printable("\x1b[31mred\a\n\u202Eevil"), "\uFFFD[31mred\uFFFD \uFFFDevil");
}

// --- Lines
// ------------------------------------------------------------------------------------------------------------

TEST(Lines, EndAsPythonEndsThem) {
  const Lines lines("a\r\nbb\rccc\n\nd");
  EXPECT_EQ(lines.count(), 5U);
  EXPECT_EQ(lines.line(1), "a");
  EXPECT_EQ(lines.line(2), "bb");
  EXPECT_EQ(lines.line(3), "ccc");
  EXPECT_EQ(lines.line(4), "");
  EXPECT_EQ(lines.line(5), "d");
  EXPECT_EQ(lines.line(6), "");
  EXPECT_EQ(lines.text({"f", 2, 2, 3, 3}), "b\rcc");
  EXPECT_EQ(lines.text({"f", 3, 9, 3, 3}), "");
}

// --- Excerpts
// ---------------------------------------------------------------------------------------------------------

std::string drawn(std::string_view line, uint32_t column, uint32_t end_column, size_t width = 100) {
  const Excerpt part = excerpt(line, column, end_column, width);
  return part.line + "\n" + std::string(part.indent, ' ') + std::string(part.marks, '^');
}

TEST(Excerpt, MarksThePlace) {
  EXPECT_EQ(drawn("x = get(1)", 5, 11),
            "x = get(1)\n"
            "    ^^^^^^");
}

TEST(Excerpt, AlignsBelowTabsAndWideCharacters) {
  EXPECT_EQ(drawn("\ta\tget()", 4, 9),
            "    a   get()\n"
            "        ^^^^^");
  EXPECT_EQ(drawn("'漢字' + get()", 12, 17),
            "'漢字' + get()\n"
            "         ^^^^^");
  EXPECT_EQ(drawn("漢 = 1", 1, 4),
            "漢 = 1\n"
            "^^");
}

TEST(Excerpt, CutsLongLinesAroundThePlace) {
  const std::string before(60, 'a');
  const std::string after(60, 'b');
  EXPECT_EQ(drawn(before + "get()" + after, 61, 66, 30),
            "...aaaaaaaget()bbbbbbbbbbbb...\n"
            "          ^^^^^");
  EXPECT_EQ(drawn("get()" + after, 1, 6, 30),
            "get()bbbbbbbbbbbbbbbbbbbbbb...\n"
            "^^^^^");
  EXPECT_EQ(drawn(before + "get()", 61, 66, 30),
            "...aaaaaaaaaaaaaaaaaaaaaaget()\n"
            "                         ^^^^^");
}

TEST(Excerpt, IsNeverWiderThanTheRoom) {
  std::string line;
  for (int i = 0; i < 40; ++i) line += "x漢\t🚀é";
  for (uint32_t column = 1; column <= line.size(); column += 3) {
    const Excerpt part = excerpt(line, column, column + 9, 50);
    EXPECT_LE(width_of(part.line), 50U) << column;
    EXPECT_LE(part.indent + part.marks, 51U) << column;
  }
}

TEST(Excerpt, MarksSomethingInAnyCase) {
  EXPECT_EQ(drawn("x", 40, 50), "x\n ^");
  EXPECT_EQ(drawn("", 1, 1), "\n^");
  EXPECT_EQ(drawn("abc   ", 2, kToLineEnd), "abc\n ^^");
}

TEST(Excerpt, DoesNotReadAHugeLine) {
  const std::string line = std::string(10'000'000, 'a') + "get()" + std::string(10'000'000, 'b');
  for (int i = 0; i < 200; ++i) {
    EXPECT_LE(excerpt(line, 10'000'001, 10'000'006, 100).line.size(), 100U);
  }
}

// --- Sentences
// --------------------------------------------------------------------------------------------------------

TEST(Prose, CutsAtASentenceOrElseAtAWord) {
  const std::string text = "Await it,\nor use a thread, e.g. by hand. In userver, use\n  another lock.";
  EXPECT_EQ(brief(text, 100), "Await it, or use a thread, e.g. by hand. In userver, use another lock.");
  EXPECT_EQ(brief(text, 60), "Await it, or use a thread, e.g. by hand.");
  EXPECT_EQ(brief(text, 36), "Await it, or use a thread, e.g. ...");
  EXPECT_EQ(brief("", 10), "");
}

TEST(Prose, WrapsIntoTheRoomThereIs) {
  const std::string text = "One two three. Four five six seven eight nine ten.";
  EXPECT_EQ(wrap(text, 100, 2), Strings{text});
  EXPECT_EQ(wrap(text, 20, 3), (Strings{"One two three. Four", "five six seven eight", "nine ten."}));
  EXPECT_EQ(wrap(text, 20, 2), Strings{"One two three."});
  EXPECT_EQ(wrap("One two three four five six", 10, 2), (Strings{"One two", "three ..."}));
  EXPECT_EQ(wrap("Pass it: `await f(a, b)`, or wait.", 18, 9), (Strings{"Pass it:", "`await f(a, b)`,", "or wait."}));
  EXPECT_EQ(wrap("Write `a b c d e f g` there", 14, 1), Strings{"Write ..."});
}

TEST(Prose, SpeaksOfNoCodeInParticular) {
  EXPECT_EQ(general_sentence("`{function}` blocks the event loop: {chain}"), "A function blocks the event loop.");
  EXPECT_EQ(general_sentence("`{variable}` grows in `{function}`"), "A variable grows in a function.");
  EXPECT_EQ(general_sentence("`{client}` is made per request"), "A client is made per request.");
  EXPECT_EQ(general_sentence("`{executor}` is made per request"), "An executor is made per request.");
  EXPECT_EQ(without_placeholders("While `{function}` waits in `{sink}`, all wait."),
            "While the function waits in the call, all wait.");
  EXPECT_EQ(without_placeholders("Write `{call}(timeout=5)`."), "Write `call(timeout=5)`.");
  EXPECT_EQ(without_placeholders("`f\"{name}\"` and `{\"a\": 1}` stay"), "`f\"{name}\"` and `{\"a\": 1}` stay");
}

// --- URIs
// -------------------------------------------------------------------------------------------------------------

TEST(Uri, IsRelativeBelowTheWorkingDirectory) {
  const auto text = [](const std::string& path) {
    const Uri uri = uri_of(path, "/srv/app");
    return (uri.relative ? "relative " : "absolute ") + uri.text;
  };
  EXPECT_EQ(text("a b/c%.py"), "relative a%20b/c%25.py");
  EXPECT_EQ(text("./a//b/../c.py"), "relative a/c.py");
  EXPECT_EQ(text("/srv/app/a.py"), "relative a.py");
  EXPECT_EQ(text("../x/a.py"), "absolute file:///srv/x/a.py");
  EXPECT_EQ(text("/etc/a:b.py"), "absolute file:///etc/a%3Ab.py");
  EXPECT_EQ(folder_uri("/srv/my app"), "file:///srv/my%20app/");
  EXPECT_EQ(folder_uri("/"), "file:///");
}

// --- Folds
// ------------------------------------------------------------------------------------------------------------

Finding caused(const std::string& sink, const std::string& callee, size_t steps) {
  Finding finding;
  finding.rule = "async-blocking-call";
  finding.sink = sink;
  finding.first_callee = callee;
  finding.chain.resize(steps);
  return finding;
}

TEST(Fold, JoinsOneSinkBehindOneCallee) {
  std::vector<Finding> findings = {caused("s.py:1:1 get", "load", 3), caused("s.py:1:1 get", "fetch", 2),
                                   caused("s.py:1:1 get", "load", 3), caused("s.py:9:1 get", "load", 3)};
  findings.push_back(findings[0]);
  findings.back().rule = "http-call-in-loop";
  const std::vector<Entry> entries = fold(findings);
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[0].shown, &findings[0]);
  EXPECT_EQ(entries[0].others, std::vector<const Finding*>{&findings[2]});
  EXPECT_TRUE(entries[1].others.empty());
}

TEST(Fold, ShowsTheGravestThenTheSurestThenTheShortest) {
  std::vector<Finding> findings(5, caused("s", "load", 3));
  findings[0].severity = Severity::kLow;
  findings[1].confidence = Confidence::kLikely;
  findings[1].chain.resize(1);
  findings[3].chain.resize(2);
  findings[4].chain.resize(2);
  const std::vector<Entry> entries = fold(findings);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].shown, &findings[3]);
  EXPECT_EQ(entries[0].others.size(), 4U);
}

TEST(Fold, LeavesOutTheSuppressedAndTheChainless) {
  std::vector<Finding> findings = {caused("", "", 0), caused("", "", 0), caused("s", "load", 1)};
  findings[2].suppressed = Suppression{};
  EXPECT_EQ(fold(findings).size(), 2U);
}

}  // namespace
}  // namespace stallint::reporters
