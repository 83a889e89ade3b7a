// The program as text. One line per function, then one per site that means something.
//
//     api.py:3 read  is: loop.entry  runs: request
//       4:12 load -> store.load
//       5:5 requests.get [blocks.http, external.http]

#include "checker/link/program.h"

#include <fmt/format.h>

#include <algorithm>

namespace stallint::link {
namespace {

std::string labels_text(const Program& program, std::span<const Graded> labels) {
  std::string text;
  for (const Graded& graded : labels) {
    if (graded.label == Label::kNone) continue;
    if (!text.empty()) text += ", ";
    text += program.label_names[index(graded.label)];
    if (graded.confidence == Confidence::kLikely) text += "?";
  }
  return text;
}

std::string function_text(const Program& program, FunctionId id) {
  const Function& function = program[id];
  return fmt::format("{}:{}", program[function.file].module, program.text(function.qualified));
}

const char* kind_text(SiteKind kind) {
  switch (kind) {
    case SiteKind::kAwait:
      return "await ";
    case SiteKind::kDecorator:
      return "decorator ";
    case SiteKind::kEnter:
      return "enter ";
    case SiteKind::kIterate:
      return "iterate ";
    case SiteKind::kProperty:
      return "property ";
    case SiteKind::kUnwind:
      return "unwind ";
    case SiteKind::kCall:
      return "";
  }
  return "";
}

}  // namespace

std::string print(const Program& program) {
  std::string out;
  for (size_t f = 0; f < program.functions.size(); ++f) {
    const FunctionId id = static_cast<FunctionId>(f);
    const Function& function = program.functions[f];
    const facts::FileFacts& facts = program.facts_of(id);
    const facts::LineColumn at = facts::locate(facts, program.outline_of(id).name_at.begin);
    out += fmt::format("{}:{} {}", program[function.file].path, at.line, program.text(function.qualified));
    const std::string labels = labels_text(program, program.function_labels[f]);
    if (!labels.empty()) out += "  is: " + labels;
    std::string contexts;
    for (size_t c = 0; c < program.context_names.size() && f < program.contexts.size(); ++c) {
      if ((program.contexts[f] >> c & 1) != 0) contexts += (contexts.empty() ? "" : ", ") + program.context_names[c];
    }
    if (!contexts.empty()) out += "  runs: " + contexts;
    out += '\n';
    for (uint32_t s = function.sites.first; s < function.sites.first + function.sites.count; ++s) {
      const Site& site = program.sites[s];
      const std::string site_labels = labels_text(program, program.labels(site));
      if (site.edges.count == 0 && site_labels.empty() && site.name == NameId::kEmpty) continue;
      const facts::LineColumn where = facts::locate(facts, site.at.begin);
      const std::string& name = site.name != NameId::kEmpty ? program.text(site.name) : program.text(site.method);
      out += fmt::format("  {}:{} {}{}", where.line, where.column, kind_text(site.kind), name);
      for (const Edge& edge : program.edges_of(site)) {
        out += fmt::format(" -> {}{}{}", function_text(program, edge.callee), edge.alternative ? "|" : "",
                           edge.confidence == Confidence::kLikely ? "?" : "");
      }
      if (!site_labels.empty()) out += fmt::format(" [{}]", site_labels);
      out += '\n';
    }
    if (f >= program.reached.size()) continue;
    for (const Reached& reached : program.reached[f]) {
      const facts::LineColumn where = facts::locate(facts, program[reached.site].at.begin);
      out += fmt::format("  reaches: {} by {}:{} in {} {}{}{}\n", program.label_names[index(reached.leaf)], where.line,
                         where.column, reached.length, reached.length == 1 ? "step" : "steps",
                         reached.amortised ? ", amortised" : "",
                         reached.confidence == Confidence::kLikely ? ", likely" : "");
    }
  }
  for (const Variable& variable : program.variables) {
    if (variable.kind == VariableKind::kLocal || variable.kind == VariableKind::kParameter) continue;
    const std::string owner = variable.owner != ClassId::kNone ? program.text(program[variable.owner].qualified)
                                                               : program[program[variable.function].file].module;
    out += fmt::format("variable {}.{}", owner, program.text(variable.name));
    const std::string labels = labels_text(program, program.labels(variable));
    if (!labels.empty()) out += "  is: " + labels;
    if (variable.type != NameId::kEmpty) out += "  type: " + program.text(variable.type);
    for (WriteId id : program.writes_of(variable)) {
      const Write& write = program[id];
      static constexpr const char* kChanges[] = {"assigned", "grown", "shrunk", "updated"};
      const facts::LineColumn at = facts::locate(program.facts_of(write.in), write.at.begin);
      out += fmt::format("  {}{} {}:{}", write.initial ? "first " : "", kChanges[static_cast<int>(write.change)],
                         program[program[write.in].file].path, at.line);
    }
    out += '\n';
  }
  return out;
}

}  // namespace stallint::link
