#pragma once
// The program: facts of all files, linked. Names have become functions, classes and variables; calls have become sites
// with edges to the functions they run and labels from the models.
//
//     # api.py                          Site{in: api.read, edges: {store.load}, labels: {}}
//     from store import load
//     async def read(name):
//         return load(name)
//     # store.py                        Site{in: store.load, edges: {}, labels: {blocks.http}, name: "requests.get"}
//     def load(name):
//         return requests.get(name)
//
// Filled in three steps, then never changed: link() resolves; flow::close() adds labels of functions by their nature,
// effects and contexts; match reads. Ids are dense, in order of (path of file, position), so equal input gives equal
// ids. Grades stay on edges and labels: exact (import, definition, self, annotation, constructor) or likely (one class
// of the project has such a method; a pattern for untyped receivers; one of several types).

#include "checker/facts/facts.h"
#include "checker/finding/finding.h"
#include "checker/rule/rule.h"

#include <bitset>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::link {

enum class FileId : uint32_t { kNone = UINT32_MAX };
enum class FunctionId : uint32_t { kNone = UINT32_MAX };
enum class ClassId : uint32_t { kNone = UINT32_MAX };
enum class VariableId : uint32_t { kNone = UINT32_MAX };
enum class SiteId : uint32_t { kNone = UINT32_MAX };
enum class WriteId : uint32_t { kNone = UINT32_MAX };
enum class Label : uint16_t { kNone = UINT16_MAX };  // into Program::label_names
enum class NameId : uint32_t { kEmpty = 0 };         // into Program::names

using facts::index;
constexpr uint32_t index(Label id) { return static_cast<uint32_t>(id); }

using LabelSet = std::bitset<512>;

// A stretch of one of the flat vectors of Program.
struct Range {
  uint32_t first = 0;
  uint32_t count = 0;
};

struct Graded {
  Label label = Label::kNone;  // kNone: taken away again, because an `unless` of the model holds
  Confidence confidence = Confidence::kExact;
  const rule::Labelled* source = nullptr;  // the line of the model, into the rules that were linked with
};

struct File {
  std::string path;    // as printed: relative to the working directory where possible
  std::string module;  // its best dotted name
  facts::FileFacts facts;
  FunctionId first_function = FunctionId::kNone;  // program id of facts function 0; local n is first + n
  ClassId first_class = ClassId::kNone;
};

struct Function {
  FileId file = FileId::kNone;
  facts::FunctionId local = facts::FunctionId::kNone;
  NameId name = NameId::kEmpty;           // "read"
  NameId qualified = NameId::kEmpty;      // "Store.read", "outer.inner", "<module>"
  FunctionId parent = FunctionId::kNone;  // lexical; module function for top-level code
  ClassId owner = ClassId::kNone;         // class whose method it is
  bool async = false;
  bool generator = false;
  bool is_static = false;
  bool is_class_method = false;
  bool is_property = false;
  bool is_abstract = false;         // abstractmethod, overload, member of a Protocol, or a trivial body in a base class
  bool is_context_manager = false;  // @contextmanager, @asynccontextmanager: runs where `with` enters it
  bool takes_self = false;          // its first parameter is the object, given by the call itself (Python)
  bool is_constructor = false;      // `__init__` and its like, C++ constructors
  bool is_destructor = false;
  Range sites;   // in order of evaluation (end offset)
  Range writes;  // Program::writes made in it, in order of position
  Range handed;  // Program::handed: calls this function was given to
};

struct Class {
  FileId file = FileId::kNone;
  facts::ClassId local = facts::ClassId::kNone;
  NameId name = NameId::kEmpty;
  NameId qualified = NameId::kEmpty;
  std::vector<ClassId> ancestors;      // method resolution order without itself; project classes only
  std::vector<NameId> library_bases;   // canonical dotted names of library classes among all ancestors
  std::vector<ClassId> descendants;    // all project subclasses, sorted
  std::vector<VariableId> attributes;  // its own, and those of its objects
  enum class Lives : uint8_t { kFunction, kProcess, kUnknown } lives = Lives::kUnknown;  // how long its objects live
};

enum class VariableKind : uint8_t { kLocal, kParameter, kModule, kClass, kInstance };

// A variable of the program: a name of a function or module, or an attribute of a class or of its objects.
struct Variable {
  VariableKind kind = VariableKind::kLocal;
  NameId name = NameId::kEmpty;             // "cache"; an attribute without "self."
  FunctionId function = FunctionId::kNone;  // scope of a local, parameter or module variable; kNone for attributes
  ClassId owner = ClassId::kNone;           // class of an attribute
  NameId type = NameId::kEmpty;             // canonical library type if it has just one: "httpx.AsyncClient"
  Range labels;                             // Program::graded: from its initial values and its type
  Range writes;                             // Program::variable_writes: all changes in the whole project, sorted
  Range reads;           // Program::variable_reads: sites whose receiver or argument it is; empty for
                         // a local that is never used
  bool read = false;     // any use at all
  bool escapes = false;  // handed over, returned or aliased: others may change it
  bool emptied = false;  // something is taken from it under another name: `x = self.x; x.pop()`, `evict(self.x)`
  VariableId guard = VariableId::kNone;  // the lock that protects it, as an attribute of its declaration says
};

enum class Change : uint8_t { kAssign, kGrow, kShrink, kUpdate };  // kUpdate: `x += 1`

// One change of a variable. Method calls count: `tasks.append(t)` grows tasks, `tasks.clear()` shrinks it, by the
// labels `grow` and `shrink`. `x[k] = v` grows x; `del x[k]` shrinks it; a new value outside of the place where the
// variable is made (module level, class body, __init__) is an assignment, and shrinks it too.
struct Write {
  Change change = Change::kAssign;
  VariableId variable = VariableId::kNone;
  FunctionId in = FunctionId::kNone;
  facts::BlockId block = facts::BlockId::kBody;
  SiteId site = SiteId::kNone;  // the method call, if it is one
  facts::ExprId target = facts::ExprId::kNone;
  facts::ExprId value = facts::ExprId::kNone;  // in the body's tree; of `x.append(value)` its argument
  facts::ExprId key = facts::ExprId::kNone;    // `x[key] = value`, `x.setdefault(key, value)`
  bool initial = false;                        // made where the variable is made
  bool handed = false;                         // `add_done_callback(tasks.discard)`: will happen
  bool own = false;  // a name, or an attribute of the method's own object or class: `self.x`, not `order.x`
  facts::Span at;
};

enum class SiteKind : uint8_t {
  kCall,
  kAwait,
  kDecorator,
  kEnter,
  kIterate,
  kProperty,  // reading an attribute that is a property
  kUnwind,    // the end of a scope, where a destructor runs
};

// A place that runs something: a call of facts, or a hidden one that link found.
struct Site {
  SiteKind kind = SiteKind::kCall;
  facts::Fate fate = facts::Fate::kUsed;
  bool awaited = false;
  FunctionId in = FunctionId::kNone;
  facts::ExprId expr = facts::ExprId::kNone;  // in the body of `in`; a kCall expression for kCall
  facts::BlockId block = facts::BlockId::kBody;
  facts::Span at;
  NameId name = NameId::kEmpty;         // canonical dotted library name: "requests.Session.get"; empty if not known
  NameId method = NameId::kEmpty;       // last identifier as spelt: "get"
  Range labels;                         // Program::graded
  Range edges;                          // Program::edges
  VariableId of = VariableId::kNone;    // variable of the receiver (`x.get()`), else of the first argument
  VariableId into = VariableId::kNone;  // variable that receives the result
  SiteId within = SiteId::kNone;        // call whose argument this is (directly)
  SiteId made_by = SiteId::kNone;       // the call that made the receiver, where it is known: `x = Client(); x.get()`
};

// A function of the project that a site runs. Calls that only make a coroutine or a generator have their edge at the
// await, loop or `list(...)` that runs it... except that an async callee keeps its edge at the call, where the chain
// reads best; effects stop there anyway unless flow.yaml says otherwise.
struct Edge {
  FunctionId callee = FunctionId::kNone;
  Confidence confidence = Confidence::kExact;
  bool alternative = false;  // one of several implementations: an effect counts if at least half of them have it
  bool kept = false;         // of a variable that is called like a function and may hold this one
};

// A function given to a call instead of being called: `asyncio.to_thread(f)`, `Thread(target=f)`, `Depends(f)`.
struct Handed {
  FunctionId function = FunctionId::kNone;
  SiteId site = SiteId::kNone;
  NameId argument = NameId::kEmpty;  // keyword, or position as text: "target", "0"
};

// --- What flow adds
// ---------------------------------------------------------------------------------------------------

// A function, or a function under known constant flags: `send(blocking=False)` follows another path than `send()`.
// Node n below functions.size() is function n without known flags.
enum class NodeId : uint32_t { kNone = UINT32_MAX };

struct Node {
  FunctionId function = FunctionId::kNone;
  // What is known of parameters on the way here: (fact, whether it holds), see flow/flags.h. Sorted.
  std::vector<std::pair<uint32_t, bool>> flags;
};

// The best way from a node to a sink with the label: not amortised before amortised, exact before likely, then
// shortest, then first in source order.
struct Reached {
  Label leaf = Label::kNone;
  bool amortised = false;
  bool uncertain = false;  // a later site of the way stands in a branch or a handler of its function
  bool aside = false;      // the first one does
  Confidence confidence = Confidence::kExact;
  uint16_t length = 1;          // sites on the way
  SiteId site = SiteId::kNone;  // first site of the way, inside the node's function
  NodeId next = NodeId::kNone;  // where it leads; kNone: the site is the sink
};

// A lock that is held during a call or a write, from an analysis of control flow (facts::Held).
struct Held {
  uint32_t end = 0;                     // end offset of the call or write
  VariableId lock = VariableId::kNone;  // where it is a variable of the program
  Range labels;                         // Program::graded: what the type of the lock says
  bool must = false;                    // on every way to here
};

// What a matcher of clang-query found, and where that stands.
struct Matched {
  FunctionId in = FunctionId::kNone;
  facts::BlockId block = facts::BlockId::kBody;
  uint32_t local = 0;  // in the facts of its file
};

// See Program::covered. `names` are sorted.
LabelSet covered(const std::vector<std::string>& names, std::string_view general);

constexpr uint32_t kMaxContexts = 32;  // bits of Program::contexts; bit n is flow.contexts[n]

struct Program {
  std::vector<File> files;  // sorted by path
  std::vector<Function> functions;
  std::vector<Class> classes;
  std::vector<Variable> variables;
  std::vector<Site> sites;
  std::vector<Write> writes;
  std::vector<Edge> edges;
  std::vector<Handed> handed;
  std::vector<Graded> graded;
  std::vector<WriteId> variable_writes;
  std::vector<SiteId> variable_reads;
  std::vector<std::string> names;        // [0] is ""
  std::vector<std::string> label_names;  // sorted

  // Labels of functions: from decorators (link) and from their nature (flow). One small sorted vector each.
  std::vector<std::vector<Graded>> function_labels;

  // Locks held in each function, sorted by end, for functions whose facts follow locks.
  std::vector<std::vector<Held>> held;

  std::vector<Matched> matched;
  std::vector<std::string> queries;  // the matchers: facts::Matched::query is the place of one here

  // Which function of the project calls another: for each function its incoming sites, sorted.
  std::vector<std::vector<SiteId>> callers;

  // From flow.
  LabelSet travelling;  // labels of all effects
  std::vector<Node> nodes;
  std::vector<std::vector<Reached>> reached;  // per node, by leaf, then best first; one for each site and leaf
  std::vector<uint32_t> contexts;             // per function: bits of contexts it may run in
  std::vector<std::string> context_names;

  const std::string& text(NameId name) const { return names[index(name)]; }
  const Function& operator[](FunctionId id) const { return functions[index(id)]; }
  const Class& operator[](ClassId id) const { return classes[index(id)]; }
  const Variable& operator[](VariableId id) const { return variables[index(id)]; }
  const Site& operator[](SiteId id) const { return sites[index(id)]; }
  const Write& operator[](WriteId id) const { return writes[index(id)]; }
  const File& operator[](FileId id) const { return files[index(id)]; }
  const facts::FileFacts& facts_of(FunctionId id) const { return (*this)[(*this)[id].file].facts; }
  const facts::Function& outline_of(FunctionId id) const { return facts_of(id).functions[index((*this)[id].local)]; }
  const facts::Matched& found(const Matched& one) const { return facts_of(one.in).matched[one.local]; }
  facts::Language language_of(FunctionId id) const { return facts_of(id).language; }
  const facts::Body& body_of(FunctionId id) const { return facts_of(id).bodies[index((*this)[id].local)]; }

  std::span<const Graded> labels(const Site& site) const {
    return {graded.data() + site.labels.first, site.labels.count};
  }
  std::span<const Graded> labels(const Variable& v) const { return {graded.data() + v.labels.first, v.labels.count}; }
  std::span<const Edge> edges_of(const Site& site) const { return {edges.data() + site.edges.first, site.edges.count}; }
  std::span<const Handed> handed_of(const Function& f) const {
    return {handed.data() + f.handed.first, f.handed.count};
  }
  std::span<const WriteId> writes_of(const Variable& v) const {
    return {variable_writes.data() + v.writes.first, v.writes.count};
  }
  std::span<const SiteId> reads_of(const Variable& v) const {
    return {variable_reads.data() + v.reads.first, v.reads.count};
  }

  // All labels that `general` covers, itself included: "blocks" -> blocks, blocks.http, blocks.file.content...
  LabelSet covered(std::string_view general) const { return link::covered(label_names, general); }

  // True below `if __name__ == "__main__":`, which runs only if the file is the program.
  bool in_main_guard(FunctionId function, facts::BlockId block) const;

  // Variable that an expression of a function's body names ("x", "self.x", "module.x"), or kNone.
  VariableId variable_of(FunctionId function, facts::ExprId expr) const;

  // Canonical library name that an expression names or calls: "httpx.AsyncClient" for `AsyncClient` and
  // `AsyncClient()`.
  NameId library_name_of(FunctionId function, facts::ExprId expr) const;

  // The site of a call expression, or kNone.
  SiteId site_of(FunctionId function, facts::ExprId expr) const;

  // Lookup tables behind the three functions above; made by link.
  struct Lookup;
  std::shared_ptr<const Lookup> lookup;
};

struct InputFile {
  std::string path;                  // as printed
  std::vector<std::string> modules;  // candidate dotted names, best first (source/roots.h)
  bool is_package = false;           // __init__.py: relative imports start at itself
  facts::FileFacts facts;
  // C++: numbers of the translation units that read the file, and of the programs and libraries that these are linked
  // into. A symbol that several files define is resolved within the unit, then within the program. Sorted.
  std::vector<uint32_t> units = {};
  std::vector<uint32_t> targets = {};
};

class Models;

// Links files, which must be sorted by path. `rules` gives models; nothing of rules proper is read. Who links several
// programs makes the models once.
Program link(std::vector<InputFile> files, const rule::Rules& rules, unsigned jobs);
Program link(std::vector<InputFile> files, const Models& models);

// The program as text, for `stallint print program` and the tests: functions with labels, contexts, and each site with
// edges, labels and name.
std::string print(const Program& program);

}  // namespace stallint::link
