#include "tests/support/goals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <vector>

namespace stallint {

using namespace facts;  // NOLINT: nothing else is spoken of here

namespace {

// --- Facts that hold together
// -----------------------------------------------------------------------------------------

// Checks one file's facts for what facts.h promises of all of them.
class Soundness {
 public:
  Soundness(const FileFacts& facts, size_t size) : facts_(facts), size_(static_cast<uint32_t>(size)) {}

  void check() {
    ASSERT_FALSE(facts_.functions.empty());
    ASSERT_EQ(facts_.functions.size(), facts_.bodies.size());
    ASSERT_EQ(facts_.functions[0].kind, FunctionKind::kModule);
    ASSERT_FALSE(facts_.strings.empty());
    EXPECT_EQ(facts_.strings[0], "");
    EXPECT_EQ(std::set<std::string>(facts_.strings.begin(), facts_.strings.end()).size(), facts_.strings.size());
    EXPECT_LE(facts_.notes.size(), 21u);
    for (const Note& note : facts_.notes) check(note.at);
    for (const Ignore& ignore : facts_.ignores) check(ignore.at);
    check(facts_.outline);
    check_meanings(facts_.meanings, facts_.outline);
    for (uint32_t n = 0; n < facts_.functions.size(); ++n) check_function(n);
    for (const Class& one : facts_.classes) {
      check(one.extent);
      check(one.name_at);
      ASSERT_LT(index(one.scope), facts_.functions.size());
      if (one.body != FunctionId::kNone) {
        EXPECT_LT(index(one.scope), index(one.body));
        ASSERT_LT(index(one.body), facts_.functions.size());
        EXPECT_EQ(facts_.functions[index(one.body)].kind, FunctionKind::kClassBody);
      }
      EXPECT_TRUE(within(one.name_at, one.extent));
    }
    for (size_t n = 0; n < facts_.bodies.size() && !testing::Test::HasFailure(); ++n) {
      check_body(facts_.bodies[n], facts_.functions[n]);
    }
  }

 private:
  static bool within(Span inner, Span outer) { return outer.begin <= inner.begin && inner.end <= outer.end; }

  void check(Span at) const {
    EXPECT_LE(at.begin, at.end);
    EXPECT_LE(at.end, size_);
  }

  void check_function(uint32_t n) {
    const Function& function = facts_.functions[n];
    check(function.extent);
    check(function.name_at);
    EXPECT_TRUE(within(function.name_at, function.extent));
    EXPECT_TRUE(facts_.bodies[n].present);
    EXPECT_EQ(function.parent == FunctionId::kNone, n == 0);
    if (n > 0) {
      ASSERT_LT(index(function.parent), n);
      EXPECT_TRUE(within(function.extent, facts_.functions[index(function.parent)].extent));
      EXPECT_LT(index(function.block), facts_.bodies[index(function.parent)].blocks.size());
    }
    if (function.owner != ClassId::kNone) {
      EXPECT_LT(index(function.owner), facts_.classes.size());
    }
  }

  // Children come before their parents, so a tree has no circles.
  void check(const Tree& tree) {
    for (uint32_t n = 0; n < tree.exprs.size(); ++n) {
      const Expr& expr = tree.exprs[n];
      check(expr.at);
      ASSERT_LT(expr.text, facts_.strings.size());
      if (expr.kind == ExprKind::kFunction) {
        ASSERT_LT(expr.first_child, facts_.functions.size());
        EXPECT_EQ(expr.child_count, 0u);
        continue;
      }
      ASSERT_LE(size_t{expr.first_child} + expr.child_count, tree.children.size());
      for (uint32_t child = 0; child < expr.child_count; ++child) ASSERT_LT(index(tree.child(expr, child)), n);
    }
  }

  void check_body(const Body& body, const Function& function) {
    check(body.tree);
    ASSERT_FALSE(body.blocks.empty());
    EXPECT_EQ(body.blocks[0].kind, BlockKind::kBody);
    EXPECT_EQ(body.blocks[0].parent, BlockId::kNone);
    check_blocks(body);
    for (const Expr& expr : body.tree.exprs) {
      ASSERT_LT(index(expr.block), body.blocks.size());
      ASSERT_TRUE(within(expr.at, function.extent));
    }
    check_calls(body, function);
    check_writes(body, function);
    for (const Exit& exit : body.exits) check_event(body, function, exit.at, exit.block, exit.value);
    for (const Import& import : body.imports) check_event(body, function, import.at, import.block, ExprId::kNone);
    check_meanings(body.meanings, body.tree);
    for (const Held& held : body.held) EXPECT_TRUE(within(held.at, function.extent));
    EXPECT_EQ(body.tree.exprs.capacity(), body.tree.exprs.size());
    EXPECT_EQ(body.calls.capacity(), body.calls.size());
  }

  void check_meanings(const std::vector<Meaning>& meanings, const Tree& tree) {
    for (size_t n = 0; n < meanings.size(); ++n) {
      ASSERT_LT(index(meanings[n].expr), tree.exprs.size());
      if (n > 0) {
        EXPECT_LT(meanings[n - 1].expr, meanings[n].expr);
      }
    }
  }

  void check_blocks(const Body& body) {
    std::vector<uint32_t> group_above(body.blocks.size(), 0);
    for (uint32_t n = 0; n < body.blocks.size(); ++n) {
      const Block& block = body.blocks[n];
      check(block.at);
      if (n > 0) {
        ASSERT_LT(index(block.parent), n);
        group_above[n] = std::max(group_above[index(block.parent)], body.blocks[index(block.parent)].group);
      }
      if (block.group != 0) {
        EXPECT_GT(block.group, group_above[n]);
      }
      check_expr(body, block.subject);
      check_expr(body, block.target);
    }
  }

  void check_expr(const Body& body, ExprId expr) {
    if (expr != ExprId::kNone) {
      ASSERT_LT(index(expr), body.tree.exprs.size());
    }
  }

  void check_event(const Body& body, const Function& function, Span at, BlockId block, ExprId expr) {
    check(at);
    EXPECT_TRUE(within(at, function.extent));
    ASSERT_LT(index(block), body.blocks.size());
    check_expr(body, expr);
  }

  void check_calls(const Body& body, const Function& function) {
    uint32_t end = 0;
    for (const Call& call : body.calls) {
      check_event(body, function, call.at, call.block, call.expr);
      EXPECT_LE(end, call.at.end);
      end = call.at.end;
      ASSERT_NE(call.expr, ExprId::kNone);
      check_expr(body, call.into);
      if (call.into != ExprId::kNone) {
        EXPECT_TRUE(body.tree[call.into].stored);
      }
      if (call.kind == CallKind::kCall) {
        EXPECT_EQ(body.tree[call.expr].kind, ExprKind::kCall);
        EXPECT_GT(body.tree[call.expr].child_count, 0u);
      }
      const bool decorates = call.function != FunctionId::kNone || call.decorated_class != ClassId::kNone;
      EXPECT_EQ(call.kind == CallKind::kDecorator, decorates);
    }
  }

  void check_writes(const Body& body, const Function& function) {
    uint32_t end = 0;
    for (const Write& write : body.writes) {
      check_event(body, function, write.at, write.block, write.value);
      EXPECT_LE(end, write.at.end);
      end = write.at.end;
      ASSERT_NE(write.target, ExprId::kNone);
      EXPECT_TRUE(body.tree[write.target].stored);
      check_expr(body, write.annotation);
    }
  }

  const FileFacts& facts_;
  uint32_t size_;
};

// --- Goals
// ------------------------------------------------------------------------------------------------------------

struct Goal {
  size_t line = 0;   // of the goal itself, from 1
  size_t about = 0;  // the line it speaks of
  bool holds = true;
  std::string text;
};

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

std::vector<Goal> goals_of(const std::string& text, const std::string& comment) {
  std::vector<Goal> goals;
  std::istringstream in(text);
  size_t about = 0;
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    const std::string mark = line.substr(begin, comment.size() + 2);
    if (mark == comment + "- " || mark == comment + "! ") {
      goals.push_back({number, about, mark == comment + "- ", line.substr(begin + mark.size())});
    } else {
      about = number;
    }
  }
  return goals;
}

// Whether the goal's words are among the fact's, in order. A goal's first words are the fact's first words.
bool meets(const Goal& goal, const std::string& fact) {
  const std::vector<std::string> wanted = words(goal.text);
  const std::vector<std::string> given = words(fact);
  const size_t fixed = std::min<size_t>(goal.holds ? 2 : 1, wanted.size());
  if (given.size() < fixed ||
      !std::equal(wanted.begin(), wanted.begin() + static_cast<ptrdiff_t>(fixed), given.begin())) {
    return false;
  }
  size_t next = 0;
  for (const std::string& word : given) next += next < wanted.size() && word == wanted[next] ? 1 : 0;
  return next == wanted.size();
}

// The printed facts of each line, without their places.
std::vector<std::vector<std::string>> facts_by_line(const std::string& printed) {
  std::vector<std::vector<std::string>> lines;
  std::istringstream in(printed);
  for (std::string fact; std::getline(in, fact);) {
    if (fact.empty()) continue;
    const size_t line = std::stoul(fact);
    if (lines.size() <= line) lines.resize(line + 1);
    lines[line].push_back(fact.substr(fact.find(' ') + 1));
  }
  return lines;
}

}  // namespace

void check_sound(const FileFacts& facts, size_t size) { Soundness(facts, size).check(); }

void check_goals(const std::string& name, const std::string& text, const std::string& comment,
                 const std::string& printed) {
  const std::vector<Goal> goals = goals_of(text, comment);
  ASSERT_FALSE(goals.empty()) << name;
  auto lines = facts_by_line(printed);
  for (const Goal& goal : goals) {
    if (lines.size() <= goal.about) lines.resize(goal.about + 1);
    const std::vector<std::string>& facts = lines[goal.about];
    const bool met =
        std::any_of(facts.begin(), facts.end(), [&](const std::string& fact) { return meets(goal, fact); });
    std::string all;
    for (const std::string& fact : facts) all += "    " + fact + "\n";
    EXPECT_EQ(met, goal.holds) << name << ":" << goal.line << ": " << goal.text << "\n  line " << goal.about << " has\n"
                               << all;
  }
}

}  // namespace stallint
