#include "checker/rule/keys.h"

#include <algorithm>

namespace stallint::rule {

namespace {

constexpr KeyInfo kRule[] = {
    {"id", "lower case words joined by `-`",
     "The rule's name, equal to the file's name. It reads well after *ignore*."},
    {"severity", "`critical`, `high`, `medium` or `low`", "How bad it is."},
    {"enabled", "`true` or `false`", "`false`: off unless asked for. Left out: `true`."},
    {"tags", "word or list of words", "For grouping in reports."},
    {"languages", "`python`, `cpp`, or a list", "Where the rule looks. Left out: `python`."},
    {"requires", "`{python: \"3.11\"}`", "The rule holds its tongue in projects that support older versions."},
    {"message", "text of one line, without a full stop",
     "What is wrong with this code, with its names. Placeholders: `{function}`, `{call}`, `{variable}`, `{chain}`, "
     "`{sink}` "
     "(the last two with `reaches`), and `{name}` for a `$name` of the pattern."},
    {"why", "text", "For a reader who has not met the problem."},
    {"fix", "text", "What to type instead."},
    {"advice", "mapping of words with `say: text`, or list of such",
     "What to do in one case, in place of `fix`: the first whose words hold of the subject found. `sink: {...}` holds "
     "words about the call at the end of the chain. `say` has the placeholders of a message, and the name of any facet "
     "(`{twin}`): an advice with a placeholder that has no value here is passed over. With `languages` it is "
     "for files of these."},
    {"references", "address or list of addresses", "Where to read more."},
    {"find", "`{subject: {word: value, ...}}`, or a list of such",
     "What to find. In a list every item may have a `message` of its own beside its subject, and `languages`, some of "
     "those of the rule: it looks at their files only. `suppressions`: comments that silence nothing."},
    {"unless", "mapping of words, or list of such",
     "About the subject found; if one holds, nothing is reported. With several subjects in `find`, it speaks of those "
     "that "
     "its words fit."},
    {"lower", "mapping of words with `because: text`, or list of such",
     "About the subject found; if one holds, the severity is one level lower and the report says why."},
    {"at", "`subject`",
     "The finding stays at the subject, once, in place of one at each call or write that proves it."},
    {"bad", "list of examples",
     "Code with findings. `# finding`, or `# finding: words of the message`, marks exactly the "
     "lines that are reported."},
    {"good", "list of examples", "Code without findings, as near to the bad one as can be."},
    {"todo", "`{missed: [...], wrong: [...]}`", "Known limits, as examples."},
};

constexpr KeyInfo kTodo[] = {
    {"missed", "list of examples with marks", "Findings that are not made yet."},
    {"wrong", "list of examples without marks", "Code that is still reported and ought not to be."},
};

constexpr KeyInfo kRequires[] = {
    {"python", "version such as `\"3.11\"`", "The oldest Python the project supports is this one or newer."},
};

constexpr KeyInfo kModel[] = {
    {"language", "`python` or `cpp`",
     "The language of the names. What the model says of functions and of values holds for files of that language."},
    {"types", "mapping from class to what is known of it", "Classes of the library."},
    {"labels", "mapping from label to the names that have it", "What calls do."},
    {"facets", "mapping from facet to where its value comes from", "Values of calls: a timeout, an asynchronous twin."},
};

constexpr KeyInfo kType[] = {
    {"also", "name or list", "Other names of the same class: where it is exported, subclasses that differ in nothing."},
    {"bases", "name or list", "Classes whose labels and results it has as well."},
    {"made-by", "name or list", "Calls that give an instance, besides the class itself."},
    {"returns", "mapping from method or attribute to a type",
     "What methods give and attributes are: a dotted name, `iter[T]`, `list[T]`, `dict[K, V]` or `await[T]`."},
};

constexpr KeyInfo kMember[] = {
    {"/", "type", "the operator `/`"},
    {"[]", "type", "a subscript"},
    {"iter", "type", "an element, when it is iterated"},
    {"enter", "type", "what `with ... as` binds"},
    {"()", "type", "calling an instance"},
    {"await", "type", "awaiting it"},
};

// In the order of Labelled::Kind, then the two that are no kinds.
constexpr KeyInfo kLabel[] = {
    {"call", "name or list", "Calling it."},
    {"lazy", "name or list",
     "Not calling it but consuming its result: `for`, `list(...)`, any call labelled `consume`."},
    {"iterate", "class or list", "Iterating an instance."},
    {"enter", "class or list", "A `with` over an instance."},
    {"property", "`Class.attribute` or list", "Reading the attribute."},
    {"decorator", "name or list", "The function or class decorated with it."},
    {"value", "`dict`, `list`, `set`, `tuple`, `none`, `number`, `text`, or a list",
     "A variable whose first value is such a literal or display."},
    {"type", "class or list", "A variable, parameter or receiver of that type."},
    {"function", "mapping of words about a function, or list of such", "Functions by their nature: `{async: true}`."},
    {"unless", "mapping of words about the call, or list of such",
     "If one holds, the names beside it do not have the label: `{args: {block: false}}`."},
};

constexpr KeyInfo kFacet[] = {
    {"of", "label or name, or list", "The calls that this line speaks of."},
    {"arg", "name or position", "The value is this argument of the call."},
    {"made-with", "name or position", "The value is this argument of the call that made the receiver."},
    {"default", "number or `none`", "The value is this, unless told otherwise; `none`: without limit."},
    {"is", "name", "The value is a name; for `twin`, the asynchronous equivalent."},
};

constexpr KeyInfo kFlow[] = {
    {"effects", "mapping from label to `{stops-at: labels}`", "Labels that travel from a function to its callers."},
    {"amortised", "mapping of words about a call, or list of such",
     "Calls that run once, or once per key: a chain through one is reported one level lower."},
    {"lower", "mapping of words with `because: text`, or list of such",
     "About the place of any finding of any rule: it is reported one level lower."},
    {"contexts", "mapping from context to `{from: ...}` or `{only: ...}`",
     "Where functions may run, from caller to callee."},
};

constexpr KeyInfo kEffect[] = {
    {"stops-at", "label or list of labels",
     "A function with such a label answers for itself: its callers do not have the effect. A call with one hands the "
     "work "
     "over."},
};

constexpr KeyInfo kContext[] = {
    {"from", "`module`, `main-guard`, `{function: {...}}`, or a list",
     "Where it begins: statements of modules, what stands below `if __name__ == \"__main__\"`, such functions."},
    {"stops-at", "label or list of labels",
     "What a call with such a label begins, or is given to begin, runs on its own: it does not inherit the context."},
    {"only", "context or list of contexts",
     "Holds if every known context of the function is among these, and it has one."},
};

constexpr KeyInfo kArgument[] = {
    {"missing", "`true` or `false`", "it is not given"},
    {"given", "`true` or `false`", "it is given, whatever its value"},
    {"shape", "`spread`, `list`, `formatted`, `constant`, `literal`, `written-out` or `iterated`",
     "`*x`; a list or tuple written out; text with values put into it; a literal or a name of one; a literal; "
     "nothing but literals, what only ever stands for such, and numbers; what a loop around goes over"},
    {"is", "label", "a call or a name with that label"},
    {"like", "glob or list of globs",
     "a text that looks so, in any case of letters; `*` is any text: `select * from *`. A long text is not known to "
     "its "
     "end, so nothing is said of it"},
    {"not", "any of these, or a value", "denies it"},
};

}  // namespace

std::span<const KeyInfo> rule_keys() { return kRule; }
std::span<const KeyInfo> todo_keys() { return kTodo; }
std::span<const KeyInfo> requires_keys() { return kRequires; }
std::span<const KeyInfo> model_keys() { return kModel; }
std::span<const KeyInfo> type_keys() { return kType; }
std::span<const KeyInfo> member_keys() { return kMember; }
std::span<const KeyInfo> label_keys() { return kLabel; }
std::span<const KeyInfo> facet_keys() { return kFacet; }
std::span<const KeyInfo> flow_keys() { return kFlow; }
std::span<const KeyInfo> effect_keys() { return kEffect; }
std::span<const KeyInfo> context_keys() { return kContext; }
std::span<const KeyInfo> argument_keys() { return kArgument; }

bool is_key(std::span<const KeyInfo> keys, std::string_view key) {
  return std::any_of(keys.begin(), keys.end(), [&](const KeyInfo& info) { return info.key == key; });
}

}  // namespace stallint::rule
