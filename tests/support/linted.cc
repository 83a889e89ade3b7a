#include "tests/support/linted.h"

#include "checker/finding/settle.h"
#include "checker/python/python.h"
#include "checker/rule/embedded.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace stallint {
namespace {

constexpr char kRoot[] = "/example";

// Every file and every folder above one.
std::set<std::string> paths_of(const std::vector<std::string>& files) {
  std::set<std::string> paths;
  for (std::string path : files) {
    for (; !path.empty(); path.resize(path.rfind('/'))) paths.insert(path);
  }
  return paths;
}

}  // namespace

rule::Rules shipped_rules(const std::vector<rule::SourceFile>& more) {
  std::vector<rule::SourceFile> files;
  for (const rule::EmbeddedFile& file : rule::embedded_rules()) {
    files.push_back({std::string(file.path), std::string(file.text), true, file.tree});
  }
  files.insert(files.end(), more.begin(), more.end());
  Result<rule::Rules> rules = rule::load_rules(files);
  if (rules) return std::move(*rules);
  for (const Problem& problem : rules.problems()) std::fprintf(stderr, "%s\n", problem.text().c_str());
  std::abort();
}

Lore::Lore(const rule::Rules& all) : rules(all), models(all), prepared(match::prepare(all, models.label_names())) {}

link::Program linked(const std::vector<SourceText>& files, const Lore& lore, const CppFacts& cpp) {
  std::vector<SourceText> sorted = files;
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  std::vector<std::string> paths;
  for (const SourceText& file : sorted) paths.push_back(std::string(kRoot) + "/" + file.path);
  const std::set<std::string> known = paths_of(paths);
  const std::vector<std::string> roots = {kRoot};
  const std::vector<source::Module> modules =
      source::find_modules(paths, roots, [&](const std::string& path) { return known.count(path) > 0; });

  std::vector<link::InputFile> input;
  for (size_t n = 0; n < sorted.size(); ++n) {
    if (is_cpp(sorted[n].path)) {
      const auto read = cpp.files.find(sorted[n].path);
      if (read == cpp.files.end()) continue;  // no unit includes it
      input.push_back({sorted[n].path, {}, false, read->second.facts, read->second.units, {}});
      continue;
    }
    input.push_back({sorted[n].path, modules[n].candidates(), modules[n].is_package, python::read(sorted[n].text)});
  }
  link::Program program = link::link(std::move(input), lore.models);
  program.queries = cpp.queries;
  flow::close(program, lore.rules, lore.prepared, 1);
  return program;
}

link::Program linked(const std::vector<SourceText>& files, const rule::Rules& rules, const CppFacts& cpp) {
  return linked(files, Lore(rules), cpp);
}

std::vector<Finding> lint(const std::vector<SourceText>& files, const rule::Rules& rules,
                          std::vector<std::string> enabled, unsigned jobs, const CppFacts& cpp) {
  return lint(files, Lore(rules), std::move(enabled), jobs, cpp);
}

std::vector<Finding> lint(const std::vector<SourceText>& files, const Lore& lore, std::vector<std::string> enabled,
                          unsigned jobs, const CppFacts& cpp) {
  if (enabled.empty()) {
    for (const rule::Rule& rule : lore.rules.rules) enabled.push_back(rule.id);
  }
  std::sort(enabled.begin(), enabled.end());
  const link::Program program = linked(files, lore, cpp);
  std::vector<Finding> findings = match::match(program, lore.prepared, {jobs, std::move(enabled), {}});
  settle(findings);
  return findings;
}

}  // namespace stallint
