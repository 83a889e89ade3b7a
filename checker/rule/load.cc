#include "checker/base/text.h"
#include "checker/rule/each.h"
#include "checker/rule/files.h"
#include "checker/rule/names.h"

#include <algorithm>
#include <tuple>

namespace stallint::rule {

namespace {

struct Parsed {
  const SourceFile* file;
  FileKind kind;
  YamlNode root;
};

std::vector<Parsed> parse_all(const std::vector<SourceFile>& files, Ledger& ledger) {
  std::vector<Parsed> parsed;
  for (const SourceFile& file : files) {
    const FileKind kind = kind_of(file.path);
    Result<YamlNode> root = file.tree.empty() ? parse_yaml(file.path, file.text) : unpack(file.tree);
    if (root) {
      parsed.push_back({&file, kind, std::move(*root)});
      continue;
    }
    ledger.problems.insert(ledger.problems.end(), root.problems().begin(), root.problems().end());
    if (kind == FileKind::kModel) ledger.models_unread = true;
    if (kind == FileKind::kFlow) ledger.flow_unread = true;
  }
  return parsed;
}

// A facet is a word, so the names of all facets come before the first pattern.
void collect_facets(const std::vector<Parsed>& files, Ledger& ledger) {
  for (const Parsed& file : files) {
    if (file.kind != FileKind::kModel) continue;
    const YamlEntry* facets = file.root.find("facets");
    if (facets == nullptr) continue;
    for (const YamlEntry& facet : facets->value.entries) {
      if (is_word(facet.key) && find_word(facet.key) == nullptr) ledger.facets.insert(facet.key);
    }
  }
}

void add_rule(Reader& reader, Rule rule, bool shipped, Rules& rules, std::set<std::string>& shipped_ids) {
  const auto same =
      std::find_if(rules.rules.begin(), rules.rules.end(), [&](const Rule& other) { return other.id == rule.id; });
  if (same == rules.rules.end()) {
    if (shipped) shipped_ids.insert(rule.id);
    rules.rules.push_back(std::move(rule));
    return;
  }
  if (shipped && shipped_ids.count(rule.id) > 0) {
    reader.problem(rule.place, "the id `" + rule.id + "` is taken by " + same->place.file);
    return;
  }
  *same = std::move(rule);
}

Rules read_all(const std::vector<Parsed>& files, Ledger& ledger) {
  Rules rules;
  std::set<std::string> shipped_ids;
  for (const Parsed& file : files) {
    Reader reader(file.file->path, ledger, file.file->text);
    switch (file.kind) {
      case FileKind::kModel:
        rules.models.push_back(read_model(reader, file.root));
        for (Labelled& labelled : rules.models.back().labelled) labelled.own = !file.file->shipped;
        break;
      case FileKind::kFlow:
        read_flow(reader, file.root, rules.flow);
        break;
      case FileKind::kRule:
        add_rule(reader, read_rule(reader, file.root, *file.file), file.file->shipped, rules, shipped_ids);
        break;
    }
  }
  std::sort(rules.rules.begin(), rules.rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
  return rules;
}

// What is found out about a pattern once, whoever asks it, is kept by its id.
void give_ids(Rules& rules) {
  each_pattern(rules, [&](Pattern& pattern) {
    pattern.id = rules.patterns++;
    for (Predicate& predicate : pattern.predicates) predicate.id = rules.predicates++;
  });
}

void settle(std::vector<Problem>& problems) {
  const auto key = [](const Problem& problem) {
    return std::tie(problem.place.file, problem.place.line, problem.place.column, problem.message);
  };
  std::sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
  const auto same = [&](const Problem& a, const Problem& b) { return key(a) == key(b); };
  problems.erase(std::unique(problems.begin(), problems.end(), same), problems.end());
}

}  // namespace

FileKind kind_of(std::string_view path) {
  const auto parts = split(path, '/');
  if (std::find(parts.begin(), parts.end() - 1, "models") != parts.end() - 1) return FileKind::kModel;
  return parts.back() == "flow.yaml" || parts.back() == "flow.yml" ? FileKind::kFlow : FileKind::kRule;
}

Result<Rules> load_rules(const std::vector<SourceFile>& files) {
  Ledger ledger;
  const std::vector<Parsed> parsed = parse_all(files, ledger);
  collect_facets(parsed, ledger);
  Rules rules = read_all(parsed, ledger);
  check_together(ledger, rules);
  give_ids(rules);
  if (ledger.problems.empty()) return rules;
  settle(ledger.problems);
  return std::move(ledger.problems);
}

}  // namespace stallint::rule
