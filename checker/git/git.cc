#include "checker/git/git.h"

#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

extern char** environ;

namespace stallint::git {

namespace {

// What `git rev-parse --local-env-vars` lists: it belongs to the repository of whoever started us.
bool is_local(std::string_view variable) {
  constexpr std::array<std::string_view, 17> kLocal = {"GIT_ALTERNATE_OBJECT_DIRECTORIES",
                                                       "GIT_CONFIG",
                                                       "GIT_CONFIG_PARAMETERS",
                                                       "GIT_CONFIG_COUNT",
                                                       "GIT_OBJECT_DIRECTORY",
                                                       "GIT_DIR",
                                                       "GIT_WORK_TREE",
                                                       "GIT_IMPLICIT_WORK_TREE",
                                                       "GIT_GRAFT_FILE",
                                                       "GIT_INDEX_FILE",
                                                       "GIT_NO_REPLACE_OBJECTS",
                                                       "GIT_REPLACE_REF_BASE",
                                                       "GIT_PREFIX",
                                                       "GIT_SHALLOW_FILE",
                                                       "GIT_COMMON_DIR",
                                                       "GIT_INTERNAL_SUPER_PREFIX",
                                                       "LC_ALL"};
  const std::string_view name = variable.substr(0, variable.find('='));
  for (const std::string_view local : kLocal) {
    if (name == local) return true;
  }
  return false;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

struct Pipe {
  int read_end = -1;
  int write_end = -1;

  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return;
    read_end = ends[0];
    write_end = ends[1];
  }
  ~Pipe() {
    shut(read_end);
    shut(write_end);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  static void shut(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

// Feeds the one and drains the others until all are closed.
void talk(Pipe& in, Pipe& out, Pipe& err, std::string_view input, Output& said) {
  std::array<char, 65536> buffer{};
  while (out.read_end >= 0 || err.read_end >= 0 || in.write_end >= 0) {
    if (input.empty()) Pipe::shut(in.write_end);
    std::array<pollfd, 3> wait = {pollfd{in.write_end, POLLOUT, 0}, pollfd{out.read_end, POLLIN, 0},
                                  pollfd{err.read_end, POLLIN, 0}};
    if (poll(wait.data(), wait.size(), -1) < 0 && errno != EINTR) return;
    if (wait[0].revents != 0) {
      const ssize_t count = write(in.write_end, input.data(), input.size());
      if (count > 0) input.remove_prefix(static_cast<size_t>(count));
      if (count < 0 && errno != EINTR && errno != EAGAIN) Pipe::shut(in.write_end);
    }
    const auto drain = [&](const pollfd& ready, int& end, std::string& text) {
      if (ready.revents == 0) return;
      const ssize_t count = read(end, buffer.data(), buffer.size());
      if (count > 0) text.append(buffer.data(), static_cast<size_t>(count));
      if (count == 0 || (count < 0 && errno != EINTR)) Pipe::shut(end);
    };
    drain(wait[1], out.read_end, said.out);
    drain(wait[2], err.read_end, said.err);
  }
}

}  // namespace

Output run(const std::string& folder, const std::vector<std::string>& arguments, std::string_view input,
           const std::vector<std::string>& environment) {
  std::vector<std::string> command{"git", "-C", folder};
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment;
  variables.emplace_back("LC_ALL=C");
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!is_local(*variable)) variables.emplace_back(*variable);
  }
  std::vector<char*> argv = pointers(command);
  std::vector<char*> envp = pointers(variables);

  Output said;
  Pipe in, out, err;
  if (in.read_end < 0 || out.read_end < 0 || err.read_end < 0) return {kNoGit, "", "no pipe can be made"};
  // A child that ends before it has read everything is no reason to end here.
  void (*const before)(int) = signal(SIGPIPE, SIG_IGN);
  const pid_t child = fork();
  if (child == 0) {
    // Only what is safe after fork() in a program with threads.
    dup2(in.read_end, STDIN_FILENO);
    dup2(out.write_end, STDOUT_FILENO);
    dup2(err.write_end, STDERR_FILENO);
    execvpe("git", argv.data(), envp.data());
    _exit(kNoGit);
  }
  Pipe::shut(in.read_end);
  Pipe::shut(out.write_end);
  Pipe::shut(err.write_end);
  if (child > 0) talk(in, out, err, input, said);
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  signal(SIGPIPE, before);
  if (child < 0) return {kNoGit, "", strerror(errno)};
  said.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return said;
}

}  // namespace stallint::git
