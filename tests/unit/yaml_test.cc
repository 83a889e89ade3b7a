// The tree of a YAML file: what is in it, and where.

#include "checker/base/yaml.h"

#include <gtest/gtest.h>

#include <string>

namespace stallint {
namespace {

YamlNode parse(std::string_view text) {
  auto tree = parse_yaml("x.yaml", text);
  if (tree) return std::move(*tree);
  for (const Problem& problem : tree.problems()) ADD_FAILURE() << problem.text();
  return {};
}

std::string problems(std::string_view text) {
  const auto tree = parse_yaml("x.yaml", text);
  std::string found;
  if (tree) return found;
  for (const Problem& problem : tree.problems()) found += problem.place.text() + "\n";
  return found;
}

std::string at(const YamlNode& node) { return std::to_string(node.line) + ":" + std::to_string(node.column); }

TEST(Yaml, KnowsWhereEverythingStands) {
  const YamlNode tree = parse("a: 1\nb:\n  - x\n  - {c: [y, \"z\"]}\n");
  ASSERT_TRUE(tree.is_map());
  EXPECT_EQ(tree.entries[1].line, 2u);
  const YamlNode& list = tree.find("b")->value;
  EXPECT_EQ(at(list.items[0]), "3:5");
  const YamlEntry& c = list.items[1].entries[0];
  EXPECT_EQ(c.line, 4u);
  EXPECT_EQ(c.column, 6u);
  EXPECT_EQ(at(c.value.items[1]), "4:13");
  EXPECT_EQ(tree.find("d"), nullptr);
}

TEST(Yaml, PacksAndUnpacksAll) {
  const std::string text = "a: [1, \"\", {b: }]\n" + std::string(300, '\n') + "c: |\n  " + std::string(300, 'x') + "\n";
  const YamlNode tree = unpack(pack(parse(text)));
  EXPECT_EQ(pack(tree), pack(parse(text)));
  const YamlNode& list = tree.find("a")->value;
  EXPECT_EQ(at(list.items[1]), "1:8");
  EXPECT_TRUE(list.items[1].quoted);
  EXPECT_TRUE(list.items[2].find("b")->value.is_null());
  EXPECT_EQ(tree.find("c")->line, 302u);
  EXPECT_EQ(tree.find("c")->value.text_line, 303u);
  EXPECT_EQ(tree.find("c")->value.text, std::string(300, 'x') + "\n");
}

TEST(Yaml, CountsBytes) {
  const YamlNode tree = parse("a: [\"\xc3\xa4\xf0\x9f\x98\x80\", b]\n");
  EXPECT_EQ(at(tree.entries[0].value.items[1]), "1:15");
}

TEST(Yaml, ReadsOtherLineEndsAndTheByteOrderMark) {
  const YamlNode tree = parse("\xef\xbb\xbf# comment\r\na: 1\r\nb: |\r\n  x\r\n  y\r\n");
  EXPECT_EQ(tree.entries[0].line, 2u);
  EXPECT_EQ(tree.find("a")->value.text, "1");
  EXPECT_EQ(tree.find("b")->value.text_line, 4u);
}

TEST(Yaml, TellsTextFromTheRest) {
  const YamlNode tree = parse("- yes\n- \"yes\"\n- 'it''s'\n- |\n  block\n- >\n  two\n  lines\n");
  EXPECT_FALSE(tree.items[0].quoted);
  EXPECT_EQ(tree.items[0].text, "yes");
  EXPECT_TRUE(tree.items[1].quoted);
  EXPECT_EQ(tree.items[2].text, "it's");
  EXPECT_EQ(tree.items[3].text, "block\n");
  EXPECT_EQ(tree.items[3].text_line, 5u);
  EXPECT_EQ(tree.items[4].text, "two lines\n");
  EXPECT_EQ(tree.items[4].text_line, 0u);
}

TEST(Yaml, PutsMissingValuesAtTheirKeys) {
  const YamlNode tree = parse("a:\nb: ~\nc: null # nothing\n\n");
  for (const YamlEntry& entry : tree.entries) {
    EXPECT_TRUE(entry.value.is_null());
    EXPECT_EQ(entry.value.line, entry.line);
  }
  EXPECT_EQ(at(tree.find("a")->value), "1:1");
  EXPECT_EQ(at(tree.find("b")->value), "2:4");
}

TEST(Yaml, CopiesAliases) {
  const YamlNode tree = parse("a: &x {k: v}\nb: [*x, *x]\n");
  EXPECT_EQ(tree.find("b")->value.items[1].find("k")->value.text, "v");
}

TEST(Yaml, NothingIsNull) {
  for (const char* text : {"", "\n\n", "# comment\n", "---\n"}) {
    const YamlNode tree = parse(text);
    EXPECT_TRUE(tree.is_null()) << text;
    EXPECT_GT(tree.line, 0u) << text;
  }
}

TEST(Yaml, ProblemsHavePlaces) {
  EXPECT_EQ(problems("a: 1\na: 2\n"), "x.yaml:2:1\n");
  EXPECT_EQ(problems("x: {on: 1, yes: 2}\n"), "x.yaml:1:5\nx.yaml:1:12\n");
  EXPECT_EQ(problems("a: [1, 2\nb: 3\n"), "x.yaml:1:4\n");
  EXPECT_EQ(problems("a:\n  - b\n c: d\n"), "x.yaml:3:2\n");
  EXPECT_EQ(problems("a: b\nc: caf\xe9\n"), "x.yaml:2:7\n");
  EXPECT_EQ(problems(std::string_view("a: b\0c", 6)), "x.yaml:1:5\n");
  EXPECT_EQ(problems("a: 'b\n"), "x.yaml:1:4\n");
  EXPECT_EQ(problems("a: *b\n"), "x.yaml:1:4\n");
  EXPECT_EQ(problems("a: !t b\n"), "x.yaml:1:4\n");
  EXPECT_EQ(problems("a: 1\n---\nb: 2\n"), "x.yaml:3:1\n");
}

}  // namespace
}  // namespace stallint
