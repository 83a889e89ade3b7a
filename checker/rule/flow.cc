#include "checker/rule/files.h"
#include "checker/rule/names.h"
#include "checker/rule/patterns.h"

#include <algorithm>
#include <array>

namespace stallint::rule {

namespace {

constexpr std::array<std::string_view, 1> kBecause = {"because"};
constexpr std::array kFunctionOnly = {Subject::kFunction};

template <typename Named>
Named& named(std::vector<Named>& all, const std::string& name) {
  const auto it = std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  if (it != all.end()) return *it;
  all.push_back({});
  all.back().name = name;
  return all.back();
}

void read_effect(Reader& reader, const YamlEntry& entry, Flow& flow) {
  if (!is_label(entry.key)) return reader.problem(entry, "`" + entry.key + "` is no label");
  if (!reader.is_map(entry.value, "an effect", "{stops-at: [loop.entry]}")) return;
  reader.only_keys(entry.value, effect_keys(), "an effect");
  reader.ledger().effects.push_back({entry.key, reader.place(entry)});

  Effect& effect = named(flow.effects, entry.key);
  const YamlEntry* stops = entry.value.find("stops-at");
  if (stops == nullptr) return;
  if (stops->value.is_list() && stops->value.items.empty()) return;  // travels everywhere
  for (Text& label : labels(reader, stops->value, "`stops-at`")) effect.stops_at.push_back(std::move(label.text));
}

void read_from(Reader& reader, const YamlNode& node, Context& context) {
  for (const YamlNode* item : Reader::items(node)) {
    if (item->is_scalar() && item->text == "module") {
      context.from_module = true;
    } else if (item->is_scalar() && item->text == "main-guard") {
      context.from_main_guard = true;
    } else if (item->is_map()) {
      if (auto pattern = read_subject(reader, *item, kFunctionOnly)) context.from.push_back(std::move(*pattern));
    } else {
      reader.problem(*item, "`from` is `module`, `main-guard` or `{function: {...}}`, not " + described(*item));
    }
  }
}

void read_context(Reader& reader, const YamlEntry& entry, Flow& flow) {
  if (!is_word(entry.key)) {
    return reader.problem(entry, "`" + entry.key + "` is no name for a context: lower case letters, digits and `-`");
  }
  if (!reader.is_map(entry.value, "a context", "{from: {function: {is: http.route}}}")) return;
  reader.only_keys(entry.value, context_keys(), "a context");

  const YamlEntry* from = entry.value.find("from");
  const YamlEntry* only = entry.value.find("only");
  if ((from == nullptr) == (only == nullptr)) {
    return reader.problem(entry, "a context has either `from` or `only`");
  }
  Context& context = named(flow.contexts, entry.key);
  if (const YamlEntry* stops = entry.value.find("stops-at")) {
    if (only != nullptr) return reader.problem(*stops, "a context with `only` does not travel: it has no `stops-at`");
    for (Text& label : labels(reader, stops->value, "`stops-at`")) context.stops_at.push_back(std::move(label.text));
  }
  if (from != nullptr) return read_from(reader, from->value, context);
  for (Text& name : reader.texts(only->value, "`only`")) {
    if (name.text == entry.key) reader.problem(name.place, "the context `" + name.text + "` speaks of itself");
    reader.ledger().contexts.push_back({name.text, name.place});
    context.only.push_back(std::move(name.text));
  }
}

}  // namespace

void read_lower(Reader& reader, const YamlNode& node, Subject subject, std::vector<Pattern>& patterns,
                std::vector<std::string>& because) {
  const YamlEntry* why = node.find("because");
  const auto sentence = why == nullptr ? std::optional<std::string>() : reader.text(why->value, "`because`");
  if (node.entries.size() == 1 && why != nullptr) reader.problem(*why, "`because` stands alone: no word says when");
  patterns.push_back(read_words(reader, subject, node, kBecause));
  because.push_back(sentence.value_or(""));
}

void read_flow(Reader& reader, const YamlNode& root, Flow& flow) {
  if (!reader.is_map(root, "flow.yaml", "effects: {...}, contexts: {...}")) return;
  reader.only_keys(root, flow_keys(), "flow.yaml");
  for (const YamlEntry& effect : reader.entries(root, "effects", "{blocks: {stops-at: [loop.entry]}}"))
    read_effect(reader, effect, flow);
  for (const YamlEntry& context : reader.entries(root, "contexts", "{request: {from: {function: {is: http.route}}}}"))
    read_context(reader, context, flow);
  if (const YamlEntry* amortised = root.find("amortised")) {
    for (Pattern& pattern : read_implicit(reader, Subject::kCall, amortised->value, "`amortised`")) {
      flow.amortised.push_back(std::move(pattern));
    }
    for (const YamlNode* item : Reader::items(amortised->value)) {
      const bool empty = item->is_map() && item->entries.empty();
      if (empty) reader.problem(*item, "`amortised` without a word would hold everywhere");
    }
  }
  const YamlEntry* lower = root.find("lower");
  if (lower == nullptr) return;
  if (lower->value.is_list() && lower->value.items.empty()) reader.problem(lower->value, "`lower` is an empty list");
  for (const YamlNode* item : Reader::items(lower->value)) {
    if (!reader.is_map(*item, "`lower`", "{in: {function: {runs: once}}, because: it runs once}")) continue;
    read_lower(reader, *item, Subject::kCall, flow.lower, flow.lower_because);
    if (item->find("because") == nullptr) reader.problem(*item, "`because` is missing: reports say it");
  }
}

}  // namespace stallint::rule
