#include "checker/rule/patterns.h"

#include "checker/rule/arguments.h"
#include "checker/rule/foreign.h"
#include "checker/rule/names.h"
#include "checker/rule/words.h"

#include <algorithm>
#include <array>

namespace stallint::rule {

namespace {

constexpr std::array kVariableOnly = {Subject::kVariable};
constexpr std::array kCallOnly = {Subject::kCall};
constexpr std::array kLoopOnly = {Subject::kLoop};
constexpr std::array kAround = {Subject::kFunction, Subject::kClass,  Subject::kTest,
                                Subject::kLoop,     Subject::kRegion, Subject::kHandler};
constexpr std::array kInside = {Subject::kCall, Subject::kWrite,  Subject::kTest,
                                Subject::kLoop, Subject::kRegion, Subject::kHandler};
constexpr std::array kHeld = {Subject::kCall,   Subject::kWrite,   Subject::kTest,    Subject::kLoop,
                              Subject::kRegion, Subject::kHandler, Subject::kVariable};  // a class has attributes
constexpr std::string_view kAcross[] = {"across"};

std::vector<std::string> texts_of(std::vector<Text> found) {
  std::vector<std::string> texts;
  for (Text& text : found) texts.push_back(std::move(text.text));
  return texts;
}

bool is_text(const YamlNode& node, std::string_view text) { return node.is_scalar() && node.text == text; }

// --- Words, by what they take ---------------------------------------------------------------------------------------

// One word and its value being read.
struct Saying {
  Reader& reader;
  const WordInfo& info;
  const YamlNode& value;
  Predicate& to;
  std::string word;  // "`of`", as sentences name it
};

void read_patterns_around(Saying& saying, std::span<const Subject> allowed) {
  if (saying.value.is_list() && saying.value.items.empty()) {
    saying.reader.problem(saying.value, saying.word + " is an empty list");
  }
  for (const YamlNode* item : Reader::items(saying.value)) {
    if (auto pattern = read_subject(saying.reader, *item, allowed)) saying.to.patterns.push_back(std::move(*pattern));
  }
}

void read_order(Saying& saying) {
  if (saying.value.is_list() && saying.value.items.empty()) {
    saying.reader.problem(saying.value, saying.word + " is an empty list");
  }
  for (const YamlNode* item : Reader::items(saying.value)) {
    if (const YamlEntry* across = item->find("across")) {
      if (!is_text(across->value, "await")) {
        saying.reader.problem(across->value, "`across` is `await`, not " + described(across->value));
      } else if (saying.value.is_list() && saying.value.items.size() > 1) {
        saying.reader.problem(*across,
                              "`across` speaks for the whole word: it cannot stand in one of several patterns; "
                              "use `any`");
      }
      saying.to.flag = true;
    }
    auto pattern = read_subject(saying.reader, *item, kInside, kAcross);
    if (pattern) saying.to.patterns.push_back(std::move(*pattern));
  }
}

void read_variable(Saying& saying) {
  if (!saying.value.is_scalar()) return read_patterns_around(saying, kVariableOnly);
  if (is_variable(saying.value.text)) {
    saying.to.variable = saying.value.text;
    return;
  }
  saying.reader.problem(saying.value,
                        saying.word + " is `$name` or `{variable: {...}}`, not " + described(saying.value));
}

void read_changes(Saying& saying) {
  const bool denied = saying.to.negated;
  saying.to.negated = true;
  if (!denied && is_text(saying.value, "none")) {
    saying.to.negated = false;
    saying.to.quantity = Quantity::kNone;
    return;
  }
  if (denied && saying.value.is_scalar() && is_variable(saying.value.text)) {
    saying.to.variable = saying.value.text;
    return;
  }
  saying.reader.problem(saying.value, saying.word + " is `none` or `{not: $name}`, not " + described(saying.value));
}

void read_has(Saying& saying) {
  if (!is_text(saying.value, "none")) return read_patterns_around(saying, kHeld);
  saying.to.quantity = Quantity::kNone;
}

// `never`, or words about the writes or reads of a variable.
void read_history(Saying& saying, Subject subject) {
  if (is_text(saying.value, "never")) {
    saying.to.quantity = Quantity::kNone;
    return;
  }
  if (saying.value.is_scalar() || saying.value.is_null()) {
    return saying.reader.problem(saying.value, saying.word + " is `never` or a mapping of words about a " +
                                                   std::string(spelling(subject)) + ", not " + described(saying.value));
  }
  saying.to.patterns = read_implicit(saying.reader, subject, saying.value, saying.word);
}

// `{made-of: {is: label, name: globs}}`: the names go to `names`, the labels to a pattern of variables.
bool read_parts(Saying& saying) {
  const YamlEntry* parts = saying.value.find("made-of");
  if (parts == nullptr || saying.value.entries.size() != 1) return false;
  constexpr std::string_view kName[] = {"name"};
  saying.to.patterns.push_back(read_words(saying.reader, Subject::kVariable, parts->value, kName));
  for (const Predicate& predicate : saying.to.patterns.back().predicates) {
    if (predicate.word == Word::kIs && !predicate.negated) continue;
    saying.reader.problem(parts->value, "`made-of` is `{is: labels, name: globs}`");
  }
  const YamlEntry* name = parts->value.find("name");
  if (name != nullptr) saying.to.names = texts_of(globs(saying.reader, name->value, "`name`"));
  return true;
}

void read_params(Saying& saying) {
  if (is_text(saying.value, "typed")) {
    saying.to.flag = true;
    return;
  }
  if (is_text(saying.value, "some") || is_text(saying.value, "none")) {
    saying.to.quantity = saying.value.text == "some" ? Quantity::kSome : Quantity::kNone;
    return;
  }
  if (read_parts(saying)) return;
  const YamlEntry* name = saying.value.find("name");
  if (name == nullptr || saying.value.entries.size() != 1) {
    return saying.reader.problem(saying.value, saying.word +
                                                   " is `some`, `none`, `typed`, `{name: [...]}` or "
                                                   "`{made-of: {...}}`, not " +
                                                   described(saying.value));
  }
  saying.to.names = texts_of(globs(saying.reader, name->value, "`name`"));
}

// `carries` says one thing only.
void read_carries(Saying& saying) {
  saying.to.quantity = Quantity::kNone;
  if (is_text(saying.value, "none")) return;
  saying.reader.problem(saying.value, saying.word + " is `none`, not " + described(saying.value));
}

void read_argument_of(Saying& saying) {
  if (saying.value.is_list()) {
    return saying.reader.problem(saying.value, saying.word +
                                                   " is a label or one mapping `{is: labels, arg: name}`; for "
                                                   "several calls write `is: [a, b]` or use `any`");
  }
  if (saying.value.is_map() && saying.value.find("arg") != nullptr) {
    constexpr std::string_view kArg[] = {"arg"};
    for (const YamlNode* item : Reader::items(saying.value.find("arg")->value)) {
      if (item->is_scalar() && is_argument_name(item->text)) {
        saying.to.names.push_back(item->text);
      } else {
        saying.reader.problem(*item, "`arg` is the name or the position of an argument, not " + described(*item));
      }
    }
    saying.to.patterns.push_back(read_words(saying.reader, Subject::kCall, saying.value, kArg));
    return;
  }
  saying.to.patterns = read_implicit(saying.reader, Subject::kCall, saying.value, saying.word);
}

void read_returns(Saying& saying) {
  const YamlEntry* from = saying.value.find("from");
  const YamlEntry* type = saying.value.find("type");
  if (saying.value.entries.size() != 1 || (from == nullptr && type == nullptr)) {
    return saying.reader.problem(
        saying.value, saying.word + " is `{from: {call: {...}}}` or `{type: name}`, not " + described(saying.value));
  }
  const YamlNode* value = from != nullptr ? &from->value : &type->value;
  if (value->is_map() && value->entries.size() == 1 && value->entries[0].key == "not") {
    saying.to.negated = !saying.to.negated;
    value = &value->entries[0].value;
  }
  if (type != nullptr && is_text(*value, "none")) {
    saying.to.quantity = Quantity::kNone;
    return;
  }
  if (type != nullptr) {
    saying.to.names = texts_of(globs(saying.reader, *value, "`type`"));
    return;
  }
  for (const YamlNode* item : Reader::items(*value)) {
    if (auto pattern = read_subject(saying.reader, *item, kCallOnly)) saying.to.patterns.push_back(std::move(*pattern));
  }
}

void read_shape(Saying& saying) {
  if (saying.info.word == Word::kKey && read_parts(saying)) return;
  const YamlEntry* shape = saying.value.find("shape");
  if (shape == nullptr || saying.value.entries.size() != 1) {
    return saying.reader.problem(saying.value, saying.word + " is `{shape: ...}` with " +
                                                   alternatives(choices(Word::kValue)) + ", not " +
                                                   described(saying.value));
  }
  saying.to.names = texts_of(saying.reader.choices(shape->value, "`shape`", choices(Word::kValue)));
}

void read_contexts(Saying& saying) {
  for (Text& context : saying.reader.texts(saying.value, saying.word)) {
    saying.reader.ledger().contexts.push_back({context.text, context.place});
    saying.to.names.push_back(std::move(context.text));
  }
}

void read_facet(Saying& saying) {
  const YamlNode& value = saying.value;
  const std::string expected = saying.word + " is `none`, `some`, `used`, a number or `{at-least: number}`, not ";
  if (is_text(value, "none") || is_text(value, "some")) {
    saying.to.quantity = value.text == "some" ? Quantity::kSome : Quantity::kNone;
    return;
  }
  if (is_text(value, "used")) {
    saying.to.names = {"used"};
    return;
  }
  const YamlEntry* at_least = value.entries.size() == 1 ? value.find("at-least") : nullptr;
  const YamlNode& number = at_least != nullptr ? at_least->value : value;
  saying.to.at_least = at_least != nullptr;
  if (number.is_scalar() && !number.quoted) saying.to.number = number_in(number.text);
  if (!saying.to.number) saying.reader.problem(value, expected + described(value));
}

void read_names(Saying& saying) {
  switch (saying.info.word) {
    case Word::kRuns:
      return read_contexts(saying);
    case Word::kValue:
    case Word::kKey:
      return read_shape(saying);
    case Word::kName:
    case Word::kOverrides:
      saying.to.names = texts_of(globs(saying.reader, saying.value, saying.word));
      return;
    default:
      saying.to.names = texts_of(saying.reader.choices(saying.value, saying.word, choices(saying.info.word)));
  }
}

void read_patterns(Saying& saying, Subject subject) {
  switch (saying.info.word) {
    case Word::kIn:
      return read_patterns_around(saying, kAround);
    case Word::kBeside:
    case Word::kMadeBy:
    case Word::kWithin:
      return read_patterns_around(saying, kCallOnly);
    case Word::kFilledIn:
      return read_patterns_around(saying, kLoopOnly);
    case Word::kGuards:
      return read_patterns_around(saying, kInside);
    case Word::kAfter:
    case Word::kBefore:
      return read_order(saying);
    case Word::kReturns:
      return read_returns(saying);
    case Word::kArgumentOf:
      return read_argument_of(saying);
    case Word::kCallee:
      subject = Subject::kFunction;
      break;
    case Word::kAny:
    case Word::kAll:
      if (!saying.value.is_list()) {
        return saying.reader.problem(saying.value,
                                     saying.word + " is a list of mappings, not " + described(saying.value));
      }
      break;
    case Word::kNot:
      if (saying.value.is_scalar() || saying.value.is_null()) {
        return saying.reader.problem(saying.value, saying.word + " is a mapping of words, not " +
                                                       described(saying.value) +
                                                       "; to deny one word write `word: {not: value}`");
      }
      break;
    default:
      subject = Subject::kCall;
  }
  saying.to.patterns = read_implicit(saying.reader, subject, saying.value, saying.word);
}

void read_quantity(Saying& saying) {
  switch (saying.info.word) {
    case Word::kHas:
      return read_has(saying);
    case Word::kParams:
      return read_params(saying);
    case Word::kCarries:
      return read_carries(saying);
    case Word::kRead:
      return read_history(saying, Subject::kCall);
    default:
      return read_history(saying, Subject::kWrite);
  }
}

void read_value(Saying& saying, Subject subject) {
  switch (saying.info.takes) {
    case Takes::kLabels:
      saying.to.names = texts_of(labels(saying.reader, saying.value, saying.word));
      return;
    case Takes::kNames:
      return read_names(saying);
    case Takes::kPatterns:
      return read_patterns(saying, subject);
    case Takes::kVariable:
      return saying.info.word == Word::kChanges ? read_changes(saying) : read_variable(saying);
    case Takes::kFlag:
      saying.to.flag = saying.reader.flag(saying.value, saying.word);
      return;
    case Takes::kArguments:
      saying.to.arguments = read_arguments(saying.reader, saying.value);
      return;
    case Takes::kFacet:
      return read_facet(saying);
    case Takes::kQuantity:
      return read_quantity(saying);
    case Takes::kText:
      if (saying.reader.text(saying.value, saying.word)) {
        saying.to.matcher = foreign(saying.reader, saying.value);
      }
      return;
  }
}

// `word: {not: value}` denies the word. Words that hold several things of their own keep `not` for those.
const YamlNode& without_not(const WordInfo& info, const YamlNode& value, bool& negated) {
  const bool keeps = info.takes == Takes::kArguments || info.takes == Takes::kText || info.word == Word::kAny ||
                     info.word == Word::kAll || info.word == Word::kNot;
  if (keeps || !value.is_map() || value.entries.size() != 1 || value.entries[0].key != "not") return value;
  negated = true;
  return value.entries[0].value;
}

const WordInfo* facet_word() { return &words()[static_cast<size_t>(Word::kFacet)]; }

std::string subjects_of(const WordInfo& info) {
  std::vector<std::string_view> names;
  for (const Subject subject : info.fits) names.push_back(spelling(subject));
  return alternatives(names);
}

void report_unknown(Reader& reader, Subject subject, const YamlEntry& entry) {
  const std::string about = " of a " + std::string(spelling(subject));
  if (entry.key == "across") return reader.problem(entry, "`across` stands beside the subject of `after` or `before`");
  if (subject_from(entry.key)) {
    return reader.problem(entry, "`" + entry.key + "` is a subject, and here stand words" + about + "; perhaps `in: {" +
                                     entry.key + ": ...}` is meant");
  }
  std::vector<std::string> known = spellings_for(subject);
  if (subject == Subject::kCall)
    known.insert(known.end(), reader.ledger().facets.begin(), reader.ledger().facets.end());
  const std::string hint = meant(entry.key, known);
  if (hint.empty() && subject == Subject::kCall && reader.ledger().models_unread) return;  // it may be a facet
  reader.problem(entry, "unknown word `" + entry.key + "`" + (hint.empty() ? about + "; see docs/language.md" : hint));
}

std::optional<Predicate> read_predicate(Reader& reader, Subject subject, const YamlEntry& entry) {
  const bool facet = reader.ledger().facets.count(entry.key) > 0;
  const WordInfo* info = facet ? facet_word() : find_word(entry.key);
  if (info == nullptr) {
    report_unknown(reader, subject, entry);
    return std::nullopt;
  }
  if (!fits(*info, subject)) {
    reader.problem(entry, "`" + entry.key + "` is not said of a " + std::string(spelling(subject)) + ", but of " +
                              subjects_of(*info));
    return std::nullopt;
  }

  Predicate predicate;
  predicate.word = info->word;
  predicate.place = reader.place(entry);
  if (facet) predicate.facet = entry.key;
  const YamlNode& value = without_not(*info, entry.value, predicate.negated);
  if (predicate.negated && info->takes == Takes::kFlag) {
    reader.problem(entry.value, "`" + entry.key + "` is `true` or `false`: write the other one in place of `not`");
    return std::nullopt;
  }
  Saying saying{reader, *info, value, predicate, "`" + entry.key + "`"};
  read_value(saying, subject);
  return predicate;
}

}  // namespace

Pattern read_words(Reader& reader, Subject subject, const YamlNode& node, std::span<const std::string_view> aside) {
  Pattern pattern;
  pattern.subject = subject;
  pattern.place = reader.place(node);
  if (!node.is_map()) {
    reader.problem(
        node, "here stands a mapping of words about a " + std::string(spelling(subject)) + ", not " + described(node));
    return pattern;
  }
  for (const YamlEntry& entry : node.entries) {
    if (std::find(aside.begin(), aside.end(), entry.key) != aside.end()) continue;
    if (auto predicate = read_predicate(reader, subject, entry)) pattern.predicates.push_back(std::move(*predicate));
  }
  return pattern;
}

std::optional<Pattern> read_subject(Reader& reader, const YamlNode& node, std::span<const Subject> allowed,
                                    std::span<const std::string_view> aside) {
  std::vector<std::string_view> known;
  for (const Subject subject : allowed) known.push_back(spelling(subject));
  const std::string expected = "here stands " + alternatives(known) + " with a mapping of words, such as `{" +
                               std::string(known.front()) + ": {is: label}}`";
  if (!node.is_map()) {
    reader.problem(node, expected + ", not " + described(node));
    return std::nullopt;
  }

  std::optional<Pattern> found;
  bool wrong = false;
  for (const YamlEntry& entry : node.entries) {
    if (std::find(aside.begin(), aside.end(), entry.key) != aside.end()) continue;
    const auto subject = subject_from(entry.key);
    if (!subject || std::find(allowed.begin(), allowed.end(), *subject) == allowed.end()) {
      const std::string hint = meant(entry.key, known);
      const std::string what = subject ? "`" + entry.key + "` cannot stand here" : "`" + entry.key + "` is no subject";
      reader.problem(entry, what + (hint.empty() ? ": " + expected : hint));
      wrong = true;
      continue;
    }
    if (found) {
      reader.problem(entry, "a second subject beside `" + std::string(spelling(found->subject)) +
                                "`: write a list for either, `all` for both");
      wrong = true;
      continue;
    }
    found = read_words(reader, *subject, entry.value);
    found->place = reader.place(entry);
  }
  if (!found && !wrong) reader.problem(node, expected);
  return found;
}

std::vector<Pattern> read_implicit(Reader& reader, Subject subject, const YamlNode& node, std::string_view what) {
  std::vector<Pattern> found;
  const auto items = Reader::items(node);
  if (items.empty()) reader.problem(node, std::string(what) + " is an empty list");
  const bool all_texts =
      !items.empty() && std::all_of(items.begin(), items.end(), [](auto* item) { return item->is_scalar(); });
  if (all_texts) {
    Predicate is;
    is.word = Word::kIs;
    is.place = reader.place(node);
    is.names = texts_of(labels(reader, node, what));
    Pattern pattern;
    pattern.subject = subject;
    pattern.place = is.place;
    pattern.predicates.push_back(std::move(is));
    found.push_back(std::move(pattern));
    return found;
  }
  for (const YamlNode* item : items) {
    if (item->is_scalar()) {
      reader.problem(*item, std::string(what) + " mixes labels and mappings: write `{is: " + item->text + "}`");
      continue;
    }
    found.push_back(read_words(reader, subject, *item));
  }
  return found;
}

}  // namespace stallint::rule
