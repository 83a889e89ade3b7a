#include "checker/options/tree.h"
#include "checker/options/words.h"

namespace stallint::options {

namespace {

// Fish reads \\ and \' within single quotes.
std::string fish_quoted(const std::string& text) { return "'" + escaped(text, "\\'", "\\") + "'"; }

std::string listed(const Argument& argument, const std::string& from) {
  return argument.list ? "'(__fish_complete_list , " + from + ")'" : "'(" + from + ")'";
}

// `-x`: one of these and no file.
std::string offer(const Argument& argument) {
  switch (argument.offer) {
    case Offer::kNothing:
      return " -x";
    case Offer::kWords:
      return " -x -a " + fish_quoted(joined(argument.words, " "));
    case Offer::kFiles:
      return " -r -F";
    case Offer::kFolders:
      return " -x -a '(__fish_complete_directories (commandline -ct))'";
    case Offer::kRules:
      return " -x -a " + listed(argument, "__stallint_rules");
    case Offer::kRevisions:
      return " -x -a " + listed(argument, "__stallint_revisions");
  }
  return "";
}

std::string option_line(const std::string& when, const Argument& option) {
  std::string line = "complete -c stallint" + when;
  for (const std::string& name : option.names) {
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.value.empty()) line += offer(option);
  return line + " -d " + fish_quoted(option.help) + "\n";
}

std::string lines_of(const std::string& when, const Command& command) {
  std::string text;
  bool files = false;
  for (const Argument& positional : command.positionals) {
    files |= positional.offer == Offer::kFiles;
    if (positional.offer == Offer::kWords || positional.offer == Offer::kRules) {
      text += "complete -c stallint" + when + offer(positional).replace(0, 3, "") + " -d " +
              fish_quoted(positional.names.front()) + "\n";
    }
  }
  if (!files) text += "complete -c stallint" + when + " -f\n";
  for (const Argument& option : command.options) text += option_line(when, option);
  return text + "\n";
}

}  // namespace

std::string fish(const Command& top) {
  std::vector<std::string> others;
  for (const Command& command : top.commands) {
    if (&command != &top.commands.front()) others.push_back(command.name);
  }
  std::string text =
      "# fish completion for stallint, printed by `stallint completions fish`\n"
      "\n"
      "function __stallint_rules\n"
      "    stallint rules 2>/dev/null | string replace -r '^\\S+\\s+(\\S+).*' '$1'\n"
      "end\n"
      "\n"
      "function __stallint_revisions\n"
      "    git for-each-ref --format='%(refname:short)' 2>/dev/null\n"
      "end\n"
      "\n";
  const std::string at_first = " -n __fish_use_subcommand";
  for (const Argument& option : top.options) {
    if (option.names.back() != "--help") text += option_line(at_first, option);
  }
  for (const Command& command : top.commands) {
    text += "complete -c stallint" + at_first + " -a " + command.name + " -d " + fish_quoted(command.help) + "\n";
  }
  text += "\n# " + top.commands.front().name + ", which runs if no other command is named\n";
  for (const Command& command : top.commands) {
    const bool first = &command == &top.commands.front();
    const std::string when = first ? "not __fish_seen_subcommand_from " + joined(others, " ")
                                   : "__fish_seen_subcommand_from " + command.name;
    text += lines_of(" -n " + fish_quoted(when), command);
  }
  return text;
}

}  // namespace stallint::options
