#include "checker/rule/arguments.h"

#include "checker/base/text.h"
#include "checker/rule/names.h"

#include <algorithm>
#include <array>

namespace stallint::rule {

namespace {

constexpr std::array<std::string_view, 7> kShapes = {"spread",  "list",        "formatted", "constant",
                                                     "literal", "written-out", "iterated"};

// A literal as Python spells it: the values of Python are named by their Python names.
std::string spelt_in_python(const YamlNode& node) {
  if (node.quoted) return node.text;
  if (node.text == "true") return "True";
  if (node.text == "false") return "False";
  return node.text;
}

void read_test(Reader& reader, const YamlNode& node, ArgumentTest test, std::vector<ArgumentTest>& to);

void read_scalar(Reader& reader, const YamlNode& node, ArgumentTest test, std::vector<ArgumentTest>& to) {
  if (!node.quoted && is_yaml_boolean(node.text) && node.text != "true" && node.text != "false") {
    return reader.problem(node,
                          "YAML reads `" + node.text + "` as a boolean: write `true` or `false`, or put it in quotes");
  }
  test.kind = !node.quoted && node.text == "none" ? ArgumentTest::Kind::kNone : ArgumentTest::Kind::kLiteral;
  if (test.kind == ArgumentTest::Kind::kLiteral) test.literal = spelt_in_python(node);
  to.push_back(std::move(test));
}

void read_true(Reader& reader, const YamlEntry& entry, ArgumentTest test, std::vector<ArgumentTest>& to) {
  const auto value = reader.flag(entry.value, "`" + entry.key + "`");
  if (!value) return;
  test.kind = entry.key == "missing" ? ArgumentTest::Kind::kMissing : ArgumentTest::Kind::kGiven;
  if (!*value) test.negated = !test.negated;
  to.push_back(std::move(test));
}

void read_list(const ArgumentTest& test, std::vector<Text> texts, ArgumentTest::Kind kind, Reader& reader,
               const YamlNode& node, std::vector<ArgumentTest>& to) {
  if (texts.size() > 1) {
    return reader.problem(
        node, "one only: all tests of `args` must hold; for either write `any: [{args: ...}, {args: ...}]`");
  }
  if (texts.empty()) return;
  ArgumentTest one = test;
  one.kind = kind;
  one.literal = std::move(texts.front().text);
  to.push_back(std::move(one));
}

void read_mapping(Reader& reader, const YamlNode& node, const ArgumentTest& test, std::vector<ArgumentTest>& to) {
  if (node.entries.size() != 1) {
    return reader.problem(
        node, "the test of an argument is a value, or a mapping with one of " + alternatives(argument_keys()));
  }
  const YamlEntry& entry = node.entries.front();
  if (entry.key == "missing" || entry.key == "given") return read_true(reader, entry, test, to);
  if (entry.key == "shape") {
    return read_list(test, reader.choices(entry.value, "`shape`", kShapes), ArgumentTest::Kind::kShape, reader,
                     entry.value, to);
  }
  if (entry.key == "is") {
    return read_list(test, labels(reader, entry.value, "`is`"), ArgumentTest::Kind::kIs, reader, entry.value, to);
  }
  if (entry.key == "like") {
    ArgumentTest one = test;
    one.kind = ArgumentTest::Kind::kLike;
    for (const Text& glob : reader.texts(entry.value, "`like`")) one.globs.push_back(lower(glob.text));
    if (!one.globs.empty()) to.push_back(std::move(one));
    return;
  }
  if (entry.key == "not") {
    ArgumentTest denied = test;
    denied.negated = !denied.negated;
    return read_test(reader, entry.value, std::move(denied), to);
  }
  reader.only_keys(node, argument_keys(), "the test of an argument");
}

void read_test(Reader& reader, const YamlNode& node, ArgumentTest test, std::vector<ArgumentTest>& to) {
  if (node.is_map()) return read_mapping(reader, node, test, to);
  if (node.is_scalar()) return read_scalar(reader, node, std::move(test), to);
  if (node.is_null()) return reader.problem(node, "for the literal None write `none`");
  reader.problem(node, "the value of an argument is a literal, `none`, or a mapping with one of " +
                           alternatives(argument_keys()) + ", not " + described(node));
}

}  // namespace

bool is_argument_name(std::string_view text) {
  const bool number = !text.empty() && text.size() <= 2 &&
                      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return number || is_identifier(text);
}

std::vector<ArgumentTest> read_arguments(Reader& reader, const YamlNode& node) {
  std::vector<ArgumentTest> tests;
  if (!reader.is_map(node, "`args`", "{timeout: none}")) return tests;
  for (const YamlEntry& entry : node.entries) {
    if (!is_argument_name(entry.key)) {
      reader.problem(entry, "`" + entry.key + "` is neither the name of an argument nor its position, counted from 0");
      continue;
    }
    ArgumentTest test;
    test.name = entry.key;
    test.place = reader.place(entry);
    read_test(reader, entry.value, std::move(test), tests);
  }
  return tests;
}

}  // namespace stallint::rule
