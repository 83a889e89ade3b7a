#include "checker/options/tree.h"
#include "checker/options/words.h"

namespace stallint::options {

namespace {

// A list takes what was typed up to its last comma along, as bash replaces the whole word.
std::string words_to_choose(const std::string& words, bool list) {
  if (list) return "COMPREPLY=($(compgen -P \"${word%\"${word##*,}\"}\" -W \"" + words + "\" -- \"${word##*,}\"))";
  return "COMPREPLY=($(compgen -W \"" + words + "\" -- \"$word\"))";
}

// readline itself names files and folders, as it knows how to quote them.
std::string offer(const Argument& argument) {
  switch (argument.offer) {
    case Offer::kNothing:
      return ":";
    case Offer::kWords:
      return words_to_choose(joined(argument.words, " "), argument.list);
    case Offer::kFiles:
      return "compopt -o default";
    case Offer::kFolders:
      return "compopt -o dirnames";
    case Offer::kRules:
      return words_to_choose("$(_stallint_rules)", argument.list);
    case Offer::kRevisions:
      return words_to_choose("$(git for-each-ref --format='%(refname:short)' 2>/dev/null)", argument.list);
  }
  return ":";
}

std::string option_names(const std::vector<Argument>& options) {
  std::vector<std::string> names;
  for (const Argument& option : options) names.insert(names.end(), option.names.begin(), option.names.end());
  return joined(names, " ");
}

std::string values_of(const Command& command) {
  std::string text;
  for (const Argument& option : command.options) {
    if (option.value.empty()) continue;
    std::vector<std::string> keys;
    for (const std::string& name : option.names) keys.push_back(command.name + ":" + name);
    text += "    " + joined(keys, " | ") + ")\n      " + offer(option) + "\n      return\n      ;;\n";
  }
  return text;
}

// The words of the first positional, and files wherever there may be some.
std::string positionals_of(const Command& command) {
  std::string text;
  for (const Argument& positional : command.positionals) {
    if (positional.offer == Offer::kNothing || text.find(offer(positional)) != std::string::npos) continue;
    text += "      " + offer(positional) + "\n";
  }
  if (text.empty()) text = "      :\n";
  return "    " + command.name + ")\n" + text + "      ;;\n";
}

}  // namespace

std::string bash(const Command& top) {
  const std::string& first = top.commands.front().name;
  std::vector<std::string> names;
  std::string values, options, positionals;
  for (const Command& command : top.commands) {
    names.push_back(command.name);
    values += values_of(command);
    options += "      " + command.name + ") COMPREPLY=($(compgen -W '" + option_names(command.options) +
               "' -- \"$word\")) ;;\n";
    positionals += positionals_of(command);
  }
  return "# bash completion for stallint, printed by `stallint completions bash`\n"
         "\n"
         "_stallint_rules() {\n"
         "  local severity rule rest\n"
         "  \"${COMP_WORDS[0]}\" rules 2>/dev/null | while read -r severity rule rest; do printf '%s\\n' \"$rule\"; "
         "done\n"
         "}\n"
         "\n"
         "_stallint() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=" +
         first +
         "\n"
         "  COMPREPLY=()\n"
         "  # Bash takes `--color=auto` for three words.\n"
         "  if [[ $word == = ]]; then\n"
         "    word=\n"
         "  elif [[ $before == = ]]; then\n"
         "    before=${COMP_WORDS[COMP_CWORD - 2]}\n"
         "    if [[ $before != -* ]]; then\n"
         "      compopt -o default # --format sarif=FILE\n"
         "      return\n"
         "    fi\n"
         "  fi\n"
         "  if ((COMP_CWORD > 1)); then\n"
         "    case ${COMP_WORDS[1]} in\n"
         "      " +
         joined(names, " | ") +
         ") command=${COMP_WORDS[1]} ;;\n"
         "    esac\n"
         "  fi\n"
         "  case $command:$before in\n" +
         values +
         "  esac\n"
         "  if [[ $word == -* ]]; then\n"
         "    case $command in\n" +
         options +
         "    esac\n"
         "    ((COMP_CWORD > 1)) || COMPREPLY+=($(compgen -W '" +
         option_names(top.options) +
         "' -- \"$word\"))\n"
         "    return\n"
         "  fi\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    COMPREPLY=($(compgen -W '" +
         joined(names, " ") +
         "' -- \"$word\"))\n"
         "    compopt -o default\n"
         "    return\n"
         "  fi\n"
         "  case $command in\n" +
         positionals +
         "  esac\n"
         "}\n"
         "\n"
         "complete -F _stallint stallint\n";
}

}  // namespace stallint::options
