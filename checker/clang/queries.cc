#include "checker/clang/queries.h"

#include "checker/clang/paths.h"

#include <clang/ASTMatchers/ASTMatchFinder.h>
#include <clang/ASTMatchers/Dynamic/Diagnostics.h>
#include <clang/ASTMatchers/Dynamic/Parser.h>
#include <clang/Lex/Lexer.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace stallint::cxx {
namespace {

namespace matchers = clang::ast_matchers;

constexpr char kRoot[] = "root";  // the name of the whole match
constexpr size_t kShown = 80;     // bytes of a spelling

exchange::BadQuery bad_query(uint32_t number, const matchers::dynamic::Diagnostics& said) {
  exchange::BadQuery bad{number, 1, 1, "this is no matcher"};
  if (said.errors().empty()) return bad;
  const auto& error = said.errors().front();
  if (error.Messages.empty()) return bad;
  const auto& where = error.Messages.front().Range.Start;
  bad.line = std::max(where.Line, 1u);
  bad.column = std::max(where.Column, 1u);
  // "1:30: Matcher not found: hasNme", and the place is said already.
  const std::string text = said.toString();
  bad.message = llvm::StringRef(text).split('\n').first.split(": ").second.str();
  return bad;
}

// A matcher that ends before its text does, as one whose `.bind("x")` stands in a line of its own.
exchange::BadQuery goes_on(uint32_t number, llvm::StringRef text, llvm::StringRef rest) {
  const llvm::StringRef before = text.drop_back(rest.ltrim().size());
  const auto line = static_cast<uint32_t>(before.count('\n')) + 1;
  const auto column = static_cast<uint32_t>(before.size() - (before.rfind('\n') + 1)) + 1;
  return {number, line, column, "the matcher has ended before this"};
}

// A place of a file. What a macro made stands where the macro is used.
struct Place {
  clang::FileID file;
  facts::Span at;
};

std::optional<Place> place_of(clang::SourceRange range, const clang::ASTContext& context) {
  if (range.isInvalid()) return std::nullopt;
  const clang::SourceManager& sources = context.getSourceManager();
  const clang::CharSourceRange whole =
      clang::Lexer::getAsCharRange(sources.getExpansionRange(range), sources, context.getLangOpts());
  const auto [file, begin] = sources.getDecomposedLoc(whole.getBegin());
  const auto [end_file, end] = sources.getDecomposedLoc(whole.getEnd());
  if (file.isInvalid() || file != end_file || end < begin) return std::nullopt;
  return Place{file, {begin, end}};
}

// How the source spells a place: its first line, for a message.
std::string spelled(const Place& place, const clang::SourceManager& sources) {
  const llvm::StringRef whole = sources.getBufferData(place.file).slice(place.at.begin, place.at.end);
  const llvm::StringRef line = whole.take_until([](char c) { return c == '\n' || c == '\r'; }).rtrim();
  size_t end = std::min(line.size(), kShown);
  while (end > 0 && end < line.size() && (line[end] & 0xC0) == 0x80) --end;  // not inside a character
  return line.take_front(end).str() + (end < whole.size() ? "..." : "");
}

// The innermost function around a place. Those that come later are deeper or elsewhere.
facts::FunctionId function_at(const facts::FileFacts& facts, facts::Span at) {
  for (uint32_t n = static_cast<uint32_t>(facts.functions.size()); n > 1; --n) {
    const facts::Span extent = facts.functions[n - 1].extent;
    if (extent.begin <= at.begin && at.end <= extent.end) return facts::FunctionId{n - 1};
  }
  return facts::FunctionId::kModule;
}

struct Binding {
  std::string name, text;
  facts::Span at;
};

// What one query found, with names as text: their ids are given when all is sorted.
struct Match {
  std::string path;
  uint32_t query = 0;
  facts::Span at;
  std::vector<Binding> bound;

  auto key() const {
    std::vector<std::tuple<std::string, uint32_t, uint32_t>> names;
    for (const Binding& one : bound) names.emplace_back(one.name, one.at.begin, one.at.end);
    return std::make_tuple(path, at.begin, at.end, query, std::move(names));
  }
  bool operator<(const Match& other) const { return key() < other.key(); }
  bool operator==(const Match& other) const { return key() == other.key(); }
};

class Collector : public matchers::MatchFinder::MatchCallback {
 public:
  Collector(uint32_t query, const UnitFacts& facts, std::vector<Match>& found)
      : query_(query), facts_(facts), found_(found) {}

  void run(const matchers::MatchFinder::MatchResult& result) override {
    const auto& nodes = result.Nodes.getMap();
    const auto root = nodes.find(kRoot);
    if (root == nodes.end()) return;
    const std::optional<Place> at = place_of(root->second.getSourceRange(), *result.Context);
    if (!at) return;
    Match match{real_path(*result.SourceManager, at->file), query_, at->at, {}};
    if (!facts_.files.contains(match.path)) return;
    for (const auto& [name, node] : nodes) {
      const std::optional<Place> place = place_of(node.getSourceRange(), *result.Context);
      if (!place || place->file != at->file) continue;
      match.bound.push_back({name, spelled(*place, *result.SourceManager), place->at});
    }
    found_.push_back(std::move(match));
  }

 private:
  uint32_t query_;
  const UnitFacts& facts_;
  std::vector<Match>& found_;
};

}  // namespace

Queries::Queries(const std::vector<std::string>& texts) {
  for (uint32_t number = 0; number < texts.size(); ++number) {
    llvm::StringRef text = texts[number];
    matchers::dynamic::Diagnostics said;
    const auto matcher = matchers::dynamic::Parser::parseMatcherExpression(text, &said);
    if (matcher && !text.trim().empty()) {
      bad_.push_back(goes_on(number, texts[number], text));
      continue;
    }
    std::optional<matchers::internal::DynTypedMatcher> bound;
    if (matcher) bound = matcher->tryBind(kRoot);
    // Not every matcher is one of a node that can be searched for: `hasName("f")` alone is none.
    matchers::MatchFinder trial;
    Collector* const nobody = nullptr;
    if (bound && trial.addDynamicMatcher(*bound, nobody)) {
      queries_.emplace_back(number, *bound);
    } else if (matcher) {
      bad_.push_back(
          {number, 1, 1, "this is no matcher of a declaration, statement or type, which is what is searched"});
    } else {
      bad_.push_back(bad_query(number, said));
    }
  }
}

void Queries::match(clang::ASTContext& context, UnitFacts& facts) const {
  if (queries_.empty() || facts.files.empty()) return;
  std::vector<Match> found;
  std::vector<std::unique_ptr<Collector>> collectors;
  matchers::MatchFinder finder;
  for (const auto& [number, matcher] : queries_) {
    collectors.push_back(std::make_unique<Collector>(number, facts, found));
    finder.addDynamicMatcher(matcher, collectors.back().get());
  }
  finder.matchAST(context);

  // A template is searched once for each of its instantiations.
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  for (const Match& match : found) {
    facts::FileFacts& file = facts.files.at(match.path);
    facts::Strings strings(file.strings);
    facts::Matched matched{match.query, match.at, function_at(file, match.at), {}};
    for (const Binding& one : match.bound) {
      matched.bound.push_back({strings.id(one.name), strings.id(one.text), one.at});
    }
    file.matched.push_back(std::move(matched));
  }
}

}  // namespace stallint::cxx
