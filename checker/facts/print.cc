// Facts as text, for people and for tests: `3:5 call httpx.AsyncClient(timeout=None) fate=local into=session block=2`.
// Each function is a paragraph: its header, then what its body does, by place.

#include "checker/facts/facts.h"

#include <algorithm>
#include <array>

namespace stallint::facts {

namespace {

constexpr size_t kMaxRendered = 160;
constexpr int kMaxRenderedDepth = 12;

constexpr std::array kFates = {"dropped", "local", "kept", "returned", "passed", "used"};
constexpr std::array kCalls = {"call", "await", "decorator", "enter", "iterate", "unwind"};
constexpr std::array kWrites = {"assign", "update", "delete", "declare", "iterate", "enter", "catch", "match"};
constexpr std::array kExits = {"return", "yield", "yield-from", "raise", "break", "continue"};
constexpr std::array kBlocks = {"body", "arm", "loop", "region", "try", "handler", "else", "finally"};
constexpr std::array kLoops = {"for", "while", "comprehension", "generator"};
constexpr std::array kFunctions = {"module", "function", "lambda", "class-body"};
constexpr std::array kStorages = {"local", "parameter", "process", "class", "instance"};

template <typename Names, typename Enum>
std::string name_of(const Names& names, Enum value) {
  return names[static_cast<size_t>(value)];
}

// Expressions in the spelling of the source, cut short.
class Renderer {
 public:
  Renderer(const FileFacts& facts, const Tree& tree) : facts_(facts), tree_(tree) {}

  std::string render(ExprId id) {
    text_.clear();
    if (id == ExprId::kNone) return "-";
    render_one(id, 0);
    if (text_.size() > kMaxRendered) {
      size_t end = kMaxRendered;
      while (end > 0 && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) --end;
      text_.resize(end);
      text_ += "...";
    }
    return text_;
  }

 private:
  void render_one(ExprId id, int depth) {
    if (text_.size() > kMaxRendered) return;
    if (depth > kMaxRenderedDepth) {
      text_ += "...";
      return;
    }
    const Expr& expr = tree_[id];
    const std::string& text = facts_.text(expr.text);
    const auto child = [&](uint32_t n) {
      if (n < expr.child_count) render_one(tree_.child(expr, n), depth + 1);
    };
    switch (expr.kind) {
      case ExprKind::kName:
        text_ += text;
        break;
      case ExprKind::kAttribute:
        child(0);
        text_ += "." + text;
        break;
      case ExprKind::kCall:
        child(0);
        list("(", expr, 1, ")", depth);
        break;
      case ExprKind::kKeyword:
        text_ += text + "=";
        child(0);
        break;
      case ExprKind::kStar:
      case ExprKind::kDoubleStar:
        text_ += expr.kind == ExprKind::kStar ? "*" : "**";
        child(0);
        break;
      case ExprKind::kSubscript:
        child(0);
        list("[", expr, 1, "]", depth);
        break;
      case ExprKind::kLiteral:
        literal(expr, text);
        break;
      case ExprKind::kFormatted:
        text_ += "format\"";
        quoted(text);
        text_ += "\"";
        list("{", expr, 0, "}", depth);
        break;
      case ExprKind::kBinary:
        operands(expr, " " + text + " ", depth);
        break;
      case ExprKind::kCompare:
        // A chain is told by how many operands there are: its operators stand in front.
        if (expr.child_count > 2) text_ += "[" + text + "] ";
        operands(expr, expr.child_count > 2 ? ", " : " " + text + " ", depth);
        break;
      case ExprKind::kUnary:
      case ExprKind::kNot:
        text_ += expr.kind == ExprKind::kNot ? "not " : text;
        child(0);
        break;
      case ExprKind::kEither:
        either(expr, depth);
        break;
      case ExprKind::kAwait:
        text_ += "await ";
        child(0);
        break;
      case ExprKind::kYield:
        text_ += expr.detail == 1 ? "yield from" : "yield";
        if (expr.child_count > 0) text_ += " ";
        child(0);
        break;
      case ExprKind::kFunction:
        text_ += "lambda#" + std::to_string(expr.first_child);
        break;
      case ExprKind::kTuple:
        list("(", expr, 0, expr.child_count == 1 ? ",)" : ")", depth);
        break;
      case ExprKind::kList:
        list("[", expr, 0, "]", depth);
        break;
      case ExprKind::kSet:
        list("{", expr, 0, "}", depth);
        break;
      case ExprKind::kDict:
        dict(expr, depth);
        break;
      case ExprKind::kComprehension:
        comprehension(expr, depth);
        break;
      case ExprKind::kAssigned:
        text_ += "(" + text + " := ";
        child(0);
        text_ += ")";
        break;
      case ExprKind::kOther:
        if (expr.detail == kSlice) text_ += "slice " + text;
        list("<", expr, 0, ">", depth);
        break;
    }
  }

  void list(std::string_view open, const Expr& expr, uint32_t from, std::string_view close, int depth) {
    text_ += open;
    for (uint32_t n = from; n < expr.child_count; ++n) {
      if (text_.size() > kMaxRendered) return;
      if (n > from) text_ += ", ";
      render_one(tree_.child(expr, n), depth + 1);
    }
    text_ += close;
  }

  void operands(const Expr& expr, const std::string& sign, int depth) {
    for (uint32_t n = 0; n < expr.child_count; ++n) {
      if (text_.size() > kMaxRendered) return;
      if (n > 0) text_ += sign;
      render_one(tree_.child(expr, n), depth + 1);
    }
  }

  void either(const Expr& expr, int depth) {
    const Either kind = static_cast<Either>(expr.detail);
    text_ += "(";
    operands(expr, kind == Either::kOr ? " or " : kind == Either::kAnd ? " and " : " else ", depth);
    text_ += ")";
  }

  // With a `**x` in it, keys and values can no longer be told apart by counting alone.
  void dict(const Expr& expr, int depth) {
    text_ += "{";
    bool value = false;
    for (uint32_t n = 0; n < expr.child_count; ++n) {
      if (text_.size() > kMaxRendered) return;
      if (n > 0) text_ += value ? ": " : ", ";
      const ExprId child = tree_.child(expr, n);
      render_one(child, depth + 1);
      value = !value && tree_[child].kind != ExprKind::kDoubleStar;
    }
    text_ += "}";
  }

  void comprehension(const Expr& expr, int depth) {
    static constexpr std::array kOpen = {"[", "{", "{", "("};
    static constexpr std::array kClose = {"]", "}", "}", ")"};
    text_ += kOpen[expr.detail];
    operands(expr, ": ", depth);
    text_ += " for";
    text_ += kClose[expr.detail];
  }

  void literal(const Expr& expr, const std::string& text) {
    const Literal kind = static_cast<Literal>(expr.detail);
    if (kind != Literal::kString && kind != Literal::kBytes) {
      text_ += text;
      return;
    }
    if (kind == Literal::kBytes) text_ += 'b';
    text_ += '"';
    quoted(text);
    text_ += '"';
  }

  void quoted(const std::string& text) {
    for (const char c : text) {
      if (c == '\n') {
        text_ += "\\n";
      } else if (static_cast<unsigned char>(c) < 0x20) {
        text_ += '?';
      } else {
        if (c == '"' || c == '\\') text_ += '\\';
        text_ += c;
      }
    }
  }

  const FileFacts& facts_;
  const Tree& tree_;
  std::string text_;
};

class Printer {
 public:
  explicit Printer(const FileFacts& facts) : facts_(facts), outline_(facts, facts.outline) {}

  std::string run() {
    for (size_t n = 0; n < facts_.functions.size(); ++n) {
      print_function(n);
      if (n < facts_.bodies.size() && facts_.bodies[n].present) print_body(facts_.bodies[n]);
    }
    for (size_t n = 0; n < facts_.classes.size(); ++n) print_class(n);
    if (!facts_.declared.empty()) out_ += "\n";
    for (const Declared& declared : facts_.declared) print_declared(declared);
    for (const Matched& matched : facts_.matched) print_matched(matched);
    for (const Ignore& ignore : facts_.ignores) print_ignore(ignore);
    for (const Note& note : facts_.notes) line(note.at.begin, "note " + note.message);
    return std::move(out_);
  }

 private:
  struct Line {
    uint32_t at = 0;
    std::string text;
  };

  std::string place(uint32_t offset) const {
    const LineColumn at = locate(facts_, offset);
    return std::to_string(at.line) + ":" + std::to_string(at.column);
  }

  void line(uint32_t offset, const std::string& text) { out_ += place(offset) + " " + text + "\n"; }

  std::string list(const std::vector<ExprId>& exprs) {
    std::string text = "[";
    for (size_t n = 0; n < exprs.size(); ++n) text += (n > 0 ? ", " : "") + outline_.render(exprs[n]);
    return text + "]";
  }

  std::string number(std::string_view name, uint32_t value) const {
    return value == UINT32_MAX ? "" : " " + std::string(name) + "=" + std::to_string(value);
  }

  std::string at_block(BlockId block) const { return block == BlockId::kBody ? "" : number("block", index(block)); }

  std::string parameters(const Function& function) {
    std::string text;
    ParameterKind before = ParameterKind::kPositional;
    for (const Parameter& parameter : function.parameters) {
      if (!text.empty()) text += ", ";
      if (before == ParameterKind::kPositionalOnly && parameter.kind != before) text += "/, ";
      if (parameter.kind == ParameterKind::kKeywordOnly && before != parameter.kind && before != ParameterKind::kStar) {
        text += "*, ";
      }
      before = parameter.kind;
      if (parameter.kind == ParameterKind::kStar) text += "*";
      if (parameter.kind == ParameterKind::kDoubleStar) text += "**";
      text += facts_.text(parameter.name);
      if (parameter.annotation != ExprId::kNone) text += ": " + outline_.render(parameter.annotation);
      if (parameter.default_value != ExprId::kNone) text += "=" + outline_.render(parameter.default_value);
    }
    if (before == ParameterKind::kPositionalOnly) text += ", /";
    return "(" + text + ")";
  }

  void print_function(size_t n) {
    const Function& function = facts_.functions[n];
    std::string text = name_of(kFunctions, function.kind) + " " + facts_.text(function.name);
    if (function.kind == FunctionKind::kFunction || function.kind == FunctionKind::kLambda)
      text += parameters(function);
    if (function.returns != ExprId::kNone) text += " -> " + outline_.render(function.returns);
    text +=
        " id=" + std::to_string(n) + number("parent", index(function.parent)) + number("owner", index(function.owner));
    text += at_block(function.block);
    if (function.async) text += " async";
    if (function.generator) text += " generator";
    if (function.trivial) text += " trivial";
    if (!function.decorators.empty()) text += " decorators=" + list(function.decorators);
    if (n < facts_.bodies.size()) {
      text += names("globals", facts_.bodies[n].globals) + names("nonlocals", facts_.bodies[n].nonlocals);
    }
    if (n < facts_.identities.size()) text += identity_text(facts_.identities[n]);
    text += " to=" + place(function.extent.end);
    out_ += "\n";
    line(function.name_at.begin, text);
  }

  void print_class(size_t n) {
    const Class& one = facts_.classes[n];
    std::string text = "class " + facts_.text(one.name) + " id=" + std::to_string(n) +
                       number("scope", index(one.scope)) + number("body", index(one.body)) + at_block(one.block);
    if (!one.bases.empty()) text += " bases=" + list(one.bases);
    if (!one.decorators.empty()) text += " decorators=" + list(one.decorators);
    if (n < facts_.class_identities.size()) {
      const ClassIdentity& identity = facts_.class_identities[n];
      if (identity.name != 0) text += " name=" + facts_.text(identity.name);
      text += names("ancestors", identity.ancestors);
    }
    if (n == 0) out_ += "\n";
    line(one.name_at.begin, text + " to=" + place(one.extent.end));
  }

  std::string identity_text(const Identity& identity) const {
    std::string text;
    if (identity.name != 0) text += " name=" + facts_.text(identity.name);
    if (identity.returns != 0) text += " returns=" + facts_.text(identity.returns);
    if (identity.is_static) text += " static";
    if (identity.is_virtual) text += " virtual";
    text += names("overrides", identity.overridden_names) + names("attributes", identity.attributes);
    return identity.lost ? text + " lost" : text;
  }

  void print_declared(const Declared& declared) {
    std::string text = "declared " + facts_.text(declared.name) + " " + name_of(kStorages, declared.storage);
    if (declared.type != 0) text += " type=" + facts_.text(declared.type);
    if (declared.function != FunctionId::kModule) text += number("function", index(declared.function));
    if (declared.constant) text += " constant";
    if (declared.per_thread) text += " per-thread";
    if (declared.guard != 0) text += " guarded";
    line(declared.at.begin, text);
  }

  void print_matched(const Matched& matched) {
    std::string text = "matched " + std::to_string(matched.query) + number("function", index(matched.function));
    for (const Bound& bound : matched.bound) text += " " + facts_.text(bound.name) + "=" + place(bound.at.begin);
    line(matched.at.begin, text);
  }

  void print_ignore(const Ignore& ignore) {
    constexpr std::array<const char*, 4> kForms = {"ignore", "file-ignore", "unknown", "foreign"};
    std::string text = kForms[static_cast<size_t>(ignore.form)] + std::string(" [");
    for (size_t n = 0; n < ignore.rules.size(); ++n) text += (n > 0 ? ", " : "") + facts_.text(ignore.rules[n]);
    text += "] line=" + std::to_string(ignore.line);
    if (ignore.last_line != ignore.line) text += "-" + std::to_string(ignore.last_line);
    text += number("function", index(ignore.function));
    if (ignore.reason != 0) text += " reason=" + facts_.text(ignore.reason);
    line(ignore.at.begin, text);
  }

  void print_body(const Body& body) {
    Renderer tree(facts_, body.tree);
    std::vector<Line> lines;
    for (size_t n = 0; n < body.blocks.size(); ++n) {
      if (n > 0 || body.blocks[n].exits) lines.push_back({body.blocks[n].at.begin, block_text(body, n, tree)});
    }
    for (const Import& import : body.imports) lines.push_back({import.at.begin, import_text(import)});
    for (const Call& call : body.calls) {
      lines.push_back({call.at.begin, call_text(call, tree) + call_meaning(body, call, tree) + held(body, call.at)});
    }
    for (const Write& write : body.writes) {
      std::string text = write_text(write, tree);
      const Meaning* told = meaning_of(body, write.target);
      if (told != nullptr) text += meaning_text(*told);
      lines.push_back({write.at.begin, text + held(body, write.at)});
    }
    for (const Exit& exit : body.exits) lines.push_back({exit.at.begin, exit_text(exit, tree)});
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.at < b.at; });
    for (const Line& one : lines) line(one.at, one.text);
  }

  std::string names(std::string_view what, const std::vector<uint32_t>& names) const {
    if (names.empty()) return "";
    std::string text = " " + std::string(what) + "=[";
    for (size_t n = 0; n < names.size(); ++n) text += (n > 0 ? ", " : "") + facts_.text(names[n]);
    return text + "]";
  }

  std::string block_text(const Body& body, size_t n, Renderer& tree) const {
    const Block& block = body.blocks[n];
    std::string text = name_of(kBlocks, block.kind);
    if (block.kind == BlockKind::kLoop) text += " " + name_of(kLoops, block.loop);
    if (block.subject != ExprId::kNone) text += " " + tree.render(block.subject);
    if (block.target != ExprId::kNone) text += " target=" + tree.render(block.target);
    if (block.kind == BlockKind::kArm && block.subject != ExprId::kNone)
      text += block.when ? " when=true" : " when=false";
    text += " id=" + std::to_string(n) + number("parent", index(block.parent));
    if (block.group != 0) text += number("group", block.group) + number("arm", block.arm);
    if (block.async) text += " async";
    if (block.exits) text += " exits";
    return text + " to=" + place(block.at.end);
  }

  std::string call_text(const Call& call, Renderer& tree) const {
    std::string text =
        name_of(kCalls, call.kind) + " " + tree.render(call.expr) + " fate=" + name_of(kFates, call.fate);
    if (call.into != ExprId::kNone) text += " into=" + tree.render(call.into);
    if (call.awaited) text += " awaited";
    text += number("function", index(call.function)) + number("class", index(call.decorated_class));
    return text + at_block(call.block);
  }

  std::string write_text(const Write& write, Renderer& tree) const {
    std::string text = "write " + tree.render(write.target) + " " + name_of(kWrites, write.op);
    if (write.op_text != 0) text += " op=" + facts_.text(write.op_text);
    if (write.value != ExprId::kNone) text += " value=" + tree.render(write.value);
    if (write.element != -1) text += " element=" + std::to_string(write.element);
    if (write.annotation != ExprId::kNone) text += " annotation=" + tree.render(write.annotation);
    if (write.async) text += " async";
    if (write.comprehension) text += " comprehension";
    return text + at_block(write.block);
  }

  // `own` stands for a symbol: what is meant is the project's.
  std::string meaning_text(const Meaning& told) const {
    std::string text;
    if (told.name != 0) text += " name=" + facts_.text(told.name);
    if (told.symbol != 0) text += " own";
    if (told.receiver != 0) text += " receiver=" + facts_.text(told.receiver);
    if (told.type != 0) text += " type=" + facts_.text(told.type);
    if (told.dispatched) text += " dispatched";
    if (told.likely) text += " likely";
    return text;
  }

  // What a call runs, what it gives, and which of its arguments it may run or change.
  std::string call_meaning(const Body& body, const Call& call, Renderer& tree) const {
    std::string text;
    const Expr& expr = body.tree[call.expr];
    if (expr.kind != ExprKind::kCall) {
      const Meaning* told = meaning_of(body, call.expr);
      return told == nullptr ? "" : meaning_text(*told);
    }
    if (const Meaning* callee = meaning_of(body, body.tree.child(expr, 0))) text += meaning_text(*callee);
    if (const Meaning* result = meaning_of(body, call.expr); result != nullptr && result->type != 0) {
      text += " gives=" + facts_.text(result->type);
    }
    for (uint32_t n = 1; n < expr.child_count; ++n) {
      const Meaning* told = meaning_of(body, body.tree.child(expr, n));
      if (told == nullptr) continue;
      const std::string shown = tree.render(body.tree.child(expr, n));
      if (told->callable) text += " hands=" + (told->name != 0 ? facts_.text(told->name) : shown);
      if (told->changeable) text += " changes=" + shown;
    }
    return text;
  }

  std::string held(const Body& body, Span at) const {
    std::string text;
    for (const Held& held : body.held) {
      if (!(held.at == at)) continue;
      text += " held=" + facts_.text(held.type) + (held.must ? "" : " maybe") + (held.shared ? " shared" : "");
    }
    return text;
  }

  std::string exit_text(const Exit& exit, Renderer& tree) const {
    std::string text = name_of(kExits, exit.kind);
    if (exit.value != ExprId::kNone) text += " " + tree.render(exit.value);
    if (exit.cause != ExprId::kNone) text += " cause=" + tree.render(exit.cause);
    return text + at_block(exit.block);
  }

  std::string import_text(const Import& import) const {
    std::string text = "import " + std::string(import.level, '.') + facts_.text(import.module);
    if (import.name != 0) text += " name=" + facts_.text(import.name);
    if (import.star) text += " star";
    if (import.as != 0) text += " as=" + facts_.text(import.as);
    if (import.aliased) text += " aliased";
    if (import.type_checking) text += " type-checking";
    return text + at_block(import.block);
  }

  const FileFacts& facts_;
  Renderer outline_;
  std::string out_;
};

}  // namespace

std::string print(const FileFacts& facts) { return Printer(facts).run(); }

}  // namespace stallint::facts
