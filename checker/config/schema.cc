#include "checker/config/keys.h"

#include <nlohmann/json.hpp>

namespace stallint::config {

namespace {

using Json = nlohmann::ordered_json;

Json texts() { return {{"type", "string"}, {"pattern", "\\S"}}; }

// A text, or a list of such.
Json one_or_more(const Json& item) { return {{"anyOf", {item, {{"type", "array"}, {"items", item}}}}}; }

// As far as a schema can know: `..` and braces are judged by the loader.
Json glob() { return {{"type", "string"}, {"pattern", "^[^!\\\\\\s][^\\\\]*$"}}; }

Json type_of(Kind kind) {
  switch (kind) {
    case Kind::kFlag:
      return {{"type", "boolean"}};
    case Kind::kLevel:
      return {{"enum", {"low", "medium", "high", "critical", "never"}}};
    case Kind::kGrade:
      return {{"enum", {"likely", "exact"}}};
    case Kind::kPath:
      return texts();
    case Kind::kPaths:
    case Kind::kExtends:
    case Kind::kWords:
    case Kind::kNames:
      return one_or_more(texts());
    case Kind::kGlobs:
      return one_or_more(glob());
    case Kind::kSeverities:
      return {{"type", "object"}, {"additionalProperties", {{"enum", {"low", "medium", "high", "critical"}}}}};
    case Kind::kWordsOf:
      return {
          {"type", "object"},
          {"propertyNames", glob()},
          {"additionalProperties", {{"anyOf", {texts(), {{"type", "array"}, {"items", texts()}, {"minItems", 1}}}}}}};
  }
  return {};
}

}  // namespace

std::string print_schema() {
  Json top = Json::object(), project = Json::object();
  for (const KeyInfo& info : keys()) {
    Json property = {{"description", info.help}};
    property.update(type_of(info.kind));
    const bool in_project = info.name.starts_with("project.");
    (in_project ? project : top)[std::string(info.name.substr(in_project ? 8 : 0))] = std::move(property);
  }
  top["project"] = {{"description", "What functions of the project do."},
                    {"type", "object"},
                    {"properties", std::move(project)},
                    {"additionalProperties", false}};
  const Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                       {"title", "stallint.toml, or [tool.stallint] of pyproject.toml"},
                       {"type", "object"},
                       {"properties", std::move(top)},
                       {"additionalProperties", false}};
  return schema.dump(2) + "\n";
}

}  // namespace stallint::config
