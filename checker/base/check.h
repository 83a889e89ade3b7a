#pragma once
// What must be true if stallint itself is right. On in every build; what the user gave never fails a check.
//
//     STALLINT_CHECK(index < blocks.size(), "a call stands in a block of its own body");
//
// A failed check names the file being read, if the thread has said so, and aborts:
//
//     WorkingOn scope("server/api.py");
//
//     stallint: internal error at checker/python/events.cc:12 while reading server/api.py: a call stands in ...

#include <string>
#include <string_view>

namespace stallint {

// Names what this thread is busy with while it lives; the innermost is printed.
class WorkingOn {
 public:
  explicit WorkingOn(std::string_view what);
  ~WorkingOn();
  WorkingOn(const WorkingOn&) = delete;
  WorkingOn& operator=(const WorkingOn&) = delete;

 private:
  std::string_view outer_;
};

[[noreturn]] void check_failed(const char* file, int line, const char* condition, std::string_view message);

}  // namespace stallint

#define STALLINT_CHECK(condition, message) \
  (static_cast<bool>(condition) ? void() : ::stallint::check_failed(__FILE__, __LINE__, #condition, message))
