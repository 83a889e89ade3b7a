// C++ read by its spelling, as far as tests/facts cannot hold it: odd bytes, text that programs wrote, sizes; and the
// overlay over what Clang has lost.

#include "checker/cpp/cpp.h"
#include "checker/facts/facts.h"
#include "tests/support/goals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace stallint {
namespace {

using namespace facts;  // NOLINT: nothing else is spoken of here

FileFacts read(const std::string& text) {
  FileFacts facts = cpp::read(text);
  check_sound(facts, text.size());
  return facts;
}

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

size_t calls_in(const std::string& text) { return calls_in(read(text)); }

// --- Text ------------------------------------------------------------------------------------------------------------

TEST(Text, EndsOfLines) {
  for (const char* text :
       {"void f() {\n  a();\n  b();\n}\n", "void f() {\r\n  a();\r\n  b();\r\n}\r\n", "void f() {\n  a();\n  b();\n}",
        "\xEF\xBB\xBFvoid f() {\n  a();\n  b(); }", "#define X \\\r\n  {\r\nvoid f() { a(); b(); }",
        "void f() { a(); // x \\\n y();\n b(); }"}) {
    const FileFacts facts = read(text);
    ASSERT_EQ(facts.functions.size(), 2u) << text;
    EXPECT_EQ(facts.bodies[1].calls.size(), 2u) << text;
    EXPECT_TRUE(facts.notes.empty()) << text;
  }
}

TEST(Text, WithoutCode) {
  for (const char* text : {"", "\n", "// only a comment", "/* open", "#include <a>\n", "#", "\"", "R\"(", "\\", "'"}) {
    const FileFacts facts = read(text);
    EXPECT_EQ(facts.functions.size(), 1u) << text;
    EXPECT_EQ(calls_in(facts), 0u) << text;
  }
}

TEST(Text, OddBytes) {
  EXPECT_EQ(calls_in(std::string("void f() { a();\0 b(); }", 23)), 2u);
  EXPECT_EQ(calls_in("void f() { a(\"\xFF\xFE\"); }"), 1u);
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
  const std::vector<std::string> tokens = {"void f(",    "class C ",  "struct ",  "namespace n ",
                                           "(",          ")",         "{",        "}",
                                           "[",          "]",         ";",        "\n",
                                           "x",          "X_MACRO ",  "\"s\"",    "'c'",
                                           "=",          ":",         ",",        ".",
                                           "->",         "::",        "[&]",      "for (",
                                           "while (",    "if (",      "else ",    "co_await ",
                                           "co_yield ",  "return ",   "try ",     "catch (",
                                           "throw ",     "template<", ">",        "<",
                                           "int ",       "auto ",     "const ",   "*",
                                           "&",          "#if 0\n",   "#else\n",  "#endif\n",
                                           "//",         "/*",        "*/",       "new ",
                                           "delete ",    "using ",    "switch (", "case 1:",
                                           "operator()", "x()"};
  uint32_t seed = 7;
  for (int round = 0; round < 300 && !testing::Test::HasFailure(); ++round) {
    std::string text;
    for (int n = 0; n < 200; ++n) {
      seed = seed * 1664525 + 1013904223;
      text += tokens[(seed >> 16) % tokens.size()];
    }
    read(text);
  }
}

// --- Sizes -----------------------------------------------------------------------------------------------------------

TEST(Size, NestedBrackets) {
  for (const auto& [open, close] : {std::pair{"(", ")"}, {"[", "]"}, {"{", "}"}, {"f(", ")"}, {"[]{", "}"}}) {
    const std::string nest = repeat(open, 100'000);
    EXPECT_GE(calls_in("void f() { x = " + nest + repeat(close, 100'000) + "; after(); }\nvoid g() { h(); }"), 1u);
    read("void f() { x = " + nest + "; after(); }");
    read(nest);
    read(repeat(close, 100'000));
    read(repeat(std::string(open) + "}", 20'000));
  }
  const FileFacts deep = read("void f() { " + repeat("{", 1'000) + "a();" + repeat("}", 1'000) + " b(); }");
  EXPECT_EQ(calls_in(deep), 1u);
  EXPECT_EQ(deep.notes.size(), 1u);
  EXPECT_EQ(calls_in("void f() { " + repeat("{", 200) + "a();" + repeat("}", 200) + " b(); }"), 2u);
}

// What nests without brackets.
TEST(Size, NestedWithoutBrackets) {
  const auto in_function = [](const std::string& text) { return "void f() { " + text + " } void last() { z(); }"; };
  EXPECT_EQ(calls_in(in_function("x = " + repeat("!", 3'000) + "g();")), 2u);
  EXPECT_EQ(calls_in(in_function("x = " + repeat("*", 3'000) + "g();")), 2u);
  EXPECT_EQ(calls_in(in_function("x = " + repeat("c() ? g() : ", 1'000) + "g();")), 2'002u);
  EXPECT_EQ(calls_in(in_function(repeat("x = ", 3'000) + "g();")), 2u);
  EXPECT_EQ(calls_in(in_function(repeat("if (a()) ", 3'000) + "g();")), 3'002u);
  EXPECT_EQ(calls_in(in_function(repeat("for (;;) ", 3'000) + "g();")), 2u);
  read(in_function(repeat("co_await ", 3'000) + "g();"));
  read(in_function(repeat("sizeof ", 3'000) + "g();"));
  read(in_function(repeat("A<", 3'000) + "int" + repeat(">", 3'000) + " x;"));
  read(repeat("template <typename T> ", 3'000) + "void f();");
  read(repeat("extern \"C\" ", 3'000) + "void f();");
  read("int " + repeat("*", 3'000) + "x;");
}

TEST(Size, LongChains) {
  const auto in_function = [](const std::string& text) { return "void f() { " + text + " }"; };
  EXPECT_EQ(calls_in(in_function("x = a" + repeat(".b", 20'000) + "();")), 1u);
  EXPECT_EQ(calls_in(in_function("x = f" + repeat("()", 20'000) + ";")), 20'000u);
  EXPECT_EQ(calls_in(in_function("x = f" + repeat("->a()[0]", 10'000) + ";")), 10'000u);
  for (const char* sign : {" + ", " || ", " && ", " << ", ", "}) {
    EXPECT_EQ(calls_in(in_function("x = f()" + repeat(sign + std::string("f()"), 9'999) + ";")), 10'000u) << sign;
  }
  EXPECT_EQ(calls_in(in_function("g(" + repeat("f(), ", 50'000) + "1);")), 50'001u);
  EXPECT_EQ(calls_in(in_function("if (a()) b();" + repeat(" else if (a()) b();", 5'000))), 10'002u);
  EXPECT_EQ(calls_in(in_function("switch (x) { " + repeat("case 1: f(); break; ", 10'000) + "}")), 10'000u);
  EXPECT_EQ(calls_in(in_function(repeat("if (a()) return; ", 3'000))), 3'000u);
  EXPECT_EQ(calls_in(in_function(repeat("Guard g(a); ", 3'000))), 3'000u);
  EXPECT_EQ(read("int x = 0" + repeat(", y = 1", 20'000) + ";").bodies[0].writes.size(), 20'001u);
  read("void f(" + repeat("int, ", 50'000) + "int) {}");
  read(repeat("a::", 50'000) + "b x;");
  read("namespace " + repeat("a::", 5'000) + "b { int x; }");
  read(repeat("namespace a { ", 200) + "void f() { g(); }" + repeat("}", 200));
  read("class A : " + repeat("B, ", 20'000) + "C {};");
  read("char s[] = " + repeat("\"a\" ", 50'000) + ";");
}

TEST(Size, TenMegabytes) {
  const std::string unit =
      "  int load(const std::string& key) {\n"
      "    std::lock_guard<std::mutex> guard(lock_);\n"
      "    return rows_.at(key)->size() + other(key, 3);\n"
      "  }\n";
  const size_t times = 10'000'000 / unit.size();
  const FileFacts facts = read("class A {\n" + repeat(unit, times) + "};\n");
  EXPECT_EQ(facts.functions.size(), times + 1);
  EXPECT_EQ(calls_in(facts), 4 * times);
  EXPECT_TRUE(facts.notes.empty());
  read("const char* x = \"" + std::string(10'000'000, 'a') + "\";\n");
  read("//" + std::string(10'000'000, 'a'));
  read("int x[] = {" + repeat("0x12, ", 1'000'000) + "};");
}

TEST(Notes, OnlyIfMuchIsLost) {
  EXPECT_TRUE(read("void f() { a b c d; g(); }\n" + repeat("void h() { k(); }\n", 50)).notes.empty());
  EXPECT_EQ(read(repeat("%% this is $ no C++ at all @@ \n", 100)).notes.size(), 1u);
}

// --- Overlay ---------------------------------------------------------------------------------------------------------

// Facts as Clang would give them: other symbols, and sure of what they say.
FileFacts as_clang(const std::string& text) {
  FileFacts facts = read(text);
  Strings strings(facts.strings);
  const auto other = [&](uint32_t& symbol) {
    if (symbol != 0) symbol = strings.id("c:" + facts.text(symbol));
  };
  for (Identity& identity : facts.identities) {
    other(identity.symbol);
    other(identity.owner);
  }
  for (ClassIdentity& identity : facts.class_identities) other(identity.symbol);
  for (Declared& declared : facts.declared) {
    other(declared.symbol);
    other(declared.owner);
  }
  for (Body& body : facts.bodies) {
    for (Meaning& meaning : body.meanings) {
      other(meaning.symbol);
      meaning.likely = false;
    }
  }
  return facts;
}

FunctionId find(const FileFacts& facts, std::string_view name) {
  for (size_t n = 0; n < facts.functions.size(); ++n) {
    if (facts.text(facts.functions[n].name) == name) return FunctionId{static_cast<uint32_t>(n)};
  }
  return FunctionId::kNone;
}

Body& body_of(FileFacts& facts, std::string_view name) { return facts.bodies[index(find(facts, name))]; }

// Loses what follows the first so many calls of a function.
void lose(FileFacts& facts, std::string_view name, size_t calls) {
  facts.identities[index(find(facts, name))].lost = true;
  Body& body = body_of(facts, name);
  body.calls.resize(std::min(calls, body.calls.size()));
}

// The meaning of the callee of a call.
const Meaning* meaning_of_call(FileFacts& facts, std::string_view function, size_t call) {
  const Body& body = body_of(facts, function);
  return meaning_of(body, body.tree.child(body.calls[call].expr, 0));
}

constexpr const char* kServer =
    "struct Store { void load(); int size_; };\n"
    "void Store::load() { first(size_); second(); post([] { third(); }); }\n"
    "int whole() { return run([] { inside(); }); }\n";

TEST(Overlay, MendsWhatIsLost) {
  FileFacts clang = as_clang(kServer);
  lose(clang, "load", 1);
  const FunctionId load = find(clang, "load");
  const std::string before = clang.text(clang.identities[index(load)].symbol);
  const size_t functions = clang.functions.size();
  cpp::overlay(clang, read(kServer));
  check_sound(clang, std::string(kServer).size());
  EXPECT_EQ(clang.functions.size(), functions);
  EXPECT_EQ(clang.text(clang.identities[index(load)].symbol), before);
  EXPECT_TRUE(clang.identities[index(load)].lost) << "what was mended is not certain";
  ASSERT_EQ(body_of(clang, "load").calls.size(), 3u);

  // The body is the spelled one, but what Clang knew of the same places is kept.
  EXPECT_FALSE(meaning_of_call(clang, "load", 0)->likely);
  const Body& body = body_of(clang, "load");
  const ExprId field = body.tree.child(body.calls[0].expr, 1);
  EXPECT_EQ(clang.text(meaning_of(body, field)->symbol), "c:spelt:Store::size_");
}

TEST(Overlay, TakesSymbolsOfClang) {
  FileFacts clang = as_clang(kServer);
  lose(clang, "load", 0);
  body_of(clang, "load").meanings.clear();
  cpp::overlay(clang, read(kServer));
  const Body& body = body_of(clang, "load");
  const Meaning* field = meaning_of(body, body.tree.child(body.calls[0].expr, 1));
  ASSERT_NE(field, nullptr);
  EXPECT_TRUE(field->likely);
  EXPECT_EQ(clang.text(field->symbol), "c:spelt:Store::size_") << "Clang declares the field";
}

TEST(Overlay, AddsFunctionsThatClangDoesNotHave) {
  const std::string less = "struct Store { void load(); int size_; };\n";
  FileFacts clang = as_clang(less + std::string(std::string(kServer).size() - less.size(), ' '));
  cpp::overlay(clang, read(kServer));
  check_sound(clang, std::string(kServer).size());
  ASSERT_NE(find(clang, "load"), FunctionId::kNone);
  const size_t load = index(find(clang, "load"));
  EXPECT_EQ(clang.functions[load].owner, ClassId{0});
  EXPECT_EQ(clang.text(clang.identities[load].owner), "c:spelt:Store");
  EXPECT_EQ(calls_in(clang), 6u);
  EXPECT_EQ(clang.functions.size(), 5u);
  EXPECT_EQ(clang.functions[load + 1].parent, find(clang, "load"));
}

TEST(Overlay, LeavesWholeFunctionsAlone) {
  FileFacts clang = as_clang(kServer);
  body_of(clang, "whole").calls.clear();
  lose(clang, "load", 0);
  // A lambda that Clang does not see in a function that it has read is none.
  clang.functions.pop_back();
  clang.bodies.pop_back();
  clang.identities.pop_back();
  const size_t functions = clang.functions.size();
  cpp::overlay(clang, read(kServer));
  EXPECT_EQ(clang.functions.size(), functions);
  EXPECT_TRUE(body_of(clang, "whole").calls.empty());
  EXPECT_EQ(body_of(clang, "load").calls.size(), 3u);
}

TEST(Overlay, AddsNoTwinOfAnotherBranch) {
  const std::string text = "#ifdef A\nvoid f() { a(); }\n#else\nvoid f() { b(); }\n#endif\nvoid g() { h(); }\n";
  FileFacts clang = as_clang("        \n                 \n     \nvoid f() { b(); }\n      \nvoid g() { h(); }\n");
  lose(clang, "g", 0);
  cpp::overlay(clang, read(text));
  EXPECT_EQ(clang.functions.size(), 3u);
  EXPECT_EQ(body_of(clang, "g").calls.size(), 1u);
}

TEST(Overlay, SaysWhatIsACoroutine) {
  const std::string text = "task f() { co_await g(); }\n";
  FileFacts clang = as_clang(text);
  clang.functions[1].async = false;
  lose(clang, "f", 0);
  cpp::overlay(clang, read(text));
  EXPECT_TRUE(clang.functions[1].async);
  EXPECT_TRUE(body_of(clang, "f").calls.at(0).awaited);
}

TEST(Overlay, KnowsTypesThatClangGuesses) {
  const std::string text = "void f() { net::Client client(3); client.get(); }\n";
  FileFacts clang = as_clang(text);
  Strings strings(clang.strings);
  clang.declared[0].type = strings.id("int");
  for (Meaning& meaning : body_of(clang, "f").meanings) {
    if (meaning.type != 0) meaning.type = strings.id("int");
  }
  lose(clang, "f", 0);
  cpp::overlay(clang, read(text));
  EXPECT_EQ(clang.text(clang.declared[0].type), "net::Client");
  EXPECT_EQ(clang.declared.size(), 1u);
  EXPECT_EQ(clang.text(meaning_of_call(clang, "f", 1)->receiver), "net::Client");
}

// Whatever Clang has lost, the result holds together.
TEST(Overlay, IsSound) {
  const std::string text = repeat(std::string(kServer), 3);
  const FileFacts spelled = read(text);
  for (size_t lost = 0; lost < spelled.functions.size(); ++lost) {
    FileFacts clang = as_clang(text);
    clang.identities[lost].lost = true;
    clang.bodies[lost].calls.clear();
    cpp::overlay(clang, spelled);
    check_sound(clang, text.size());
    EXPECT_EQ(calls_in(clang), calls_in(spelled));
  }
  FileFacts empty;
  cpp::overlay(empty, spelled);
  EXPECT_TRUE(empty.functions.empty());
}

}  // namespace
}  // namespace stallint
