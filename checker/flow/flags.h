#pragma once
// Flags: parameters that guard branches, and what calls say about them.
//
//     def send(data, blocking=True):
//         if blocking:                  # a test of the flag `blocking`
//             return post(data)
//         start_thread(post, data)
//     send(x, blocking=False)           # known here: blocking is false, so post() is not called
//
// Two facts are kept per parameter: whether it is true, and whether it is None.

#include "checker/link/program.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace stallint::flow {

class Flags {
 public:
  explicit Flags(const link::Program& program);

  using Known =
      std::vector<std::pair<uint16_t, bool>>;  // (fact, value), sorted; fact: parameter * 2, + 1 for "is None"

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
    uint16_t fact;
    bool value;  // the fact has this value in the block
  };

  void spread();
  facts::ExprId argument_for(const link::Site& site, link::FunctionId callee, uint32_t parameter) const;

  const link::Program& program_;
  std::vector<std::vector<Test>> tests_;      // per function
  std::vector<std::vector<uint16_t>> flags_;  // per function: facts that are tested, sorted
};

}  // namespace stallint::flow
