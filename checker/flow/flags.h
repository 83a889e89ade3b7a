#pragma once
// Flags: parameters that guard branches, and what calls say about them.
//
//     def send(data, blocking=True):
//         if blocking:                  # a test of the flag `blocking`
//             return post(data)
//         start_thread(post, data)
//     send(x, blocking=False)           # known here: blocking is false, so post() is not called
//
// Facts of a parameter: whether it is true, whether it is None, and for each constant that it is compared with whether
// it is that: `switch (state) { case State::kReady: ... }`.

#include "checker/link/program.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stallint::flow {

class Flags {
 public:
  explicit Flags(const link::Program& program);

  using Known = std::vector<std::pair<uint32_t, bool>>;  // (fact, value), sorted

  // What is known about the flags of `callee` when `site` of `node` calls it.
  Known known_at(const link::Node& node, const link::Site& site, link::FunctionId callee) const;

  // False if the flags of the node say that control never comes to the block.
  bool live(const link::Node& node, facts::BlockId block) const;

  // False if the site stands in a branch or a handler: control may come to the function and not there. What follows a
  // branch that leaves is no branch, nor is one whose condition the flags of the node say to hold, nor one of two that
  // both call the same.
  bool sure(const link::Node& node, const link::Site& site) const;

 private:
  struct Test {
    facts::BlockId block;
    uint32_t fact;
    bool value;  // the fact has this value in the block
  };
  // What a condition says of a name.
  struct Said {
    uint32_t name;  // StringId
    uint32_t aspect;
    bool value;
  };
  // A number, a text, or an enumerator by its full name.
  struct Constant {
    enum class Kind : uint8_t { kNumber, kText, kName } kind;
    std::string text;
    auto operator<=>(const Constant&) const = default;
  };

  std::vector<Said> say(link::FunctionId function, facts::ExprId condition, bool holds);
  std::optional<Constant> constant(link::FunctionId function, facts::ExprId value) const;
  uint32_t aspect_of(const Constant& constant);
  std::optional<bool> holds(uint32_t aspect, const facts::FileFacts& facts, const facts::Expr& value,
                            const std::optional<Constant>& constant) const;
  std::optional<bool> truth_of(const link::Node& node, const link::Site& site, facts::ExprId value) const;
  void spread();
  bool pass_on(const link::Site& site, link::FunctionId callee);
  facts::ExprId argument_for(const link::Site& site, link::FunctionId callee, uint32_t parameter) const;

  const link::Program& program_;
  std::vector<std::vector<Test>> tests_;      // per function
  std::vector<std::vector<uint32_t>> flags_;  // per function: facts that are tested, sorted
  std::map<Constant, uint32_t> aspects_;      // of constants
  std::vector<Constant> constants_;           // by aspect
};

}  // namespace stallint::flow
