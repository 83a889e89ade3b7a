#pragma once
// A report as the checker would deliver it, built from small sources and the words in them.
//
//     Scene scene;
//     scene.file("api.py", "async def read(name):\n    return load(name)\n");
//     scene.finds("async-blocking-call", Severity::kCritical, {{"api.py", "load(name)", "read", "load"}, ...});
//
// Places are given by the text that stands there, so no test counts columns.

#include "checker/finding/finding.h"

#include <map>
#include <string>
#include <vector>

namespace stallint {

// A call in a chain: in `function`, the text `code` of `file` calls `callee`.
struct Hop {
  std::string file;
  std::string code;
  std::string function;
  std::string callee;
  int occurrence = 1;
};

class Scene {
 public:
  Scene();

  void file(const std::string& name, const std::string& text);

  // Where `code` stands for the n-th time. Ends the test program with a sentence if it does not stand there.
  Region at(const std::string& file, const std::string& code, int occurrence = 1) const;

  // A finding along a chain, with the message, sink, subject and first callee that a chain has. Call order is report
  // order.
  Finding& finds(const std::string& rule, Severity severity, const std::vector<Hop>& chain);

  // A finding about one place, without a chain.
  Finding& notices(const std::string& rule, Severity severity, const Region& place, const std::string& message);

  // For reporters, which take a function from path to text.
  const std::string* text(const std::string& file) const;

  Report report;

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace stallint
