// The printed pages are the ones that the shipped rules give.

#include "checker/rule/embedded.h"
#include "checker/rule/rule.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
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
  for (const char* page : {"language.md", "writing-a-rule.md", "writing-a-model.md"}) {
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

}  // namespace
}  // namespace stallint
