// The printed pages are the ones that the shipped rules give.

#include "checker/config/keys.h"
#include "checker/rule/embedded.h"
#include "checker/rule/rule.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;

const fs::path kDocs = fs::path(STALLINT_SOURCE_DIR) / "docs";

rule::Rules shipped() {
  std::vector<rule::SourceFile> files;
  for (const rule::EmbeddedFile& file : rule::embedded_rules()) {
    files.push_back({std::string(file.path), std::string(file.text), true});
  }
  auto rules = rule::load_rules(files);
  if (rules) return std::move(*rules);
  for (const Problem& problem : rules.problems()) ADD_FAILURE() << problem.text();
  return {};
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The first line in which two texts differ, so that a stale page of hundreds of lines does not fill the screen.
std::string first_difference(const std::string& is, const std::string& ought) {
  size_t line = 1;
  for (size_t i = 0; i < std::min(is.size(), ought.size()) && is[i] == ought[i]; ++i) line += is[i] == '\n';
  return "line " + std::to_string(line);
}

void expect_current(const fs::path& path, const std::string& ought) {
  const std::string shown = fs::relative(path, STALLINT_SOURCE_DIR).string();
  if (!fs::exists(path)) {
    ADD_FAILURE() << shown << " is missing: run `./dev docs`";
    return;
  }
  const std::string is = read(path);
  if (is == ought) return;
  ADD_FAILURE() << shown << " is not what the rules print (" << first_difference(is, ought) << "): run `./dev docs`";
}

TEST(Docs, LanguageIsCurrent) { expect_current(kDocs / "language.md", rule::print_language(shipped())); }

TEST(Docs, KeysOfConfigurationsAreCurrent) { expect_current(kDocs / "configuration-keys.md", config::print_keys()); }

TEST(Docs, SchemasAreCurrent) {
  expect_current(kDocs / "schemas" / "config.schema.json", config::print_schema());
  expect_current(kDocs / "schemas" / "rule.schema.json", rule::print_rule_schema());
  expect_current(kDocs / "schemas" / "model.schema.json", rule::print_model_schema());
}

TEST(Docs, EveryRuleHasItsPage) {
  const rule::Rules rules = shipped();
  std::set<std::string> pages;
  for (const rule::Rule& rule : rules.rules) {
    pages.insert(rule.id + ".md");
    expect_current(kDocs / "rules" / (rule.id + ".md"), rule::print_page(rule));
  }
  if (!fs::exists(kDocs / "rules")) return;
  for (const auto& entry : fs::directory_iterator(kDocs / "rules")) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(pages.count(name) > 0) << "docs/rules/" << name << " is the page of no rule: run `./dev docs`";
  }
}

// Every link of the printed pages to another page leads somewhere.
TEST(Docs, LinksLeadSomewhere) {
  for (const char* page : {"language.md", "writing-a-rule.md", "writing-a-model.md", "configuration.md",
                           "configuration-keys.md", "files.md"}) {
    const std::string text = read(kDocs / page);
    EXPECT_FALSE(text.empty()) << page;
    for (size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
      target = target.substr(0, target.find('#'));
      if (target.empty() || target.starts_with("http")) continue;
      EXPECT_TRUE(fs::exists(kDocs / target)) << page << " links to " << target;
    }
  }
}

// --- Tutorials are run
// ------------------------------------------------------------------------------------------------

struct Block {
  std::string language;
  std::string text;
};

std::vector<Block> blocks_of(const std::string& page) {
  std::vector<Block> blocks;
  std::istringstream in(page);
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) blocks.push_back({line.substr(3), ""});
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return "no pipe";
  std::array<char, 4096> buffer{};
  for (size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) output.append(buffer.data(), n);
  pclose(pipe);
  return output;
}

// A block whose first line is a comment with a path is that file, from there on. A console block is a command and all
// that it prints. With STALLINT_ACCEPT=1 the page takes what is printed now.
void run_tutorial(const std::string& name) {
  const fs::path folder = fs::path(testing::TempDir()) / ("stallint-" + name + std::to_string(getpid()));
  std::string page = read(kDocs / (name + ".md"));
  size_t commands = 0;
  for (const Block& block : blocks_of(page)) {
    const std::string first = block.text.substr(0, block.text.find('\n'));
    if (first.starts_with("# ") && first.find('.') != std::string::npos) {
      const fs::path path = folder / first.substr(2);
      fs::create_directories(path.parent_path());
      std::ofstream(path, std::ios::binary) << block.text;
    }
    if (block.language != "console") continue;
    ++commands;
    ASSERT_TRUE(first.starts_with("$ stallint ")) << first;
    const std::string arguments = first.substr(std::string("$ stallint").size());
    const std::string printed =
        output_of("cd '" + folder.string() + "' && NO_COLOR=1 '" STALLINT_BINARY "'" + arguments + " 2>&1");
    EXPECT_EQ(first + "\n" + printed, block.text)
        << "in docs/" << name << ".md; if the new text is right, run this with STALLINT_ACCEPT=1";
    const size_t at = page.find(block.text);
    if (std::getenv("STALLINT_ACCEPT") != nullptr) page.replace(at, block.text.size(), first + "\n" + printed);
  }
  EXPECT_GT(commands, 2u);
  if (std::getenv("STALLINT_ACCEPT") != nullptr) std::ofstream(kDocs / (name + ".md"), std::ios::binary) << page;
  fs::remove_all(folder);
}

TEST(Docs, TheTutorialForModelsIsTrue) { run_tutorial("writing-a-model"); }

TEST(Docs, TheTutorialForRulesIsTrue) { run_tutorial("writing-a-rule"); }

}  // namespace
}  // namespace stallint
