#include "checker/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace stallint {

namespace {

thread_local std::string_view working_on;

}  // namespace

WorkingOn::WorkingOn(std::string_view what) : outer_(working_on) { working_on = what; }

WorkingOn::~WorkingOn() { working_on = outer_; }

void check_failed(const char* file, int line, const char* condition, std::string_view message) {
  std::string text = "stallint: internal error at ";
  text += file;
  text += ':' + std::to_string(line);
  if (!working_on.empty()) {
    text += " while reading ";
    text += working_on;
  }
  text += ": ";
  text += message;
  text += " (";
  text += condition;
  text += ")\n";
  fwrite(text.data(), 1, text.size(), stderr);
  abort();
}

}  // namespace stallint
