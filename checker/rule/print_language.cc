// docs/language.md: the language of rules, models and flow, out of the tables that the loader reads by.

#include "checker/base/text.h"
#include "checker/rule/keys.h"
#include "checker/rule/print.h"
#include "checker/rule/rule.h"
#include "checker/rule/words.h"

#include <algorithm>
#include <map>
#include <set>

namespace stallint::rule {

namespace {

using Row = std::vector<std::string>;
using Names = std::set<std::string>;

constexpr std::string_view kIntroduction =
    R"(<!-- Printed by `./dev docs` out of the tables that the loader reads by. -->

# The language of rules, models and flow

This is the reference. [writing-a-rule.md](writing-a-rule.md) and [writing-a-model.md](writing-a-model.md) teach the
same by example.

Three kinds of YAML file make up what stallint knows:

- **Models**, below a folder `models`: what the calls of a library do. They accuse nobody.
- **Flow**, the file `flow.yaml`: what travels along calls, from callee to caller and from caller to callee.
- **Rules**, all other files: what is wrong, why, and what to do about it.

`--rules DIR` adds the files of a folder to those that come with stallint. A rule with a known id replaces the rule of
that id; models and flow add to what is there.

A file is read strictly. What is not written on this page is an error, reported with file, line and column, and
nothing is checked before all errors are gone.

)";

constexpr std::string_view kLaws = R"(## Five laws

1. **A mapping means *and*, a list means *or*, `not` means *not*, and a pattern within a pattern means *there is
   one*.** `{is: blocks, awaited: false}` asks for both; `is: [blocks, computes]` for either; `in: {loop: {}}` for
   some loop around it. `word: {not: value}` denies that one word: `holding: {not: lock}` holds where no lock is held.
   `not: {...}` among other words denies them about the same thing: `reaches: {is: blocks, not: {is: blocks.file}}` is
   one call that is the first and not the second. Where a nested pattern names no subject, a label alone is short for
   `is`: `reaches: blocks`.
2. **`$name` stands for the same thing wherever a rule says it**, within one function. It is bound by `of`, `into` or
   `to`. `none` and `some` ask whether there is anything at all.
3. **`unless` acquits and `lower` softens.** Both hold words about what was found. One that holds is enough. A
   severity falls by one level, never by two.
4. **A finding stands where its subject is**: a function at its name, a call at the call. With `grows` it stands at
   the write that adds; with `reaches` at the call within the subject where the way to the sink begins, once for each
   such call and label of a sink. `at: subject` keeps it at the subject.
5. **The loader knows every word, what it may be said of and what it takes.** Anything else is an error.

)";

constexpr std::string_view kSubjects = R"(## Subjects

A pattern says words about one of ten kinds of thing.

)";

constexpr std::string_view kClang = R"(## Matchers of clang-query

What no word can ask of C++ the compiler can be asked in its own language, the
[AST matchers](https://clang.llvm.org/docs/LibASTMatchersReference.html):

```yaml
find:
  clang:
    matcher: callExpr(callee(functionDecl(hasName("::strcpy"))), hasArgument(0, expr().bind("to"))).bind("copy")
    in: {function: {runs: request}}
message: "`{copy}` copies without bound to `{to}`"
```

- A rule with a `clang` is one of `languages: [cpp]`. It finds nothing where no compiler reads: without
  `stallint-clang`, or in files that belong to no translation unit.
- The text is taken as it is. In a block (`|`) it may have several lines: they break within brackets, so `.bind` stands
  behind its bracket, and a comment (`#`) within some.
- It finds what has a place in a file of the project; in a header that several units read, once.
- What it binds is `$name` and `{name}`; `root` is all that it finds. A message shows the first line of the source, up
  to 80 bytes. An expression is the same thing as in other words that say `$name`, within one function.
- What it finds is `in` the innermost function and block around it; a function that it finds is `in` itself.
- Names of matchers change with the version of Clang, and these are of Clang 19. A wrong matcher is an error with file,
  line and column as any other, but told when C++ is read.

)";

constexpr std::string_view kNames = R"(## Names

Names of libraries are dotted, from the package on: `requests.get`, `requests.Session.get`. It does not matter how a
file imports them. Names of Python's builtins stand alone: `open`.

- `{a,b}` means either: `requests.{get,post}`.
- `Class.method` needs a receiver whose class is known: from its constructor, an annotation, a model. `Class.*` is any
  method. Calling an instance is `Class.__call__`.
- `*.method` is that method of a receiver whose class is not known. What relies on it is reported as *likely*, so it
  is for names that mean one thing only: `*.fetchall`, never `*.get`.
- If several names fit a call, the more specific one gives the label: no `*` before one `*`, longer before shorter.
- A name under the label `harmless` takes all effects away: `{harmless: {call: [requests.Session.close]}}` beside
  `requests.Session.*`.

In a model of `language: cpp` names are those of C++ after the compiler has resolved them: `std::mutex::lock`. They hold
no template arguments and no inline namespaces, and it does not matter what a file includes or is `using`.

- `::open` is a function of the global namespace, such as those of C. A class stands there without: `QThread::sleep`.
- A constructor has the name of its class: `std::thread`. A destructor is `std::jthread::~jthread`.
- `{a,b}`, `harmless` and what is more specific are as above; `std::mutex::*` is any method. Within a part `*` is any
  text: `::uv_fs_*`. `*::on_request` is that method of any class.
- A call has the labels of the class that its receiver is declared as, then those of the class that declares the method,
  and what a type lacks its `bases` give. `also` names the class template behind an everyday name: with
  `std::ofstream: {also: std::basic_ofstream}` the model and its messages say `std::ofstream`.
- A macro is a name where it is an argument: `::O_NONBLOCK`.

Names with `*`, `{` or `[` at their beginning need quotes, since YAML has other plans for these.

Labels are lower case words joined by dots. `blocks` covers `blocks.http`. Models give leaves only: nothing has the
label `blocks.file` as soon as something has `blocks.file.content`, so rules that share a family drop no call.

)";

std::string rows_of(std::span<const KeyInfo> keys, std::string_view head) {
  std::vector<Row> rows = {{std::string(head), "value", "meaning"}};
  for (const KeyInfo& info : keys) {
    rows.push_back({"`" + std::string(info.key) + "`", std::string(info.value), std::string(info.help)});
  }
  return table(rows) + "\n";
}

std::string subjects_table() {
  static constexpr std::string_view kMeanings[] = {
      "A function or method of the project, the statements of a module among them.",
      "A class of the project.",
      "A variable of a module, a class, an object (`self.x`) or a function.",
      "A call. An `await` of something that is no call, a decorator, a step of `for` and the entry of `with` are calls "
      "too.",
      "A change of a variable: an assignment, `x[key] = value`, `x.append(value)`, `x += value`, `del x[key]`.",
      "The condition of an `if` or `while`, about a variable.",
      "A `for` or `while`, or a `for` within a comprehension.",
      "A `with` block.",
      "An `except` clause.",
      "What a matcher of clang-query finds: any declaration, statement or type of C++.",
  };
  std::vector<Row> rows = {{"subject", "what it is"}};
  for (const Subject subject : subjects()) {
    rows.push_back({"`" + std::string(spelling(subject)) + "`", std::string(kMeanings[static_cast<size_t>(subject)])});
  }
  return table(rows) + "\n";
}

std::string fits_of(const WordInfo& info) {
  if (info.fits.size() == subjects().size()) return "all";
  std::vector<std::string> names;
  for (const Subject subject : info.fits) names.emplace_back(spelling(subject));
  return join(names, ", ");
}

std::string words_table() {
  std::vector<Row> rows = {{"word", "said of", "value", "it holds if the thing"}};
  for (const WordInfo& info : words()) {
    const std::string word = info.word == Word::kFacet ? "any facet" : "`" + std::string(info.spelling) + "`";
    rows.push_back({word, fits_of(info), std::string(info.value), std::string(info.help)});
  }
  return "## Words\n\n" + table(rows) + "\n" +
         "Every value but those of `args`, `any`, `all` and `not` may be denied: `word: {not: value}`.\n\n" +
         "### Tests of arguments\n\n" +
         "`args: {timeout: none, 0: \"*\", shell: true}` compares with literals. `none` is the literal None. In place "
         "of a\n"
         "literal may stand a mapping with one key:\n\n" +
         rows_of(argument_keys(), "key");
}

std::string files_section() {
  std::string text = "## A rule\n\n";
  text +=
      "A rule that comes with stallint has all of `id`, `severity`, `languages`, `message`, `why`, `fix`, `find`, "
      "`bad` "
      "and\n`good`. A project's own rule needs `id`, `severity`, `message` and `find`.\n\n";
  text += rows_of(rule_keys(), "key") + "`todo`:\n\n" + rows_of(todo_keys(), "key");
  text += "An example is a text, or a mapping from file names to texts. Each is checked alone, by its own rule.\n\n";
  text += "## A model\n\n" + rows_of(model_keys(), "key");
  text += "A class under `types`:\n\n" + rows_of(type_keys(), "key");
  text +=
      "`returns` has these special keys beside names of methods and attributes:\n\n" + rows_of(member_keys(), "key");
  text += "A label under `labels` takes a mapping, or a list of mappings if only some names have exceptions:\n\n" +
          rows_of(label_keys(), "key");
  text +=
      "A facet takes a list of sources. Each has `of` and one of the others; of several that apply to a call the first "
      "decides:\n\n" +
      rows_of(facet_keys(), "key");
  text += "## flow.yaml\n\n" + rows_of(flow_keys(), "key") + "An effect:\n\n" + rows_of(effect_keys(), "key") +
          "A context:\n\n" + rows_of(context_keys(), "key");
  return text;
}

// --- What the given files know
// ----------------------------------------------------------------------------------------

// Labels that a pattern speaks of.
void collect_labels(const Pattern& pattern, Names& found) {
  for (const Predicate& predicate : pattern.predicates) {
    const bool labels = predicate.word == Word::kIs || predicate.word == Word::kHolding ||
                        predicate.word == Word::kOver || predicate.word == Word::kCatches;
    if (labels) found.insert(predicate.names.begin(), predicate.names.end());
    for (const ArgumentTest& test : predicate.arguments) {
      if (test.kind == ArgumentTest::Kind::kIs) found.insert(test.literal);
    }
    for (const Pattern& inner : predicate.patterns) collect_labels(inner, found);
  }
}

Names labels_of(const Rule& rule) {
  Names found;
  for (const Find& find : rule.find) collect_labels(find.pattern, found);
  for (const Pattern& pattern : rule.unless) collect_labels(pattern, found);
  for (const Pattern& pattern : rule.lower) collect_labels(pattern, found);
  for (const Advice& advice : rule.advice) {
    collect_labels(advice.pattern, found);
    if (advice.sink) collect_labels(*advice.sink, found);
  }
  return found;
}

Names labels_of(const Flow& flow) {
  Names found;
  for (const Effect& effect : flow.effects) {
    found.insert(effect.name);
    found.insert(effect.stops_at.begin(), effect.stops_at.end());
  }
  for (const Pattern& pattern : flow.amortised) collect_labels(pattern, found);
  for (const Pattern& pattern : flow.lower) collect_labels(pattern, found);
  for (const Context& context : flow.contexts) {
    for (const Pattern& pattern : context.from) collect_labels(pattern, found);
  }
  return found;
}

bool any_covers(const Names& names, const std::string& label) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return covers(name, label); });
}

// Ids of the rules, and flow.yaml, for which `speaks` is true.
template <typename Speaks>
std::string users_of(const std::map<std::string, Names>& spoken, Speaks speaks) {
  std::vector<std::string> users;
  for (const auto& [user, names] : spoken) {
    if (speaks(names)) users.push_back(user);
  }
  return join(users, ", ");
}

std::string labels_section(const Rules& rules) {
  constexpr size_t kShown = 2;
  std::map<std::string, std::vector<std::string>> examples;
  for (const Model& model : rules.models) {
    for (const std::string& label : model.labels) examples[label];
    for (const Labelled& labelled : model.labelled) {
      std::vector<std::string>& shown = examples[labelled.label];
      if (shown.size() < kShown) shown.push_back("`" + labelled.name + "`");
    }
    for (const LabelledFunction& function : model.functions) {
      std::vector<std::string>& shown = examples[function.label];
      if (shown.size() < kShown) shown.push_back("functions that are `" + text_of(function.pattern) + "`");
    }
  }
  std::map<std::string, Names> spoken;
  for (const Rule& rule : rules.rules) spoken[rule.id] = labels_of(rule);
  spoken["flow.yaml"] = labels_of(rules.flow);

  std::vector<Row> rows = {{"label", "for example", "spoken of by"}};
  for (const auto& [label, shown] : examples) {
    const auto speaks = [&, &label = label](const Names& names) { return any_covers(names, label); };
    rows.push_back({"`" + label + "`", join(shown, ", "), users_of(spoken, speaks)});
  }
  return rows.size() == 1 ? "" : "### Labels\n\n" + table(rows) + "\n";
}

std::string source_of(const FacetSource& source) {
  const std::string of = " of `" + source.of + "`";
  if (!source.arg.empty()) return "argument `" + source.arg + "`" + of;
  if (!source.made_with.empty()) return "argument `" + source.made_with + "` of what made the receiver" + of;
  return "`" + source.value.value_or("none") + "` for `" + source.of + "`";
}

void collect_facets(const Pattern& pattern, Names& found) {
  for (const Predicate& predicate : pattern.predicates) {
    if (predicate.word == Word::kFacet) found.insert(predicate.facet);
    for (const Pattern& inner : predicate.patterns) collect_facets(inner, found);
  }
}

std::string facets_section(const Rules& rules) {
  std::map<std::string, std::string> examples;
  for (const Model& model : rules.models) {
    for (const FacetSource& source : model.facets) examples.emplace(source.facet, source_of(source));
  }
  std::map<std::string, Names> spoken;
  for (const Rule& rule : rules.rules) {
    Names& facets = spoken[rule.id];
    for (const Find& find : rule.find) collect_facets(find.pattern, facets);
    for (const Pattern& pattern : rule.unless) collect_facets(pattern, facets);
    for (const Pattern& pattern : rule.lower) collect_facets(pattern, facets);
  }
  std::vector<Row> rows = {{"facet", "for example", "spoken of by"}};
  for (const auto& [facet, example] : examples) {
    const auto speaks = [&, &facet = facet](const Names& names) { return names.count(facet) > 0; };
    rows.push_back({"`" + facet + "`", example, users_of(spoken, speaks)});
  }
  return rows.size() == 1 ? "" : "### Facets\n\n" + table(rows) + "\n";
}

std::string effects_section(const Flow& flow) {
  std::vector<Row> rows = {{"effect", "stops at"}};
  for (const Effect& effect : flow.effects) rows.push_back({"`" + effect.name + "`", join(effect.stops_at, ", ")});
  return rows.size() == 1 ? "" : "### Effects\n\n" + table(rows) + "\n";
}

std::string contexts_section(const Flow& flow) {
  std::vector<Row> rows = {{"context", "where"}};
  for (const Context& context : flow.contexts) {
    std::vector<std::string> parts;
    if (context.from_module) parts.push_back("statements of modules");
    if (context.from_main_guard) parts.push_back("what stands below `if __name__ == \"__main__\"`");
    for (const Pattern& pattern : context.from)
      parts.push_back("functions that are `" + text_of(pattern) + "`, and what they call");
    if (!context.only.empty())
      parts.push_back("functions whose known contexts are all among " + join(context.only, ", "));
    rows.push_back({"`" + context.name + "`", join(parts, "; ")});
  }
  return rows.size() == 1 ? "" : "### Contexts\n\n" + table(rows) + "\n";
}

std::string everywhere_section(const Flow& flow) {
  std::string text;
  for (const Pattern& pattern : flow.amortised)
    text += "- A chain through a call that is `" + text_of(pattern) + "`.\n";
  for (size_t i = 0; i < flow.lower.size(); ++i) {
    text += "- A finding whose place is `" + text_of(flow.lower[i]) + "`: " + flow.lower_because[i] + ".\n";
  }
  return text.empty() ? "" : "### One level lower, whatever the rule\n\n" + text + "\n";
}

}  // namespace

std::string print_language(const Rules& rules) {
  std::string page(kIntroduction);
  page += kLaws;
  page += kSubjects;
  page += subjects_table();
  page += words_table();
  page += kClang;
  page += kNames;
  page += files_section();
  page += "## What is known\n\n";
  page += effects_section(rules.flow) + contexts_section(rules.flow) + everywhere_section(rules.flow);
  page += labels_section(rules) + facets_section(rules);
  while (page.ends_with("\n\n")) page.pop_back();
  return page;
}

}  // namespace stallint::rule
