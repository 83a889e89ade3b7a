// The two forms of a baseline: ours, and SARIF.

#include "checker/base/text.h"
#include "checker/baseline/baseline.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace stallint::baseline {

namespace {

using Json = nlohmann::ordered_json;

constexpr char kMark[] = "stallint-baseline";
constexpr int kForm = 1;
constexpr char kWayOut[] = "; `stallint baseline write` makes it anew";

std::optional<Json> parse(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

// A text member; empty if there is none.
std::string text_of(const Json& json, const char* name) {
  const auto found = json.is_object() ? json.find(name) : json.end();
  return found == json.end() || !found->is_string() ? "" : found->get<std::string>();
}

const Json& member(const Json& json, const char* name) {
  static const Json kNothing;
  const auto found = json.is_object() ? json.find(name) : json.end();
  return !json.is_object() || found == json.end() ? kNothing : *found;
}

// --- Ours

bool is_conflict(std::string_view line) {
  return line.starts_with("<<<<<<<") || line.starts_with("=======") || line.starts_with(">>>>>>>") ||
         line.starts_with("|||||||");
}

Result<Entry> entry_of(std::string_view line, const Place& place) {
  if (is_conflict(line)) {
    return Problem{place,
                   "a merge left its marks: delete the lines with <, = and >, and keep the findings of both sides"};
  }
  const std::optional<Json> json = parse(line);
  Entry entry;
  if (json) {
    entry = {text_of(*json, "path"), text_of(*json, "rule"), text_of(*json, "function"), text_of(*json, "subject"),
             text_of(*json, "label")};
  }
  if (entry.path.empty() || entry.rule.empty()) {
    return Problem{place, std::string("this is no finding of a baseline: {\"path\":..., \"rule\":..., ...}") + kWayOut};
  }
  return entry;
}

Result<Baseline> read_lines(std::string_view text, const std::string& file, const Json& head) {
  const Json& form = member(head, kMark);
  if (!form.is_number_integer() || form.get<int>() != kForm) {
    return Problem{
        {file, 1, 1},
        "the baseline has form " + form.dump() + ", and this stallint reads form " + std::to_string(kForm) + kWayOut};
  }
  Baseline baseline;
  std::vector<Problem> problems;
  uint32_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (++number == 1 || trimmed(line).empty()) continue;
    Result<Entry> entry = entry_of(trimmed(line), {file, number, 1});
    if (entry) baseline.entries.push_back(*std::move(entry));
    if (!entry) problems.push_back(entry.problems().front());
  }
  if (!problems.empty()) return problems;
  std::sort(baseline.entries.begin(), baseline.entries.end());
  return baseline;
}

// --- SARIF

std::string unescaped(std::string_view uri) {
  std::string path;
  for (size_t n = 0; n < uri.size(); ++n) {
    unsigned value = 0;
    const bool escape =
        uri[n] == '%' && n + 2 < uri.size() && std::from_chars(&uri[n + 1], &uri[n + 3], value, 16).ptr == &uri[n + 3];
    path += escape ? static_cast<char>(value) : uri[n];
    if (escape) n += 2;
  }
  return path;
}

// What stands in the way of a result being known: it was suppressed, or is one that the run no longer had.
bool counts(const Json& result) {
  return member(result, "suppressions").empty() && text_of(result, "baselineState") != "absent";
}

Result<Baseline> read_sarif(const Json& log, const std::string& file) {
  Baseline baseline;
  baseline.sarif = true;
  bool ours = false;
  for (const Json& run : member(log, "runs")) {
    if (text_of(member(member(run, "tool"), "driver"), "name") != "stallint") continue;
    ours = true;
    for (const Json& result : member(run, "results")) {
      const Json& locations = member(result, "locations");
      if (!counts(result) || !locations.is_array() || locations.empty()) continue;
      const Json& location = locations.front();
      const Json& logical = member(location, "logicalLocations");
      Entry entry;
      entry.path = unescaped(text_of(member(member(location, "physicalLocation"), "artifactLocation"), "uri"));
      entry.rule = text_of(result, "ruleId");
      if (logical.is_array() && !logical.empty()) entry.function = text_of(logical.front(), "fullyQualifiedName");
      entry.subject = text_of(member(result, "properties"), "subject");
      entry.label = text_of(member(result, "properties"), "label");
      baseline.entries.push_back(std::move(entry));
    }
  }
  if (!ours) return Problem{{file, 0, 0}, "this SARIF log holds no run of stallint"};
  std::sort(baseline.entries.begin(), baseline.entries.end());
  return baseline;
}

}  // namespace

Result<Baseline> read(std::string_view text, const std::string& file) {
  const std::string_view first = trimmed(text.substr(0, text.find('\n')));
  if (is_conflict(first)) return entry_of(first, {file, 1, 1}).problems();
  if (const std::optional<Json> head = parse(first); head && head->is_object() && head->contains(kMark)) {
    return read_lines(text, file, *head);
  }
  const std::optional<Json> log = parse(text);
  if (log && log->is_object() && log->contains("runs")) return read_sarif(*log, file);
  return Problem{{file, 0, 0},
                 std::string("this is neither a baseline of stallint nor a SARIF log, or it is damaged") + kWayOut};
}

std::string print(std::vector<Entry> entries) {
  std::sort(entries.begin(), entries.end());
  const auto dump = [](const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; };
  std::string text = dump({{kMark, kForm}});
  for (const Entry& entry : entries) {
    Json json = {{"path", entry.path}, {"rule", entry.rule}};
    for (const auto& [name, value] :
         {std::pair("function", &entry.function), {"subject", &entry.subject}, {"label", &entry.label}}) {
      if (!value->empty()) json[name] = *value;
    }
    text += dump(json);
  }
  return text;
}

}  // namespace stallint::baseline
