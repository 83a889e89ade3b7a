// `returns`: where a function's result comes from, in one step, or what its annotation says.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

constexpr int kDepth = 4;

// Offers the calls that a returned value may come from: `return f()`, `return list(f())`, `return [g(x) for x in f()]`,
// `return {"items": f()}`, and all of these by way of one local name.
class Origins {
 public:
  Origins(const link::Program& program, link::FunctionId function, Search& search)
      : program_(program), function_(function), body_(program.body_of(function)), search_(search) {}

  void offer(ExprId id, int depth, bool through_name) {
    if (id == ExprId::kNone || depth == 0) return;
    const Expr& expr = body_.tree[id];
    switch (expr.kind) {
      case ExprKind::kCall:
        return offer_call(id, depth, through_name);
      case ExprKind::kName:
        return through_name ? void() : offer_name(id, depth);
      case ExprKind::kComprehension:
        return offer_loops(expr, depth, through_name);
      case ExprKind::kAwait:
      case ExprKind::kAssigned:
      case ExprKind::kStar:
      case ExprKind::kKeyword:
      case ExprKind::kEither:
      case ExprKind::kTuple:
      case ExprKind::kList:
      case ExprKind::kSet:
      case ExprKind::kDict:
        return offer_children(expr, 0, depth, through_name);
      default:
        return;
    }
  }

 private:
  void offer_children(const Expr& expr, uint32_t from, int depth, bool through_name) {
    for (uint32_t n = from; n < expr.child_count; ++n) offer(body_.tree.child(expr, n), depth - 1, through_name);
  }

  // Wrapped in another call the value is still the whole: sorted(rows), Page(items=rows).
  void offer_call(ExprId id, int depth, bool through_name) {
    const link::SiteId site = program_.site_of(function_, id);
    if (site != link::SiteId::kNone) search_.offer_any(Thing::of(site));
    offer_children(body_.tree[id], 1, depth, through_name);
  }

  void offer_name(ExprId id, int depth) {
    const link::VariableId variable = program_.variable_of(function_, id);
    const uint32_t name = body_.tree[id].text;
    for (const facts::Write& write : body_.writes) {
      if (write.op != facts::WriteOp::kAssign || write.value == ExprId::kNone || write.element != -1) continue;
      const Expr& target = body_.tree[write.target];
      if (target.kind != ExprKind::kName || target.text != name) continue;
      if (variable != link::VariableId::kNone && program_[variable].function != function_) continue;
      offer(write.value, depth - 1, true);
    }
  }

  void offer_loops(const Expr& expr, int depth, bool through_name) {
    for (const facts::BlockId loop : loops_of(body_, expr)) {
      offer(body_.blocks[index(loop)].subject, depth - 1, through_name);
    }
  }

  const link::Program& program_;
  link::FunctionId function_;
  const facts::Body& body_;
  Search& search_;
};

bool from_call(Query& query, link::FunctionId function) {
  Search search(query);
  Origins origins(query.program, function, search);
  for (const facts::Exit& exit : query.program.body_of(function).exits) {
    if (exit.kind == facts::ExitKind::kReturn) origins.offer(exit.value, kDepth, false);
  }
  return search.finish();
}

// The last part of what an annotation names: AsyncIterator for `collections.abc.AsyncIterator[int]`.
std::string annotated_type(const facts::FileFacts& file, ExprId annotation) {
  while (file.outline[annotation].kind == ExprKind::kSubscript) annotation = file.outline.child(annotation, 0);
  const Expr& expr = file.outline[annotation];
  switch (expr.kind) {
    case ExprKind::kName:
    case ExprKind::kAttribute:
      return file.text(expr.text);
    case ExprKind::kLiteral:
      break;
    default:
      return "";
  }
  std::string text = file.text(expr.text);
  text = text.substr(0, text.find('['));
  return text.substr(text.rfind('.') + 1);
}

// The name of the type, and its last part: `returns: {type: [Status, grpc::Status]}`.
bool is_known_type(const Query& query, std::string_view type) {
  if (query.predicate.quantity == rule::Quantity::kNone) return type.empty() || type == "void";
  const size_t colons = type.rfind("::");
  const std::string_view last = colons == std::string_view::npos ? type : type.substr(colons + 2);
  return query.evaluator.named(query.predicate, type) || query.evaluator.named(query.predicate, last);
}

bool is_type(const Query& query, link::FunctionId function) {
  const facts::FileFacts& file = query.program.facts_of(function);
  const uint32_t local = index(query.program[function].local);
  if (local < file.identities.size()) return is_known_type(query, file.text(file.identities[local].returns));
  const ExprId annotation = query.program.outline_of(function).returns;
  if (query.predicate.quantity == rule::Quantity::kNone) return annotation == ExprId::kNone;
  if (annotation == ExprId::kNone) return false;
  return query.evaluator.named(query.predicate, annotated_type(file, annotation));
}

}  // namespace

bool returns(Query& query) {
  if (query.thing.subject != rule::Subject::kFunction) return false;
  const auto function = static_cast<link::FunctionId>(query.thing.id);
  if (query.predicate.patterns.empty()) return is_type(query, function);
  return from_call(query, function);
}

}  // namespace stallint::match::words
