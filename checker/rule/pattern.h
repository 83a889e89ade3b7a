#pragma once
// Patterns: what a rule, a model or flow.yaml says about facts, after loading.
//
//     find:
//       call:                                    # Pattern{subject: kCall, predicates: {is, in, result}}
//         is: http.client                        # Predicate{kIs, names: {"http.client"}}
//         in: {function: {runs: {not: once}}}    # Predicate{kIn, patterns: {Pattern{kFunction, {kRuns, negated}}}}
//         result: local                          # Predicate{kResult, names: {"local"}}
//
// A mapping means *and*, a list means *or*, `not:` means *not*, a nested pattern means *there is one*. This file knows
// the words and what value each takes; what they mean over a program is in match.

#include "checker/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::rule {

enum class Subject : uint8_t { kFunction, kClass, kVariable, kCall, kWrite, kTest, kLoop, kRegion, kHandler, kClang };

enum class Word : uint8_t {
  kIs,          // labels
  kName,        // globs
  kIn,          // patterns: one holds something around it (functions: the innermost; blocks: any)
  kHas,         // patterns of something inside it (a call: inside its arguments); or quantity none: nothing is
  kAfter,       // patterns; control reaches from one to this. flag: `across: await`
  kBefore,      // patterns; control reaches from this to one. flag: `across: await`
  kBeside,      // pattern of another call of the same await
  kMadeBy,      // pattern of the call that made its receiver
  kWithin,      // pattern of the call whose argument it is
  kOf,          // variable, or patterns of variables: what is acted upon: receiver or first argument, what is tested
  kFinds,       // names: empty changed
  kInto,        // variable, or patterns of variables that receive the result
  kArgs,        // arguments
  kAwaited,     // flag
  kAmortised,   // flag, of a sink of `reaches`
  kCertain,     // flag, of a sink of `reaches`
  kEntered,     // flag
  kFilteredBy,  // names: suffix
  kResult,      // names: dropped local kept returned passed used iterated
  kRaised,      // names: alone from
  kFilledIn,    // patterns of loops that make its arguments
  kCallee,      // patterns of functions of the project
  kFacet,       // facet: its name; quantity none or some, number, at_least, names: {used}
  kAsync,       // flag
  kGenerator,   // flag
  kParams,      // quantity none or some, names (globs), or flag: typed
  kDecorated,   // patterns of calls
  kOverrides,   // globs of dotted names: "asyncio.Protocol.*"
  kArgumentOf,  // patterns of calls (with kIs), and names: the argument it is ("lifespan", "0")
  kReturns,     // patterns of calls the value comes from (`from`), or names: types (`type`), or quantity none (`type:
                // none`)
  kCalls,       // patterns of direct calls
  kReaches,     // patterns of the sink (a call)
  kRuns,        // names: contexts
  kLives,       // names: function instance process
  kGrows,       // quantity none ("never") or patterns of writes
  kShrinks,     // the same
  kWritten,     // the same
  kRead,        // quantity none ("never") or patterns of calls
  kGuarded,     // flag
  kInitial,     // flag
  kTo,          // variable, or patterns of variables
  kOp,          // names: assign grow shrink update
  kValue,       // names: shapes (literal text formatted constant made same)
  kKey,         // the same, of the key in `x[key] = value`
  kOwn,         // flag
  kHolding,     // labels
  kChanges,     // quantity none, or variable (always negated: `{not: $x}`)
  kKind,        // names: for while comprehension
  kOver,        // labels of what is iterated
  kBounded,     // flag
  kCarries,     // quantity none
  kFedBy,       // names: parameter answer
  kCatches,     // labels of exceptions
  kGuards,      // patterns of something below its `try`
  kReraises,    // flag
  kLeaves,      // flag
  kMatcher,     // text: a matcher of clang-query
  kAny,         // patterns of the same subject, one of which holds
  kAll,         // patterns of the same subject, all of which hold
  kNot,         // patterns of the same subject, none of which holds
};

// What a word takes. The loader checks values by it.
enum class Takes : uint8_t {
  kLabels,     // a label, or a list of them
  kNames,      // globs, or words out of a fixed list
  kPatterns,   // nested patterns
  kVariable,   // `$name`, or patterns of variables
  kFlag,       // true or false
  kArguments,  // tests of arguments by name or position
  kFacet,      // the value of a facet
  kQuantity,   // none, some or never; or nested patterns
  kText,       // a text, taken as it is
};

struct WordInfo {
  Word word;
  std::string_view spelling;      // "filtered-by"
  Takes takes;                    // the form of its value
  std::span<const Subject> fits;  // subjects it may be said of
  std::string_view value;         // the value it takes, for people: "label or list of labels"
  std::string_view help;          // one line of documentation
};

std::span<const WordInfo> words();  // in the order of the enum
const WordInfo* find_word(std::string_view spelling);
std::string_view spelling(Subject subject);
std::optional<Subject> subject_from(std::string_view spelling);

struct Pattern;

enum class Quantity : uint8_t { kUnsaid, kNone, kSome };

// One argument of a call: `timeout: none`, `0: "*"`, `shell: true`, `0: {shape: formatted}`, `maxsize: {missing:
// true}`.
struct ArgumentTest {
  std::string name;  // keyword, or a number: position from 0
  enum class Kind : uint8_t {
    kLiteral,  // equals `literal` (as spelt in Python: "None", "True", "5", or the text of a string)
    kNone,     // `none`: the literal None (absent does not count)
    kMissing,  // not given
    kGiven,    // given, whatever it is
    kShape,    // literal holds: spread list formatted constant literal written-out iterated
    kIs,       // labels: the value is a call or a name with such a label
    kLike,     // globs: a text that one of them fits, in any case of letters
  } kind = Kind::kLiteral;
  std::string literal;
  std::vector<std::string> globs;
  bool negated = false;
  Place place;
};

// A text that is another language, and where its characters stand in the YAML: each part from `offset` on until the
// next.
struct Foreign {
  struct Part {
    size_t offset = 0;
    Place place;
  };
  std::string text;
  std::vector<Part> parts;

  // Of a line and column of the text, both from 1.
  Place place_of(uint32_t line, uint32_t column) const;
};

struct Predicate {
  Word word = Word::kIs;
  bool negated = false;            // `word: {not: ...}`
  std::vector<std::string> names;  // labels, globs, enumerated values: any of them
  std::vector<Pattern> patterns;   // any of them
  std::string variable;            // "$root", or empty
  std::optional<bool> flag;
  Quantity quantity = Quantity::kUnsaid;
  std::string facet;             // kFacet: "timeout"
  std::optional<double> number;  // kFacet: exactly, or with `at_least`
  bool at_least = false;
  std::vector<ArgumentTest> arguments;  // all of them
  Foreign matcher;                      // kMatcher
  Place place;
  uint32_t id = 0;  // among all predicates of the rules that were loaded together
};

// A conjunction of predicates about one subject. No predicates: any such thing.
struct Pattern {
  Subject subject = Subject::kCall;
  std::vector<Predicate> predicates;
  Place place;
  uint32_t id = 0;  // among all patterns of the rules that were loaded together
};

}  // namespace stallint::rule
