#pragma once
// What link knows of a value: a small set of possible types, each with the containers around it.
//
//     clients: dict[str, httpx.Client]     -> one Type: kLibrary "httpx.Client" wrapped in kDict
//     clients["a"]                         -> kLibrary "httpx.Client"
//
// A Type is 16 bytes and owns nothing, so sets of them are cheap to copy. An empty set means "nothing is known".

#include "checker/link/program.h"

#include <array>
#include <cstdint>

namespace stallint::link {

enum class TypeKind : uint8_t {
  kUnknown,        // an element of a container of unknown things
  kNone,           // the value None
  kInstance,       // an object of a project class; id: ClassId
  kLibrary,        // an object of a library type; id: NameId of its canonical name
  kClass,          // a project class itself; id: ClassId
  kSymbol,         // a module, class or function of a library by its dotted name; id: NameId
  kModule,         // a file of the project; id: FileId
  kPackage,        // a folder without __init__.py; id: NameId of its dotted name
  kFunction,       // a function of the project, not bound; id: FunctionId
  kMethod,         // the same, bound to its object
  kLibraryMethod,  // an attribute of a library object: id: NameId "requests.Session.get"
  kGenerator,      // what calling a generator function (or @contextmanager) gives; id: FunctionId
  kSuper,          // super() in a method of the class; id: ClassId
};

// kItems: pairs whose second part is meant (`d.items()`, `enumerate(xs)`); kClassOf: a type as a value (`Optional[X]`).
enum class Wrap : uint8_t { kNothing, kList, kSet, kTuple, kDict, kItems, kIter, kAwait, kClassOf };

struct Type {
  TypeKind kind = TypeKind::kUnknown;
  bool declared = false;  // known from an annotation or `self`: the object may be of a subclass
  bool likely = false;
  std::array<Wrap, 5> wraps{};  // outermost first, kNothing ends
  uint32_t id = 0;

  bool operator==(const Type&) const = default;

  Wrap outer() const { return wraps[0]; }
  bool bare() const { return wraps[0] == Wrap::kNothing; }

  Type wrapped(Wrap wrap) const {
    Type type = *this;
    for (size_t i = type.wraps.size() - 1; i > 0; --i) type.wraps[i] = type.wraps[i - 1];
    type.wraps[0] = wrap;
    return type;
  }

  Type unwrapped() const {
    Type type = *this;
    for (size_t i = 0; i + 1 < type.wraps.size(); ++i) type.wraps[i] = type.wraps[i + 1];
    type.wraps.back() = Wrap::kNothing;
    return type;
  }
};

// At most four types; a fifth makes the set "too much to say anything", which is empty.
class Types {
 public:
  Types() = default;
  Types(Type type) { add(type); }  // NOLINT: a type is a set of one

  void add(const Type& type) {
    if (overflow_) return;
    for (uint8_t i = 0; i < count_; ++i) {
      if (types_[i] == type) return;
    }
    if (count_ == types_.size()) {
      overflow_ = true;
      count_ = 0;
      return;
    }
    types_[count_++] = type;
  }
  void add(const Types& others) {
    for (const Type& type : others) add(type);
  }

  const Type* begin() const { return types_.data(); }
  const Type* end() const { return types_.data() + count_; }
  bool empty() const { return count_ == 0; }
  uint8_t size() const { return count_; }
  const Type& operator[](size_t i) const { return types_[i]; }

 private:
  std::array<Type, 4> types_{};
  uint8_t count_ = 0;
  bool overflow_ = false;
};

}  // namespace stallint::link
