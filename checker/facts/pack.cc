#include "checker/facts/pack.h"

#include <cstring>
#include <type_traits>
#include <utility>

namespace stallint::facts {
namespace {

constexpr std::string_view kMagic = "stallint facts";

class Writer {
 public:
  std::string take() { return std::move(bytes_); }

  template <typename T>
  void number(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  void text(const std::string& value) {
    number(static_cast<uint32_t>(value.size()));
    bytes_ += value;
  }
  template <typename T>
  bool size(const std::vector<T>& values) {
    number(static_cast<uint32_t>(values.size()));
    return true;
  }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool whole() const { return good_ && bytes_.empty(); }

  template <typename T>
  void number(T& value) {
    if (bytes_.size() < sizeof(T)) return fail();
    std::memcpy(&value, bytes_.data(), sizeof(T));
    bytes_.remove_prefix(sizeof(T));
  }
  void text(std::string& value) {
    uint32_t size = 0;
    number(size);
    if (bytes_.size() < size) return fail();
    value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
  }
  // Every element takes a byte at least, so a length beyond what is left is damage.
  template <typename T>
  bool size(std::vector<T>& values) {
    uint32_t size = 0;
    number(size);
    if (bytes_.size() < size) fail();
    if (good_) values.resize(size);
    return good_;
  }

 private:
  void fail() {
    good_ = false;
    bytes_ = {};
  }

  std::string_view bytes_;
  bool good_ = true;
};

// One description of the form serves both directions.
template <typename Archive>
struct Form {
  Archive& archive;

  template <typename T>
  void operator()(T& value) {
    if constexpr (std::is_same_v<std::remove_const_t<T>, bool>) {
      uint8_t byte = value ? 1 : 0;
      archive.number(byte);
      if constexpr (!std::is_const_v<T>) value = byte != 0;
    } else if constexpr (std::is_arithmetic_v<std::remove_const_t<T>> || std::is_enum_v<std::remove_const_t<T>>) {
      archive.number(value);
    } else if constexpr (std::is_same_v<std::remove_const_t<T>, std::string>) {
      archive.text(value);
    } else {
      parts(value);
    }
  }
  template <typename T>
  void operator()(std::vector<T>& values) {
    if (!archive.size(values)) return;
    for (T& value : values) (*this)(value);
  }
  template <typename T>
  void operator()(const std::vector<T>& values) {
    if (!archive.size(values)) return;
    for (const T& value : values) (*this)(value);
  }
  template <typename... T>
  void all(T&... values) {
    ((*this)(values), ...);
  }

  template <typename T>
  void parts(T& v) {
    using Plain = std::remove_const_t<T>;
    if constexpr (std::is_same_v<Plain, Span>) {
      all(v.begin, v.end);
    } else if constexpr (std::is_same_v<Plain, Bound>) {
      all(v.name, v.text, v.at);
    } else if constexpr (std::is_same_v<Plain, Expr>) {
      all(v.kind, v.detail, v.stored, v.text, v.first_child, v.child_count, v.block, v.at);
    } else if constexpr (std::is_same_v<Plain, Tree>) {
      all(v.exprs, v.children);
    } else if constexpr (std::is_same_v<Plain, Block>) {
      all(v.kind, v.loop, v.async, v.when, v.exits, v.parent, v.subject, v.target, v.group, v.arm, v.at);
    } else if constexpr (std::is_same_v<Plain, Call>) {
      all(v.kind, v.fate, v.awaited, v.expr, v.into, v.block, v.function, v.decorated_class, v.at);
    } else if constexpr (std::is_same_v<Plain, Write>) {
      all(v.op, v.async, v.comprehension, v.element, v.op_text, v.target, v.value, v.annotation, v.block, v.at);
    } else if constexpr (std::is_same_v<Plain, Exit>) {
      all(v.kind, v.value, v.cause, v.block, v.at);
    } else if constexpr (std::is_same_v<Plain, Import>) {
      all(v.module, v.name, v.as, v.level, v.star, v.aliased, v.type_checking, v.block, v.at);
    } else if constexpr (std::is_same_v<Plain, Meaning>) {
      all(v.expr, v.symbol, v.name, v.type, v.receiver, v.dispatched, v.changeable, v.callable, v.likely);
    } else if constexpr (std::is_same_v<Plain, Held>) {
      all(v.at, v.lock, v.type, v.must, v.shared);
    } else if constexpr (std::is_same_v<Plain, Body>) {
      all(v.present, v.tree, v.blocks, v.calls, v.writes, v.exits, v.imports, v.globals, v.nonlocals, v.meanings,
          v.held, v.follows_locks);
    } else if constexpr (std::is_same_v<Plain, Parameter>) {
      all(v.name, v.kind, v.annotation, v.default_value, v.at);
    } else if constexpr (std::is_same_v<Plain, Function>) {
      all(v.kind, v.async, v.generator, v.trivial, v.name, v.parent, v.owner, v.block, v.parameters, v.decorators,
          v.returns, v.name_at, v.extent);
    } else if constexpr (std::is_same_v<Plain, Class>) {
      all(v.name, v.scope, v.body, v.block, v.bases, v.decorators, v.name_at, v.extent);
    } else if constexpr (std::is_same_v<Plain, Identity>) {
      all(v.symbol, v.name, v.owner, v.returns, v.overrides, v.overridden_names, v.attributes, v.is_static,
          v.is_virtual, v.lost);
    } else if constexpr (std::is_same_v<Plain, ClassIdentity>) {
      all(v.symbol, v.name, v.bases, v.ancestors);
    } else if constexpr (std::is_same_v<Plain, Declared>) {
      all(v.storage, v.symbol, v.name, v.type, v.owner, v.guard, v.function, v.constant, v.per_thread, v.at);
    } else if constexpr (std::is_same_v<Plain, Matched>) {
      all(v.query, v.at, v.function, v.bound);
    } else if constexpr (std::is_same_v<Plain, Ignore>) {
      all(v.form, v.rules, v.reason, v.at, v.line, v.last_line, v.function);
    } else if constexpr (std::is_same_v<Plain, Note>) {
      all(v.at, v.message);
    } else {
      static_assert(std::is_same_v<Plain, FileFacts>, "a part of facts without a form");
      all(v.language, v.strings, v.line_starts, v.outline, v.functions, v.bodies, v.classes, v.identities,
          v.class_identities, v.declared, v.meanings, v.matched, v.ignores, v.notes);
    }
  }
};

// Whether every index of facts that came from outside leads into its table.
class Checked {
 public:
  explicit Checked(const FileFacts& facts) : facts_(facts) {}

  bool all() {
    if (facts_.strings.empty() || facts_.functions.empty() || facts_.bodies.size() != facts_.functions.size()) {
      return false;
    }
    if (!facts_.identities.empty()) need(facts_.identities.size() == facts_.functions.size());
    if (!facts_.class_identities.empty()) need(facts_.class_identities.size() == facts_.classes.size());
    tree(facts_.outline, UINT32_MAX);
    meanings(facts_.meanings, facts_.outline);
    for (size_t f = 0; f < facts_.functions.size(); ++f) function(facts_.functions[f], f);
    for (const Body& each : facts_.bodies) body(each);
    for (const Class& cls : facts_.classes) {
      text(cls.name);
      function(cls.scope);
      optional(cls.body);
      for (ExprId base : cls.bases) expr(base, facts_.outline);
      for (ExprId decorator : cls.decorators) expr(decorator, facts_.outline);
    }
    for (const Identity& identity : facts_.identities) {
      texts({identity.symbol, identity.name, identity.owner, identity.returns});
      texts(identity.overrides);
      texts(identity.overridden_names);
      texts(identity.attributes);
      need(identity.overrides.size() == identity.overridden_names.size());
    }
    for (const ClassIdentity& identity : facts_.class_identities) {
      texts({identity.symbol, identity.name});
      texts(identity.bases);
      texts(identity.ancestors);
    }
    for (const Declared& declared : facts_.declared) {
      texts({declared.symbol, declared.name, declared.type, declared.owner, declared.guard});
      function(declared.function);
    }
    for (const Matched& matched : facts_.matched) {
      function(matched.function);
      for (const Bound& bound : matched.bound) texts({bound.name, bound.text});
    }
    for (const Ignore& ignore : facts_.ignores) {
      texts(ignore.rules);
      text(ignore.reason);
      optional(ignore.function);
    }
    return good_;
  }

 private:
  void need(bool condition) { good_ = good_ && condition; }
  void text(uint32_t id) { need(id < facts_.strings.size()); }
  void texts(const std::vector<uint32_t>& ids) {
    for (uint32_t id : ids) text(id);
  }
  void function(FunctionId id) { need(index(id) < facts_.functions.size()); }
  void optional(FunctionId id) {
    if (id != FunctionId::kNone) function(id);
  }
  void optional(ClassId id) { need(id == ClassId::kNone || index(id) < facts_.classes.size()); }
  void expr(ExprId id, const Tree& tree) { need(index(id) < tree.exprs.size()); }
  void optional(ExprId id, const Tree& tree) {
    if (id != ExprId::kNone) expr(id, tree);
  }

  // `blocks` is how many blocks the body has; the outline has none.
  void tree(const Tree& tree, uint32_t blocks) {
    for (const Expr& each : tree.exprs) {
      text(each.text);
      need(index(each.block) < blocks);
      if (each.kind == ExprKind::kFunction) {
        need(each.child_count == 0);
        function(static_cast<FunctionId>(each.first_child));
        continue;
      }
      need(uint64_t{each.first_child} + each.child_count <= tree.children.size());
    }
    for (ExprId child : tree.children) expr(child, tree);
  }
  void meanings(const std::vector<Meaning>& meanings, const Tree& tree) {
    for (const Meaning& meaning : meanings) {
      expr(meaning.expr, tree);
      texts({meaning.symbol, meaning.name, meaning.type, meaning.receiver});
    }
  }
  void function(const Function& each, size_t number) {
    text(each.name);
    need(number == 0 || each.parent == FunctionId::kNone || index(each.parent) < number);
    optional(each.owner);
    for (const Parameter& parameter : each.parameters) {
      text(parameter.name);
      optional(parameter.annotation, facts_.outline);
      optional(parameter.default_value, facts_.outline);
    }
    for (ExprId decorator : each.decorators) expr(decorator, facts_.outline);
    optional(each.returns, facts_.outline);
  }
  void body(const Body& body) {
    const auto blocks = static_cast<uint32_t>(body.blocks.size());
    const auto block = [&](BlockId id) { need(index(id) < blocks); };
    tree(body.tree, blocks);
    meanings(body.meanings, body.tree);
    for (size_t b = 0; b < body.blocks.size(); ++b) {
      const Block& each = body.blocks[b];
      need(b == 0 ? each.parent == BlockId::kNone : index(each.parent) < b);
      optional(each.subject, body.tree);
      optional(each.target, body.tree);
    }
    for (const Call& call : body.calls) {
      expr(call.expr, body.tree);
      optional(call.into, body.tree);
      block(call.block);
      optional(call.function);
      optional(call.decorated_class);
    }
    for (const Write& write : body.writes) {
      text(write.op_text);
      optional(write.target, body.tree);
      optional(write.value, body.tree);
      optional(write.annotation, body.tree);
      block(write.block);
    }
    for (const Exit& exit : body.exits) {
      optional(exit.value, body.tree);
      optional(exit.cause, body.tree);
      block(exit.block);
    }
    for (const Import& import : body.imports) {
      texts({import.module, import.name, import.as});
      block(import.block);
    }
    texts(body.globals);
    texts(body.nonlocals);
    for (const Held& held : body.held) texts({held.lock, held.type});
  }

  const FileFacts& facts_;
  bool good_ = true;
};

}  // namespace

std::string pack(const FileFacts& facts) {
  Writer writer;
  Form<Writer> form{writer};
  const std::string magic(kMagic);
  form.all(magic, kPackVersion, facts);
  return writer.take();
}

std::optional<FileFacts> unpack(std::string_view bytes) {
  Reader reader(bytes);
  Form<Reader> form{reader};
  std::string magic;
  uint32_t version = 0;
  form.all(magic, version);
  if (magic != kMagic || version != kPackVersion) return std::nullopt;
  FileFacts facts;
  form(facts);
  if (!reader.whole() || !Checked(facts).all()) return std::nullopt;
  return facts;
}

}  // namespace stallint::facts
