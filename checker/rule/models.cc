#include "checker/rule/arguments.h"
#include "checker/rule/files.h"
#include "checker/rule/names.h"
#include "checker/rule/patterns.h"
#include "checker/rule/words.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace stallint::rule {

namespace {

constexpr std::array<std::string_view, 7> kValues = {"dict", "list", "set", "tuple", "none", "number", "text"};
constexpr std::array<std::string_view, 2> kLanguages = {"python", "cpp"};

std::vector<std::string> names_of(Reader& reader, const YamlNode& node, std::string_view what, const Model& model) {
  std::vector<std::string> names;
  for (Text& name : library_names(reader, node, what, model.language)) {
    if (name.text.find('*') != std::string::npos) {
      reader.problem(name.place, std::string(what) + " of a type is a name without `*`");
    }
    names.push_back(std::move(name.text));
  }
  return names;
}

// --- types ----------------------------------------------------------------------------------------------------------

void read_returns(Reader& reader, const YamlNode& node, facts::Language language, TypeModel& type) {
  if (!reader.is_map(node, "`returns`", "{method: package.Type}")) return;
  for (const YamlEntry& entry : node.entries) {
    const bool special = is_key(member_keys(), entry.key);
    if (!special && !is_identifier(entry.key)) {
      reader.problem(entry, "`" + entry.key + "` is no method or attribute; besides these there are " +
                                alternatives(member_keys()));
      continue;
    }
    const auto value = reader.text(entry.value, "what `" + entry.key + "` returns");
    if (!value) continue;
    if (const std::string wrong = wrong_type(*value, language); !wrong.empty()) {
      reader.problem(entry.value, wrong);
      continue;
    }
    type.returns[entry.key] = *value;
  }
}

void read_type(Reader& reader, const YamlEntry& entry, Model& model) {
  TypeModel type;
  type.name = entry.key;
  type.place = reader.place(entry);
  const bool cpp = model.language == facts::Language::kCpp;
  if (cpp && !is_library_name(entry.key, model.language)) {
    reader.problem(entry, wrong_library_name(entry.key, model.language));
  } else if (!is_library_name(entry.key, model.language) || entry.key.find('*') != std::string::npos) {
    reader.problem(entry, "`" + entry.key + "` is no " +
                              (cpp ? "C++ name of a class such as `std::thread`"
                                   : "dotted name of a class such as `pathlib.Path`"));
  }
  if (!entry.value.is_map()) {
    return reader.problem(entry.value, "a type is a mapping with " + alternatives(type_keys()) + " (`{}` if there is " +
                                           "nothing to say), not " + described(entry.value));
  }
  reader.only_keys(entry.value, type_keys(), "a type");
  if (const auto* also = entry.value.find("also")) type.also = names_of(reader, also->value, "`also`", model);
  if (const auto* bases = entry.value.find("bases")) type.bases = names_of(reader, bases->value, "`bases`", model);
  if (const auto* made_by = entry.value.find("made-by")) {
    for (Text& name : library_names(reader, made_by->value, "`made-by`", model.language)) {
      type.made_by.push_back(std::move(name.text));
    }
  }
  if (const auto* returns = entry.value.find("returns")) read_returns(reader, returns->value, model.language, type);
  model.types.push_back(std::move(type));
}

// --- labels ---------------------------------------------------------------------------------------------------------

// Lines of the names a label is given to, by kind and name.
using Given = std::unordered_map<std::string, uint32_t>;

// The kind that a key of a label names; `function` and `unless` name none.
std::optional<Labelled::Kind> kind_from(std::string_view key) {
  constexpr size_t kKinds = static_cast<size_t>(Labelled::Kind::kType) + 1;
  for (size_t i = 0; i < kKinds; ++i) {
    if (label_keys()[i].key == key) return static_cast<Labelled::Kind>(i);
  }
  return std::nullopt;
}

bool is_type_of(const Model& model, std::string_view name) {
  return std::any_of(model.types.begin(), model.types.end(), [&](const TypeModel& type) { return type.name == name; });
}

// A name of C++ that is spelt well and never fits: `open`, `std::thread::thread`.
void check_call_name(Reader& reader, const Text& name, const Model& model) {
  const std::string& text = name.text;
  const size_t colons = text.rfind("::");
  if (colons == std::string::npos) {
    if (is_type_of(model, text)) return;
    return reader.problem(
        name.place, "`" + text + "` is no class of `types`: a function of the global namespace is `::" + text + "`");
  }
  const std::string_view before = std::string_view(text).substr(0, colons);
  const std::string_view last = std::string_view(text).substr(colons + 2);
  if (last.find('*') != std::string_view::npos || before.empty() || !before.ends_with(last)) return;
  if (before.size() == last.size() || before[before.size() - last.size() - 1] == ':') {
    reader.problem(name.place,
                   "`" + text + "`: a constructor has the name of its class, `" + std::string(before) + "`");
  }
}

void read_labelled(Reader& reader, const std::string& label, Labelled::Kind kind, const YamlEntry& entry,
                   const std::vector<Pattern>& unless, Given& given, Model& model) {
  const std::string what = "`" + entry.key + "`";
  const auto names = kind == Labelled::Kind::kValue ? reader.choices(entry.value, what, kValues)
                                                    : library_names(reader, entry.value, what, model.language);
  for (const Text& name : names) {
    if (model.language == facts::Language::kCpp && kind == Labelled::Kind::kCall) check_call_name(reader, name, model);
    const auto [same, fresh] = given.emplace(entry.key + ' ' + name.text, name.place.line);
    if (fresh) {
      model.labelled.push_back({label, kind, name.text, unless, name.place});
    } else {
      reader.problem(name.place,
                     "`" + name.text + "` has `" + label + "` already by line " + std::to_string(same->second));
    }
  }
}

void read_functions(Reader& reader, const std::string& label, const YamlNode& node, Model& model) {
  const auto items = Reader::items(node);
  if (items.empty()) reader.problem(node, "`function` is an empty list");
  for (const YamlNode* item : items) {
    if (!reader.is_map(*item, "`function`", "{async: true}")) continue;
    model.functions.push_back({label, read_words(reader, Subject::kFunction, *item), model.language});
  }
}

void read_label_part(Reader& reader, const std::string& label, const YamlNode& node, Given& given, Model& model) {
  if (!reader.is_map(node, "a label", "{call: [package.function]}")) return;
  reader.only_keys(node, label_keys(), "a label");

  std::vector<Pattern> unless;
  if (const YamlEntry* entry = node.find("unless")) {
    unless = read_implicit(reader, Subject::kCall, entry->value, "`unless`");
    if (node.entries.size() == 1) reader.problem(*entry, "`unless` has nothing to be said of: `call` is missing");
    if (node.find("function") != nullptr) {
      reader.problem(*entry, "`unless` speaks of calls, not of functions: put `function` into a mapping of its own");
    }
  }
  for (const YamlEntry& entry : node.entries) {
    if (entry.key == "function") read_functions(reader, label, entry.value, model);
    if (const auto kind = kind_from(entry.key)) read_labelled(reader, label, *kind, entry, unless, given, model);
  }
}

void read_label(Reader& reader, const YamlEntry& entry, Model& model) {
  if (!is_label(entry.key)) {
    return reader.problem(entry, "`" + entry.key +
                                     "` is no label: labels are lower case words joined by dots, such as "
                                     "`blocks.http`");
  }
  model.labels.insert(entry.key);
  reader.ledger().given.emplace(entry.key, reader.place(entry));
  const auto items = Reader::items(entry.value);
  if (items.empty()) reader.problem(entry.value, "the label `" + entry.key + "` is given to nothing");
  Given given;
  for (const YamlNode* item : items) read_label_part(reader, entry.key, *item, given, model);
}

// --- facets ---------------------------------------------------------------------------------------------------------

std::optional<std::string> facet_default(Reader& reader, const YamlNode& node) {
  const bool plain = node.is_scalar() && !node.quoted;
  if (plain && (node.text == "none" || number_in(node.text))) return node.text;
  reader.problem(node, "`default` is a number or `none` (without limit), not " + described(node));
  return std::nullopt;
}

std::string facet_argument(Reader& reader, const YamlEntry& entry) {
  if (entry.value.is_scalar() && is_argument_name(entry.value.text)) return entry.value.text;
  reader.problem(entry.value,
                 "`" + entry.key + "` is the name or the position of an argument, not " + described(entry.value));
  return "";
}

// The mapping without its `of`.
std::optional<FacetSource> facet_form(Reader& reader, const std::string& facet, const YamlNode& node,
                                      const Model& model) {
  FacetSource source;
  source.language = model.language;
  source.facet = facet;
  source.place = reader.place(node);
  size_t forms = 0;
  for (const YamlEntry& entry : node.entries) {
    if (entry.key != "of" && is_key(facet_keys(), entry.key)) ++forms;
    if (entry.key == "arg") source.arg = facet_argument(reader, entry);
    if (entry.key == "made-with") source.made_with = facet_argument(reader, entry);
    if (entry.key == "default") source.value = facet_default(reader, entry.value);
    if (entry.key != "is") continue;
    const auto names = library_names(reader, entry.value, "`is`", model.language);
    if (names.size() > 1) reader.problem(entry.value, "`is` of a facet is one name");
    if (!names.empty()) source.value = names.front().text;
  }
  if (forms == 1) return source;
  reader.problem(node, "a facet's value comes from one of " + alternatives(facet_keys().subspan(1)) + "; here are " +
                           std::to_string(forms));
  return std::nullopt;
}

void read_facet_source(Reader& reader, const std::string& facet, const YamlNode& node, Model& model) {
  if (!reader.is_map(node, "a facet", "{of: external.http, arg: timeout}")) return;
  reader.only_keys(node, facet_keys(), "a facet");
  const auto source = facet_form(reader, facet, node, model);
  const YamlEntry* of = node.find("of");
  if (of == nullptr) return reader.problem(node, "`of` is missing: the label or the name whose facet it is");
  for (const Text& name : expanded(reader, of->value, "`of`")) {
    if (!is_label(name.text) && !is_library_name(name.text, model.language)) {
      reader.problem(name.place, "`" + name.text + "` is neither a label nor a " +
                                     (model.language == facts::Language::kCpp ? "C++" : "dotted") + " name");
      continue;
    }
    reader.ledger().facet_targets.push_back({name.text, name.place});
    if (!source) continue;
    model.facets.push_back(*source);
    model.facets.back().of = name.text;
  }
}

void read_facet(Reader& reader, const YamlEntry& entry, Model& model) {
  if (!is_word(entry.key)) {
    return reader.problem(entry, "`" + entry.key + "` is no name for a facet: lower case letters, digits and `-`");
  }
  if (find_word(entry.key) != nullptr || subject_from(entry.key)) {
    return reader.problem(entry, "`" + entry.key + "` is a word of the language already; a facet needs another name");
  }
  const auto items = Reader::items(entry.value);
  if (items.empty()) reader.problem(entry.value, "the facet `" + entry.key + "` has no source");
  for (const YamlNode* item : items) read_facet_source(reader, entry.key, *item, model);
}

}  // namespace

Model read_model(Reader& reader, const YamlNode& root) {
  Model model;
  if (!reader.is_map(root, "a model", "language: python, labels: {...}")) return model;
  reader.only_keys(root, model_keys(), "a model");
  if (const YamlEntry* language = root.find("language")) {
    const auto known = reader.choices(language->value, "`language`", kLanguages);
    if (known.size() > 1) reader.problem(language->value, "`language` is one language");
    if (!known.empty() && known.front().text == kLanguages[1]) model.language = facts::Language::kCpp;
  } else {
    reader.problem(root, "`language` is missing: " + alternatives(kLanguages));
  }
  if (root.entries.size() == 1 && root.find("language") != nullptr) {
    reader.problem(root, "the model says nothing: `types`, `labels` or `facets` is missing");
  }
  for (const YamlEntry& type : reader.entries(root, "types", "{package.Type: {...}}")) read_type(reader, type, model);
  for (const YamlEntry& label : reader.entries(root, "labels", "{blocks.http: {call: [package.function]}}"))
    read_label(reader, label, model);
  for (const YamlEntry& facet : reader.entries(root, "facets", "{timeout: [{of: external.http, arg: timeout}]}"))
    read_facet(reader, facet, model);
  return model;
}

}  // namespace stallint::rule
