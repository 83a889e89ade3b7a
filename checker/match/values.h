#pragma once
// Values as far as the source shows them: literals, shapes, labels, arguments of calls.
//
//     client = httpx.AsyncClient(timeout=None)
//
// has one argument, `timeout`, whose value is the literal None.

#include "checker/link/program.h"
#include "checker/match/match.h"

#include <optional>
#include <string_view>
#include <vector>

namespace stallint::match {

// Programs that write programs chain expressions by the thousand: recursion stops at this depth and says "not known",
// and everything that has to look at all of an expression walks it with a stack of its own.
constexpr int kDeepest = 200;

// Whether some expression at or below `id` is so. Bodies of lambdas are not looked into.
template <typename Test>
bool any_below(const facts::Tree& tree, facts::ExprId id, Test test) {
  std::vector<facts::ExprId> work{id};
  while (!work.empty()) {
    const facts::ExprId at = work.back();
    work.pop_back();
    if (test(at)) return true;
    const facts::Expr& expr = tree[at];
    if (expr.kind == facts::ExprKind::kFunction) continue;
    for (uint32_t n = expr.child_count; n-- > 0;) work.push_back(tree.child(expr, n));
  }
  return false;
}

// An expression and the function whose body holds it.
struct Value {
  link::FunctionId function = link::FunctionId::kNone;
  facts::ExprId expr = facts::ExprId::kNone;

  explicit operator bool() const { return expr != facts::ExprId::kNone; }
};

const facts::Expr& expr_of(const link::Program& program, Value value);
Value child_of(const link::Program& program, Value value, uint32_t n);

// `text.c_str()` is text: what calls with the label `gives.text` are asked of.
Value text_behind(const link::Program& program, Value value);

// `await x` is x, `(x := y)` is y, and a module constant that is written once is its value.
Value plain(const link::Program& program, Value value);

bool is_literal(const facts::Expr& expr, facts::Literal literal);

// Numbers, None, True, text; and displays of such: nothing that is read or made.
bool is_constant(const link::Program& program, Value value);

// A list or tuple that is written out, alone or with more added: `[a, b]`, `[a] + rest`.
bool is_list(const link::Program& program, Value value);

// The loops of a comprehension, innermost first: the blocks between it and its element.
std::vector<facts::BlockId> loops_of(const facts::Body& body, const facts::Expr& comprehension);

// Text with something put into it: f-strings with values, `"..." + x`, `"..." % x`, "...".format(x). Constants of the
// module do not count: `f"{FOLDER}/names.txt"` is as good as written out.
bool is_formatted(const link::Program& program, Value value);

// `"a" + "b"`, `f"{A}/b"` with a constant A, or a name that only ever stands for such, or for a number: nothing goes in
// that is not written out, and nothing that a shell would read as anything but a word.
bool is_written_out(const link::Program& program, Value value);

// Text of any kind.
bool is_text(const link::Program& program, Value value);

// The number that a literal says, or none.
std::optional<double> number_in(const link::Program& program, Value value);

// Labels of a value: of the call that it is, or of the variable that it names.
std::optional<Confidence> value_grade(const link::Program& program, link::FunctionId function, facts::ExprId expr,
                                      const link::LabelSet& set);

// An argument as a call gives it. Unsure: `**options` or `*args` may hold it.
struct Argument {
  enum class State : uint8_t { kMissing, kGiven, kUnsure } state = State::kMissing;
  Value value;
  bool spread = false;  // a `*x` stands at the position
};

// `name` is a keyword, or a position counted from 0. A position also finds a keyword, and a keyword a position, where
// the callee is a function of the project.
Argument given_to(const link::Program& program, const link::Site& site, std::string_view name);

// Sites that apply the decorators of a function or class, outermost first.
std::vector<link::SiteId> decorators_of(const link::Program& program, const Thing& thing);

}  // namespace stallint::match
