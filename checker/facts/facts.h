#pragma once
// The vocabulary: what one source file says, in words that no language and no rule owns.
//
//     session = httpx.AsyncClient(timeout=None)
//
// gives one Call whose expression is `httpx.AsyncClient(...)`, and one Write of the name `session` with that expression
// as its value. Whether such a client is expensive is not known here and must not be: see rules/models. Whether `httpx`
// is the library or a folder of the project is not known either: that is the work of link.
//
// The facts of a file are an *outline* (functions, classes, their decorators, parameters and annotations) and one
// *body* per function (expressions, calls, writes, blocks). The module itself is function 0, its statements are body 0;
// a class body is a function too, run where the class statement stands. A body depends on the text of its function
// only, so bodies can be read one by one, stored one by one, and left out (`Body::present`).
//
// Everything is a flat vector and a 32-bit index into it; nothing points. Offsets are bytes of the decoded text.
//
// Idea: the split in outline and body is rust-analyzer's item tree; the neutral row of tables is Kythe's and SSAF's.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::facts {

enum class StringId : uint32_t { kEmpty = 0 };                         // into FileFacts::strings
enum class ExprId : uint32_t { kNone = UINT32_MAX };                   // into Tree::exprs of the same Tree
enum class BlockId : uint32_t { kBody = 0, kNone = UINT32_MAX };       // into Body::blocks
enum class FunctionId : uint32_t { kModule = 0, kNone = UINT32_MAX };  // into FileFacts::functions and bodies
enum class ClassId : uint32_t { kNone = UINT32_MAX };                  // into FileFacts::classes

template <typename Id>
constexpr uint32_t index(Id id) {
  return static_cast<uint32_t>(id);
}

struct Span {
  uint32_t begin = 0;  // byte offset of the first byte
  uint32_t end = 0;    // one past the last byte
  bool operator==(const Span&) const = default;
};

// --- Expressions -----------------------------------------------------------------------------------------------------

// `children` in the comments below are Tree::children[first_child, first_child + child_count).
enum class ExprKind : uint8_t {
  kOther,       // anything else; children: its operands, in source order
  kName,        // text: the name
  kAttribute,   // text: attribute; children: {base}
  kCall,        // children: {callee, argument...}; arguments in source order, see kKeyword, kStar, kDoubleStar
  kKeyword,     // text: name; children: {value}. Only as an argument of a call or a class header
  kStar,        // `*xs`; children: {value}
  kDoubleStar,  // `**xs`; children: {value}
  kSubscript,   // children: {base, index...}; a slice is a kOther with detail kSlice
  kLiteral,     // detail: Literal; text: the value (strings without quotes, cut at 200 bytes)
  kFormatted,   // text built from values (f-string, "..." % x); children: the values; text: constant parts joined by
                // one blank. `"...".format(x)` runs code and stays a kCall, for rules to take as formatted
  kBinary,      // text: operator ("+", "/", "|", ...); children: {left, right}
  kUnary,       // text: operator ("-", "~"); children: {operand}
  kNot,         // children: {operand}
  kCompare,     // text: operator ("is", "is not", "==", "in", "not in", "<", ...); children: {left, right}. The chain
                // `a < b <= c` has the text "< <=" and three children
  kEither,      // one of its children is the value: `a or b`, `a and b`, `x if c else y`. detail: Either
  kAwait,       // children: {operand}
  kYield,       // detail 1: `yield from`; children: {value} or none
  kFunction,    // a lambda; child_count is 0, first_child holds the FunctionId
  kTuple,       // children: elements
  kList,        // children: elements
  kSet,         // children: elements
  kDict,        // children: key, value, key, value...; `**x` in a dict is a kDoubleStar followed by no value, and the
                // dict has detail 1
  kComprehension,  // detail: Comprehension; children: {element} or {key, value}; its loops are blocks around the
                   // element
  kAssigned,       // `name := value`; children: {value}; text: the name. A Write stands beside it
};

enum class Literal : uint8_t { kNone, kTrue, kFalse, kInteger, kFloat, kString, kBytes, kEllipsis };
enum class Either : uint8_t { kOr, kAnd, kConditional };  // kConditional children: {then, else}
enum class Comprehension : uint8_t { kList, kSet, kDict, kGenerator };
constexpr uint8_t kSlice = 1;  // detail of a kOther; text says which parts there are: "a:", ":b", "a:b:c"

struct Expr {
  ExprKind kind = ExprKind::kOther;
  uint8_t detail = 0;
  bool stored = false;  // the target of an assignment or a deletion, not a use
  uint32_t text = 0;    // StringId
  uint32_t first_child = 0;
  uint32_t child_count = 0;
  BlockId block = BlockId::kBody;  // innermost block that holds it; kBody in the outline
  Span at;
};

// A pool of expressions: one for the outline of a file, one for each body.
struct Tree {
  std::vector<Expr> exprs;
  std::vector<ExprId> children;

  const Expr& operator[](ExprId id) const { return exprs[index(id)]; }
  ExprId child(const Expr& expr, uint32_t n) const { return children[expr.first_child + n]; }
  ExprId child(ExprId id, uint32_t n) const { return child((*this)[id], n); }
};

// --- Blocks ----------------------------------------------------------------------------------------------------------

// Blocks nest and say what holds at a place: which branch, which loop, which lock. Block 0 is the body.
//
//     if not wait:      # kArm, condition `not wait`, when true     group 1
//         return
//     time.sleep(1)     # kArm, condition `not wait`, when false    group 1: the other arm left, so this is its rest
//
// `elif` is an `if` in the false arm of the first. `a and b()` puts b() in the true arm of `a`; `a or b()` in the false
// arm; `x if c else y` has two arms. A `while` has its condition as subject of the loop and no arm; what follows a loop
// is in no arm. Every case of a `match` is an arm of one group, told apart by `arm`, without a condition.
enum class BlockKind : uint8_t {
  kBody,
  kArm,
  kLoop,     // `for`, `while`, and each `for` of a comprehension
  kRegion,   // one item of `with`
  kTry,      // the statements under try
  kHandler,  // the statements under one except
  kElse,     // the statements under try's or a loop's else
  kFinally,
};

enum class LoopKind : uint8_t { kFor, kWhile, kComprehension, kGenerator };  // kGenerator: runs where it is consumed

struct Block {
  BlockKind kind = BlockKind::kBody;
  LoopKind loop = LoopKind::kFor;
  bool async = false;  // async for, async with
  bool when = true;    // kArm: whether the condition is true in it
  bool exits = false;  // control never runs out of its end (return, raise, continue, break)
  BlockId parent = BlockId::kNone;
  ExprId subject = ExprId::kNone;  // arm, while: the condition; for: what is iterated; region: the context expression;
                                   // handler: the exception types (none: a bare except)
  ExprId target = ExprId::kNone;   // for: loop target; region: `as` target; handler: `as` name
  uint32_t group = 0;  // arms of one decision share it, and so do try, handler, else, finally of one statement
  uint32_t arm = 0;    // number of the arm in its group: two blocks below different arms never run one after
                       // the other in one pass
  Span at;
};

// --- Events of a body ------------------------------------------------------------------------------------------------

// What becomes of the value of a call. A call that is awaited hands its fate to the await.
enum class Fate : uint8_t {
  kDropped,   // an expression statement
  kLocal,     // assigned to a local name, or entered by `with`
  kKept,      // assigned to an attribute, a subscript, a global or nonlocal name, or a name of module or class level
  kReturned,  // returned or yielded
  kPassed,    // an argument of another call
  kUsed,      // the receiver of a further call or attribute, an operand, a condition, an element of a display
};

enum class CallKind : uint8_t {
  kCall,       // f(x)
  kAwait,      // an await of something that is no call, `async for` (its steps), `async with` (its enter); expr: the
               // operand
  kDecorator,  // applied to `function`: expr is the decorator expression, which is called with the function
  kEnter,      // a plain `with`: expr is the context expression (its __enter__ and __exit__ run here)
  kIterate,    // a plain `for` or comprehension: expr is what is iterated
  kUnwind,     // a destructor at the end of a scope; expr: a kName of the variable, whose meaning is the destructor
};

struct Call {
  CallKind kind = CallKind::kCall;
  Fate fate = Fate::kUsed;
  bool awaited = false;         // directly below an await, or the operand of `async with` / `async for`
  ExprId expr = ExprId::kNone;  // in Body::tree
  ExprId into = ExprId::kNone;  // target that receives the result (after an await too), or none
  BlockId block = BlockId::kBody;
  FunctionId function = FunctionId::kNone;  // kDecorator: what is decorated (kNone if it is a class)
  ClassId decorated_class = ClassId::kNone;
  Span at;  // the whole call; order inside a body is by at.end, which is evaluation order
};

enum class WriteOp : uint8_t {
  kAssign,
  kUpdate,   // `x += value`
  kDelete,   // del x
  kDeclare,  // `x: T` without a value
  kIterate,  // loop target: receives an element of value
  kEnter,    // `with value as x`
  kCatch,    // `except T as x`; value: the types
  kMatch,    // captured by a pattern of `match`
};

struct Write {
  WriteOp op = WriteOp::kAssign;
  bool async = false;             // `async for`, `async with`
  bool comprehension = false;     // target of a comprehension: the name lives in that block only
  int16_t element = -1;           // unpacking: the element of `value` that is received; -1 the whole, -2 unknown
  uint32_t op_text = 0;           // StringId, kUpdate: "+"
  ExprId target = ExprId::kNone;  // kName, kAttribute or kSubscript
  ExprId value = ExprId::kNone;
  ExprId annotation = ExprId::kNone;
  BlockId block = BlockId::kBody;
  Span at;  // the statement; order is by at.end
};

enum class ExitKind : uint8_t { kReturn, kYield, kYieldFrom, kRaise, kBreak, kContinue };

struct Exit {
  ExitKind kind = ExitKind::kReturn;
  ExprId value = ExprId::kNone;  // kRaise: the exception
  ExprId cause = ExprId::kNone;  // kRaise: `from cause`
  BlockId block = BlockId::kBody;
  Span at;
};

// `from .store import load as get` in package app.api: level 1, module "store", name "load", as "get".
// `import a.b.c` binds "a" (name empty, as "a", whole module "a.b.c"); `import a.b.c as d` binds d to a.b.c (aliased).
struct Import {
  uint32_t module = 0;  // StringId, dotted
  uint32_t name = 0;    // StringId; empty: the module itself is imported
  uint32_t as = 0;      // StringId: the name bound here; empty with `star`
  uint8_t level = 0;    // leading dots
  bool star = false;
  bool aliased = false;        // `import a.b as c`
  bool type_checking = false;  // below `if TYPE_CHECKING`
  BlockId block = BlockId::kBody;
  Span at;
};

// --- Meanings --------------------------------------------------------------------------------------------------------

// What an expression means, where the front end knows it: Clang does, a parser of Python does not. A *symbol* is a text
// that stands for one function, class or variable in all files; what it looks like is the front end's affair. A *name*
// is a canonical qualified name, without template arguments and inline namespaces: "std::mutex::lock", "::open".
//
//     store->load(key);     // the callee `store->load`: symbol of Store::load, name "shop::Store::load",
//                           // receiver "shop::Store"; its base `store`: symbol of the variable, type "shop::Store"
struct Meaning {
  ExprId expr = ExprId::kNone;
  uint32_t symbol = 0;  // StringId: the function (of a callee, or handed over), class or variable that is named
  uint32_t name = 0;    // StringId: its canonical name; of a constructor: its class; of a number: its macro, "::O_EXCL"
  uint32_t type = 0;    // StringId: canonical name of the value's type, behind references, pointers and smart pointers
  uint32_t receiver = 0;    // StringId, callee of a member call: type of the object as the source knows it
  bool dispatched = false;  // a virtual call: what overrides it may run in its place
  bool changeable = false;  // handed over by reference or address to something that may change it
  bool callable = false;    // an argument: `symbol` is a function handed over (a lambda, `&f`, a bound member)
  bool likely = false;      // told by the spelling alone
};

// A lock that is held where something happens, from an analysis of control flow. An unlock() before, a deferred lock,
// an early return are seen; regions of the source would not show them.
struct Held {
  Span at;            // of the call or write during which it is held
  uint32_t lock = 0;  // StringId: symbol of the lock, or its spelling
  uint32_t type = 0;  // StringId: canonical name of its type, "std::mutex"
  bool must = false;  // on every way to here, not only on some
  bool shared = false;
};

// All that a function does. The tables are sorted by source position (calls and writes by at.end).
struct Body {
  bool present = false;
  Tree tree;
  std::vector<Block> blocks;  // parents before children
  std::vector<Call> calls;
  std::vector<Write> writes;
  std::vector<Exit> exits;
  std::vector<Import> imports;
  std::vector<uint32_t> globals;    // StringIds declared `global`
  std::vector<uint32_t> nonlocals;  // StringIds declared `nonlocal`
  std::vector<Meaning> meanings;    // sorted by expr
  std::vector<Held> held;           // sorted by at.end
  bool follows_locks = false;       // `held` is complete; else regions and calls of lock() have to do
};

// --- Outline ---------------------------------------------------------------------------------------------------------

enum class FunctionKind : uint8_t { kModule, kFunction, kLambda, kClassBody };
enum class ParameterKind : uint8_t { kPositional, kPositionalOnly, kKeywordOnly, kStar, kDoubleStar };

struct Parameter {
  uint32_t name = 0;  // StringId
  ParameterKind kind = ParameterKind::kPositional;
  ExprId annotation = ExprId::kNone;     // in FileFacts::outline
  ExprId default_value = ExprId::kNone;  // in FileFacts::outline
  Span at;
};

struct Function {
  FunctionKind kind = FunctionKind::kFunction;
  bool async = false;
  bool generator = false;                 // holds a yield of its own
  bool trivial = false;                   // the body is only a docstring, `pass`, `...` or `raise NotImplementedError`
  uint32_t name = 0;                      // StringId; "<module>", "<lambda>"; a class body has the name of its class
  FunctionId parent = FunctionId::kNone;  // lexically around it; for a method: the class body
  ClassId owner = ClassId::kNone;         // class whose method (or class body) it is
  BlockId block = BlockId::kBody;         // block of the parent's body that holds the definition
  std::vector<Parameter> parameters;
  std::vector<ExprId> decorators;  // in FileFacts::outline, outermost first
  ExprId returns = ExprId::kNone;  // annotation, in FileFacts::outline
  Span name_at;                    // where findings about the function stand
  Span extent;                     // decorators and body included
};

struct Class {
  uint32_t name = 0;                       // StringId
  FunctionId scope = FunctionId::kModule;  // function whose body holds the class statement (may be a class body)
  FunctionId body = FunctionId::kNone;
  BlockId block = BlockId::kBody;
  std::vector<ExprId> bases;       // in FileFacts::outline; keyword arguments of the header are kKeyword
  std::vector<ExprId> decorators;  // in FileFacts::outline
  Span name_at;
  Span extent;
};

// Who a function is in the whole program, where the front end knows it. Parallel to FileFacts::functions or empty.
struct Identity {
  uint32_t symbol = 0;              // StringId
  uint32_t name = 0;                // StringId: canonical name, "shop::Store::load"
  uint32_t owner = 0;               // StringId: symbol of the class whose member it is; its header may be another file
  uint32_t returns = 0;             // StringId: canonical type of what it gives
  std::vector<uint32_t> overrides;  // StringIds: symbols of all functions that it overrides, direct or not
  std::vector<uint32_t> overridden_names;  // StringIds: the canonical name of each of them
  std::vector<uint32_t> attributes;        // StringIds: "nonblocking", "pure", "main", "constructor", "destructor"
  bool is_static = false;
  bool is_virtual = false;
  bool lost = false;  // the front end could not read all of it (a missing header)
};

// Who a class is. Parallel to FileFacts::classes or empty.
struct ClassIdentity {
  uint32_t symbol = 0;              // StringId
  uint32_t name = 0;                // StringId: canonical name
  std::vector<uint32_t> bases;      // StringIds: symbols of its direct bases
  std::vector<uint32_t> ancestors;  // StringIds: canonical names of all its ancestors, those of libraries too
};

// A variable, where the front end sees declarations. Fields and globals that nobody writes are here too.
struct Declared {
  enum class Storage : uint8_t { kLocal, kParameter, kProcess, kClass, kInstance };  // kProcess: namespaces, statics
  Storage storage = Storage::kLocal;
  uint32_t symbol = 0;                        // StringId
  uint32_t name = 0;                          // StringId, plain: "cache"
  uint32_t type = 0;                          // StringId: canonical name, see Meaning::type
  uint32_t owner = 0;                         // StringId: symbol of the class, of a kClass or kInstance
  uint32_t guard = 0;                         // StringId: symbol of the lock that an attribute says protects it
  FunctionId function = FunctionId::kModule;  // whose body declares it: a local, a parameter, a static of a function
  bool constant = false;                      // const or constexpr
  bool per_thread = false;                    // thread_local
  Span at;
};

// A name that a query gives to something it found.
struct Bound {
  uint32_t name = 0;  // StringId
  uint32_t text = 0;  // StringId: how the source spells it, its first line, cut if it is long
  Span at;
};

// What a query in the front end's own language found (rules may hold clang-query matchers).
struct Matched {
  uint32_t query = 0;  // number of the query as given to the front end
  Span at;
  FunctionId function = FunctionId::kModule;
  std::vector<Bound> bound;  // "root" is all of it
};

// `# stallint: ignore[rule, rule] reason`. It speaks of the line it stands on, or, alone on its line, of the next line
// that holds code; if that line begins a function (its `def` or first decorator), of the whole function.
struct Ignore {
  // `stallint: ignore`, `stallint: file-ignore`, `stallint:` and a word that means nothing, and what other linters
  // read: noqa, NOLINT, nosemgrep.
  enum class Form : uint8_t { kPlace, kFile, kUnknown, kForeign } form = Form::kPlace;
  std::vector<uint32_t> rules;              // StringIds
  uint32_t reason = 0;                      // StringId, may be empty; of kUnknown the word
  Span at;                                  // the comment
  uint32_t line = 0;                        // the first and the last line it speaks of, from 1
  uint32_t last_line = 0;                   //
  FunctionId function = FunctionId::kNone;  // the function it speaks of, if any
};

struct Note {
  Span at;
  std::string message;
};

enum class Language : uint8_t { kPython, kCpp };

struct FileFacts {
  Language language = Language::kPython;
  std::vector<std::string> strings;   // strings[0] is ""
  std::vector<uint32_t> line_starts;  // byte offset of each line
  Tree outline;
  std::vector<Function> functions;  // [0] is the module; parents before children
  std::vector<Body> bodies;         // one per function
  std::vector<Class> classes;
  std::vector<Identity> identities;             // one per function, if the front end resolves names
  std::vector<ClassIdentity> class_identities;  // one per class, likewise
  std::vector<Declared> declared;               // likewise
  std::vector<Meaning> meanings;                // of expressions of `outline`, sorted by expr
  std::vector<Matched> matched;
  std::vector<Ignore> ignores;
  std::vector<Note> notes;  // parts that were skipped, and why

  const std::string& text(uint32_t string_id) const { return strings[string_id]; }
};

// Makes equal strings one StringId while facts are built.
class Strings {
 public:
  explicit Strings(std::vector<std::string>& strings);
  uint32_t id(std::string_view text);

 private:
  void insert(uint32_t id);
  void grow();

  std::vector<std::string>& strings_;
  std::vector<uint32_t> slots_;  // open hash table of ids; no string is stored twice
};

struct LineColumn {
  uint32_t line = 0;    // from 1
  uint32_t column = 0;  // from 1, bytes
};

LineColumn locate(const FileFacts& facts, uint32_t offset);

// What the front end knows of an expression, or null.
const Meaning* meaning_of(const Body& body, ExprId expr);
const Meaning* meaning_of(const FileFacts& facts, ExprId expr);  // of the outline

// True if `inner` is `outer` or lies in it; everything lies in kNone. Parents have smaller numbers.
inline bool inside(const Body& body, BlockId inner, BlockId outer) {
  if (outer == BlockId::kNone) return true;
  while (inner > outer && index(inner) < body.blocks.size()) inner = body.blocks[index(inner)].parent;
  return inner == outer;
}

// True if no single pass through the function runs both: they lie in different arms of one decision.
bool exclusive(const Body& body, BlockId a, BlockId b);

// Innermost block of that kind around `block` (or itself), or kNone.
BlockId around(const Body& body, BlockId block, BlockKind kind);

// The facts as text, one line each; `stallint print facts` and the tests read it.
std::string print(const FileFacts& facts);

}  // namespace stallint::facts
