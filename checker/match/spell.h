#pragma once
// Expressions as text again, and what `$x` stands for.
//
//     client = httpx.AsyncClient(timeout=5)     spell(kBrief) of the callee: "httpx.AsyncClient"
//     (base / name).rglob("*")                  spell(kWhole) of the receiver: "base / name"
//
// The spelling comes from facts, so blanks and quotes are normal and line breaks are gone: equal spelling, equal text.

#include "checker/link/program.h"
#include "checker/match/match.h"

#include <optional>
#include <string>

namespace stallint::match {

enum class Spelling : uint8_t {
  kWhole,  // with all arguments: to compare
  kBrief,  // arguments of calls left out: for people
};

std::string spell(const facts::FileFacts& file, const facts::Tree& tree, facts::ExprId expr, Spelling spelling);
std::string spell(const link::Program& program, link::FunctionId function, facts::ExprId expr, Spelling spelling);

// What a site runs, as the source spells it, without arguments: "httpx.AsyncClient", "self.load".
std::string spell_callee(const link::Program& program, const link::Site& site);

// The lazy call that a call like sorted(...) runs to its end, as `root.rglob` in `sorted(root.rglob("*"))`; else empty.
std::string spell_driven(const link::Program& program, const link::Site& site);

// A thing that `$x` may stand for. Two with equal identity are the same thing within one function.
struct Named {
  std::string identity;
  std::string shown;
  link::VariableId variable = link::VariableId::kNone;
};

Named named(const link::Program& program, link::VariableId variable);
Named named(const link::Program& program, link::FunctionId function, facts::ExprId expr);

// Binds `$x`, or asks whether it is bound to the same thing.
bool unify(Match& match, const std::string& variable, const Named& what);

// What a call acts upon: its receiver, or its first argument if a plain function is called.
std::optional<Named> acted_upon(const link::Program& program, const link::Site& site);

}  // namespace stallint::match
