// SARIF 2.1.0 for the readers there are: GitHub, GitLab, Azure, the viewer of VS Code. Each ignores most of the
// standard and insists on a part of its own, so some members look redundant: the chain is in the message (Azure shows
// no code flow), in the code flow (GitHub's "Show paths") and its end among the related locations.

#include "checker/finding/fingerprint.h"
#include "reporters/line_hash.h"
#include "reporters/lines.h"
#include "reporters/markdown.h"
#include "reporters/prose.h"
#include "reporters/reporter.h"
#include "reporters/sarif_rules.h"
#include "reporters/uri.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace stallint::reporters {
namespace {

constexpr char kRoot[] = "%SRCROOT%";
constexpr char kPartlyRead[] = "file-partly-read";
constexpr char kLeftOut[] = "findings-left-out";
constexpr size_t kMostSnippet =
    2000;  // bytes; a longer one is left out, since a cut one would not be what stands there

// GitHub refuses a run with more results, and forgets the steps and places beyond these.
constexpr size_t kMostResults = 25'000;
constexpr size_t kMostSteps = 1'000;
constexpr size_t kMostRelated = 100;
constexpr size_t kMostListed = 30;  // steps of a message

enum class Snippet { kWithout, kWith };

// `handlers[0](1)` in a message would be read as a link to location 1.
std::string without_links(std::string text) {
  for (size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 2)) text.insert(at + 1, " ");
  return text;
}

std::string escaped_link_text(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

Json text_message(const std::string& text) { return Json{{"text", text}}; }

class SarifLog {
 public:
  SarifLog(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out)
      : report_(report), files_(source), options_(options), out_(out) {
    for (const RuleInfo& rule : report.rules) rules_.emplace(rule.id, rule);
    choose();
    for (const Finding* finding : chosen_) add_unlisted_rule(*finding);
    size_t index = 0;
    for (const auto& [id, rule] : rules_) index_of_.emplace(id, index++);
    any_suppressed_ = std::any_of(chosen_.begin(), chosen_.end(),
                                  [](const Finding* finding) { return finding->suppressed.has_value(); });
  }

  // By hand around the results, so that a large report is never in memory as a tree.
  void write() {
    out_ << "{\n\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\": \"2.1.0\",\n\"runs\": "
            "[{\n";
    write_tool();
    out_ << "\"invocations\": " << dump(Json::array({invocation()})) << ",\n";
    const std::string& root = options_.root.empty() ? report_.working_directory : options_.root;
    out_ << "\"originalUriBaseIds\": " << dump(Json{{kRoot, {{"uri", folder_uri(root)}}}}) << ",\n";
    JsonLines results(out_, "\"columnKind\": \"utf16CodeUnits\",\n\"results\": [");
    for (const Finding* finding : chosen_) results.add(result(*finding));
    results.end("]\n}]\n}\n");
  }

 private:
  // All, in the order of the report; of too many the worst.
  void choose() {
    for (const Finding& finding : report_.findings) {
      if (is_open(finding) || !options_.only_open) chosen_.push_back(&finding);
    }
    if (chosen_.size() <= kMostResults) return;
    left_out_ = chosen_.size() - kMostResults;
    std::stable_sort(chosen_.begin(), chosen_.end(), [](const Finding* left, const Finding* right) {
      const auto rank = [](const Finding* finding) {
        return std::make_pair(!is_open(*finding), -static_cast<int>(finding->severity));
      };
      return rank(left) < rank(right);
    });
    chosen_.resize(kMostResults);
    std::sort(chosen_.begin(), chosen_.end());  // they point into one vector, so their addresses are their order
  }

  // A finding of the product itself (an unused suppression) has no rule file, but every result needs a descriptor.
  void add_unlisted_rule(const Finding& finding) {
    RuleInfo rule;
    rule.id = finding.rule;
    rule.severity = finding.severity;
    rules_.emplace(finding.rule, std::move(rule));
  }

  void write_tool() {
    Json driver;
    driver["name"] = "stallint";
    driver["fullName"] = "stallint " + report_.tool_version;
    driver["version"] = report_.tool_version;
    driver["semanticVersion"] = report_.tool_version;
    driver["shortDescription"] = text_message("Finds what makes servers stall.");
    driver["notifications"] =
        Json::array({descriptor(kPartlyRead, "FilePartlyRead", "A file was not read wholly.",
                                "A part of a file was left out, so findings in it may be missing.",
                                "Mend what the message names, or exclude the file."),
                     descriptor(kLeftOut, "FindingsLeftOut", "There are more findings than a report takes.",
                                "Readers of SARIF refuse a run with too many results, so only the worst were written.",
                                "Check fewer files or fewer rules at once.")});
    std::string text = dump(driver);
    text.pop_back();  // the rules go before the closing brace, one a line
    JsonLines rules(out_, "\"tool\": {\"driver\": " + text + ",\"rules\": [");
    for (const auto& [id, rule] : rules_) rules.add(sarif_rule(rule));
    rules.end("]}},\n");
  }

  static Json descriptor(const char* id, const char* name, const char* what, const char* why, const char* help) {
    return {{"id", id},
            {"name", name},
            {"shortDescription", text_message(what)},
            {"fullDescription", text_message(why)},
            {"help", text_message(help)},
            {"defaultConfiguration", {{"level", "warning"}}}};
  }

  Json invocation() {
    Json json;
    json["executionSuccessful"] = true;
    json["workingDirectory"] = {{"uri", folder_uri(report_.working_directory)}};
    Json notifications = Json::array();
    for (const Note& note : report_.notes) notifications.push_back(notification(note));
    if (left_out_ > 0) notifications.push_back(about_left_out());
    json["toolExecutionNotifications"] = std::move(notifications);
    return json;
  }

  Json notification(const Note& note) {
    Json json;
    json["descriptor"] = {{"id", kPartlyRead}, {"index", 0}};
    json["level"] = "warning";
    json["message"] = text_message(without_links(sentence(note.message)));
    json["locations"] = Json::array({{{"physicalLocation", physical(note.region, Snippet::kWithout)}}});
    return json;
  }

  Json about_left_out() const {
    Json json;
    json["descriptor"] = {{"id", kLeftOut}, {"index", 1}};
    json["level"] = "warning";
    json["message"] = text_message("GitHub takes 25,000 results, so of " + std::to_string(kMostResults + left_out_) +
                                   " findings the worst are here; check fewer files or rules at once to see all.");
    return json;
  }

  Json result(const Finding& finding) {
    Json json;
    json["ruleId"] = finding.rule;
    json["ruleIndex"] = index_of_.at(finding.rule);
    json["level"] = sarif_level(finding.severity);
    json["rank"] = sarif_rank(finding.severity);
    json["message"] = text_message(message(finding));
    if (finding.chain.size() > 1) json["message"]["markdown"] = markdown(finding);
    Json place = {{"physicalLocation", physical(finding.region, Snippet::kWith)}};
    if (!finding.function.empty()) place["logicalLocations"] = Json::array({logical(finding.function)});
    json["locations"] = Json::array({std::move(place)});
    if (!finding.chain.empty()) json["codeFlows"] = Json::array({code_flow(finding)});
    if (Json related = related_locations(finding); !related.empty()) json["relatedLocations"] = std::move(related);
    json["partialFingerprints"] = fingerprints(finding);
    if (!report_.comparison.empty()) json["baselineState"] = finding.known ? "unchanged" : "new";
    if (any_suppressed_) json["suppressions"] = suppressions(finding);
    json["properties"] = {{"severity", name_of(finding.severity)}, {"confidence", name_of(finding.confidence)}};
    if (!finding.leaf_label.empty()) json["properties"]["label"] = finding.leaf_label;
    if (!finding.subject.empty()) json["properties"]["subject"] = finding.subject;
    if (!finding.lowered_because.empty()) json["properties"]["loweredBecause"] = finding.lowered_because;
    return json;
  }

  // Plain, since the problems list of an editor shows links as they are written. Only where there is no code flow a
  // link is worth it: on GitHub a related location is seen through a link or not at all.
  std::string message(const Finding& finding) {
    std::string text = without_links(sentence(one_line(finding.message)));
    if (!finding.fix.empty()) text += " " + without_links(sentence(one_line(finding.fix)));
    if (!finding.lowered_because.empty()) {
      text += " One level less severe: " + without_links(sentence(one_line(finding.lowered_because)));
    }
    if (finding.chain.empty() && !finding.related.empty()) {
      text += " See [" + escaped_link_text(one_line(finding.related.front().text)) + "](1).";
    }
    return text;
  }

  // The same with the steps below each other, for viewers that show no code flow.
  std::string markdown(const Finding& finding) const {
    std::string text = markdown_text(sentence(one_line(finding.message))) + "\n\n";
    const size_t count = std::min(finding.chain.size(), kMostListed);
    for (size_t i = 0; i < count; ++i) {
      const Step& step = finding.chain[i];
      const std::string path = path_below(step.region.file, report_.working_directory, options_.root);
      text += std::to_string(i + 1) + ". " + markdown_code(path + ":" + std::to_string(step.region.line)) + " " +
              markdown_text(step_sentence(step)) + "\n";
    }
    if (!finding.fix.empty()) text += "\n" + markdown_text(sentence(one_line(finding.fix)));
    return text;
  }

  static Json logical(const std::string& function) {
    const bool module = function == "<module>";
    const size_t dot = function.rfind('.');
    return {{"name", dot == std::string::npos ? function : function.substr(dot + 1)},
            {"fullyQualifiedName", function},
            {"kind", module ? "module" : "function"}};
  }

  // Nesting counts from 1: with 0 the viewer of VS Code draws the step off its left edge.
  Json code_flow(const Finding& finding) {
    Json steps = Json::array();
    const size_t count = finding.chain.size();
    for (size_t i = 0; i < count; ++i) {
      if (count > kMostSteps && i == kMostSteps / 2) i = count - kMostSteps / 2;  // the ends tell most
      const Step& step = finding.chain[i];
      const bool last = i + 1 == count;
      Json location = {{"physicalLocation", physical(step.region, last ? Snippet::kWith : Snippet::kWithout)}};
      if (!step.function.empty()) location["logicalLocations"] = Json::array({logical(step.function)});
      location["message"] = text_message(step_text(step));
      steps.push_back({{"location", std::move(location)},
                       {"nestingLevel", steps.size() + 1},
                       {"importance", i == 0 || last ? "essential" : "important"}});
    }
    return {{"threadFlows", Json::array({{{"locations", std::move(steps)}}})}};
  }

  static std::string step_text(const Step& step) { return without_links(step_sentence(step)); }

  // The sink first, if it is elsewhere.
  Json related_locations(const Finding& finding) {
    Json locations = Json::array();
    const auto add = [&](const Region& region, const std::string& text) {
      locations.push_back({{"id", locations.size() + 1},
                           {"physicalLocation", physical(region, Snippet::kWithout)},
                           {"message", text_message(text)}});
    };
    const Step* sink = finding.chain.size() > 1 ? &finding.chain.back() : nullptr;
    if (sink) add(sink->region, step_text(*sink));
    for (const Related& related : finding.related) {
      if (sink && related.region == sink->region) continue;
      if (locations.size() == kMostRelated) break;
      add(related.region, without_links(one_line(related.text)));
    }
    return locations;
  }

  Json fingerprints(const Finding& finding) {
    Json json = Json::object();
    if (hashed_file_ != finding.region.file || hashes_.empty()) {
      const Lines* lines = files_.lines(finding.region.file);
      hashes_ = lines ? line_hashes(lines->all()) : std::vector<std::string>{};
      hashed_file_ = finding.region.file;
    }
    const uint32_t line = finding.region.line;
    if (line >= 1 && line <= hashes_.size()) json["primaryLocationLineHash"] = hashes_[line - 1];
    json[kFingerprintName] = finding.fingerprint;
    return json;
  }

  // The standard wants the member in all results of a run or in none.
  Json suppressions(const Finding& finding) {
    if (!finding.suppressed) return Json::array();
    Json json;
    json["kind"] = "inSource";
    json["status"] = "accepted";
    json["justification"] = finding.suppressed->reason;
    if (!finding.suppressed->comment.file.empty()) {
      json["location"] = {{"physicalLocation", physical(finding.suppressed->comment, Snippet::kWithout)}};
    }
    return Json::array({std::move(json)});
  }

  Json physical(const Region& region, Snippet snippet) {
    Json json;
    json["artifactLocation"] = artifact_location(region.file);
    if (region.line == 0) return json;
    json["region"] = region_json(region, snippet);
    if (snippet == Snippet::kWith) add_context(json, region);
    return json;
  }

  const Json& artifact_location(const std::string& file) {
    const auto [known, is_new] = artifact_locations_.try_emplace(file);
    if (!is_new) return known->second;
    const Uri uri = uri_of(file, report_.working_directory, options_.root);
    known->second["uri"] = uri.text;
    if (uri.relative) known->second["uriBaseId"] = kRoot;
    return known->second;
  }

  Json region_json(const Region& region, Snippet snippet) {
    const Lines* lines = files_.lines(region.file);
    const uint32_t end_line = std::max(region.line, region.end_line);
    const auto column = [lines](uint32_t line, uint32_t bytes) {
      return lines ? lines->utf16_column(line, bytes) : std::max(bytes, 1U);
    };
    const uint32_t start = column(region.line, region.column);
    uint32_t end = column(end_line, region.end_column);
    if (end_line == region.line) end = std::max(end, start);
    Json json = {{"startLine", region.line}, {"startColumn", start}, {"endLine", end_line}, {"endColumn", end}};
    if (snippet == Snippet::kWithout || !lines) return json;
    const std::string_view text = lines->text(region);
    if (!text.empty() && text.size() <= kMostSnippet) json["snippet"] = text_message(std::string(text));
    return json;
  }

  // The lines around the place: some viewers have no access to the source and show these.
  void add_context(Json& json, const Region& region) {
    const Lines* lines = files_.lines(region.file);
    if (!lines || !lines->has(region.line)) return;
    const uint32_t first = std::max(region.line, 2U) - 1;
    const uint32_t last = std::min(std::max(region.line, region.end_line) + 1, lines->count());
    const auto length = static_cast<uint32_t>(lines->line(last).size());
    const std::string text(lines->text({region.file, first, 1, last, length + 1}));
    const bool adds_nothing = text.size() <= lines->text(region).size();
    if (adds_nothing || text.size() > kMostSnippet) return;
    json["contextRegion"] = {{"startLine", first},
                             {"startColumn", 1},
                             {"endLine", last},
                             {"endColumn", lines->utf16_column(last, length + 1)},
                             {"snippet", {{"text", text}}}};
  }

  const Report& report_;
  Files files_;
  const ReportOptions& options_;
  std::ostream& out_;
  std::map<std::string, RuleInfo> rules_;
  std::map<std::string, size_t> index_of_;
  std::map<std::string, Json> artifact_locations_;
  std::vector<const Finding*> chosen_;
  size_t left_out_ = 0;
  bool any_suppressed_ = false;
  std::string hashed_file_;  // findings come file by file, so the hashes of one are kept
  std::vector<std::string> hashes_;
};

}  // namespace

void write_sarif(const Report& report, const SourceText& source, const ReportOptions& options, std::ostream& out) {
  SarifLog(report, source, options, out).write();
}

}  // namespace stallint::reporters
