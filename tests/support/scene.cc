#include "tests/support/scene.h"

#include <cstdio>
#include <cstdlib>

namespace stallint {
namespace {

RuleInfo rule_async_blocking_call() {
  RuleInfo rule;
  rule.id = "async-blocking-call";
  rule.severity = Severity::kCritical;
  rule.message = "`{function}` blocks the event loop: {chain}";
  rule.why =
      "The loop runs one callback at a time. While `{function}` waits in `{sink}`,\nevery other request waits.\n";
  rule.fix =
      "Await an asynchronous equivalent, or hand the call to a thread:\n`await asyncio.to_thread(f, ...)`. In userver, "
      "`engine::SleepFor`,\n`engine::Mutex`, or another task processor.\n";
  rule.references = {"https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code"};
  rule.tags = {"async"};
  rule.languages = {"python", "cpp"};
  rule.bad = "import time\nasync def tick():\n    time.sleep(1)\n";
  rule.good = "import asyncio, time\nasync def tick():\n    await asyncio.to_thread(time.sleep, 1)\n";
  return rule;
}

RuleInfo rule_async_blocking_file_metadata() {
  RuleInfo rule;
  rule.id = "async-blocking-file-metadata";
  rule.severity = Severity::kLow;
  rule.message = "`{function}` asks the file system on the event loop: {chain}";
  rule.why = "A slow disk stalls every request.";
  rule.fix = "Use `anyio.Path`, or a thread.";
  rule.languages = {"python"};
  return rule;
}

RuleInfo rule_cache_unbounded() {
  RuleInfo rule;
  rule.id = "cache-unbounded";
  rule.severity = Severity::kMedium;
  rule.message = "`{variable}` grows with every request and never shrinks";
  rule.why = "Memory is full one day.";
  rule.fix = "Bound it: `cachetools.LRUCache(maxsize=...)`.";
  rule.languages = {"python"};
  return rule;
}

}  // namespace

Scene::Scene() {
  report.tool_version = "0.1.0";
  report.working_directory = "/srv/app";
  report.rules = {rule_async_blocking_call(), rule_async_blocking_file_metadata(), rule_cache_unbounded()};
}

void Scene::file(const std::string& name, const std::string& text) {
  files_[name] = text;
  ++report.files_checked;
  for (const char c : text) report.lines_checked += c == '\n' ? 1 : 0;
}

Region Scene::at(const std::string& file, const std::string& code, int occurrence) const {
  const std::string* source = text(file);
  size_t found = std::string::npos;
  for (int i = 0; source != nullptr && i < occurrence; ++i) {
    found = source->find(code, found == std::string::npos ? 0 : found + 1);
    if (found == std::string::npos) break;
  }
  if (found == std::string::npos) {
    std::fprintf(stderr, "scene: `%s` does not stand in %s %d times\n", code.c_str(), file.c_str(), occurrence);
    std::abort();
  }
  Region region{file, 1, 1, 1, 1};
  for (size_t i = 0; i < found + code.size(); ++i) {
    if (i == found) {
      region.line = region.end_line;
      region.column = region.end_column;
    }
    const bool ends_line = (*source)[i] == '\n';
    region.end_line += ends_line ? 1 : 0;
    region.end_column = ends_line ? 1 : region.end_column + 1;
  }
  return region;
}

Finding& Scene::finds(const std::string& rule, Severity severity, const std::vector<Hop>& chain) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  for (const Hop& hop : chain) {
    const Region region = at(hop.file, hop.code, hop.occurrence);
    finding.chain.push_back({region, hop.function, hop.callee, "`" + hop.function + "` calls `" + hop.callee + "`"});
  }
  const Region& sink = finding.chain.back().region;
  finding.region = finding.chain.front().region;
  finding.function = chain.front().function;
  finding.subject = chain.front().callee;
  finding.leaf_label = "blocks.http";
  finding.sink =
      sink.file + ":" + std::to_string(sink.line) + ":" + std::to_string(sink.column) + " " + chain.back().callee;
  finding.first_callee = chain.size() > 1 ? chain[1].function : finding.sink;
  finding.message = "`" + finding.function + "` blocks the event loop: " + finding.function;
  for (const Hop& hop : chain) finding.message += " -> " + hop.callee;
  report.findings.push_back(std::move(finding));
  return report.findings.back();
}

Finding& Scene::notices(const std::string& rule, Severity severity, const Region& place, const std::string& message) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.region = place;
  finding.message = message;
  finding.function = "<module>";
  report.findings.push_back(std::move(finding));
  return report.findings.back();
}

const std::string* Scene::text(const std::string& file) const {
  const auto found = files_.find(file);
  return found == files_.end() ? nullptr : &found->second;
}

}  // namespace stallint
