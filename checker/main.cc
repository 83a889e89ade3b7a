// argv to options to exit code. What stallint does is in pipeline.cc.

#include "checker/options.h"
#include "checker/pipeline.h"

#include <cstdio>

int main(int argc, char** argv) {
  const stallint::CommandLine line = stallint::read_command_line(argc, argv);
  if (line.options) return stallint::run(*line.options);
  fputs(line.text.c_str(), line.exit_code == stallint::kExitClean ? stdout : stderr);
  return line.exit_code;
}
