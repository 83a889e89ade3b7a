#include "checker/base/text.h"
#include "checker/options/tree.h"
#include "checker/options/words.h"

#include <cctype>

namespace stallint::options {

namespace {

// Text that roff leaves as it is: no command at the start of a line, a minus that can be searched for and copied.
std::string plain(std::string_view text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  bool code = false;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '`') {
      out += (code = !code) ? "\\fB" : "\\fR";
    } else {
      out += c;
    }
  }
  return out;
}

std::string item(const Argument& argument) {
  std::string head;
  for (const std::string& name : argument.names) head += (head.empty() ? "\\fB" : ", \\fB") + plain(name) + "\\fR";
  if (!argument.value.empty() && argument.names.front().starts_with('-')) {
    head += " \\fI" + plain(argument.value) + "\\fR";
  }
  return ".TP\n" + head + "\n" + (argument.help.empty() ? "\\&" : plain(argument.help)) + "\n";
}

std::string synopsis(const Command& command) {
  std::string text = "\\fBstallint " + command.name + "\\fR [\\fIOPTION\\fR...]";
  for (const Argument& positional : command.positionals) {
    std::string name = "\\fI" + plain(positional.names.front()) + "\\fR";
    if (positional.repeatable) name += "...";
    text += positional.required ? " " + name : " [" + name + "]";
  }
  return text;
}

// "Exit codes:\n  0  done\n": a heading, and a list with a word before each text.
std::string footer(const std::string& text) {
  std::string out;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view words = trimmed(line);
    if (words.empty()) continue;
    if (!line.starts_with("  ")) {
      out += ".PP\n" + plain(words) + "\n";
      continue;
    }
    const size_t end = std::min(words.find("  "), words.size());
    const std::string_view meaning = trimmed(words.substr(end));
    out += ".TP\n\\fB" + plain(words.substr(0, end)) + "\\fR\n" + plain(meaning) + "\n";
  }
  return out;
}

std::string section(const Command& command) {
  std::string text = ".SS " + synopsis(command) + "\n" + plain(command.help) + ".\n";
  for (const Argument& positional : command.positionals) text += item(positional);
  for (const Argument& option : command.options) text += item(option);
  return text + footer(command.footer);
}

}  // namespace

std::string manual(const Command& top, const std::string& version) {
  std::string text = ".TH STALLINT 1 \"\" \"stallint " + plain(version) + "\" \"User Commands\"\n";
  text += ".SH NAME\nstallint \\- find what makes servers stall\n";
  text += ".SH SYNOPSIS\n.nf\n";
  for (const Command& command : top.commands) text += synopsis(command) + "\n";
  text += ".fi\n.SH DESCRIPTION\n" + plain(top.help) + "\n";
  text += ".PP\nWithout a command, \\fBstallint\\fR checks: \\fBstallint server\\fR is \\fBstallint " +
          top.commands.front().name + " server\\fR.\n";
  text += ".SH OPTIONS\n";
  for (const Argument& option : top.options) text += item(option);
  text += ".SH COMMANDS\n";
  for (const Command& command : top.commands) text += section(command);
  text +=
      ".SH FILES\n.TP\n\\fI~/.cache/stallint\\fR\nWhat earlier runs have kept; \\fBstallint cache clear\\fR removes "
      "it.\n"
      ".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\nIf set and not empty, nothing is coloured.\n"
      ".TP\n\\fBXDG_CACHE_HOME\\fR\nWhere to keep what was read, in place of \\fI~/.cache\\fR.\n"
      ".SH EXAMPLES\n.nf\n"
      "stallint server                                 # text for people\n"
      "stallint server \\-\\-format sarif=stallint.sarif   # for editors and code hosts\n"
      "stallint explain async\\-blocking\\-call            # what a rule is about\n"
      ".fi\n";
  return text;
}

}  // namespace stallint::options
