#include "tests/support/marks.h"

#include "checker/base/text.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string_view>

namespace stallint {
namespace {

using link::FunctionId;
using link::Program;
using link::SiteId;

constexpr std::string_view kKinds[] = {"->", "is:", "name:", "runs:", "reaches:", "finding:"};

struct Mark {
  std::string file;
  uint32_t line = 0;
  std::string kind;
  std::vector<std::string> words;  // sorted
};

std::vector<std::string> sorted_words(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string_view word : split(text, ',')) {
    if (trimmed(word) != "none") words.emplace_back(trimmed(word));
  }
  std::sort(words.begin(), words.end());
  return words;
}

// Where the marks of a line begin, behind "# ", or npos.
size_t marks_at(std::string_view line) {
  for (size_t at = line.find("# "); at != std::string_view::npos; at = line.find("# ", at + 1)) {
    for (const std::string_view kind : kKinds) {
      if (line.substr(at + 2).starts_with(kind)) return at + 2;
    }
  }
  return std::string_view::npos;
}

void read_marks(const SourceText& file, std::vector<Mark>& marks) {
  std::istringstream in(file.text);
  std::vector<Mark> waiting;  // for the next line of code
  uint32_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const size_t at = marks_at(line);
    const bool comment = trimmed(line).starts_with("#");
    if (!comment && !trimmed(line).empty()) {
      for (Mark& mark : waiting) mark.line = number;
      marks.insert(marks.end(), waiting.begin(), waiting.end());
      waiting.clear();
    }
    if (at == std::string::npos) continue;
    for (const std::string_view part : split(std::string_view(line).substr(at), ';')) {
      const std::string_view text = trimmed(part);
      for (const std::string_view kind : kKinds) {
        if (!text.starts_with(kind)) continue;
        const Mark mark = {file.path, number, std::string(kind), sorted_words(text.substr(kind.size()))};
        (comment ? waiting : marks).push_back(mark);
      }
    }
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "none" : text;
}

const char* sign(Confidence confidence) { return confidence == Confidence::kLikely ? "?" : ""; }

// What the program says, by file, line and kind of mark.
class Seen {
 public:
  Seen(const Program& program, const std::vector<Finding>& findings) : program_(program) {
    for (size_t f = 0; f < program.functions.size(); ++f) add_function(static_cast<FunctionId>(f));
    for (size_t s = 0; s < program.sites.size(); ++s) add_site(program.sites[s]);
    for (const Finding& finding : findings) {
      if (!finding.suppressed) add(finding.region.file, finding.region.line, "finding:", finding.rule);
    }
  }

  std::vector<std::string> at(const std::string& file, uint32_t line, const std::string& kind) const {
    const auto found = words_.find({file, line, kind});
    if (found == words_.end()) return {};
    return {found->second.begin(), found->second.end()};
  }

  // Lines of findings.
  std::set<std::pair<std::string, uint32_t>> findings() const {
    std::set<std::pair<std::string, uint32_t>> lines;
    for (const auto& [key, words] : words_) {
      if (std::get<2>(key) == "finding:") lines.insert({std::get<0>(key), std::get<1>(key)});
    }
    return lines;
  }

 private:
  void add(const std::string& file, uint32_t line, const std::string& kind, const std::string& word) {
    words_[{file, line, kind}].insert(word);
  }

  std::string name_of(FunctionId id) const {
    return program_[program_[id].file].module + "." + program_.text(program_[id].qualified);
  }

  void add_function(FunctionId id) {
    const facts::Function& outline = program_.outline_of(id);
    const bool defined = outline.kind == facts::FunctionKind::kFunction;
    if (!defined) return;
    const std::string& file = program_[program_[id].file].path;
    const uint32_t line = facts::locate(program_.facts_of(id), outline.name_at.begin).line;
    for (const link::Graded& graded : program_.function_labels[index(id)]) {
      add(file, line, "is:", program_.label_names[index(graded.label)] + sign(graded.confidence));
    }
    for (size_t c = 0; c < program_.context_names.size(); ++c) {
      if ((program_.contexts[index(id)] >> c & 1) != 0) add(file, line, "runs:", program_.context_names[c]);
    }
    std::set<link::Label> told;  // the best way of each label comes first
    for (const link::Reached& reached : program_.reached[index(id)]) {
      if (!told.insert(reached.leaf).second) continue;
      add(file, line, "reaches:",
          program_.label_names[index(reached.leaf)] + (reached.amortised ? " amortised" : "") +
              (reached.confidence == Confidence::kLikely ? " likely" : ""));
    }
  }

  void add_site(const link::Site& site) {
    const std::string& file = program_[program_[site.in].file].path;
    const uint32_t line = facts::locate(program_.facts_of(site.in), site.at.begin).line;
    for (const link::Edge& edge : program_.edges_of(site)) {
      add(file, line, "->", name_of(edge.callee) + (edge.alternative ? "|" : "") + sign(edge.confidence));
    }
    for (const link::Graded& graded : program_.labels(site)) {
      if (graded.label == link::Label::kNone) continue;
      add(file, line, "is:", program_.label_names[index(graded.label)] + sign(graded.confidence));
    }
    if (site.name != link::NameId::kEmpty) add(file, line, "name:", program_.text(site.name));
  }

  const Program& program_;
  std::map<std::tuple<std::string, uint32_t, std::string>, std::set<std::string>> words_;
};

std::vector<Mark> all_marks(const std::vector<SourceText>& files) {
  std::vector<Mark> marks;
  for (const SourceText& file : files) read_marks(file, marks);
  return marks;
}

}  // namespace

size_t count_marks(const std::vector<SourceText>& files) { return all_marks(files).size(); }

std::string compare_with_marks(const std::vector<SourceText>& files, const Lore& lore) {
  const std::vector<Mark> marks = all_marks(files);
  const bool with_findings =
      std::any_of(marks.begin(), marks.end(), [](const Mark& mark) { return mark.kind == "finding:"; });
  const std::vector<Finding> findings = with_findings ? lint(files, lore, {}, 1, {}) : std::vector<Finding>{};
  const Program program = linked(files, lore);
  const Seen seen(program, findings);

  std::string differences;
  std::set<std::pair<std::string, uint32_t>> expected;
  for (const Mark& mark : marks) {
    if (mark.kind == "finding:") expected.insert({mark.file, mark.line});
    const std::vector<std::string> got = seen.at(mark.file, mark.line, mark.kind);
    if (got == mark.words) continue;
    differences += mark.file + ":" + std::to_string(mark.line) + ": " + mark.kind + " " + joined(mark.words) +
                   ", but got " + joined(got) + "\n";
  }
  for (const auto& [file, line] : with_findings ? seen.findings() : decltype(expected){}) {
    if (expected.count({file, line}) > 0) continue;
    differences +=
        file + ":" + std::to_string(line) + ": no mark, but finding: " + joined(seen.at(file, line, "finding:")) + "\n";
  }
  return differences;
}

std::vector<Project> projects_in(const std::string& bundle) {
  std::vector<Project> projects;
  std::istringstream in(bundle);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#== ")) {
      projects.push_back({line.substr(4), {}});
    } else if (projects.empty()) {
      continue;  // what the bundle is about
    } else if (line.starts_with("#-- ")) {
      projects.back().files.push_back({line.substr(4), ""});
    } else {
      if (projects.back().files.empty()) {
        if (trimmed(line).empty()) continue;
        projects.back().files.push_back({"main.py", ""});
      }
      projects.back().files.back().text += line + "\n";
    }
  }
  return projects;
}

}  // namespace stallint
