#include "checker/options/tree.h"
#include "checker/options/words.h"

#include <algorithm>

namespace stallint::options {

namespace {

std::string action(const Argument& argument) {
  const std::string list = argument.list ? "_sequence " : "";
  switch (argument.offer) {
    case Offer::kNothing:
      return " ";
    case Offer::kWords:
      return "(" + joined(argument.words, " ") + ")";
    case Offer::kFiles:
      return "_files";
    case Offer::kFolders:
      return "_files -/";
    case Offer::kRules:
      return list + "_stallint_rules";
    case Offer::kRevisions:
      return list + "_stallint_revisions";
  }
  return " ";
}

// '(-j --jobs)'{-j,--jobs}'[Threads to work with]:N: ', one line of _arguments.
std::string option_line(const Argument& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) {
    const bool takes = !option.value.empty();
    names.push_back(!takes ? name : name.starts_with("--") ? name + "=" : name + "+");
  }
  std::string rest = "[" + escaped(option.help, "[]\\", "\\") + "]";
  if (!option.value.empty()) rest += ":" + escaped(option.value, ":\\", "\\") + ":" + action(option);
  const std::string others = option.repeatable ? "*" : "(" + joined(option.names, " ") + ")";
  if (names.size() == 1) return "    " + quoted(others + names.front() + rest);
  return "    " + quoted(others) + "{" + joined(names, ",") + "}" + quoted(rest);
}

std::string positional_line(const Argument& positional) {
  const std::string place = positional.repeatable ? "*:" : positional.required ? ":" : "::";
  const std::string name = escaped(positional.names.front(), ":\\", "\\");
  return "    " + quoted(place + name + ":" + action(positional));
}

std::string function_of(const Command& command) {
  std::vector<std::string> lines;
  for (const Argument& option : command.options) lines.push_back(option_line(option));
  for (const Argument& positional : command.positionals) lines.push_back(positional_line(positional));
  return "_stallint_command_" + command.name + "() {\n  _arguments -s -S \"$@\" \\\n" + joined(lines, " \\\n") +
         "\n}\n\n";
}

}  // namespace

std::string zsh(const Command& top) {
  std::string commands, functions;
  for (const Command& command : top.commands) {
    commands += "    " + quoted(escaped(command.name, ":\\", "\\") + ":" + escaped(command.help, ":\\", "\\")) + "\n";
    functions += function_of(command);
  }
  std::string own;
  for (const Argument& option : top.options) {
    const bool everywhere = std::find(option.names.begin(), option.names.end(), "--help") != option.names.end();
    if (!everywhere) own += " \\\n" + option_line(option);
  }
  const std::string first = "_stallint_command_" + top.commands.front().name;
  return "#compdef stallint\n"
         "# zsh completion for stallint, printed by `stallint completions zsh`\n"
         "\n"
         "_stallint_rules() {\n"
         "  local -a rules\n"
         "  rules=(${${(f)\"$(_call_program rules stallint rules 2>/dev/null)\"}[@]})\n"
         "  rules=(${${rules##[a-z]##[[:space:]]##}%%[[:space:]]*})\n"
         "  compadd \"$@\" -a rules\n"
         "}\n"
         "\n"
         "_stallint_revisions() {\n"
         "  local -a revisions\n"
         "  revisions=(${(f)\"$(_call_program revisions git for-each-ref --format='%\\(refname:short\\)' "
         "2>/dev/null)\"})\n"
         "  compadd \"$@\" -a revisions\n"
         "}\n"
         "\n" +
         functions +
         "_stallint() {\n"
         "  local -a commands\n"
         "  commands=(\n" +
         commands +
         "  )\n"
         "  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then\n"
         "    _describe -t commands command commands\n"
         "    _files\n"
         "  elif ((CURRENT == 2)); then\n"
         "    " +
         first + own +
         "\n"
         "  elif ((${+functions[_stallint_command_$words[2]]})); then\n"
         "    shift words\n"
         "    ((CURRENT--))\n"
         "    _stallint_command_$words[1]\n"
         "  else\n"
         "    " +
         first +
         "\n"
         "  fi\n"
         "}\n"
         "\n"
         "# In a folder of $fpath this file is the function; sourced, it tells where that is.\n"
         "if [[ $funcstack[1] == _stallint ]]; then\n"
         "  _stallint \"$@\"\n"
         "else\n"
         "  compdef _stallint stallint\n"
         "fi\n";
}

}  // namespace stallint::options
