// Source to facts: Python, and C++ by its spelling.
//
// Each tests/facts/*.py and *.cpp is source with goals in comments: see tests/support/goals.h.
//
// What such files cannot hold well (odd bytes, text that programs wrote, sizes) is built here, and every text that is
// read anywhere in this file must give facts that hold together.

#include "checker/cpp/cpp.h"
#include "checker/facts/facts.h"
#include "checker/python/python.h"
#include "tests/support/goals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace stallint {
namespace {

using namespace facts;  // NOLINT: nothing else is spoken of here

const std::string kFolder = std::string(STALLINT_SOURCE_DIR) + "/tests/facts/";

FileFacts read(const std::string& text, Language language = Language::kPython) {
  FileFacts facts = language == Language::kCpp ? cpp::read(text) : python::read(text);
  EXPECT_EQ(facts.language, language);
  check_sound(facts, text.size());
  return facts;
}

// --- Goals
// ------------------------------------------------------------------------------------------------------------

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Goals : public testing::TestWithParam<std::filesystem::path> {
 protected:
  static bool is_python() { return GetParam().extension() == ".py"; }
  static FileFacts read(const std::string& text) {
    return stallint::read(text, is_python() ? Language::kPython : Language::kCpp);
  }
};

TEST_P(Goals, AllMet) {
  const std::string text = contents(GetParam());
  const std::string printed = print(read(text));
  EXPECT_EQ(printed, print(read(text))) << "reading twice gives different facts";

  check_goals(GetParam().filename().string(), text, is_python() ? "#" : "//", printed);
}

// The same facts come out of other line ends. Text in quotes may go over lines, so only names and calls are compared.
TEST_P(Goals, SameWithCarriageReturns) {
  const std::string text = contents(GetParam());
  std::string windows;
  for (const char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
  const FileFacts unix_facts = read(text);
  const FileFacts windows_facts = read(windows);
  ASSERT_EQ(unix_facts.functions.size(), windows_facts.functions.size());
  EXPECT_EQ(unix_facts.line_starts.size(), windows_facts.line_starts.size());
  EXPECT_EQ(unix_facts.classes.size(), windows_facts.classes.size());
  EXPECT_EQ(unix_facts.ignores.size(), windows_facts.ignores.size());
  for (size_t n = 0; n < unix_facts.bodies.size(); ++n) {
    EXPECT_EQ(unix_facts.bodies[n].calls.size(), windows_facts.bodies[n].calls.size());
    EXPECT_EQ(unix_facts.bodies[n].writes.size(), windows_facts.bodies[n].writes.size());
    EXPECT_EQ(unix_facts.bodies[n].blocks.size(), windows_facts.bodies[n].blocks.size());
  }
}

// A file that breaks off anywhere still gives facts.
TEST_P(Goals, SoundWhenCutAnywhere) {
  const std::string text = contents(GetParam());
  for (size_t size = 0; size < text.size() && !HasFailure(); size += 1 + text.size() / 97) read(text.substr(0, size));
}

std::vector<std::filesystem::path> goal_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".py" || entry.path().extension() == ".cpp") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Facts, Goals, testing::ValuesIn(goal_files()), [](const auto& info) {
  return info.param.stem().string() + "_" + info.param.extension().string().substr(1);
});

// --- What files cannot hold
// -------------------------------------------------------------------------------------------

std::string repeat(const std::string& text, size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (size_t n = 0; n < times; ++n) result += text;
  return result;
}

size_t calls_in(const FileFacts& facts) {
  size_t calls = 0;
  for (const Body& body : facts.bodies) {
    for (const Call& call : body.calls) calls += call.kind == CallKind::kCall ? 1 : 0;
  }
  return calls;
}

// The printed call, with its place, of the text's only call of that name.
std::string call_of(const FileFacts& facts, const std::string& name) {
  std::istringstream in(print(facts));
  for (std::string line; std::getline(in, line);) {
    if (line.find(" call " + name + "(") != std::string::npos) return line;
  }
  return "";
}

TEST(Text, EndsOfLines) {
  for (const char* text : {"def f():\n    a()\n    b()\n", "def f():\r\n    a()\r\n    b()\r\n",
                           "def f():\r    a()\r    b()\r", "def f():\n    a()\n    b()",
                           "\xEF\xBB\xBF"
                           "def f():\n    a()\n    b()\n",
                           "\f\ndef f():\n\f    a()\n    b()\n", "def f():\n\ta()\n\tb()\n"}) {
    const FileFacts facts = read(text);
    ASSERT_EQ(facts.functions.size(), 2u) << text;
    EXPECT_EQ(facts.bodies[1].calls.size(), 2u) << text;
    EXPECT_TRUE(facts.notes.empty()) << text;
  }
  EXPECT_EQ(call_of(read("x\r\ry = f()"), "f"), "3:5 call f() fate=kept into=y");
}

TEST(Text, WithoutCode) {
  for (const char* text :
       {"", "\n", "\n\n  \n", "# only a comment", "\"\"\"Only a docstring.\"\"\"", "\xEF\xBB\xBF", "\\"}) {
    const FileFacts facts = read(text);
    EXPECT_EQ(facts.functions.size(), 1u) << text;
    EXPECT_TRUE(facts.functions[0].trivial) << text;
    EXPECT_EQ(calls_in(facts), 0u) << text;
  }
}

TEST(Text, OddBytes) {
  const std::string nul = std::string("x = 1\0\nf()\n", 11) + std::string("y = 'a\0b'\ng()\n", 14);
  EXPECT_EQ(calls_in(read(nul)), 2u);
  EXPECT_FALSE(read(nul).notes.empty());
  EXPECT_EQ(calls_in(read("x = '\xFF\xFE'\nf()\n")), 1u);
  read(std::string(10'000, '\0'));
  std::string bytes;
  uint32_t seed = 1;
  for (int n = 0; n < 100'000; ++n) {
    seed = seed * 1664525 + 1013904223;
    bytes += static_cast<char>(seed >> 24);
  }
  read(bytes);
}

// Any tokens in any order.
TEST(Text, ShuffledTokens) {
  const std::vector<std::string> tokens = {
      "def f", "class C", "if ",     "else:", "(",      ")",       "[",      "]",   "{",
      "}",     "\n",      "\n    ",  "x",     "\"",     "f'",      "\"\"\"", "=",   ":",
      ",",     ".",       "lambda ", "for ",  "in ",    "async ",  "await ", "@",   "return ",
      "try:",  "except ", "with ",   "as ",   "match ", "case ",   "*",      "**",  "import ",
      "from ", "#",       "yield ",  ":=",    "type ",  "global ", "del ",   "x()", "1"};
  uint32_t seed = 7;
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    std::string text;
    for (int n = 0; n < 200; ++n) {
      seed = seed * 1664525 + 1013904223;
      text += tokens[(seed >> 16) % tokens.size()];
    }
    read(text);
  }
}

// --- Text that programs wrote
// -----------------------------------------------------------------------------------------

TEST(Size, NestedBrackets) {
  for (const auto& [open, close] : {std::pair{"(", ")"}, {"[", "]"}, {"{", "}"}, {"a[", "]"}, {"[0, ", "]"}}) {
    const FileFacts facts = read("x = " + repeat(open, 5'000) + "f()" + repeat(close, 5'000) + "\nafter()\n");
    EXPECT_EQ(calls_in(facts), 2u) << open;
    EXPECT_EQ(facts.notes.empty(), std::string(open) == "(") << open;
    read("x = " + repeat(open, 5'000) + "\nafter()\n");
  }
  EXPECT_EQ(calls_in(read(repeat("f(", 5'000) + repeat(")", 5'000))), 5'000u);
  read(repeat("([{", 5'000));
  read(repeat(")", 5'000));
}

TEST(Size, NestedOperators) {
  EXPECT_EQ(calls_in(read("x = " + repeat("not ", 3'000) + "f()")), 1u);
  EXPECT_EQ(calls_in(read("x = " + repeat("-", 3'000) + "f()")), 1u);
  EXPECT_EQ(calls_in(read("x = " + repeat("f() if c() else ", 3'000) + "g()")), 6'001u);
  EXPECT_EQ(calls_in(read("x = " + repeat("f() ** ", 3'000) + "g()")), 3'001u);
  EXPECT_EQ(calls_in(read("x = " + repeat("lambda: ", 3'000) + "f()")), 1u);
  EXPECT_EQ(read("x = " + repeat("lambda: ", 3'000) + "f()").functions.size(), 3'001u);
  read("async def f():\n  x = " + repeat("await ", 3'000) + "g()");
  read("x = " + repeat("lambda x=", 3'000) + "f()" + repeat(": 1", 3'000));
  read("x: " + repeat("List[", 3'000) + "int" + repeat("]", 3'000));
  read("x: '" + repeat("List[", 1'500) + "int" + repeat("]", 1'500) + "'");
  read("x = " + repeat("f'{", 150) + "1" + repeat("}'", 150));
  read("match x:\n case " + repeat("[", 3'000) + repeat("]", 3'000) + ": pass\n");
}

TEST(Size, LongChains) {
  EXPECT_EQ(calls_in(read("x = a" + repeat(".b", 50'000) + "()")), 1u);
  EXPECT_EQ(calls_in(read("x = f" + repeat("()", 50'000))), 50'000u);
  EXPECT_EQ(calls_in(read("x = f" + repeat(".a()[0]", 10'000))), 10'000u);
  for (const char* sign : {" + ", " or ", " and ", " < ", " % ", " | ", ", "}) {
    const FileFacts facts = read("x = f()" + repeat(sign + std::string("f()"), 9'999));
    EXPECT_EQ(calls_in(facts), 10'000u) << sign;
    EXPECT_TRUE(facts.notes.empty()) << sign;
  }
  EXPECT_EQ(calls_in(read("x = [" + repeat("f(1), ", 100'000) + "]")), 100'000u);
  EXPECT_EQ(calls_in(read("x = {" + repeat("'a': f(1), ", 50'000) + "}")), 50'000u);
  EXPECT_EQ(calls_in(read(repeat("a = ", 20'000) + "f()")), 1u);
  EXPECT_EQ(calls_in(read("f(" + repeat("a=g(), ", 50'000) + ")")), 50'001u);
  EXPECT_EQ(read("x = " + repeat("'a' ", 50'000)).bodies[0].writes.size(), 1u);
}

TEST(Size, ManyBranches) {
  const FileFacts chain = read("if a(): b()\n" + repeat("elif a(): b()\n", 10'000));
  EXPECT_EQ(calls_in(chain), 20'002u);
  const FileFacts leaving = read("def f():\n" + repeat(" if a(): return\n", 10'000) + " g()\n");
  const Body& body = leaving.bodies[1];
  EXPECT_TRUE(inside(body, body.calls.back().block, body.calls[10].block));
  EXPECT_TRUE(exclusive(body, body.exits[0].block, body.calls.back().block));
  EXPECT_FALSE(exclusive(body, body.calls[0].block, body.calls.back().block));
  EXPECT_EQ(calls_in(read("with " + repeat("f() as a, ", 10'000) + "g():\n  pass\n")), 10'001u);
  read("match x:\n" + repeat(" case 1: pass\n", 10'000));
  read("try: pass\n" + repeat("except A: pass\n", 10'000));
  read("x = [a " + repeat("for a in b ", 5'000) + "]");
}

TEST(Size, DeepIndentation) {
  for (const int levels : {100, 300, 450, 1'000}) {
    std::string text;
    for (int level = 0; level < levels; ++level) text += std::string(static_cast<size_t>(level), ' ') + "if a:\n";
    text += std::string(static_cast<size_t>(levels), ' ') + "f()\n";
    const FileFacts facts = read("before()\n" + text + "after()\n");
    EXPECT_EQ(call_of(facts, "before"), "1:1 call before() fate=dropped");
    EXPECT_EQ(facts.notes.empty(), levels < 400) << levels;
  }
}

TEST(Size, TenMegabytes) {
  const std::string unit =
      "    def method(self, a: \"B\", b=make()):\n"
      "        with self.lock as held:\n"
      "            return [call(x) for x in held if x]\n";
  const std::string text = "class A:\n" + repeat(unit, 10'000'000 / unit.size());
  const FileFacts facts = read(text);
  EXPECT_EQ(facts.functions.size(), 10'000'000 / unit.size() + 2);
  EXPECT_EQ(calls_in(facts), 2 * (10'000'000 / unit.size()));
  EXPECT_TRUE(facts.notes.empty());
  read("x = '" + std::string(10'000'000, 'a') + "'\n");
  read("#" + std::string(10'000'000, 'a'));
  read(std::string(1'000'000, '\n') + "f()");
}

TEST(Notes, AreFew) {
  EXPECT_EQ(read("x = = 1\nf()\n").notes.size(), 1u);
  const FileFacts many = read(repeat("x = = 1\nf()\n\n\n", 500));
  EXPECT_EQ(calls_in(many), 500u);
  ASSERT_EQ(many.notes.size(), 21u);
  EXPECT_EQ(many.notes.back().message, "and 480 more places like these");
  EXPECT_EQ(read(repeat("x = = 1\n", 500)).notes.size(), 1u) << "neighbours are one place";
}

// --- Questions about blocks
// -------------------------------------------------------------------------------------------

// Whether a() and b() in the body of a function never run in one pass.
bool excludes(const std::string& statements) {
  std::string text = "def f():\n";
  std::istringstream in(statements);
  for (std::string line; std::getline(in, line);) text += "    " + line + "\n";
  const FileFacts facts = read(text);
  const Body& body = facts.bodies[1];
  BlockId blocks[2] = {BlockId::kNone, BlockId::kNone};
  for (const Call& call : body.calls) {
    const std::string& name = facts.text(body.tree[body.tree.child(call.expr, 0)].text);
    if (name == "a" || name == "b") blocks[name == "b"] = call.block;
  }
  EXPECT_EQ(exclusive(body, blocks[0], blocks[1]), exclusive(body, blocks[1], blocks[0]));
  return exclusive(body, blocks[0], blocks[1]);
}

TEST(Blocks, Exclusive) {
  EXPECT_TRUE(excludes("if x:\n  a()\nelse:\n  b()"));
  EXPECT_TRUE(excludes("if x:\n  a()\nelif y:\n  b()"));
  EXPECT_TRUE(excludes("if x:\n  for i in j:\n    a()\nelse:\n  with k:\n    b()"));
  EXPECT_TRUE(excludes("if x:\n  a()\n  return\nb()"));
  EXPECT_TRUE(excludes("if w:\n  return\nelif x:\n  a()\n  return\nb()"));
  EXPECT_TRUE(excludes("z = a() if x else b()"));
  EXPECT_TRUE(excludes("match x:\n  case 1:\n    a()\n  case 2:\n    b()"));
  EXPECT_TRUE(excludes("try:\n  z\nexcept A:\n  a()\nexcept B:\n  b()"));
  EXPECT_TRUE(excludes("try:\n  z\nexcept A:\n  a()\nelse:\n  b()"));

  EXPECT_FALSE(excludes("a()\nb()"));
  EXPECT_FALSE(excludes("if x:\n  a()\nb()"));
  EXPECT_FALSE(excludes("if x:\n  a()\nif not x:\n  b()"));
  EXPECT_FALSE(excludes("if x:\n  a()\n  b()"));
  EXPECT_FALSE(excludes("if a():\n  b()"));
  EXPECT_FALSE(excludes("try:\n  a()\nexcept A:\n  b()"));
  EXPECT_FALSE(excludes("try:\n  a()\nfinally:\n  b()"));
  EXPECT_FALSE(excludes("try:\n  z\nexcept A:\n  a()\nfinally:\n  b()"));
  EXPECT_FALSE(excludes("try:\n  z\nexcept* A:\n  a()\nexcept* B:\n  b()"));
  EXPECT_FALSE(excludes("for i in j:\n  a()\nelse:\n  b()"));
  EXPECT_FALSE(excludes("x and a()\nx or b()"));
}

TEST(Blocks, InsideAndAround) {
  const FileFacts facts = read("with lock:\n    for x in y:\n        a()\nb()\n");
  const Body& body = facts.bodies[0];
  const BlockId deep = body.calls[body.calls.size() - 2].block;
  const BlockId region = around(body, deep, BlockKind::kRegion);
  ASSERT_NE(region, BlockId::kNone);
  EXPECT_EQ(around(body, deep, BlockKind::kTry), BlockId::kNone);
  EXPECT_EQ(around(body, region, BlockKind::kRegion), region);
  EXPECT_TRUE(inside(body, deep, region));
  EXPECT_TRUE(inside(body, deep, deep));
  EXPECT_FALSE(inside(body, region, deep));
  EXPECT_FALSE(inside(body, body.calls.back().block, region));
}

TEST(Facts, Locate) {
  const FileFacts facts = read("a\n\nbcd\n");
  const auto at = [&](uint32_t offset) {
    const LineColumn place = locate(facts, offset);
    return std::to_string(place.line) + ":" + std::to_string(place.column);
  };
  EXPECT_EQ(at(0), "1:1");
  EXPECT_EQ(at(1), "1:2");
  EXPECT_EQ(at(2), "2:1");
  EXPECT_EQ(at(5), "3:3");
  EXPECT_EQ(at(7), "4:1");
}

TEST(Facts, StringsAreStoredOnce) {
  std::vector<std::string> stored;
  Strings strings(stored);
  EXPECT_EQ(strings.id(""), 0u);
  std::vector<uint32_t> ids;
  for (int n = 0; n < 1'000; ++n) ids.push_back(strings.id("name" + std::to_string(n)));
  for (int n = 0; n < 1'000; ++n) EXPECT_EQ(strings.id("name" + std::to_string(n)), ids[static_cast<size_t>(n)]);
  EXPECT_EQ(stored.size(), 1'001u);
  Strings again(stored);
  EXPECT_EQ(again.id("name7"), ids[7]);
}

}  // namespace
}  // namespace stallint
