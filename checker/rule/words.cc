#include "checker/rule/words.h"

#include <algorithm>
#include <array>

namespace stallint::rule {

namespace {

using enum Subject;

constexpr std::array kAll = {kFunction, kClass, kVariable, kCall, kWrite, kTest, kLoop, kRegion, kHandler, kClang};
constexpr std::array kLabelled = {kFunction, kClass, kVariable, kCall, kWrite, kTest, kLoop, kRegion, kHandler};
constexpr std::array kNamed = {kFunction, kClass, kVariable, kCall};
constexpr std::array kHolders = {kFunction, kClass, kCall, kTest, kLoop, kRegion, kHandler};
constexpr std::array kOrdered = {kCall, kWrite, kTest, kLoop, kRegion, kHandler};
constexpr std::array kSuspending = {kFunction, kLoop, kRegion};
constexpr std::array kFunctions = {kFunction};
constexpr std::array kDecorable = {kFunction, kClass};
constexpr std::array kCalls = {kCall};
constexpr std::array kActing = {kCall, kTest};
constexpr std::array kTests = {kTest};
constexpr std::array kRunning = {kFunction, kCall};
constexpr std::array kReaching = {kFunction, kCall, kLoop};
constexpr std::array kLiving = {kVariable, kRegion};
constexpr std::array kVariables = {kVariable};
constexpr std::array kShrinking = {kVariable, kFunction};
constexpr std::array kWrites = {kWrite};
constexpr std::array kGuardable = {kVariable, kWrite};
constexpr std::array kGuarded = {kCall, kWrite, kRegion, kClang};
constexpr std::array kLoops = {kLoop};
constexpr std::array kWritten = {kLoop, kHandler};
constexpr std::array kMaking = {kCall, kLoop};
constexpr std::array kHandlers = {kHandler};
constexpr std::array kLeaving = {kCall, kTest, kHandler};
constexpr std::array kClangs = {kClang};

constexpr WordInfo kWords[] = {
    {Word::kIs, "is", Takes::kLabels, kLabelled, "label or list of labels",
     "has one of these labels, or one that they cover; labels come from models"},
    {Word::kName, "name", Takes::kNames, kNamed, "glob or list of globs",
     "is called so; `*` is any text, `?` one character, `{a,b}` either. A call's name is the one of the function "
     "called; the statements of a module are the function `<module>`"},
    {Word::kIn, "in", Takes::kPatterns, kAll, "`{subject: {...}}` or list of such",
     "stands inside one; `function` is the innermost function, all others may be at any distance within it. "
     "`test`: stands in a branch whose condition is that test. The step of a `for` is not inside its own loop"},
    {Word::kHas, "has", Takes::kQuantity, kHolders, "`{subject: {...}}`, list of such, or `none`",
     "one stands inside it, in the same function; of a call: inside its arguments; `variable`: an attribute of the "
     "class or of a class that it builds on; `none`: it is empty (nothing but `pass`)"},
    {Word::kAfter, "after", Takes::kPatterns, kOrdered, "`{subject: {...}, across: await}` or list of such",
     "control may come from one of these to it, in the same function; `across: await`: with an await in between"},
    {Word::kBefore, "before", Takes::kPatterns, kOrdered, "`{subject: {...}, across: await}` or list of such",
     "control may go from it to one of these, in the same function; `across: await`: with an await in between"},
    {Word::kBeside, "beside", Takes::kPatterns, kCalls, "`{call: {...}}` or list of such",
     "is awaited in one expression with such a call: `co_await (read(...) || timer.async_wait(...))`"},
    {Word::kMadeBy, "made-by", Takes::kPatterns, kCalls, "`{call: {...}}` or list of such",
     "is made on what such a call gave, here or where the receiver was set: `worker.loop().post(f)`"},
    {Word::kWithin, "within", Takes::kPatterns, kCalls, "`{call: {...}}` or list of such",
     "is written inside the arguments of such a call, at any depth"},
    {Word::kOf, "of", Takes::kVariable, kActing, "`$name`, or `{variable: {...}}`",
     "acts upon it: the receiver of a method, otherwise the first argument; of a test: what is tested"},
    {Word::kFinds, "finds", Takes::kNames, kTests, "`empty` or `changed`",
     "the branch is taken when nothing is there yet: `is None`, `not x`, `key not in x`; or when it is not what it is "
     "compared with: `x != y`, both of them"},
    {Word::kInto, "into", Takes::kVariable, kCalls, "`$name`, or `{variable: {...}}`", "its result is stored there"},
    {Word::kArgs, "args", Takes::kArguments, kCalls,
     "mapping from a name, or a position counted from 0, to a literal, `none`, `{missing: true}`, `{given: true}`, "
     "`{shape: spread | list | formatted | constant | literal | written-out | iterated}`, `{is: label}` or `{not: "
     "...}`",
     "its arguments are so; all that are named must hold. `none` is the literal None, `{missing: true}` not given at "
     "all"},
    {Word::kAwaited, "awaited", Takes::kFlag, kCalls, "true or false", "stands directly below an await"},
    {Word::kAmortised, "amortised", Takes::kFlag, kCalls, "true or false",
     "of a sink of `reaches`: the way to it passes a call that runs only once, or once per key (flow.yaml)"},
    {Word::kCertain, "certain", Takes::kFlag, kCalls, "true or false",
     "of a sink of `reaches`: each function on the way, after the first, comes to it whenever it runs: no call of the "
     "way stands in a branch or in a handler. What follows a branch that leaves (`if not rows: return`) is no branch, "
     "nor is one of two that both call the same"},
    {Word::kEntered, "entered", Takes::kFlag, kCalls, "true or false",
     "it, or the local name that receives it, is what a `with` or `async with` enters, so the block closes it"},
    {Word::kFilteredBy, "filtered-by", Takes::kNames, kCalls, "`suffix`",
     "its results are kept or dropped by the suffix of the file name, here or in the loop over them"},
    {Word::kResult, "result", Takes::kNames, kMaking,
     "`dropped`, `local`, `kept`, `returned`, `passed`, `used`, `iterated`, or a list",
     "what becomes of its result: nothing, a local name, an attribute or global that outlives the function, the "
     "function's own result, an argument of another call, an operand or receiver; `iterated`: one loop runs over it, "
     "or over its last elements, and nothing else happens to it. A loop has a result if it is a comprehension"},
    {Word::kRaised, "raised", Takes::kNames, kCalls, "`alone`, `from`, or a list",
     "makes the exception of a `raise`; `from`: with a cause, or `from None`"},
    {Word::kFilledIn, "filled-in", Takes::kPatterns, kCalls, "`{loop: {...}}` or list of such",
     "what it is given is made round by round in such a loop: `gather(*[f(x) for x in xs])`, or a list that the loop "
     "appends to"},
    {Word::kCallee, "callee", Takes::kPatterns, kCalls, "mapping of words about a function, or list of such",
     "calls such a function of the project"},
    {Word::kFacet, "", Takes::kFacet, kCalls, "`none`, `some`, a number, `{at-least: number}`, or `used`",
     "a value that models know of the call, wherever it comes from: the argument, the client's argument, the default "
     "of "
     "the library. `none`: without limit. `used`: the name it stands for is used somewhere in the project"},
    {Word::kAsync, "async", Takes::kFlag, kSuspending, "true or false",
     "is written `async def`, `async for`, `async with`"},
    {Word::kGenerator, "generator", Takes::kFlag, kFunctions, "true or false", "holds a yield of its own"},
    {Word::kParams, "params", Takes::kQuantity, kFunctions,
     "`some`, `none`, `typed`, `{name: glob or list of globs}`, or `{made-of: {is: label, name: globs}}`",
     "its parameters, `self` and `cls` aside: there are some, there is none, one has a type, one has such a name; "
     "`made-of`: each of them has such a label or such a name"},
    {Word::kDecorated, "decorated", Takes::kPatterns, kDecorable,
     "label, mapping of words about a call, or list of such",
     "has such a decorator; the decorator is the call, with its arguments"},
    {Word::kOverrides, "overrides", Takes::kNames, kFunctions, "dotted glob or list of such",
     "is a method that overrides such a method of a base class: `asyncio.Protocol.*`"},
    {Word::kArgumentOf, "argument-of", Takes::kPatterns, kFunctions,
     "label, or `{is: labels, arg: name or position}`, or list of such",
     "is handed over, not called, as an argument of such a call"},
    {Word::kReturns, "returns", Takes::kPatterns, kFunctions,
     "`{from: {call: {...}}}`, or `{type: name, list, or none}`",
     "its result comes from such a call, directly or through one local name; its return annotation is that type (in "
     "C++ its whole name, or the last part of it); `none`: it has no return annotation, or gives nothing"},
    {Word::kCalls, "calls", Takes::kPatterns, kFunctions, "label, mapping of words about a call, or list of such",
     "holds such a call itself"},
    {Word::kReaches, "reaches", Takes::kPatterns, kReaching, "label, mapping of words about a call, or list of such",
     "holds such a call, or calls a function that does, through any number of functions and as far as flow.yaml lets "
     "the "
     "effect travel. Gives {chain} and {sink} to the message"},
    {Word::kRuns, "runs", Takes::kNames, kRunning, "context or list of contexts",
     "may run in one of these contexts of flow.yaml, as far as its callers are known; a call in those of its function, "
     "but below the main guard in that of the main guard alone"},
    {Word::kLives, "lives", Takes::kNames, kLiving, "`function`, `instance`, `process`, or a list",
     "how long it lives: for one call, as long as its object, as long as the process"},
    {Word::kGrows, "grows", Takes::kQuantity, kVariables, "`never`, or mapping of words about a write",
     "something is added to it somewhere in the project; the finding stands at that write"},
    {Word::kShrinks, "shrinks", Takes::kQuantity, kShrinking, "`never`, or mapping of words about a write",
     "something is taken from it, or it is replaced, somewhere in the project; of a memoised function: its memo is "
     "emptied by `cache_clear()`"},
    {Word::kWritten, "written", Takes::kQuantity, kVariables, "`never`, or mapping of words about a write",
     "it is changed in any way after it was made, somewhere in the project"},
    {Word::kRead, "read", Takes::kQuantity, kVariables, "`never`, or mapping of words about a call",
     "it is used somewhere in the project; with words: by such a call"},
    {Word::kGuarded, "guarded", Takes::kFlag, kGuardable, "`true` or `false`",
     "a lock protects it: an attribute of its declaration says so, or it is changed somewhere while a lock of its "
     "class "
     "or file is held for sure; of a write: in another function"},
    {Word::kInitial, "initial", Takes::kFlag, kWrites, "`true` or `false`",
     "is made where the variable is made: at its declaration, in a constructor of its object"},
    {Word::kTo, "to", Takes::kVariable, kWrites, "`$name`, or `{variable: {...}}`", "changes that variable"},
    {Word::kOp, "op", Takes::kNames, kWrites, "`assign`, `grow`, `shrink`, `update`, or a list",
     "how it changes the variable: gives it a new value, adds to it, takes from it, `x += ...`"},
    {Word::kValue, "value", Takes::kNames, kWrites,
     "`{shape: literal | text | formatted | constant | display | made | same}`, or a list of shapes there",
     "the value written or appended: a literal, a text of any kind, a text built from values, a literal or a name of "
     "one, a dict, list, set or tuple written out, a new object, something that reads the variable itself"},
    {Word::kKey, "key", Takes::kNames, kWrites, "as of `value`, or `{made-of: {is: label, name: globs}}`",
     "the key under which it is written, as in `x[key] = value` and `x.setdefault(key, value)`; `made-of`: each part "
     "of it but literals has such a label or such a name"},
    {Word::kOwn, "own", Takes::kFlag, kWrites, "true or false",
     "changes a name, or an attribute of the object or class whose method it is: `self.x`, not `order.x`"},
    {Word::kHolding, "holding", Takes::kLabels, kGuarded, "label or list of labels",
     "a lock with that label may be held there, by the function itself or by every caller; `{not: lock}`: none is "
     "held for certain. Of `clang`: where it finds a whole call or change"},
    {Word::kChanges, "changes", Takes::kVariable, kLoops, "`none`, or `{not: $name}`",
     "what the loop itself changes: nothing that its condition tests; not that variable"},
    {Word::kKind, "kind", Takes::kNames, kWritten, "`for`, `while`, `comprehension`, or a list; of a handler `alone`",
     "how the loop is written; `alone`: it is the only handler of its `try`, which has no `else` and no `finally`"},
    {Word::kOver, "over", Takes::kLabels, kLoops, "label or list of labels",
     "what it iterates, perhaps by way of `enumerate` or `sorted`, is a call or a value with that label"},
    {Word::kBounded, "bounded", Takes::kFlag, kLoops, "true or false",
     "the code itself says how often it runs: over a literal, a constant, a slice with an end, `range(3)`, the "
     "members of an enum, or a batch of another loop"},
    {Word::kCarries, "carries", Takes::kQuantity, kLoops, "`none`",
     "no round needs what an earlier one left behind, and none ends the loop"},
    {Word::kFedBy, "fed-by", Takes::kNames, kLoops, "`parameter`, `answer`, or a list",
     "where the elements that it runs over come from, through names, views and helpers: a parameter of the function, "
     "or the answer of a database or another machine; what `self` and other objects hold is neither"},
    {Word::kCatches, "catches", Takes::kLabels, kHandlers, "label or list of labels",
     "catches an exception with that label; a handler that names no exception catches them all"},
    {Word::kGuards, "guards", Takes::kPatterns, kHandlers, "`{subject: {...}}` or list of such",
     "one stands below the `try` that it belongs to, and no handler before it takes its exceptions"},
    {Word::kReraises, "reraises", Takes::kFlag, kHandlers, "true or false",
     "raises what it caught again, or returns it to the caller, at least on one way through it"},
    {Word::kLeaves, "leaves", Takes::kFlag, kLeaving, "true or false",
     "behind it the loop around is over, or the function where there is no loop: it ends with `break`, `return` or "
     "`raise`, or nothing follows"},
    {Word::kMatcher, "matcher", Takes::kText, kClangs, "text",
     "is found by this matcher of clang-query. Each pattern of `clang` has one, beside its other words"},
    {Word::kAny, "any", Takes::kPatterns, kAll, "list of mappings of words",
     "at least one of them holds of the same thing"},
    {Word::kAll, "all", Takes::kPatterns, kAll, "list of mappings of words", "all of them hold of the same thing"},
    {Word::kNot, "not", Takes::kPatterns, kAll, "mapping of words, or list of such",
     "none of them holds of the same thing"},
};

constexpr bool in_order() {
  for (size_t i = 0; i < std::size(kWords); ++i) {
    if (kWords[i].word != static_cast<Word>(i)) return false;
  }
  return true;
}
static_assert(in_order() && std::size(kWords) == static_cast<size_t>(Word::kNot) + 1);

constexpr std::string_view kSubjects[] = {"function", "class", "variable", "call",    "write",
                                          "test",     "loop",  "region",   "handler", "clang"};
static_assert(std::size(kSubjects) == kAll.size());

constexpr std::string_view kFound[] = {"empty", "changed"};
constexpr std::string_view kSuffix[] = {"suffix"};
constexpr std::string_view kResults[] = {"dropped", "local", "kept", "returned", "passed", "used", "iterated"};
constexpr std::string_view kRaises[] = {"alone", "from"};
constexpr std::string_view kLives[] = {"function", "instance", "process"};
constexpr std::string_view kOps[] = {"assign", "grow", "shrink", "update"};
constexpr std::string_view kShapes[] = {"literal", "text", "formatted", "constant", "display", "made", "same"};
constexpr std::string_view kKinds[] = {"for", "while", "comprehension", "alone"};
constexpr std::string_view kFeeds[] = {"parameter", "answer"};

}  // namespace

std::span<const WordInfo> words() { return kWords; }

const WordInfo* find_word(std::string_view spelling) {
  if (spelling.empty()) return nullptr;
  const auto* it = std::find_if(std::begin(kWords), std::end(kWords),
                                [&](const WordInfo& info) { return info.spelling == spelling; });
  return it == std::end(kWords) ? nullptr : it;
}

std::string_view spelling(Subject subject) { return kSubjects[static_cast<size_t>(subject)]; }

std::optional<Subject> subject_from(std::string_view spelling) {
  const auto* it = std::find(std::begin(kSubjects), std::end(kSubjects), spelling);
  if (it == std::end(kSubjects)) return std::nullopt;
  return static_cast<Subject>(it - std::begin(kSubjects));
}

std::span<const std::string_view> choices(Word word) {
  switch (word) {
    case Word::kFinds:
      return kFound;
    case Word::kFilteredBy:
      return kSuffix;
    case Word::kResult:
      return kResults;
    case Word::kRaised:
      return kRaises;
    case Word::kLives:
      return kLives;
    case Word::kOp:
      return kOps;
    case Word::kValue:
    case Word::kKey:
      return kShapes;
    case Word::kKind:
      return kKinds;
    case Word::kFedBy:
      return kFeeds;
    default:
      return {};
  }
}

bool fits(const WordInfo& word, Subject subject) {
  return std::find(word.fits.begin(), word.fits.end(), subject) != word.fits.end();
}

std::vector<std::string> spellings_for(Subject subject) {
  std::vector<std::string> found;
  for (const WordInfo& info : kWords) {
    if (!info.spelling.empty() && fits(info, subject)) found.emplace_back(info.spelling);
  }
  return found;
}

std::span<const Subject> subjects() { return kAll; }

}  // namespace stallint::rule
