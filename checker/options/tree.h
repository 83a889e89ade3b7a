#pragma once
// The command line as a tree of words, read from the options themselves, and what is printed from it: completions for
// shells and the manual page. So these know an option as soon as `--help` does.
//
//     options::bash(tree)      // what `source <(stallint completions bash)` runs
//     options::manual(tree)    // what `man stallint` shows

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace stallint::options {

// What a shell offers for a value.
enum class Offer : uint8_t { kNothing, kWords, kFiles, kFolders, kRules, kRevisions };

struct Argument {
  std::vector<std::string> names;  // "-j", "--jobs"; of a positional "PATH"
  std::string value;               // "N"; empty: a flag
  std::string help;
  std::vector<std::string> words;  // the only values, if there are few
  Offer offer = Offer::kNothing;
  bool list = false;        // of values with commas between them: --select RULE,...
  bool repeatable = false;  // or, of a positional, any number
  bool required = false;
};

struct Command {
  std::string name;
  std::string help;
  std::string footer;
  std::vector<Argument> options;
  std::vector<Argument> positionals;
  std::vector<Command> commands;
};

// The words that an argument of a command takes; none if it takes any.
using Words = std::function<std::vector<std::string>(const std::string& command, const std::string& argument)>;

Command describe(const CLI::App& app, const Words& words);

// The command that runs if none is named comes first in `top.commands`.
std::string bash(const Command& top);
std::string zsh(const Command& top);
std::string fish(const Command& top);

// The manual page in the language of man(7).
std::string manual(const Command& top, const std::string& version);

}  // namespace stallint::options
