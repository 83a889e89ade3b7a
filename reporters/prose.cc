#include "reporters/prose.h"

#include "reporters/utf8.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace stallint::reporters {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool between = true;
  for (const char c : text) {
    if (is_blank(c)) {
      between = true;
      continue;
    }
    if (between) words.emplace_back();
    words.back() += c;
    between = false;
  }
  return words;
}

// Words, but a short piece of code between backquotes is one: it is hard to read across two lines.
std::vector<std::string> phrases_of(std::string_view text) {
  constexpr size_t kLongest = 60;
  const std::vector<std::string> words = words_of(text);
  std::vector<std::string> phrases;
  for (size_t i = 0; i < words.size();) {
    std::string phrase = words[i];
    size_t next = i + 1;
    const auto is_open = [&phrase] { return std::count(phrase.begin(), phrase.end(), '`') % 2 != 0; };
    while (is_open() && next < words.size() && phrase.size() <= kLongest) phrase += " " + words[next++];
    const bool whole = !is_open() && phrase.size() <= kLongest;
    phrases.push_back(whole ? phrase : words[i]);
    i = whole ? next : i + 1;
  }
  return phrases;
}

// "e.g." ends no sentence worth cutting at, and neither does "..." in a line of code; a single letter before the stop
// and a bare ellipsis are how they look.
bool ends_sentence(const std::string& word) {
  if (word.back() == '!' || word.back() == '?') return true;
  if (word.back() != '.' || word.size() < 3) return false;
  return word[word.size() - 2] != '.' && !(word.size() >= 4 && word[word.size() - 3] == '.');
}

struct Placeholder {
  size_t begin = 0;  // with the backquotes, if it stands alone between them
  size_t end = 0;
  std::string name;
};

// The next `{name}` from `from` on. Braces of code are left alone: only what a message can name counts.
std::optional<Placeholder> next_placeholder(std::string_view text, size_t from) {
  static constexpr std::string_view kNames[] = {"function", "call", "variable", "chain", "sink", "root", "class"};
  for (size_t open = text.find('{', from); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const size_t close = text.find('}', open);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const bool word = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return std::islower(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    });
    if (!word) continue;
    const bool quoted = open > 0 && text[open - 1] == '`' && close + 1 < text.size() && text[close + 1] == '`';
    if (!quoted && std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames)) continue;
    return Placeholder{quoted ? open - 1 : open, close + (quoted ? 2 : 1), std::string(name)};
  }
  return std::nullopt;
}

enum class Article { kDefinite, kIndefinite };

std::string article_for(Article article, const std::string& noun) {
  if (article == Article::kDefinite) return "the ";
  return std::string("aeiou").find(noun[0]) == std::string::npos ? "a " : "an ";
}

std::string replace_placeholders(std::string_view text, Article article) {
  std::string result;
  size_t done = 0;
  bool in_code = false;
  while (const auto found = next_placeholder(text, done)) {
    const std::string_view before = text.substr(done, found->begin - done);
    in_code ^= std::count(before.begin(), before.end(), '`') % 2 != 0;
    result += before;
    std::string noun = found->name == "sink" || found->name == "root" ? "call" : found->name;
    std::replace(noun.begin(), noun.end(), '_', ' ');
    if (!in_code) result += article_for(article, noun);
    result += noun;
    done = found->end;
  }
  return result + std::string(text.substr(done));
}

// The words of a line that leave room for " ...", none of them from the inside of code. One word stays in any case.
std::string cut_to(std::string line, size_t room) {
  const auto drop_word = [&line] { line.resize(line.rfind(' ')); };
  while (width_of(line) + 4 > room && line.rfind(' ') != std::string::npos) drop_word();
  while (std::count(line.begin(), line.end(), '`') % 2 != 0 && line.rfind(' ') != std::string::npos) drop_word();
  return line;
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  for (const std::string& word : words_of(text)) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string brief(std::string_view text, size_t bytes) {
  std::string line;
  size_t sentence_end = 0;
  for (const std::string& word : words_of(text)) {
    const size_t needed = line.size() + (line.empty() ? 0 : 1) + word.size();
    if (needed > bytes) {
      if (sentence_end > 0) return line.substr(0, sentence_end);
      return one_line(cut_to(line, bytes) + " ...");
    }
    line += (line.empty() ? "" : " ") + word;
    if (ends_sentence(word)) sentence_end = line.size();
  }
  return line;
}

std::vector<std::string> wrap(std::string_view text, size_t width, size_t most) {
  std::vector<std::string> lines;
  size_t whole_lines = 0;  // lines[0, whole_lines), the last cut at whole_size, are whole sentences
  size_t whole_size = 0;
  for (const std::string& word : phrases_of(text)) {
    const bool fits = !lines.empty() && width_of(lines.back()) + 1 + width_of(word) <= width;
    if (!fits && lines.size() == most) {
      if (whole_lines == 0) {
        lines.back() = cut_to(lines.back(), width) + " ...";
        return lines;
      }
      lines.resize(whole_lines);
      lines.back().resize(whole_size);
      return lines;
    }
    if (fits) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
    if (!ends_sentence(word)) continue;
    whole_lines = lines.size();
    whole_size = lines.back().size();
  }
  return lines;
}

std::string without_placeholders(std::string_view text) { return replace_placeholders(text, Article::kDefinite); }

std::string general_sentence(std::string_view message) {
  std::string text = one_line(message);
  if (const size_t chain = text.find(": {chain}"); chain != std::string::npos) text.erase(chain, 9);
  text = replace_placeholders(text, Article::kIndefinite);
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return sentence(text);
}

std::string step_sentence(const Step& step) {
  return one_line(step.text.empty() ? "`" + step.function + "` calls `" + step.callee + "`" : step.text);
}

std::string sentence(std::string text) {
  while (!text.empty() && is_blank(text.back())) text.pop_back();
  if (text.empty() || text.back() == '.' || text.back() == '!' || text.back() == '?') return text;
  return text + ".";
}

}  // namespace stallint::reporters
