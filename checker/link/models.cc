#include "checker/link/models.h"

#include <algorithm>
#include <set>

namespace stallint::link {
namespace {

std::string_view root_of(std::string_view label) { return label.substr(0, label.find('.')); }

constexpr std::string_view kColons = "::";

bool is_cpp(std::string_view name) { return name.find(kColons) != std::string_view::npos; }

// "requests.get" -> "get", "std::mutex::lock" -> "lock", "::open" -> "open".
std::string_view last_part(std::string_view name) {
  const size_t end = name.find_last_of(".:");
  return end == std::string_view::npos ? name : name.substr(end + 1);
}

// What stands before the separator: "requests", "std::mutex"; nothing before "::open".
std::string_view all_but_last(std::string_view name) {
  const size_t end = name.find_last_of(".:");
  if (end == std::string_view::npos || end == 0) return {};
  return name.substr(0, name[end] == ':' ? end - 1 : end);
}

// "redis.Redis.get" as a member of another class: "redis.Redis" becomes `type`.
std::string member_of(const std::string& type, std::string_view name) {
  return type + std::string(name.substr(all_but_last(name).size()));
}

// Whether `name` fits a pattern in which `*` stands for any characters.
bool fits(std::string_view pattern, std::string_view name) {
  size_t p = 0, n = 0, star = std::string_view::npos, mark = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p, ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

// The model writes `builtins.open` or `open`; the source says `open`.
std::string without_builtins(const std::string& name) {
  constexpr std::string_view kPrefix = "builtins.";
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
}

bool is_effect(std::string_view root) {
  return root == "blocks" || root == "computes" || root == "db" || root == "external";
}

constexpr uint32_t kStarRank = 1u << 16;

}  // namespace

Models::Models(const rule::Rules& rules) : said_(std::make_shared<Said>()) {
  std::set<std::string> labels;
  for (const rule::Model& model : rules.models) {
    labels.insert(model.labels.begin(), model.labels.end());
    for (const rule::Labelled& labelled : model.labelled) labels.insert(labelled.label);
    for (const rule::LabelledFunction& function : model.functions) labels.insert(function.label);
  }
  said_->label_names.assign(labels.begin(), labels.end());
  for (size_t i = 0; i < said_->label_names.size(); ++i)
    said_->label_ids[said_->label_names[i]] = static_cast<Label>(i);

  for (const rule::Model& model : rules.models) {
    for (const rule::TypeModel& type : model.types) {
      said_->types[type.name] = &type;
      for (const std::string& also : type.also) said_->canonical[also] = type.name;
      if (model.language == Language::kPython) said_->libraries[std::string(root_of(type.name))] = true;
    }
  }
  for (const rule::Model& model : rules.models) {
    for (const rule::TypeModel& type : model.types) {
      for (const std::string& maker : type.made_by) said_->made[canonical_member(without_builtins(maker))] = type.name;
    }
  }
  for (const rule::Model& model : rules.models) {
    for (const rule::Labelled& labelled : model.labelled) add(labelled, model.language);
  }
}

Models::Language Models::language_of(std::string_view name) {
  return is_cpp(name) ? Language::kCpp : Language::kPython;
}

const Models::Index& Models::index_of(Language language, Kind kind) const {
  static const Index kNothing;
  const auto& indexes = said_->indexes[static_cast<size_t>(language)];
  const auto it = indexes.find(kind);
  return it == indexes.end() ? kNothing : it->second;
}

void Models::add(const rule::Labelled& labelled, Language language) {
  Index& index = said_->indexes[static_cast<size_t>(language)][labelled.kind];
  const Label label = said_->label_ids.at(labelled.label);
  std::string name = without_builtins(labelled.name);
  if (labelled.kind == Kind::kProperty) said_->property_names[std::string(last_part(name))] = true;
  said_->own |= labelled.own && labelled.kind == Kind::kCall;
  // What the user speaks of may be the project itself.
  const bool library = !labelled.own && !name.starts_with("*") && name.find('.') != std::string::npos;
  if (language == Language::kPython && library) {
    said_->libraries[std::string(root_of(name))] = true;
  }

  const size_t stars = std::count(name.begin(), name.end(), '*');
  if (stars == 0) {
    index.exact[canonical(canonical_member(name))].push_back({label, 0, &labelled});
    return;
  }
  const uint32_t rank = kStarRank - std::min<uint32_t>(name.size(), kStarRank - 1);
  const Entry entry{label, rank, &labelled};
  const std::string_view before = all_but_last(name);
  const std::string_view last = last_part(name);
  if (stars == 1 && before == "*") {
    index.untyped[std::string(last)].push_back(entry);
  } else if (stars == 1 && last == "*") {
    index.by_prefix[canonical(std::string(before))].push_back(entry);
  } else {
    const bool starred = last.find('*') != std::string_view::npos;
    index.by_last[starred ? "*" : std::string(last)].emplace_back(canonical_member(name), entry);
  }
}

void Models::collect(const Index& index, Kind kind, const std::string& name, std::vector<Entry>& found) const {
  const std::string type(all_but_last(name));
  if (auto it = index.exact.find(name); it != index.exact.end()) {
    found.insert(found.end(), it->second.begin(), it->second.end());
  }
  if (auto it = index.by_prefix.find(type); it != index.by_prefix.end()) {
    found.insert(found.end(), it->second.begin(), it->second.end());
  }
  for (const std::string& last : {std::string(last_part(name)), std::string("*")}) {
    auto it = index.by_last.find(last);
    if (it == index.by_last.end()) continue;
    for (const auto& [pattern, entry] : it->second) {
      if (fits(pattern, name)) found.push_back(entry);
    }
  }
  // What a type does not say for itself its bases say for it.
  if (auto it = said_->types.find(type); it != said_->types.end()) {
    for (const std::string& base : it->second->bases) {
      std::vector<Entry> inherited;
      collect(index, kind, member_of(canonical(base), name), inherited);
      for (Entry entry : inherited) {
        entry.rank += 1;
        found.push_back(entry);
      }
    }
  }
  // `*.close` is knowledge about any receiver. What a call does to its thread is not said so freely: there the receiver
  // must be unknown. And a decorator that is known by its whole name is not what its last part may mean elsewhere.
  // A function of the global namespace is no method.
  if (name.starts_with(kColons) || (!found.empty() && kind == Kind::kDecorator)) return;
  if (auto it = index.untyped.find(std::string(last_part(name))); it != index.untyped.end()) {
    for (const Entry& entry : it->second) {
      if (!is_effect(root_of(said_->label_names[static_cast<uint32_t>(entry.label)]))) found.push_back(entry);
    }
  }
}

std::vector<Graded> Models::settle(std::vector<Entry> found, Confidence confidence) const {
  std::map<std::string_view, uint32_t> best;  // root of the label -> smallest rank
  for (const Entry& entry : found) {
    const auto [it, fresh] = best.try_emplace(root_of(said_->label_names[index(entry.label)]), entry.rank);
    if (!fresh) it->second = std::min(it->second, entry.rank);
  }
  const auto harmless = best.find("harmless");
  std::vector<Graded> labels;
  for (const Entry& entry : found) {
    const std::string_view root = root_of(said_->label_names[index(entry.label)]);
    if (entry.rank != best[root]) continue;
    if (is_effect(root) && harmless != best.end() && harmless->second <= entry.rank) continue;
    labels.push_back({entry.label, confidence, entry.source});
  }
  std::sort(labels.begin(), labels.end(), [](const Graded& a, const Graded& b) { return a.label < b.label; });
  // The same label from several lines: one that has no exemption wins.
  std::vector<Graded> unique;
  for (const Graded& graded : labels) {
    if (!unique.empty() && unique.back().label == graded.label) {
      if (graded.source->unless.empty()) unique.back() = graded;
      continue;
    }
    unique.push_back(graded);
  }
  return unique;
}

const std::vector<Graded>& Models::labels(Kind kind, const std::string& name, Language language) {
  const auto [it, fresh] = asked_of(language, kind).labels.try_emplace(name);
  if (fresh) {
    std::vector<Entry> found;
    // The names of Python that are asked for are canonical; a compiler of C++ names the template behind the alias.
    collect(index_of(language, kind), kind, language == Language::kCpp ? canonical(canonical_member(name)) : name,
            found);
    it->second = settle(std::move(found), Confidence::kExact);
  }
  return it->second;
}

const std::vector<Graded>& Models::untyped(Kind kind, const std::string& method, Language language) {
  const auto [it, fresh] = asked_of(language, kind).untyped.try_emplace(method);
  if (fresh) {
    const Index& index = index_of(language, kind);
    if (auto found = index.untyped.find(method); found != index.untyped.end()) {
      it->second = settle(found->second, Confidence::kLikely);
    }
  }
  return it->second;
}

const std::string& Models::canonical(const std::string& name) const {
  const auto it = said_->canonical.find(name);
  return it == said_->canonical.end() ? name : it->second;
}

// `Type.method` may be written with another name of the type.
std::string Models::canonical_member(const std::string& name) const {
  const std::string type(all_but_last(name));
  if (type.empty() || canonical(type) == type) return name;
  return member_of(canonical(type), name);
}

const std::string* Models::made(const std::string& name) const {
  const auto it = said_->made.find(canonical_member(name));
  return it == said_->made.end() ? nullptr : &it->second;
}

const std::string* Models::returned(const std::string& name, const std::string& member) const {
  const auto it = said_->types.find(name);
  if (it == said_->types.end()) return nullptr;
  if (auto found = it->second->returns.find(member); found != it->second->returns.end()) return &found->second;
  for (const std::string& base : it->second->bases) {
    if (const std::string* found = returned(canonical(base), member)) return found;
  }
  return nullptr;
}

bool Models::derives(const std::string& name, const std::string& base) const {
  if (name == base) return true;
  const auto it = said_->types.find(name);
  if (it == said_->types.end()) return false;
  return std::any_of(it->second->bases.begin(), it->second->bases.end(),
                     [&](const std::string& b) { return derives(canonical(b), base); });
}

bool Models::knows_library(std::string_view top) const { return said_->libraries.find(top) != said_->libraries.end(); }

Label Models::label(std::string_view name) const {
  const auto it = said_->label_ids.find(name);
  return it == said_->label_ids.end() ? Label::kNone : it->second;
}

}  // namespace stallint::link
