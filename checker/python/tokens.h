#pragma once
// The tokens of one text, for the quick parser: names, keywords, operators, literals, and the lines and indentations
// that Python's blocks are made of.
//
//     if a:          kIf kName kColon kNewline kIndent kName kLeftParen kRightParen kNewline kDedent kEnd
//         b()
//
// Only what is certain is read: a text with anything odd in it (letters beyond ASCII in names, a string without end,
// lines that are indented in disorder) has no tokens here, and is left to tree-sitter.

#include "checker/facts/facts.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace stallint::python {

enum class TokenKind : uint8_t {
  kEnd,
  kNewline,  // of no width, as kIndent and kDedent: behind the comment at the end of the line, or behind the code
  kIndent,
  kDedent,  // behind the last comment that is indented like the block
  kName,
  kInteger,
  kFloat,
  kString,       // all of it, from prefix to quote
  kFormatBegin,  // f"
  kFormatText,
  kFormatEnd,
  kHoleBegin,  // { in f"..."
  kHoleEqual,  // = in f"{x=}"
  kConversion,
  kSpecifier,  // : in f"{x:>8}"
  kHoleEnd,
  // Keywords.
  kAnd,
  kAs,
  kAssert,
  kAsync,
  kAwait,
  kBreak,
  kClass,
  kContinue,
  kDef,
  kDel,
  kElif,
  kElse,
  kExcept,
  kFalse,
  kFinally,
  kFor,
  kFrom,
  kGlobal,
  kIf,
  kImport,
  kIn,
  kIs,
  kLambda,
  kNone,
  kNonlocal,
  kNot,
  kOr,
  kPass,
  kRaise,
  kReturn,
  kTrue,
  kTry,
  kWhile,
  kWith,
  kYield,
  // Names that begin statements of their own in places.
  kExec,
  kMatch,
  kPrint,
  kType,
  // Operators and punctuation.
  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kComma,
  kColon,
  kSemicolon,
  kDot,
  kEllipsis,
  kArrow,
  kEqual,
  kWalrus,
  kAt,
  kPlus,
  kMinus,
  kStar,
  kStarStar,
  kSlash,
  kSlashSlash,
  kPercent,
  kShiftLeft,
  kShiftRight,
  kAmpersand,
  kBar,
  kCaret,
  kTilde,
  kLess,
  kGreater,
  kLessEqual,
  kGreaterEqual,
  kEqualEqual,
  kNotEqual,
  kAugmented,  // +=, >>= and the like
};

struct Token {
  uint32_t begin = 0;
  uint32_t end = 0;
  TokenKind kind = TokenKind::kEnd;
};

// False if the text is not certain. The vectors are emptied first, and keep their room.
bool read_tokens(std::string_view text, std::vector<Token>& tokens, std::vector<facts::Span>& comments);

}  // namespace stallint::python
