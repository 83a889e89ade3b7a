#pragma once
// The three kinds of YAML after loading: models (what a library call does), flow (what travels along calls), rules
// (what is wrong). Loading is strict: every mistake is a Problem with file, line, column, what is wrong, and what was
// perhaps meant. docs/language.md is printed from the same tables.

#include "checker/base/result.h"
#include "checker/facts/facts.h"
#include "checker/finding/finding.h"
#include "checker/rule/pattern.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::rule {

// --- Rules
// ------------------------------------------------------------------------------------------------------------

struct ExampleFile {
  std::string name;  // "example.py" unless the example names its files
  std::string text;  // with its marks: `# finding`, `# finding: words that must appear in the message`
};

struct Example {
  std::vector<ExampleFile> files;
  Place place;
};

struct Find {
  Pattern pattern;
  std::string message;                     // its own, or the rule's
  std::vector<facts::Language> languages;  // its own, or the rule's: the files it looks at
};

// What to do in one case: where its words hold of the subject found, and of the call at the end of the chain.
//     advice:
//       - sink: {is: blocks.db}
//         say: "`await` the call of an `AsyncSession`"
struct Advice {
  Pattern pattern;
  std::optional<Pattern> sink;
  std::vector<facts::Language> languages;  // its own, or the rule's: of the file it speaks of
  std::string say;                         // placeholders as in messages, and the names of facets: {twin}
};

struct Rule {
  std::string id;
  Severity severity = Severity::kMedium;
  bool enabled = true;  // `enabled: false` is the checklist's "off by default"
  std::vector<std::string> tags;
  std::vector<std::string> languages;
  std::optional<std::string> requires_python;  // "3.11"
  std::string message;  // placeholders: {function} {call} {variable} {chain} {sink} {root} and any $name
  std::string why;
  std::string fix;
  std::vector<Advice> advice;  // the first that holds is said in place of `fix`
  std::vector<std::string> references;
  std::vector<Find> find;
  bool of_suppressions = false;  // `find: suppressions`: comments that silence nothing, in place of patterns
  std::vector<Pattern> unless;   // any of them acquits a finding of its own subject
  std::vector<Pattern> lower;    // any of them lowers the severity of a finding of its own subject by one level
  std::vector<std::string> lower_because;  // one sentence for each of `lower`
  bool at_subject = false;                 // `at: subject`
  std::vector<Example> bad;
  std::vector<Example> good;
  std::vector<Example> missed;  // todo: what is not found yet
  std::vector<Example> wrong;   // todo: what is found wrongly
  std::string find_text;        // the `find` block (and unless, lower) as written, for the page of the rule
  Place place;
};

// --- Models
// -----------------------------------------------------------------------------------------------------------

// A label given to a name, braces already expanded. Names of Python are dotted: "requests.get", "requests.Session.get",
// "redis.Redis.*" (any method), "*.rglob" (a method of an untyped receiver: likely), "transformers.*.from_pretrained".
// Those of C++ have `::` in place of the dots, "std::mutex::lock", "*::on_request", and no other names: "::open" is a
// function of the global namespace, "std::thread" the constructor, "int" a type.
// Of several names that fit a call the more specific gives the labels: no star before one star, longer before shorter;
// names of equal rank add up. A name under the label `harmless` takes all effects away.
struct Labelled {
  enum class Kind : uint8_t {
    kCall,       // calling it
    kLazy,       // consuming its result: for, list(...), sorted(...), any call labelled `consume`
    kIterate,    // iterating an instance of the type
    kEnter,      // a `with` over an instance of the type
    kProperty,   // reading the attribute
    kDecorator,  // the function (or class) decorated with it
    kValue,      // the initial value of a variable: dict list set tuple none number text
    kType,       // a variable, parameter or receiver of that type
  };
  std::string label;
  Kind kind = Kind::kCall;
  std::string name;
  std::vector<Pattern> unless;  // patterns of the call; any acquits
  Place place;
  bool own = false;  // said by the user: it may be the name of a function of the project itself
};

// A label given to functions by their nature: {async: true}, {argument-of: ...}, {overrides: ...}.
struct LabelledFunction {
  std::string label;
  Pattern pattern;
  facts::Language language = facts::Language::kPython;  // of the functions that it speaks of
};

// What is known of a class of a library.
struct TypeModel {
  std::string name;                  // "pathlib.Path"
  std::vector<std::string> also;     // other dotted names of the same class
  std::vector<std::string> bases;    // classes whose labels it has too
  std::vector<std::string> made_by;  // calls that give an instance
  std::map<std::string, std::string>
      returns;  // method or attribute -> type of the result. Special keys: "/" the
                // operator, "[]" subscript, "iter" an element, "enter" what `with` binds,
                // "()" calling the instance, "await" awaiting it
  Place place;
};

// One way to know the value of a facet of a call. Of several that apply the first decides.
//     timeout:
//       - {of: external, arg: timeout}              its own argument
//       - {of: external.http, made-with: timeout}   the argument of the call that made its receiver
//       - {of: external.http, default: 5}           the library's default ("none": without limit)
//       - {of: blocks.sleep, is: asyncio.sleep}     a name, for `twin`
struct FacetSource {
  std::string facet;
  std::string of;   // label, or dotted name (holds a dot and is no label)
  std::string arg;  // keyword or position
  std::string made_with;
  std::optional<std::string> value;                     // `default`: "5", "none"; `is`: a dotted name
  facts::Language language = facts::Language::kPython;  // of the calls that it speaks of
  Place place;
};

struct Model {
  facts::Language language = facts::Language::kPython;
  std::vector<TypeModel> types;
  std::vector<Labelled> labelled;
  std::vector<LabelledFunction> functions;
  std::vector<FacetSource> facets;
  std::set<std::string> labels;  // all labels this file gives
};

// --- Flow
// -------------------------------------------------------------------------------------------------------------

struct Effect {
  std::string name;                   // "blocks": every label it covers travels, each for itself
  std::vector<std::string> stops_at;  // labels: a function with one answers for itself; a call with one hands over
};

struct Context {
  std::string name;                   // "request"
  bool from_module = false;           // `from: module`: code of module level
  bool from_main_guard = false;       // `from: main-guard`: below `if __name__ == "__main__"`
  std::vector<Pattern> from;          // functions that have it
  std::vector<std::string> stops_at;  // labels: what a call with one begins does not inherit the context
  std::vector<std::string> only;      // `only: [import, startup]`: holds if all known contexts are among these, and
                                      // there is one
};

struct Flow {
  std::vector<Effect> effects;
  std::vector<Pattern> amortised;  // patterns of calls: an edge that runs once, or once per key
  std::vector<Pattern> lower;      // patterns of any finding's place, for all rules
  std::vector<std::string> lower_because;
  std::vector<Context> contexts;
};

// --- Loading
// ----------------------------------------------------------------------------------------------------------

struct SourceFile {
  std::string path;  // as printed in problems: "rules/http/http-missing-timeout.yaml"
  std::string text;
  bool shipped =
      false;  // comes with stallint: a rule has every key (languages, why, fix, bad, good), and an id only once
  std::string_view tree = {};  // the text as base packs it, if that is known already
};

struct Rules {
  std::vector<Rule> rules;    // sorted by id
  std::vector<Model> models;  // in order of path
  Flow flow;
  uint32_t patterns = 0;    // how many there are: the ids of all are smaller
  uint32_t predicates = 0;  // likewise
};

// Reads all files: paths that hold a part `models` are models, a file named flow.yaml is flow, all others are rules.
// Later files add to earlier ones; a rule with an id that is already there replaces it. All problems of all files are
// given.
Result<Rules> load_rules(const std::vector<SourceFile>& files);

// A name with a label, as a configuration says it: `blocks = ["app.legacy.fetch"]`. With `::` in it, it is one of C++.
struct OwnName {
  std::string label;
  std::string name;  // braces and stars as in models
  Place place;
};

// Adds a model of these names. What comes back are those that are none, each at its place.
std::vector<Problem> add_own_names(const std::vector<OwnName>& names, Rules& rules);

// A matcher of clang-query that rules hold, and each word that holds it.
struct Matcher {
  std::string text;
  std::vector<const Predicate*> words;
};

// Those of the rules with these ids (sorted), each text once, in the order of the rules.
std::vector<Matcher> matchers_of(const Rules& rules, const std::vector<std::string>& ids);

// `docs/language.md`: words, subjects, keys, labels, contexts and effects, from the tables the loader uses.
std::string print_language(const Rules& rules);

// JSON schemas (draft-07) of rule files and of models, for editors.
std::string print_rule_schema();
std::string print_model_schema();

// `docs/rules/<id>.md`, and the same in plain text for a terminal.
std::string print_page(const Rule& rule);
std::string print_text(const Rule& rule);

// What reporters show of a rule.
RuleInfo info_of(const Rule& rule);

// Marks removed: `x = 1  # finding: word` becomes `x = 1`.
std::string without_marks(std::string_view example);

// Label `general` covers `label`: they are equal, or label begins with `general.`.
bool covers(std::string_view general, std::string_view label);

}  // namespace stallint::rule
