// The JSON schemas know what the loaders know, as far as a schema can: what a loader takes no schema refuses, and the
// mistakes of tests/cli/config-mistakes and tests/loader are refused by both, but for those listed here.

#include "checker/base/yaml.h"
#include "checker/config/keys.h"
#include "checker/config/presets.h"
#include "checker/rule/embedded.h"
#include "checker/rule/rule.h"

#define TOML_EXCEPTIONS 0
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <toml++/toml.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>

namespace stallint {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Samples = std::map<std::string, Json>;

const fs::path kTop = STALLINT_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What the schema says of each sample: "" for valid, or what is wrong.
std::map<std::string, std::string> verdicts(const std::string& schema, const Samples& samples) {
  const fs::path folder = fs::path(testing::TempDir()) / "stallint-schema";
  fs::create_directories(folder);
  Json list = Json::array();
  for (const auto& [name, value] : samples) list.push_back({{"name", name}, {"value", value}});
  std::ofstream(folder / "schema.json") << schema;
  std::ofstream(folder / "samples.json") << list.dump();
  const std::string command = "node '" + (kTop / "tests/tools/validate-schema.mjs").string() + "' '" +
                              (folder / "schema.json").string() + "' '" + (folder / "samples.json").string() + "' >'" +
                              (folder / "said").string() + "' 2>&1";
  const int status = std::system(command.c_str());
  std::istringstream said(read(folder / "said"));
  fs::remove_all(folder);
  EXPECT_EQ(WEXITSTATUS(status), 0) << said.str() << "(`npm ci --ignore-scripts` in tests/tools is missing?)";
  std::map<std::string, std::string> found;
  for (std::string line; std::getline(said, line);) {
    const bool valid = line.starts_with("valid ");
    const size_t begin = line.find(' ') + 1;
    const size_t end = valid ? line.size() : line.find(": ");
    found[line.substr(begin, end - begin)] = valid ? "" : line.substr(end + 2);
  }
  EXPECT_EQ(found.size(), samples.size());
  return found;
}

// --- Configurations

std::optional<Json> json_of_toml(const std::string& text) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) return std::nullopt;
  std::ostringstream out;
  out << toml::json_formatter{parsed.table()};
  return Json::parse(out.str());
}

// The blocks ```toml of a page.
std::vector<std::string> blocks(const std::string& page) {
  std::vector<std::string> found;
  const std::string begin = "```toml\n";
  for (size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at + 1)) {
    found.push_back(page.substr(at + begin.size(), page.find("\n```", at) - at - begin.size()));
  }
  return found;
}

TEST(ConfigSchema, AcceptsEveryExample) {
  Samples samples;
  for (const config::KeyInfo& info : config::keys())
    samples[std::string(info.name)] = *json_of_toml(std::string(info.example));
  for (const config::Preset& preset : config::presets()) {
    samples["preset " + std::string(preset.name)] = *json_of_toml(std::string(preset.text));
  }
  for (const char* page : {"README.md", "docs/configuration.md"}) {
    size_t number = 0;
    for (const std::string& block : blocks(read(kTop / page))) {
      const std::optional<Json> value = json_of_toml(block);
      ASSERT_TRUE(value.has_value()) << page << ": " << block;
      samples[std::string(page) + " " + std::to_string(++number)] = *value;
    }
    EXPECT_GE(number, 1U) << page;
  }
  for (const auto& [name, wrong] : verdicts(config::print_schema(), samples)) EXPECT_EQ(wrong, "") << name;
}

// What cannot be told without looking at rules, at other files, or at more than one character after the other.
const std::set<std::string> kBeyondConfig = {
    "circle-a",      "circle-b",     "circle-c",      "commas", "extend-folder", "extend-itself", "extend-missing",
    "extend-preset", "extend-wrong", "project-names", "rules",  "rules-empty",   "severity-ids",  "words"};

TEST(ConfigSchema, RefusesWhatTheLoaderRefuses) {
  Samples samples;
  for (const auto& entry : fs::directory_iterator(kTop / "tests/cli/config-mistakes/m")) {
    if (entry.path().extension() != ".toml") continue;
    if (const std::optional<Json> value = json_of_toml(read(entry.path())))
      samples[entry.path().stem().string()] = *value;
  }
  EXPECT_GE(samples.size(), 30U);
  for (const auto& [name, wrong] : verdicts(config::print_schema(), samples)) {
    EXPECT_EQ(wrong.empty(), kBeyondConfig.count(name) > 0) << name << ": " << wrong;
  }
}

// --- Rules and models

Json json_of(const YamlNode& node) {
  Json json;
  if (node.is_list()) json = Json::array();
  if (node.is_map()) json = Json::object();
  for (const YamlNode& item : node.items) json.push_back(json_of(item));
  for (const YamlEntry& entry : node.entries) json[entry.key] = json_of(entry.value);
  if (!node.is_scalar()) return json;
  if (node.quoted) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  double number = 0;
  const auto [end, error] = std::from_chars(node.text.data(), node.text.data() + node.text.size(), number);
  if (error == std::errc() && end == node.text.data() + node.text.size()) {
    if (number == static_cast<double>(static_cast<int64_t>(number))) return static_cast<int64_t>(number);
    return number;
  }
  return node.text;
}

struct Kinds {
  Samples rules, models;
};

void add(const std::string& path, const std::string& text, const std::string& name, Kinds& kinds) {
  const Result<YamlNode> root = parse_yaml(path, text);
  if (!root || path.ends_with("flow.yaml")) return;
  (path.find("models/") != std::string::npos ? kinds.models : kinds.rules)[name] = json_of(*root);
}

TEST(RuleSchema, AcceptsEveryRuleAndModelThatIsShipped) {
  Kinds kinds;
  for (const rule::EmbeddedFile& file : rule::embedded_rules()) {
    add(std::string(file.path), std::string(file.text), std::string(file.path), kinds);
  }
  EXPECT_GE(kinds.rules.size(), 40U);
  EXPECT_GE(kinds.models.size(), 40U);
  for (const auto& [name, wrong] : verdicts(rule::print_rule_schema(), kinds.rules)) EXPECT_EQ(wrong, "") << name;
  for (const auto& [name, wrong] : verdicts(rule::print_model_schema(), kinds.models)) EXPECT_EQ(wrong, "") << name;
}

// The cases of tests/loader: one that loads is valid, and of the others those whose mistake is one of keys or forms is
// not.
TEST(RuleSchema, KnowsTheMistakesOfTheLoader) {
  Kinds good, bad;
  for (const auto& entry : fs::directory_iterator(kTop / "tests/loader")) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string text = read(entry.path()), name = entry.path().stem().string();
    if (text.find("\n# file: ") != std::string::npos) continue;
    const size_t as = text.find("# as: ");
    const std::string path =
        as == std::string::npos ? name + ".yaml" : text.substr(as + 6, text.find('\n', as) - as - 6);
    add(path, text, name, text.find("# error: ") == std::string::npos ? good : bad);
  }
  EXPECT_GE(good.rules.size() + good.models.size(), 4U);
  for (const auto& [schema, samples] :
       {std::pair(rule::print_rule_schema(), good.rules), {rule::print_model_schema(), good.models}}) {
    for (const auto& [name, wrong] : verdicts(schema, samples)) EXPECT_EQ(wrong, "") << name;
  }
  std::set<std::string> refused;
  for (const auto& [schema, samples] :
       {std::pair(rule::print_rule_schema(), bad.rules), {rule::print_model_schema(), bad.models}}) {
    for (const auto& [name, wrong] : verdicts(schema, samples)) {
      if (!wrong.empty()) refused.insert(name);
    }
  }
  for (const char* name : {"example-not-a-list",   "find-empty-list",    "find-two-subjects", "find-unknown-subject",
                           "find-without-subject", "label-unknown-key",  "model-language",    "model-language-missing",
                           "model-says-nothing",   "model-unknown-key",  "rule-at",           "rule-enabled",
                           "rule-id-spelling",     "rule-lacks-keys",    "rule-languages",    "rule-message-number",
                           "rule-severity",        "rule-severity-list", "rule-text-empty",   "rule-unknown-key",
                           "type-unknown-key",     "facet-forms"}) {
    EXPECT_TRUE(refused.count(name) > 0) << name << " is valid";
  }
}

}  // namespace
}  // namespace stallint
