// `bounded`: loops of which the code itself says how often they run.
//
//     for name in ("read", "write"):                   a display; so are NAMES, NAMES.items(), enumerate(NAMES)
//     for row in rows[:20]:                            a slice with an end
//     for start in range(0, len(rows), 100):           not this one,
//         for row in rows[start : start + 100]:        but this
//     for batch in itertools.batched(rows, 100):
//         for row in batch:                            and this
//     for (int tries = 0; tries < 3; ++tries)          up to a constant
//
// What the calls of libraries give is said by labels: `gives.same` (enumerate, sorted, dict.items: as many as they were
// given), `gives.all` (chain, product: of all their arguments), `gives.few` (islice, dataclasses.fields), `gives.range`
// and `gives.batches`.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace stallint::match::words {
namespace {

using facts::BlockId;
using facts::BlockKind;
using facts::Expr;
using facts::ExprId;
using facts::ExprKind;
using facts::WriteOp;
using link::FunctionId;
using link::VariableId;
using link::VariableKind;

// Constants made of constants: deeper than this they are not followed.
constexpr int kDepth = 8;

bool is_upper(std::string_view name) {
  const auto fits = [](char c) { return c == '_' || std::isupper(static_cast<unsigned char>(c)) || std::isdigit(c); };
  return name.size() > 1 && std::all_of(name.begin(), name.end(), fits) &&
         std::any_of(name.begin(), name.end(), [](char c) { return std::isupper(static_cast<unsigned char>(c)); });
}

// A number with such a name counts data: `range(total)`, `range(page_count)`; `range(max_pages)` is a limit.
bool counts_data(std::string_view name) {
  constexpr std::array<std::string_view, 9> kWords = {"total", "count", "length", "len",    "size",
                                                      "pages", "rows",  "items",  "records"};
  for (const std::string_view limit : {"max", "min", "limit"}) {
    if (name.find(limit) != std::string_view::npos) return false;
  }
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

class Bounds {
 public:
  explicit Bounds(const link::Program& program)
      : program_(program),
        same_(program.covered("gives.same")),
        all_(program.covered("gives.all")),
        few_(program.covered("gives.few")),
        range_(program.covered("gives.range")),
        batches_(program.covered("gives.batches")),
        each_(program.covered("grows-by-each")) {}

  bool loop(FunctionId function, BlockId block, int depth) const {
    const facts::Block& loop = block_at(program_, function, block);
    if (loop.kind != BlockKind::kLoop || loop.loop == facts::LoopKind::kWhile) return false;
    if (loop.subject == ExprId::kNone) return false;
    return counts_up({function, loop.subject}) || value({function, loop.subject}, depth);
  }

 private:
  // `tries < 3`, `tries < 3 && !done`; `left > 0` says nothing of where it began.
  bool counts_up(Value condition) const {
    if (at(condition).kind == ExprKind::kEither &&
        static_cast<facts::Either>(at(condition).detail) == facts::Either::kAnd) {
      return !all_children(condition, 0, [&](Value child) { return !counts_up(child); });
    }
    if (at(condition).kind != ExprKind::kCompare || at(condition).child_count != 2) return false;
    const std::string& sign = text(condition);
    if (sign != "<" && sign != "<=" && sign != "!=") return false;
    const Value most = plain(program_, child_of(program_, condition, 1));
    if (const std::optional<double> number = number_in(program_, most)) return *number > 0;
    if (at(most).kind != ExprKind::kBinary) return false;  // sizeof names / sizeof *names
    return all_children(most, 0, [&](Value part) { return number_in(program_, part).has_value(); });
  }

  const Expr& at(Value value) const { return expr_of(program_, value); }
  const std::string& text(Value value) const { return program_.facts_of(value.function).text(at(value).text); }

  template <typename Test>
  bool all_children(Value value, uint32_t from, Test test) const {
    for (uint32_t n = from; n < at(value).child_count; ++n) {
      if (!test(child_of(program_, value, n))) return false;
    }
    return true;
  }

  bool value(Value value, int depth) const {
    if (depth == kDepth) return false;
    const Expr& expr = at(value);
    const auto inner = [&](Value child) { return this->value(child, depth + 1); };
    switch (expr.kind) {
      case ExprKind::kTuple:
      case ExprKind::kList:
      case ExprKind::kSet:
      case ExprKind::kDict:
        return all_children(value, 0, [&](Value child) {
          const ExprKind kind = at(child).kind;
          const bool spread = kind == ExprKind::kStar || kind == ExprKind::kDoubleStar;
          return !spread || inner(child_of(program_, child, 0));
        });
      case ExprKind::kLiteral:
        return is_literal(expr, facts::Literal::kString) || is_literal(expr, facts::Literal::kBytes);
      case ExprKind::kEither:
        return all_children(value, 0, inner);
      case ExprKind::kAssigned:
        return inner(child_of(program_, value, 0));
      case ExprKind::kBinary:
        return binary(value, depth);
      case ExprKind::kSubscript:
        return subscript(value, depth);
      case ExprKind::kComprehension:
        return comprehension(value, depth);
      case ExprKind::kCall:
        return call(value, depth);
      case ExprKind::kName:
      case ExprKind::kAttribute:
        return named(value, depth);
      default:
        return false;
    }
  }

  bool binary(Value value, int depth) const {
    if (at(value).child_count != 2) return false;
    const std::string& sign = text(value);
    const bool left = this->value(child_of(program_, value, 0), depth + 1);
    if (sign == "-") return left;
    if (sign == "*") return left && is_constant(program_, plain(program_, child_of(program_, value, 1)));
    const bool right = this->value(child_of(program_, value, 1), depth + 1);
    return sign == "&" ? left || right : (sign == "+" || sign == "|") && left && right;
  }

  // `xs[:n]`, `xs[i : i + n]`, `xs[-5:]`; `xs[:-1]` is nearly all of it. `NAMES[kind]`: a display within one.
  bool subscript(Value value, int depth) const {
    if (at(value).child_count < 2) return false;
    const Value base = child_of(program_, value, 0);
    const Value index = child_of(program_, value, 1);
    if (at(index).kind != ExprKind::kOther || at(index).detail != facts::kSlice) {
      const Value display = plain(program_, base);
      return at(display).kind == ExprKind::kDict && at(display).child_count > 0 && this->value(display, depth + 1) &&
             all_values(display, depth);
    }
    const std::string& parts = text(index);
    uint32_t next = 0;
    const auto part = [&](bool there) { return there ? child_of(program_, index, next++) : Value{}; };
    const Value first = part(!parts.empty() && parts[0] == 'a');
    const Value last = part(parts.find('b') != std::string::npos);
    const auto backward = [&](Value number) { return number && at(number).kind == ExprKind::kUnary; };
    if (!last) return backward(first) || this->value(base, depth + 1);
    return (!backward(last) && !measures(last)) || this->value(base, depth + 1);
  }

  bool all_values(Value display, int depth) const {
    for (uint32_t n = 1; n < at(display).child_count; n += 2) {
      if (!value(child_of(program_, display, n), depth + 1)) return false;
    }
    return at(display).detail == 0;
  }

  // A number that was computed out of data: `len(xs) // 2`. `min(len(xs), 20)` has an end.
  bool measures(Value number) const {
    const facts::Tree& tree = program_.body_of(number.function).tree;
    return any_below(tree, number.expr, [&](ExprId id) {
      if (tree[id].kind != ExprKind::kCall) return false;
      for (uint32_t n = 1; n < tree[id].child_count; ++n) {
        const Value argument{number.function, tree.child(id, n)};
        if (number_in(program_, plain(program_, argument))) return false;
      }
      return true;
    });
  }

  bool comprehension(Value value, int depth) const {
    if (at(value).child_count == 0) return false;
    const std::vector<BlockId> loops = loops_of(program_.body_of(value.function), at(value));
    return std::all_of(loops.begin(), loops.end(),
                       [&](BlockId block) { return loop(value.function, block, depth + 1); });
  }

  // --- calls

  bool has(const link::Site& site, const link::LabelSet& set) const {
    return grade_in(program_.labels(site), set).has_value();
  }

  // `SIZES.items()` is about SIZES, `itertools.chain(a, b)` about a and b.
  bool on_method(Value call) const {
    const Value callee = child_of(program_, call, 0);
    if (at(callee).kind != ExprKind::kAttribute) return false;
    return program_.library_name_of(callee.function, child_of(program_, callee, 0).expr) == link::NameId::kEmpty;
  }

  // The arguments that are iterated.
  std::vector<Value> iterated(Value call) const {
    if (on_method(call)) return {child_of(program_, child_of(program_, call, 0), 0)};
    std::vector<Value> found;
    for (uint32_t n = 1; n < at(call).child_count; ++n) {
      const Value argument = child_of(program_, call, n);
      if (at(argument).kind != ExprKind::kKeyword) found.push_back(argument);
    }
    return found;
  }

  bool call(Value value, int depth) const {
    const link::SiteId id = program_.site_of(value.function, value.expr);
    if (id == link::SiteId::kNone) return false;
    const link::Site& site = program_[id];
    const auto inner = [&](Value one) { return this->value(one, depth + 1); };
    if (has(site, few_)) return true;
    if (has(site, range_)) return range(value);
    const std::vector<Value> given = iterated(value);
    if (has(site, same_)) return given.empty() || std::any_of(given.begin(), given.end(), inner);
    if (has(site, all_)) return !given.empty() && std::all_of(given.begin(), given.end(), inner);
    return returns(site, depth);
  }

  // A function of the project that gives back a display.
  bool returns(const link::Site& site, int depth) const {
    const auto edges = program_.edges_of(site);
    if (edges.size() != 1 || edges[0].callee == FunctionId::kNone || program_[edges[0].callee].generator) return false;
    const FunctionId callee = edges[0].callee;
    bool any = false;
    for (const facts::Exit& exit : program_.body_of(callee).exits) {
      if (exit.kind == facts::ExitKind::kYield || exit.kind == facts::ExitKind::kYieldFrom) return false;
      if (exit.kind != facts::ExitKind::kReturn) continue;
      if (exit.value == ExprId::kNone || !value({callee, exit.value}, depth + 1)) return false;
      any = true;
    }
    return any;
  }

  // Up to a number that somebody chose: `range(3)`, `range(workers)`, `range(1, retries + 1)`.
  bool range(Value call) const {
    const Expr& expr = at(call);
    const uint32_t stop = expr.child_count > 2 ? 2 : 1;
    if (expr.child_count < 2 || measures(child_of(program_, call, stop))) return false;
    const facts::Tree& tree = program_.body_of(call.function).tree;
    return !any_below(tree, child_of(program_, call, stop).expr, [&](ExprId id) {
      const Expr& part = tree[id];
      const Value number = plain(program_, {call.function, id});
      if (number.expr != id && is_constant(program_, number)) return false;
      const bool named = part.kind == ExprKind::kName || part.kind == ExprKind::kAttribute;
      const bool plain_kind = part.kind == ExprKind::kLiteral || part.kind == ExprKind::kBinary ||
                              part.kind == ExprKind::kUnary || part.kind == ExprKind::kCall ||
                              part.kind == ExprKind::kEither;
      if (!named) return !plain_kind;
      const std::string& name = program_.facts_of(call.function).text(part.text);
      return (!is_upper(name) && counts_data(name)) || measured({call.function, id});
    });
  }

  // A local name for a number that was computed out of data: `pages = math.ceil(found / 100)`.
  bool measured(Value name) const {
    if (at(name).kind != ExprKind::kName) return false;
    const facts::Body& body = program_.body_of(name.function);
    return std::any_of(body.writes.begin(), body.writes.end(), [&](const facts::Write& write) {
      const bool same =
          body.tree[write.target].kind == ExprKind::kName && body.tree[write.target].text == at(name).text;
      return same && write.value != ExprId::kNone && measures({name.function, write.value});
    });
  }

  // --- names

  bool named(Value value, int depth) const {
    const VariableId id = program_.variable_of(value.function, value.expr);
    if (id == VariableId::kNone) return is_constant_name(value);
    const link::Variable& variable = program_[id];
    if (variable.kind == VariableKind::kParameter) return false;
    if (variable.kind == VariableKind::kLocal) return local(variable, value, depth);
    return constant(variable, depth);
  }

  // What nobody knows: a setting (`settings.ORIGINS`), or a class, and a class that is iterated gives its members.
  bool is_constant_name(Value value) const {
    const std::string& name = text(value);
    if (is_upper(name)) return true;
    return !name.empty() && std::isupper(static_cast<unsigned char>(name[0])) != 0;
  }

  // A variable of a module, a class or an object that is made once, or a constant by its name.
  bool constant(const link::Variable& variable, int depth) const {
    const bool upper = is_upper(program_.text(variable.name));
    bool made = false;
    for (const link::WriteId id : program_.writes_of(variable)) {
      const link::Write& write = program_[id];
      if (write.change == link::Change::kShrink) continue;
      if (!write.initial) return false;
      if (upper) {
        made = true;
        continue;
      }
      const bool field = variable.kind == VariableKind::kInstance &&
                         program_.outline_of(write.in).kind == facts::FunctionKind::kClassBody;
      if (field || write.value == ExprId::kNone || write.key != ExprId::kNone) return false;
      // An empty display waits to be filled by somebody.
      const Value first{write.in, write.value};
      const bool empty = at(first).kind != ExprKind::kCall && at(first).child_count == 0 &&
                         at(first).kind != ExprKind::kName && at(first).kind != ExprKind::kLiteral;
      if (empty || !value(first, depth + 1)) return false;
      made = true;
    }
    return made;
  }

  // A local name: every value that it is given is bounded, and no long loop adds to it.
  bool local(const link::Variable& variable, Value use, int depth) const {
    const FunctionId function = variable.function;
    const facts::Body& body = program_.body_of(function);
    const std::string& name = program_.text(variable.name);
    const facts::FileFacts& file = program_.facts_of(function);
    bool made = false;
    for (const facts::Write& write : body.writes) {
      const Expr& target = body.tree[write.target];
      if (target.kind != ExprKind::kName || file.text(target.text) != name) continue;
      if (write.op == WriteOp::kDelete || write.op == WriteOp::kDeclare) continue;
      // Another loop, or a comprehension, may use the same name for something else.
      const bool of_loop = write.op == WriteOp::kIterate;
      if (of_loop && !(use.function == function && inside(body, at(use).block, write.block))) continue;
      const bool fits = of_loop ? batch({function, write.value}, write.element, depth)
                                : write.value != ExprId::kNone && write.element == -1 &&
                                      (write.op == WriteOp::kAssign || write.op == WriteOp::kUpdate) &&
                                      value({function, write.value}, depth + 1);
      if (!fits) return false;
      if (write.op == WriteOp::kUpdate && !calm(function, write.block, depth)) return false;
      made = true;
    }
    return made && grows_calmly(variable, depth);
  }

  // No loop around it but such that are bounded themselves.
  bool calm(FunctionId function, BlockId block, int depth) const {
    const facts::Body& body = program_.body_of(function);
    for (; block != BlockId::kNone; block = body.blocks[index(block)].parent) {
      if (body.blocks[index(block)].kind == BlockKind::kLoop && !loop(function, block, depth + 1)) return false;
    }
    return true;
  }

  bool grows_calmly(const link::Variable& variable, int depth) const {
    for (const link::WriteId id : program_.writes_of(variable)) {
      const link::Write& write = program_[id];
      if (write.change != link::Change::kGrow) continue;
      if (write.in != variable.function || !calm(write.in, write.block, depth)) return false;
      if (write.site == link::SiteId::kNone) continue;
      const link::Site& site = program_[write.site];
      if (!has(site, each_)) continue;
      const Value call{site.in, site.expr};
      if (!all_children(call, 1, [&](Value argument) { return value(argument, depth + 1); })) return false;
    }
    return true;
  }

  // --- batches

  // Whether the elements of a value are batches: those of `batched(rows, 100)`, of `[rows[i : i + 9] for i in ...]`.
  bool batch(Value value, int element, int depth) const {
    if (depth == kDepth || value.expr == ExprId::kNone) return false;
    const Expr& expr = at(value);
    if (element >= 0) {  // `for n, batch in enumerate(batches)`
      if (expr.kind != ExprKind::kCall) return false;
      if (runs_batches(hidden_site(program_, value.function, value.expr))) return true;
      const std::vector<Value> given = iterated(value);
      return std::any_of(given.begin(), given.end(), [&](Value one) { return batch(one, -1, depth + 1); });
    }
    switch (expr.kind) {
      case ExprKind::kTuple:
      case ExprKind::kList:
        return expr.child_count > 0 &&
               all_children(value, 0, [&](Value child) { return this->value(child, depth + 1); });
      case ExprKind::kComprehension:
        return expr.child_count == 1 && this->value(child_of(program_, value, 0), depth + 1);
      case ExprKind::kName:
      case ExprKind::kAttribute:
        return named_batches(value, depth);
      case ExprKind::kCall:
        return call_of_batches(value, depth);
      default:
        return false;
    }
  }

  // A function of the project that gives batches. A generator runs where the loop steps through it.
  bool runs_batches(link::SiteId site) const {
    if (site == link::SiteId::kNone) return false;
    const auto edges = program_.edges_of(program_[site]);
    return std::any_of(edges.begin(), edges.end(), [&](const link::Edge& edge) {
      return edge.callee != FunctionId::kNone && grade_in(program_.function_labels[index(edge.callee)], batches_);
    });
  }

  bool call_of_batches(Value value, int depth) const {
    const link::SiteId id = program_.site_of(value.function, value.expr);
    if (id == link::SiteId::kNone) return false;
    const link::Site& site = program_[id];
    if (has(site, batches_) || runs_batches(id)) return true;
    if (runs_batches(hidden_site(program_, value.function, value.expr))) return true;
    if (!has(site, same_)) return false;
    const std::vector<Value> given = iterated(value);
    return std::any_of(given.begin(), given.end(), [&](Value one) { return batch(one, -1, depth + 1); });
  }

  bool named_batches(Value value, int depth) const {
    const VariableId id = program_.variable_of(value.function, value.expr);
    if (id == VariableId::kNone) return false;
    bool made = false;
    for (const link::WriteId write_id : program_.writes_of(program_[id])) {
      const link::Write& write = program_[write_id];
      if (write.change == link::Change::kShrink) continue;
      if (write.change != link::Change::kAssign || write.value == ExprId::kNone) return false;
      if (!batch({write.in, write.value}, -1, depth + 1)) return false;
      made = true;
    }
    return made;
  }

  const link::Program& program_;
  link::LabelSet same_, all_, few_, range_, batches_, each_;
};

}  // namespace

bool bounded(Query& query) {
  if (query.thing.subject != rule::Subject::kLoop) return false;
  const auto function = static_cast<FunctionId>(query.thing.id);
  return Bounds(query.program).loop(function, query.thing.block, 0) == query.predicate.flag.value_or(true);
}

}  // namespace stallint::match::words
