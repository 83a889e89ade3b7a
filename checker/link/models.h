#pragma once
// Models, indexed for lookup by name: which labels has a call of `requests.Session.get`, what does it return.
//
//     Models models(rules);
//     models.labels(rule::Labelled::Kind::kCall, "requests.get")      -> {blocks.http, ...}
//     models.labels(rule::Labelled::Kind::kCall, "std::mutex::lock")  -> {lock.acquire, ...}
//
// Names of C++ hold `::`, those of Python do not, and each language has its own models. Only `int`, or a class of the
// global namespace, has to be asked for with its language.
//
// Of several patterns that fit a name the more specific gives the labels: none before one star, longer before shorter.
// They compete within a family (`blocks`, `external`, ...), so that knowledge of timeouts takes nothing from knowledge
// of blocking; a name under `harmless` competes with every effect.
//
// Copies share what the rules say, and remember what they were asked each for itself: one for each thread that asks.

#include "checker/link/program.h"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stallint::link {

class Models {
 public:
  explicit Models(const rule::Rules& rules);

  using Kind = rule::Labelled::Kind;

  using Language = facts::Language;

  // Labels of a name; those of its type's bases if it has none of its own. Cached.
  const std::vector<Graded>& labels(Kind kind, const std::string& name) {
    return labels(kind, name, language_of(name));
  }
  const std::vector<Graded>& labels(Kind kind, const std::string& name, Language language);

  // Labels of a method whose receiver is not known: patterns `*.method`, all likely.
  const std::vector<Graded>& untyped(Kind kind, const std::string& method, Language language = Language::kPython);

  // Another name of a class, or the name itself: "pathlib.PosixPath" -> "pathlib.Path", "std::basic_string" ->
  // "std::string". The same for its members: "std::basic_string::append" -> "std::string::append".
  const std::string& canonical(const std::string& name) const;
  std::string canonical_member(const std::string& name) const;

  // The type that a call of `name` gives, as written in the model ("iter[pathlib.Path]"), or null.
  const std::string* made(const std::string& name) const;

  // What `member` of type `name` gives (a method's result, an attribute, or one of the special keys), or null. Bases
  // too.
  const std::string* returned(const std::string& name, const std::string& member) const;

  bool is_type(const std::string& name) const { return said_->types.count(name) > 0; }
  bool derives(const std::string& name, const std::string& base) const;

  // True if the first part of a dotted name belongs to a library that some model names: "redis" is the library then,
  // even if the project has a file of that name deep in a folder.
  bool knows_library(std::string_view top) const;

  // Names of attributes that some model labels with `property`.
  bool is_property_name(const std::string& name) const { return said_->property_names.count(name) > 0; }

  // True if the user says of some function what calling it does.
  bool has_own() const { return said_->own; }

  Label label(std::string_view name) const;  // kNone if no model gives it
  const std::vector<std::string>& label_names() const { return said_->label_names; }

 private:
  struct Entry {
    Label label;
    uint32_t rank;  // smaller is more specific
    const rule::Labelled* source;
  };
  struct Index {
    std::unordered_map<std::string, std::vector<Entry>> exact;
    std::unordered_map<std::string, std::vector<Entry>> by_prefix;  // "redis.Redis" for "redis.Redis.*"
    std::unordered_map<std::string, std::vector<std::pair<std::string, Entry>>>
        by_last;  // last part, "*" if it holds a star -> (pattern, entry)
    std::unordered_map<std::string, std::vector<Entry>> untyped;  // method for "*.method"
  };

  static Language language_of(std::string_view name);
  void add(const rule::Labelled& labelled, Language language);
  void collect(const Index& index, Kind kind, const std::string& name, std::vector<Entry>& found) const;
  std::vector<Graded> settle(std::vector<Entry> found, Confidence confidence) const;

  // What the rules say; the same for all copies.
  struct Said {
    bool own = false;
    std::vector<std::string> label_names;
    std::map<std::string, Label, std::less<>> label_ids;
    std::unordered_map<std::string, const rule::TypeModel*> types;
    std::unordered_map<std::string, std::string> canonical;
    std::unordered_map<std::string, std::string> made;
    std::map<std::string, bool, std::less<>> libraries;
    std::unordered_map<std::string, bool> property_names;
    std::array<std::map<Kind, Index>, 2> indexes;  // by language
  };
  // What was asked.
  struct Asked {
    std::unordered_map<std::string, std::vector<Graded>> labels;
    std::unordered_map<std::string, std::vector<Graded>> untyped;
  };

  const Index& index_of(Language language, Kind kind) const;
  Asked& asked_of(Language language, Kind kind) { return asked_[static_cast<size_t>(language)][kind]; }

  std::shared_ptr<Said> said_;  // not changed once the object is made
  std::array<std::map<Kind, Asked>, 2> asked_;
};

}  // namespace stallint::link
