// Reads a job on standard input and answers with frames on standard output; see checker/exchange/exchange.h.

#include "checker/clang/driver.h"
#include "checker/exchange/exchange.h"

#include <clang/Basic/Version.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/Support/thread.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <unistd.h>

namespace stallint::cxx {
namespace {

constexpr int kDone = 0, kWrong = 2;

// Clang follows nested source by recursion: a sum of 200,000 terms needs it. It is address space, and memory only where
// it is used.
constexpr uint64_t kMegabyte = 1 << 20;
constexpr uint64_t kStack = 512 * kMegabyte;

constexpr char kHelp[] =
    "usage: stallint-clang [--memory-limit MB] < JOB > FRAMES\n"
    "\n"
    "Reads C++ for stallint, which starts it; there is nothing to call it for by hand.\n"
    "\n"
    "  --memory-limit MB  die rather than use more memory\n"
    "  --version          print the version of this program and of its Clang\n"
    "  --help             print this\n";

int wrong(const std::string& message) {
  std::fprintf(stderr, "stallint-clang: %s\n", message.c_str());
  return kWrong;
}

void send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) std::_Exit(kWrong);  // nobody listens any more
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

void set_limits([[maybe_unused]] uint64_t memory) {
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
#ifndef __SANITIZE_ADDRESS__  // which takes terabytes of address space for itself
  if (memory == 0) return;
  const rlimit bytes = {memory * kMegabyte + kStack, memory * kMegabyte + kStack};
  setrlimit(RLIMIT_AS, &bytes);
#endif
}

int run(int argc, char** argv) {
  uint64_t memory = 0;
  for (int n = 1; n < argc; ++n) {
    const llvm::StringRef argument = argv[n];
    if (argument == "--help") {
      std::fputs(kHelp, stdout);
      return kDone;
    }
    if (argument == "--version") {
      std::printf("stallint-clang %s (Clang %s)\n", STALLINT_VERSION, CLANG_VERSION_STRING);
      return kDone;
    }
    if (argument != "--memory-limit") return wrong("unknown option " + argument.str() + ", see --help");
    if (++n == argc || llvm::StringRef(argv[n]).getAsInteger(10, memory) || memory == 0) {
      return wrong("--memory-limit takes a number of megabytes");
    }
  }
  set_limits(memory);

  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  const std::optional<exchange::Job> job = exchange::decode_job(text);
  if (!job) return wrong("standard input holds no job");
  llvm::thread worker(std::optional<unsigned>(kStack), [&] { run_job(*job, send); });
  worker.join();
  return kDone;
}

}  // namespace
}  // namespace stallint::cxx

#ifdef __SANITIZE_ADDRESS__
// LLVM's allocators mark their memory in code that is compiled here, and unmark it in libraries that are compiled
// without sanitizers.
extern "C" const char* __asan_default_options() { return "allow_user_poisoning=0"; }
#endif

#if defined(__SANITIZE_ADDRESS__)
// What Clang allocates in its arenas is never destroyed, by design, and strings in there count as lost.
extern "C" int __lsan_is_turned_off() { return 1; }
#endif

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return stallint::cxx::run(argc, argv);
}
