// The quick reader of Python and tree-sitter: whatever the one reads, the other reads alike.

#include "checker/python/quick.h"

#include "checker/facts/facts.h"
#include "checker/python/syntax.h"
#include "checker/rule/embedded.h"
#include "checker/rule/rule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace stallint::python {
namespace {

namespace fs = std::filesystem;

// A node as text, for failures.
std::string text_of(const Syntax& syntax, size_t node, std::string_view text) {
  if (node >= syntax.nodes.size()) return "no node";
  const Node& at = syntax.nodes[node];
  return "kind " + std::to_string(static_cast<int>(at.kind)) + " field " + std::to_string(static_cast<int>(at.field)) +
         " [" + std::to_string(at.begin) + ", " + std::to_string(at.end) + ") to " + std::to_string(at.skip) + ": " +
         std::string(text.substr(at.begin, std::min<size_t>(at.end - at.begin, 60)));
}

bool equal(const Node& a, const Node& b) {
  return a.begin == b.begin && a.end == b.end && a.skip == b.skip && a.kind == b.kind && a.field == b.field &&
         a.missing == b.missing;
}

// True if the text is read quickly; what is read must be what tree-sitter reads, without any error.
bool read_alike(std::string_view text) {
  const std::optional<Syntax> quick = parse_quickly(text);
  if (!quick) return false;
  const Syntax slow = parse_slowly(text);
  size_t same = 0;
  while (same < std::min(quick->nodes.size(), slow.nodes.size()) && equal(quick->nodes[same], slow.nodes[same])) ++same;
  if (same < std::max(quick->nodes.size(), slow.nodes.size())) {
    ADD_FAILURE() << "quick: " << text_of(*quick, same, text) << "\nslow: " << text_of(slow, same, text) << "\nin\n"
                  << text;
  }
  EXPECT_TRUE(std::equal(quick->comments.begin(), quick->comments.end(), slow.comments.begin(), slow.comments.end(),
                         [](facts::Span a, facts::Span b) { return a.begin == b.begin && a.end == b.end; }))
      << text;
  EXPECT_TRUE(slow.errors.empty() && slow.gaps.empty()) << text;
  EXPECT_EQ(quick->read_to, slow.read_to) << text;
  return true;
}

// All Python that there is here: the examples of the rules, and the sources that tests read.
std::vector<std::string> all_python() {
  std::vector<std::string> texts;
  std::vector<rule::SourceFile> files;
  for (const rule::EmbeddedFile& file : rule::embedded_rules()) {
    files.push_back({std::string(file.path), std::string(file.text), true, file.tree});
  }
  const Result<rule::Rules> rules = rule::load_rules(files);
  for (const rule::Rule& rule : rules->rules) {
    for (const auto* examples : {&rule.bad, &rule.good, &rule.missed, &rule.wrong}) {
      for (const rule::Example& example : *examples) {
        for (const rule::ExampleFile& file : example.files) {
          if (std::string_view(file.name).ends_with(".py")) texts.push_back(rule::without_marks(file.text));
        }
      }
    }
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fs::path(STALLINT_SOURCE_DIR) / "tests")) {
    if (entry.path().extension() != ".py") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

TEST(Quick, ReadsAlmostEverythingAndAlike) {
  const std::vector<std::string> texts = all_python();
  ASSERT_GT(texts.size(), 500u);
  size_t read = 0;
  for (const std::string& text : texts) read += read_alike(text) ? 1 : 0;
  EXPECT_GT(read, texts.size() * 19 / 20);
}

TEST(Quick, ReadsWindowsLinesAlike) {
  size_t read = 0;
  for (const std::string& text : all_python()) {
    std::string windows;
    for (const char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
    read += read_alike(windows) ? 1 : 0;
  }
  EXPECT_GT(read, 100u);
}

// Most of what comes out is no Python any more. Then tree-sitter says what is wrong with it.
TEST(Quick, TakesNothingThatIsBroken) {
  const std::vector<std::string> pieces = {"(",      ")",      "[",     "]",    "{",     "}",      ":",      ",",
                                           ";",      "=",      "==",    ":=",   "*",     "**",     "not ",   "in",
                                           "is",     "if",     "else ", "for",  "async", "await ", "yield ", "lambda ",
                                           "print ", "match ", "type ", "as ",  "\n",    "  ",     "    ",   "\t",
                                           "\r",     "#",      "'",     "\"",   "f\"{",  "}\"",    "r'",     "\\",
                                           ".",      "...",    "->",    "@",    "-",     "~",      "|",      "0",
                                           "1.",     "x",      "_",     "None", "!r",    "{{"};
  std::mt19937 random(1);  // the same on every machine, as no distribution is asked
  const auto below = [&](size_t limit) { return random() % limit; };
  for (const std::string& text : all_python()) {
    if (text.empty() || text.size() > 4000) continue;
    for (int round = 0; round < 4; ++round) {
      std::string broken = text;
      const size_t at = below(broken.size());
      switch (below(3)) {
        case 0:
          broken.erase(at, 1 + below(3));
          break;
        case 1:
          broken.insert(at, pieces[below(pieces.size())]);
          break;
        default:
          broken.insert(at, text.substr(below(text.size()), below(12)));
      }
      read_alike(broken);
    }
  }
}

TEST(Quick, ReadsTheLanguage) {
  for (const std::string text : {
           "x: List[int] | None = None\ny: a.b[int, str]\nz: int | C[d]\ntype X[T] = A[b] | B\n",
           "def f[T: int, **P](a, /, b: A[c]=1, *, d, **e: x) -> A[a] | b: ...\n",
           "def f(*args: *T): pass\nasync def g(*, a=1): return\n",
           "class A[T](B[c], metaclass=d.E):\n    'doc'\n\n    x = 1  # one\n    # two\n\n  # three\n# four\ny = 2\n",
           "@a.b(c)  # why\n# more\n@d\nasync def f(): pass\n",
           "a, (b, [c, *d]) = e = f, g\nh, = i\nj += k, l\nm[n].o = yield p\n",
           "x = a if (b := c) else lambda d, *e, f=1, **g: (d, e)\n",
           "x = not a in b and c is not d or -e ** ~f < g not in h\n",
           "x = a | b & c ^ d << e + f * g @ h // i % j\n",
           "x = await a(b)[c:d, ::e].f(*g, h=i, **j)(k for l, m in n if o for p in q)\n",
           "x = {**a, b: c}, {d, *e}, [f, *g.h], {i: j for i, j in k}, {l for l in m}, (n,), ()\n",
           "with a as b, c.d() as (e, f): pass\nwith (g as h, i,): pass\nwith (j): pass\nwith (k, l) as m: pass\n",
           "async def f():\n    async with a as b: pass\n    async for c in d:\n        [e async for e in g]\n",
           "try: a\nexcept B as c: d\nexcept (E, F): g\nexcept H, I: j\nexcept: k\nelse: l\nfinally: m\n",
           "if a: b; c\nelif d:\n    e\nelse: f\nwhile g: break\nelse: h\nfor i, in j, k: continue\nelse: l\n",
           "from . import a\nfrom ..b.c import (d, e as f,)\nfrom .g import *\nimport h.i as j, k\n",
           "from __future__ import annotations\nglobal a, b\nnonlocal c\nassert d, e\ndel f, g[0]\n",
           "raise\nraise A(b) from None\nraise A, b\nreturn a, b\nyield from c\nprint('a' % b, file=c)\n",
           "match x, y:  # why\n    # more\n    case 1 | -2: pass\n    case A(b, c=d) as e if f: pass\n"
           "    case [a, *_, b]: pass\n    case {'a': b.c, **d}: pass\n    case _: pass\nmatch = match(a)\n",
           "x = f\"a{b!r:>{w}}{{}}{c=}{d:%d}{e['f']}{g, h}\" rb'\\'' u'' '''a'b''c\\'''' F'\\N{DASH}{x}'\n",
           "x = 0x1F + 0b1_0 + 1_000 + 1.5e-3 + .5j + 1e5 + 2j\n",
           "x = a.\\\n b\nif (a and  # c\n    b): pass\n",
           "x = r'\\\\' + r\"\\\"\" + r'\\d'\n",
           "try:\n\tpass\nfinally:\n\tpass\n",
       }) {
    EXPECT_TRUE(read_alike(text)) << text;
  }
}

// What the grammar reads in ways of its own.
TEST(Quick, NeverDiffers) {
  for (const std::string text : {
           "x = [*a.b]\n",
           "x = {*a[0]}\n",
           "print(a, *b.c())\n",
           "with a if b else c as d: pass\n",
           "with (a,): pass\n",
           "x = [y := a if b else c]\n",
           "x: A[B][C]\n",
           "print >>a, b\n",
           "exec 'a'\n",
           "print a\n",
           "x = a <> b\n",
           "x = `a`\n",
           "def f(a, (b, c)): pass\n",
           "x = 0777L\n",
           "async = 1\n",
           "x = (*a)\n",
           "x = *a\n",
           "def f():\n    x = (a,\n  b)\n",
           "def f():\n    x = [\n    a\n]\n",
           "if a:\n        b\n    c\n",
           "  x = 1\n",
           "x = \\\n",
           "def f():\n",
           "class A:\n    # nothing\n",
           "\\\nx = 1\n",
           "x = 1 if y\n",
           "a = b c\n",
           "\xC3\xA4 = 1\n",
           "x = '\xC3\xA4'\n",
           "x = rf'\\{a}'\n",
           "x = f'{a:{{}}}'\n",
           "x = f'{a!}'\n",
           "type = 1\n",
           "type(a).b = c\n",
           "type\n",
           "match\n",
           "match(a)\n",
           "match[a]: b\n",
           "match -a:\n    case b: pass\n",
           "try: a\nexcept* B: c\n",
           "lambda: (yield)\n",
           "x = a[*b]\n",
           "for x in *a, b: pass\n",
           "x = *a(), b\n",
           "class A(b for c in d): pass\n",
           "f(a for b in c, d)\n",
           "f(a, b for c in d)\n",
           "@a\nx = 1\n",
       }) {
    read_alike(text);
  }
}

// Long or deep text must be read, by one or the other, in one go.
TEST(Quick, StandsLongAndDeepText) {
  const auto repeat = [](const std::string& text, size_t times) {
    std::string all;
    for (size_t n = 0; n < times; ++n) all += text;
    return all;
  };
  constexpr size_t kMany = 20'000;
  EXPECT_TRUE(parse_quickly("x = a" + repeat(" + a", kMany) + "\n"));
  EXPECT_TRUE(parse_quickly("x = a" + repeat(".b(c)[d]", kMany) + "\n"));
  EXPECT_TRUE(parse_quickly("x = [" + repeat("a, ", kMany) + "]\n"));
  EXPECT_TRUE(parse_quickly(repeat("print(a); ", kMany) + "\n"));
  EXPECT_TRUE(parse_quickly(repeat("match(a); ", kMany) + "\n"));
  EXPECT_TRUE(parse_quickly("if a: b\n" + repeat("elif a: b\n", kMany)));
  for (const char* deep : {"(", "[", "{", "-", "not ", "lambda: ", "a if b else ", "a = ", "f(", "f'{", "a ** "}) {
    EXPECT_FALSE(parse_quickly("x = " + repeat(deep, kMany) + "a\n")) << deep;
  }
  std::string blocks;
  for (size_t n = 0; n < 150; ++n) blocks += std::string(n, ' ') + "if a:\n";
  EXPECT_FALSE(parse_quickly(blocks + std::string(150, ' ') + "b\n"));
}

}  // namespace
}  // namespace stallint::python
