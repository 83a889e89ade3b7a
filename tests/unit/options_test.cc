// The command line: what it means, and what is said about mistakes.

#include "checker/options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stallint {
namespace {

CommandLine read(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "stallint");
  return read_command_line(static_cast<int>(arguments.size()), arguments.data());
}

Options options(const std::vector<const char*>& arguments) {
  const CommandLine line = read(arguments);
  EXPECT_TRUE(line.options) << line.text;
  return line.options.value_or(Options{});
}

std::string mistake(const std::vector<const char*>& arguments) {
  const CommandLine line = read(arguments);
  EXPECT_FALSE(line.options);
  EXPECT_EQ(line.exit_code, 2);
  return line.text;
}

using Words = std::vector<std::string>;

TEST(Options, CheckIsTheDefaultCommand) {
  for (const std::vector<const char*>& arguments :
       {std::vector<const char*>{"server", "lib"}, std::vector<const char*>{"check", "server", "lib"}}) {
    EXPECT_EQ(options(arguments).command, Command::kCheck);
    EXPECT_EQ(options(arguments).paths, (Words{"server", "lib"}));
  }
  EXPECT_EQ(options({}).paths, (Words{"."}));
  EXPECT_EQ(options({"--jobs", "2", "server"}).paths, (Words{"server"}));
}

TEST(Options, Defaults) {
  const Options all = options({"check"});
  EXPECT_TRUE(all.outputs.empty());
  EXPECT_EQ(all.fail_on, std::nullopt);
  EXPECT_EQ(all.confidence, std::nullopt);
  EXPECT_EQ(all.color, Color::kAuto);
  EXPECT_GE(all.jobs, 1U);
  EXPECT_FALSE(all.include_tests);
}

TEST(Options, OfCheck) {
  const Options all = options({"check",
                               "--format",
                               "text",
                               "--format=sarif=out.sarif",
                               "--jobs",
                               "3",
                               "--rules",
                               "a",
                               "--rules",
                               "b",
                               "server",
                               "--fail-on",
                               "never",
                               "--confidence",
                               "exact",
                               "--select",
                               "memory,critical",
                               "--ignore",
                               "async-cpu-bound",
                               "--color",
                               "never",
                               "--include-tests",
                               "lib",
                               "--show-low"});
  EXPECT_EQ(all.outputs, (std::vector<Output>{{"text", ""}, {"sarif", "out.sarif"}}));
  EXPECT_EQ(all.jobs, 3U);
  EXPECT_EQ(all.rules, (Words{"a", "b"}));
  EXPECT_EQ(all.paths, (Words{"server", "lib"}));
  EXPECT_EQ(all.fail_on, Threshold::kNever);
  EXPECT_EQ(all.confidence, Confidence::kExact);
  EXPECT_EQ(all.select, (Words{"memory", "critical"}));
  EXPECT_EQ(all.ignore, (Words{"async-cpu-bound"}));
  EXPECT_EQ(all.color, Color::kNever);
  EXPECT_TRUE(all.include_tests);
  EXPECT_TRUE(all.show_low);
}

TEST(Options, ValuesDoNotSwallowPaths) {
  EXPECT_EQ(options({"check", "--format", "sarif", "server"}).paths, (Words{"server"}));
  EXPECT_EQ(options({"check", "--rules", "mine", "server"}).paths, (Words{"server"}));
  EXPECT_EQ(options({"check", "--select", "memory", "server"}).paths, (Words{"server"}));
  EXPECT_EQ(options({"check", "--", "-odd-name.py"}).paths, (Words{"-odd-name.py"}));
}

TEST(Options, OfFailOn) {
  EXPECT_EQ(options({"--fail-on", "low"}).fail_on, Threshold::kLow);
  EXPECT_EQ(options({"--fail-on", "critical"}).fail_on, Threshold::kCritical);
  EXPECT_EQ(options({"--fail-on", "low", "--fail-on", "medium"}).fail_on, Threshold::kMedium);
}

TEST(Options, OfTheOtherCommands) {
  const Options one = options({"explain", "async-blocking-call", "--format", "md"});
  EXPECT_EQ(one.command, Command::kExplain);
  EXPECT_EQ(one.rule, "async-blocking-call");
  EXPECT_EQ(one.explain_format, "md");

  const Options all = options({"explain", "--all", "--format", "md", "--output", "docs/rules"});
  EXPECT_EQ(all.rule, "");
  EXPECT_EQ(all.output_folder, "docs/rules");

  EXPECT_EQ(options({"rules", "--rules", "mine"}).command, Command::kRules);
  EXPECT_EQ(options({"print", "facts", "a.py"}).command, Command::kPrintFacts);
  EXPECT_EQ(options({"print", "facts", "a.py"}).paths, (Words{"a.py"}));
  EXPECT_EQ(options({"print", "program"}).command, Command::kPrintProgram);
  EXPECT_EQ(options({"print", "language"}).command, Command::kPrintLanguage);

  const Options why = options({"why", "server/api.py:12", "server"});
  EXPECT_EQ(why.command, Command::kWhy);
  EXPECT_EQ(why.file, "server/api.py");
  EXPECT_EQ(why.line, 12U);
  EXPECT_EQ(why.paths, (Words{"server"}));
  EXPECT_EQ(options({"why", "api.py:12:5"}).file, "api.py");
  EXPECT_EQ(options({"why", "api.py:12:5"}).line, 12U);
}

TEST(Options, HelpAndVersion) {
  EXPECT_EQ(read({"--version"}).text, "stallint " + std::string(version()) + "\n");
  EXPECT_EQ(read({"--version"}).exit_code, 0);
  for (const char* const command : {"check", "explain", "rules", "print", "why"}) {
    const CommandLine help = read({command, "--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_NE(help.text.find("Exit codes:"), std::string::npos) << command;
    EXPECT_NE(help.text.find("stallint " + std::string(command)), std::string::npos) << help.text;
    EXPECT_NE(read({"--help"}).text.find(std::string("  ") + command), std::string::npos);
  }
  EXPECT_NE(read({"-h"}).text.find("at or above --fail-on"), std::string::npos);
}

TEST(Options, MistakesGetASentenceAndASuggestion) {
  EXPECT_EQ(mistake({"check", "--fromat", "sarif"}),
            "stallint: `stallint check` has no option `--fromat`, did you mean `--format`?\n");
  EXPECT_EQ(mistake({"--job=3"}), "stallint: `stallint check` has no option `--job`, did you mean `--jobs`?\n");
  EXPECT_EQ(mistake({"chekc", "server"}), "stallint: there is no path and no command `chekc`, did you mean `check`?\n");
  EXPECT_EQ(mistake({"--format", "sarfi"}),
            "stallint: `--format` takes text, concise, grouped, json, sarif, github, gitlab, azure, junit, checkstyle, "
            "rdjson or "
            "markdown, not `sarfi`, did you mean `sarif`?\n");
  EXPECT_EQ(mistake({"--fail-on", "hihg"}),
            "stallint: `--fail-on` takes low, medium, high, critical or never, not `hihg`, did you mean `high`?\n");
  EXPECT_EQ(mistake({"--confidence", "sure"}), "stallint: `--confidence` takes likely or exact, not `sure`\n");
  EXPECT_EQ(mistake({"--color", "yes"}), "stallint: `--color` takes auto, always or never, not `yes`\n");
  EXPECT_EQ(mistake({"print", "fact"}),
            "stallint: `stallint print` takes facts, program, language or configuration, not `fact`, did you mean "
            "`facts`?\n");
  EXPECT_EQ(mistake({"rules", "server"}), "stallint: `stallint rules` has no use for `server`\n");
}

TEST(Options, MistakesOfNumbersAndPlaces) {
  for (const char* const jobs : {"0", "-1", "many", "1.5", "513", "99999999999"}) {
    EXPECT_NE(mistake({"check", "--jobs", jobs}).find("takes a number from 1 to 512"), std::string::npos) << jobs;
  }
  for (const char* const place : {"api.py", "api.py:", "api.py:x", ":12", "api.py:0"}) {
    EXPECT_NE(mistake({"why", place}).find("write FILE:LINE"), std::string::npos) << place;
  }
}

TEST(Options, ThingsThatDoNotGoTogether) {
  EXPECT_NE(mistake({"--format", "text", "--format", "sarif"}).find("has to be alone"), std::string::npos);
  EXPECT_NE(mistake({"--format", "json=a", "--format", "sarif=a"}).find("two formats go to a"), std::string::npos);
  EXPECT_EQ(options({"--format", "concise", "--format", "github"}).outputs.size(), 2U);
  EXPECT_NE(mistake({"--format", "sarif="}).find("names no file"), std::string::npos);
  EXPECT_NE(mistake({"explain"}).find("takes the id of a rule"), std::string::npos);
  EXPECT_NE(mistake({"explain", "x", "--all"}).find("--all"), std::string::npos);
  EXPECT_NE(mistake({"explain", "x", "--output", "d"}).find("goes with"), std::string::npos);
  EXPECT_NE(mistake({"print", "language", "server"}).find("takes no path"), std::string::npos);
}

TEST(Options, WhatIsMissing) {
  EXPECT_EQ(mistake({"check", "--jobs"}), "stallint: `--jobs` takes one value; see `stallint check --help`\n");
  EXPECT_EQ(mistake({"why"}), "stallint: `stallint why` takes FILE:LINE; see `stallint why --help`\n");
  EXPECT_EQ(mistake({"print"}), "stallint: `stallint print` takes THING; see `stallint print --help`\n");
}

}  // namespace
}  // namespace stallint
