#include "checker/options/tree.h"

#include <CLI/CLI.hpp>

namespace stallint::options {

namespace {

Offer offer_of(const Argument& argument) {
  const std::string& value = argument.value;
  if (!argument.words.empty()) return Offer::kWords;
  if (value.starts_with("RULE")) return Offer::kRules;
  if (value == "DIR") return Offer::kFolders;
  if (value == "REV") return Offer::kRevisions;
  if (value.find("FILE") != std::string::npos || value == "PATH" || value == "WHAT") return Offer::kFiles;
  return Offer::kNothing;
}

Argument describe(const CLI::Option& option, const std::string& command, const Words& words) {
  Argument argument;
  const bool positional = !option.nonpositional();
  for (const std::string& name : option.get_snames()) argument.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) argument.names.push_back("--" + name);
  if (positional) argument.names.push_back(option.get_name());
  if (positional) argument.value = option.get_name();
  if (!positional && option.get_items_expected_max() > 0) argument.value = option.get_type_name();
  argument.help = option.get_description();
  argument.words = words(command, argument.names.back());
  argument.list = argument.value.ends_with(",...");
  argument.repeatable = option.get_items_expected_max() > 1;
  argument.required = option.get_required();
  argument.offer = offer_of(argument);
  return argument;
}

}  // namespace

Command describe(const CLI::App& app, const Words& words) {
  Command command = {app.get_name(), app.get_description(), app.get_footer(), {}, {}, {}};
  for (const CLI::Option* const option : app.get_options()) {
    (option->nonpositional() ? command.options : command.positionals).push_back(describe(*option, command.name, words));
  }
  for (const CLI::App* const sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    command.commands.push_back(describe(*sub, words));
  }
  return command;
}

}  // namespace stallint::options
