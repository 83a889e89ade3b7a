// JSON schemas of rule files and of models, out of the tables that the loader reads by. They know the keys, the words
// of each subject and the forms of their values; names of facets, labels and variables are judged by the loader alone.

#include "checker/rule/keys.h"
#include "checker/rule/rule.h"
#include "checker/rule/words.h"

#include <nlohmann/json.hpp>

namespace stallint::rule {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kDraft = "http://json-schema.org/draft-07/schema#";
constexpr const char* kWordPattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

Json text() { return {{"type", "string"}, {"pattern", "\\S"}}; }

Json one_or_more(const Json& item) {
  return {{"anyOf", {item, {{"type", "array"}, {"items", item}, {"minItems", 1}}}}};
}

Json one_of(std::span<const std::string_view> words) { return {{"enum", words}}; }

Json reference(const std::string& name) { return {{"$ref", "#/definitions/" + name}}; }

Json types(std::initializer_list<const char*> names) { return {{"type", names}}; }

// Properties of a mapping with these keys, each of the form that `form` gives.
template <typename Form>
Json mapping(std::span<const KeyInfo> keys, const Form& form) {
  Json properties = Json::object();
  for (const KeyInfo& info : keys) {
    Json property = {{"description", info.help}};
    property.update(form(std::string(info.key)));
    properties[std::string(info.key)] = std::move(property);
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

// A value, or `{not: value}`.
Json value_of(const WordInfo& word) {
  const std::span<const std::string_view> known = choices(word.word);
  if (!known.empty()) return {{"anyOf", {one_or_more(one_of(known)), types({"object"})}}};
  switch (word.takes) {
    case Takes::kFlag:
      return types({"boolean", "object"});
    case Takes::kArguments:
      return types({"object"});
    case Takes::kText:
      return types({"string"});
    case Takes::kLabels:
    case Takes::kNames:
      return {{"anyOf", {one_or_more(text()), types({"object"})}}};
    case Takes::kPatterns:
    case Takes::kVariable:
    case Takes::kQuantity:
    case Takes::kFacet:
      return types({"string", "number", "boolean", "object", "array"});
  }
  return {};
}

// Words that fit the subject, or all of them; any other word may be a facet.
template <typename Fits>
Json words_that(const Fits& fit) {
  Json properties = Json::object();
  for (const WordInfo& word : words()) {
    if (word.takes == Takes::kFacet || !fit(word)) continue;
    Json property = {{"description", word.help}};
    property.update(value_of(word));
    properties[std::string(word.spelling)] = std::move(property);
  }
  return properties;
}

Json definitions() {
  Json all = Json::object();
  for (const Subject subject : subjects()) {
    all[std::string(spelling(subject))] = {
        {"type", {"object", "null"}},
        {"properties", words_that([&](const WordInfo& word) { return fits(word, subject); })},
        {"propertyNames", {{"pattern", kWordPattern}}}};
  }
  Json pattern = words_that([](const WordInfo&) { return true; });
  for (const Subject subject : subjects())
    pattern[std::string(spelling(subject))] = types({"object", "null", "string", "array"});
  all["words"] = {
      {"type", "object"}, {"properties", std::move(pattern)}, {"propertyNames", {{"pattern", kWordPattern}}}};
  all["languages"] = one_or_more({{"enum", {"python", "cpp"}}});
  all["examples"] = {
      {"type", "array"},
      {"items",
       {{"anyOf",
         {text(), {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", types({"string", "null"})}}}}}}};
  return all;
}

Json find_item() {
  Json properties = {{"message", text()}, {"languages", reference("languages")}};
  Json one = Json::array();
  for (const Subject subject : subjects()) {
    const std::string name(spelling(subject));
    properties[name] = reference(name);
    one.push_back({{"required", {name}}});
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"additionalProperties", false},
          {"oneOf", std::move(one)}};
}

// Words with a text beside them: `because`, `say`.
Json words_with(const char* key) {
  return one_or_more({{"allOf", {reference("words"), {{"required", {key}}, {"properties", {{key, text()}}}}}}});
}

Json rule_property(const std::string& key) {
  if (key == "severity") return {{"enum", {"critical", "high", "medium", "low"}}};
  if (key == "enabled") return {{"type", "boolean"}};
  if (key == "id") return {{"type", "string"}, {"pattern", kWordPattern}};
  if (key == "tags") return one_or_more({{"type", "string"}, {"pattern", kWordPattern}});
  if (key == "languages") return reference("languages");
  if (key == "at") return {{"enum", {"subject"}}};
  if (key == "references") return one_or_more(text());
  if (key == "requires")
    return mapping(requires_keys(), [](const std::string&) { return types({"string", "number"}); });
  if (key == "find") {
    Json find = one_or_more(find_item());
    find["anyOf"].push_back({{"const", "suppressions"}});
    return find;
  }
  if (key == "unless") return one_or_more(reference("words"));
  if (key == "lower") return words_with("because");
  if (key == "advice") return words_with("say");
  if (key == "bad" || key == "good") return reference("examples");
  if (key == "todo") return mapping(todo_keys(), [](const std::string&) { return reference("examples"); });
  return text();
}

Json type_property(const std::string& key) {
  if (key == "returns") return {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", text()}};
  return one_or_more(text());
}

Json label_property(const std::string& key) {
  if (key == "value") {
    return one_or_more({{"enum", {"dict", "list", "set", "tuple", "none", "number", "text"}}});
  }
  if (key == "function" || key == "unless") return one_or_more(reference("words"));
  return one_or_more(text());
}

Json facet_property(const std::string& key) {
  if (key == "arg" || key == "made-with") return types({"string", "integer"});
  if (key == "default") return {{"anyOf", {types({"number"}), {{"const", "none"}}}}};
  if (key == "is") return text();
  return one_or_more(text());
}

Json table_of(const char* pattern, Json value) {
  return {{"type", "object"},
          {"minProperties", 1},
          {"propertyNames", {{"pattern", pattern}}},
          {"additionalProperties", std::move(value)}};
}

Json model_property(const std::string& key) {
  if (key == "language") return {{"enum", {"python", "cpp"}}};
  if (key == "types") return table_of("\\S", mapping(type_keys(), type_property));
  if (key == "labels") {
    return table_of("^[a-z0-9-]+(\\.[a-z0-9-]+)*$", one_or_more(mapping(label_keys(), label_property)));
  }
  Json facet = mapping(facet_keys(), facet_property);
  facet["required"] = {"of"};
  facet["minProperties"] = facet["maxProperties"] = 2;
  return table_of(kWordPattern, one_or_more(facet));
}

std::string printed(const char* title, Json schema) {
  Json whole = {{"$schema", kDraft}, {"title", title}};
  whole.update(schema);
  whole["definitions"] = definitions();
  return whole.dump(2) + "\n";
}

}  // namespace

std::string print_rule_schema() {
  Json schema = mapping(rule_keys(), rule_property);
  schema["required"] = {"id", "severity", "find"};
  return printed("A rule of stallint", std::move(schema));
}

std::string print_model_schema() {
  Json schema = mapping(model_keys(), model_property);
  schema["required"] = {"language"};
  schema["minProperties"] = 2;
  return printed("A model of stallint: what the calls of a library do", std::move(schema));
}

}  // namespace stallint::rule
