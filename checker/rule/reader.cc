#include "checker/rule/reader.h"

#include "checker/base/suggest.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace stallint::rule {

namespace {

std::vector<std::string_view> spellings(std::span<const KeyInfo> keys) {
  std::vector<std::string_view> found;
  for (const KeyInfo& info : keys) found.push_back(info.key);
  return found;
}

}  // namespace

void Reader::only_keys(const YamlNode& map, std::span<const KeyInfo> keys, std::string_view whose) {
  for (const YamlEntry& entry : map.entries) {
    if (is_key(keys, entry.key)) continue;
    const std::string hint = meant(entry.key, spellings(keys));
    problem(entry, "unknown key `" + entry.key + "` of " + std::string(whose) +
                       (hint.empty() ? "; there are " + alternatives(keys) : hint));
  }
}

bool Reader::is_map(const YamlNode& node, std::string_view what, std::string_view example) {
  if (node.is_map() && !node.entries.empty()) return true;
  problem(node, std::string(what) + " is a mapping such as `" + std::string(example) + "`, not " + described(node));
  return false;
}

std::span<const YamlEntry> Reader::entries(const YamlNode& map, std::string_view key, std::string_view example) {
  const YamlEntry* entry = map.find(key);
  if (entry == nullptr || !is_map(entry->value, "`" + std::string(key) + "`", example)) return {};
  return entry->value.entries;
}

std::optional<std::string> Reader::text(const YamlNode& node, std::string_view what) {
  const std::string name(what);
  if (!node.is_scalar()) {
    problem(node, name + " is a text, not " + described(node));
    return std::nullopt;
  }
  if (node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    problem(node, name + " is empty");
    return std::nullopt;
  }
  if (!node.quoted && (is_yaml_boolean(node.text) || number_in(node.text))) {
    problem(node, name + " is a text: put " + described(node) + " in quotes if it is meant");
    return std::nullopt;
  }
  return node.text;
}

std::vector<Text> Reader::texts(const YamlNode& node, std::string_view what) {
  if (node.is_list() && node.items.empty()) problem(node, std::string(what) + " is an empty list");
  std::vector<Text> found;
  for (const YamlNode* item : items(node)) {
    if (!item->is_scalar()) {
      problem(*item, std::string(what) + " is a text or a list of texts, and here is " + described(*item));
      continue;
    }
    if (auto read = text(*item, what)) found.push_back({std::move(*read), place(*item)});
  }
  return found;
}

std::vector<Text> Reader::choices(const YamlNode& node, std::string_view what,
                                  std::span<const std::string_view> known) {
  if (node.is_list() && node.items.empty()) problem(node, std::string(what) + " is an empty list");
  std::vector<Text> found;
  for (const YamlNode* item : items(node)) {
    const bool right = item->is_scalar() && std::find(known.begin(), known.end(), item->text) != known.end();
    if (right) {
      found.push_back({item->text, place(*item)});
      continue;
    }
    const std::string hint = item->is_scalar() ? meant(item->text, known) : "";
    problem(*item, std::string(what) + " is " + alternatives(known) + ", not " + described(*item) + hint);
  }
  return found;
}

std::optional<bool> Reader::flag(const YamlNode& node, std::string_view what) {
  if (node.is_scalar() && !node.quoted) {
    if (node.text == "true") return true;
    if (node.text == "false") return false;
  }
  problem(node, std::string(what) + " is `true` or `false`, not " + described(node));
  return std::nullopt;
}

std::vector<const YamlNode*> Reader::items(const YamlNode& node) {
  if (!node.is_list()) return {&node};
  std::vector<const YamlNode*> found;
  for (const YamlNode& item : node.items) found.push_back(&item);
  return found;
}

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string described(const YamlNode& node) {
  if (node.is_null()) return "nothing";
  if (node.is_list()) return node.items.empty() ? "an empty list" : "a list";
  if (node.is_map()) return node.entries.empty() ? "an empty mapping" : "a mapping";
  constexpr size_t kShown = 60;
  const std::string line = node.text.substr(0, node.text.find('\n'));
  if (line.size() <= kShown) return "`" + line + "`";
  size_t end = kShown;
  while (end > 0 && (line[end] & 0xC0) == 0x80) --end;  // not inside a character
  return "`" + line.substr(0, end) + "...`";
}

std::string alternatives(std::span<const std::string_view> words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += '`';
    text += words[i];
    text += '`';
  }
  return text;
}

std::string alternatives(std::span<const KeyInfo> keys) { return alternatives(spellings(keys)); }

std::string meant(std::string_view word, std::span<const std::string> known) {
  const std::string hint = did_you_mean(word, known);
  if (!hint.empty()) return hint;
  // `runing` is four mistakes away from `runs`, and yet it is what was meant: words are short and begin alike.
  constexpr size_t kAlike = 3;
  const std::string_view start = word.substr(0, kAlike);
  const auto it =
      std::find_if(known.begin(), known.end(), [&](const std::string& one) { return one.starts_with(start); });
  return start.size() < kAlike || it == known.end() ? "" : ", did you mean `" + *it + "`?";
}

std::string meant(std::string_view word, std::span<const std::string_view> known) {
  return meant(word, std::vector<std::string>(known.begin(), known.end()));
}

}  // namespace stallint::rule
