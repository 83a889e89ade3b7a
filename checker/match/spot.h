#pragma once
// Where things stand, and whether control may come from one to the other.
//
//     if self.client is None:            # the arm is a test; its spot is the block it opens
//         fresh = await connect()        # suspends between the test and the write
//         self.client = fresh            # the write: in the same function, inside the arm
//
// Order is source order with branches, and loops that bring control back. No control-flow graph is needed for that.

#include "checker/link/program.h"
#include "checker/match/match.h"

#include <span>

namespace stallint::match {

// The body that holds a thing, and where in it.
struct Spot {
  link::FunctionId function = link::FunctionId::kNone;  // may be a class body
  facts::BlockId block = facts::BlockId::kBody;         // innermost block around the thing
  facts::Span at;
};

Spot spot_of(const link::Program& program, const Thing& thing);

// The language of the file that it stands in.
facts::Language language_of(const link::Program& program, const Thing& thing);

// The function whose code it is: a class body belongs to the function around it.
link::FunctionId running_function(const link::Program& program, link::FunctionId function);

// Class around a function: its own, or that of a function around it; kNone if there is none.
link::ClassId class_around(const link::Program& program, link::FunctionId function);

const facts::Block& block_at(const link::Program& program, link::FunctionId function, facts::BlockId block);

std::span<const link::Site> sites_of(const link::Program& program, link::FunctionId function);
link::SiteId site_at(const link::Program& program, link::FunctionId function, size_t n);
std::span<const link::Write> writes_of(const link::Program& program, link::FunctionId function);
link::WriteId write_at(const link::Program& program, link::FunctionId function, size_t n);

// Whether a block is a thing of that subject: an arm is a test, a `while` is a loop and a test.
bool block_is(const facts::Block& block, rule::Subject subject);

// The hidden site (enter, iterate, await) whose expression is `expr`, or kNone.
link::SiteId hidden_site(const link::Program& program, link::FunctionId function, facts::ExprId expr);

// Whether control may come from `first` to `second` in one run of their function.
bool may_follow(const link::Program& program, const Thing& first, const Thing& second);

// Whether the code may be suspended on the way from `first` to `second`, which follows it.
bool suspended_between(const link::Program& program, const Thing& first, const Thing& second);

// Whether `thing` lies inside the arm of that test.
bool led_by(const link::Program& program, const Thing& thing, const Thing& test);

}  // namespace stallint::match
