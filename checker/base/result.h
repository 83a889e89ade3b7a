#pragma once
// How a function says that the user's input is wrong: a value, or the problems that prevented it.
//
//     Result<Rules> rules = load_rules(paths);
//     if (!rules) return rules.problems();   // rules/http/x.yaml:14:7: unknown word `runing`, did you mean `runs`?
//
// Only input can be wrong in this way (options, YAML, missing files). Source code that does not parse is no problem:
// it yields facts and a note. A mistake of ours is a CHECK. Nothing throws across rooms.

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace stallint {

// A place in a file the user wrote. Lines and columns count from 1; 0 means "not known". Columns count bytes.
struct Place {
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;

  // "file:line:column", with the parts that are known.
  std::string text() const;
};

// One thing that is wrong with what the user gave, in a sentence that says what to do instead.
struct Problem {
  Place place;  // empty file: the command line
  std::string message;

  // "file:line:column: message".
  std::string text() const;
};

template <typename T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}                                  // NOLINT: a value is a result
  Result(Problem problem) : state_(std::vector<Problem>{std::move(problem)}) {}  // NOLINT
  Result(std::vector<Problem> problems) : state_(std::move(problems)) {}         // NOLINT

  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  T& operator*() { return std::get<T>(state_); }
  const T& operator*() const { return std::get<T>(state_); }
  T* operator->() { return &std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }
  const std::vector<Problem>& problems() const { return std::get<std::vector<Problem>>(state_); }

 private:
  std::variant<T, std::vector<Problem>> state_;
};

}  // namespace stallint
