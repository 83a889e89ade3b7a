#include "checker/units/helper.h"

#include "checker/base/text.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace stallint::units {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kProgram = "stallint-clang";
constexpr size_t kBatch = 5;          // units of a process: its start costs little, a lost process costs its rest
constexpr unsigned kFalseStarts = 3;  // processes that end before they begin with anything
constexpr int kCannotRun = 127;       // what a shell says of a program that is not there
constexpr std::chrono::seconds kToEnd{2};
constexpr int kPatience = 5;  // a busy machine: so many times its limit may pass before a process has had its time

// The helper minds its memory itself. This is the fence behind it, so it is a little higher: address space is not only
// what is used.
constexpr uint64_t kMargin = uint64_t{1} << 30;
#ifdef __SANITIZE_ADDRESS__  // which takes terabytes of address space for itself
constexpr bool kLimitsMemory = false;
#else
constexpr bool kLimitsMemory = true;
#endif

bool can_run(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && access(path.c_str(), X_OK) == 0;
}

// --- A process -----------------------------------------------------------------------------------------------------

// A descriptor that is closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  int number() const { return number_; }
  void reset() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// How a process ended.
struct Ending {
  int status = 0;
  uint64_t most_memory = 0;  // bytes
  bool stuck = false;        // it did not end by itself
};

// A helper at work. The job lies in memory as a file, so that nobody waits for it to be read and nothing breaks if it
// never is.
class Process {
 public:
  // False if none could be started.
  bool start(const std::string& program, const std::string& job, uint64_t memory) {
    Descriptor input(memfd_create("job", MFD_CLOEXEC));
    if (input.number() < 0 || !write_all(input.number(), job) || lseek(input.number(), 0, SEEK_SET) != 0) return false;
    std::array<int, 2> pipe{};
    if (pipe2(pipe.data(), O_CLOEXEC) != 0) return false;
    output_ = Descriptor(pipe[0]);
    Descriptor write_end(pipe[1]);
    fcntl(output_.number(), F_SETFL, O_NONBLOCK);
    Descriptor nowhere(open("/dev/null", O_WRONLY | O_CLOEXEC));
    std::string name = program, option = "--memory-limit", megabytes = std::to_string(memory >> 20);
    char* const arguments[] = {name.data(), memory > 0 ? option.data() : nullptr, megabytes.data(), nullptr};
    const pid_t parent = getpid();
    pid_ = fork();
    if (pid_ != 0) return pid_ > 0;

    // Only what is safe after fork() in a program with threads.
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // whoever stops stallint stops its helpers
    if (getppid() != parent) _exit(kCannotRun);
    if (memory > 0 && kLimitsMemory) {
      const rlimit limit{memory + kMargin, memory + kMargin};
      setrlimit(RLIMIT_AS, &limit);
    }
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    dup2(input.number(), STDIN_FILENO);
    dup2(write_end.number(), STDOUT_FILENO);
    if (std::getenv("STALLINT_CLANG_STDERR") == nullptr) dup2(nowhere.number(), STDERR_FILENO);
    execv(arguments[0], arguments);
    _exit(kCannotRun);
  }

  int output() const { return output_.number(); }

  // Reads what is there. False at the end of the stream.
  bool read_some(exchange::FrameReader& frames) {
    static thread_local std::array<char, 1 << 16> buffer;
    for (;;) {
      const ssize_t got = read(output_.number(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) return true;
      if (got <= 0) return false;
      frames.feed({buffer.data(), static_cast<size_t>(got)});
      if (static_cast<size_t>(got) < buffer.size()) return true;
    }
  }

  void kill() { ::kill(pid_, SIGKILL); }

  // Time of processors that it has used so far.
  std::chrono::milliseconds used() const {
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &time) != 0) return {};
    return std::chrono::seconds(time.tv_sec) +
           std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds(time.tv_nsec));
  }

  // Waits for the end, and not for long.
  Ending end() {
    Ending ending;
    rusage used{};
    const Clock::time_point until = Clock::now() + kToEnd;
    for (;;) {
      const bool patient = Clock::now() < until;
      ending.stuck = !patient;
      if (!patient) kill();
      const pid_t ended = wait4(pid_, &ending.status, patient ? WNOHANG : 0, &used);
      if (ended == pid_ || (ended < 0 && errno != EINTR)) break;
      if (ended == 0) usleep(500);
    }
    ending.most_memory = static_cast<uint64_t>(used.ru_maxrss) * 1024;
    return ending;
  }

 private:
  pid_t pid_ = -1;
  Descriptor output_;
};

// --- Why it ended --------------------------------------------------------------------------------------------------

std::string signal_text(int number) {
  const char* const name = sigabbrev_np(number);
  return "signal " + std::to_string(number) + (name != nullptr ? " (SIG" + std::string(name) + ")" : "");
}

// A limit of memory is met inside the helper, which then ends in one way or another.
bool met_the_limit(const Ending& ending, uint64_t memory) {
  const bool by_itself = WIFEXITED(ending.status) || (WIFSIGNALED(ending.status) && WTERMSIG(ending.status) != SIGKILL);
  return memory > 0 && by_itself && ending.most_memory > memory / 4 * 3;
}

std::string reason_of(const Ending& ending, uint64_t memory) {
  if (ending.stuck || (WIFEXITED(ending.status) && WEXITSTATUS(ending.status) == 0)) {
    return "the compiler gave no answer";
  }
  if (met_the_limit(ending, memory)) return "it took more than " + std::to_string(memory >> 20) + " MB of memory";
  if (WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGSEGV) {
    return "the compiler crashed on it by " + signal_text(SIGSEGV) + ", perhaps of code nested too deeply";
  }
  if (WIFSIGNALED(ending.status)) return "the compiler was ended on it by " + signal_text(WTERMSIG(ending.status));
  return "the compiler gave up on it with exit code " + std::to_string(WEXITSTATUS(ending.status));
}

std::string time_reason(std::chrono::milliseconds limit) {
  const auto seconds = static_cast<size_t>(limit.count() / 1000);
  return "it took longer than " + (seconds > 0 ? counted(seconds, "second") : std::to_string(limit.count()) + " ms");
}

// --- All of them ---------------------------------------------------------------------------------------------------

struct Batch {
  std::vector<size_t> units;
  bool alone = false;  // the second attempt of a unit
};

struct Worker {
  Process process;
  Batch batch;
  exchange::FrameReader frames;
  std::vector<bool> done;         // by place in the batch
  std::optional<size_t> current;  // place in the batch of what is being read
  bool began = false;
  Clock::time_point since;           // of what is being read
  Clock::time_point deadline;        // when to look at its time again
  std::chrono::milliseconds used{};  // when it began with that
  Reason reason;                     // why we ended it ourselves
  bool out_of_time = false;

  // What is to blame if the process dies now: what it was at, else the first that it has not done.
  std::optional<size_t> suspect() const {
    if (current && !done[*current]) return current;
    const auto open = std::find(done.begin(), done.end(), false);
    return open == done.end() ? std::nullopt : std::optional(static_cast<size_t>(open - done.begin()));
  }
};

class Crew {
 public:
  Crew(const Errand& errand, const std::vector<const exchange::Unit*>& units, const Listener& listener)
      : errand_(errand), units_(units), listener_(listener) {}

  Reason run(const std::vector<uint64_t>& sizes) {
    plan(sizes);
    for (;;) {
      while (!refused_ && !batches_.empty() && workers_.size() < std::max(1U, errand_.limits.jobs)) start(take());
      if (workers_.empty()) break;
      serve();
    }
    return broken_;
  }

 private:
  // The largest first, and smaller batches where there would be too few for everybody.
  void plan(const std::vector<uint64_t>& sizes) {
    std::vector<size_t> order(units_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return sizes[a] > sizes[b]; });
    const size_t share = units_.size() / (2 * std::max(1U, errand_.limits.jobs));
    const size_t size = std::clamp<size_t>(share, 1, kBatch);
    for (size_t at = 0; at < order.size(); at += size) {
      batches_.push_back({{order.begin() + static_cast<ptrdiff_t>(at),
                           order.begin() + static_cast<ptrdiff_t>(std::min(at + size, order.size()))},
                          false});
    }
  }

  Batch take() {
    Batch batch = std::move(batches_.front());
    batches_.pop_front();
    return batch;
  }

  void start(Batch batch) {
    if (!broken_.empty()) {
      for (const size_t unit : batch.units) listener_.failed(unit, {broken_, true});
      return;
    }
    exchange::Job job{errand_.project_files, {}, errand_.queries, errand_.full_templates};
    for (const size_t unit : batch.units) job.units.push_back(*units_[unit]);
    auto worker = std::make_unique<Worker>();
    worker->done.assign(batch.units.size(), false);
    worker->batch = std::move(batch);
    if (!worker->process.start(errand_.helper, exchange::encode(job), errand_.limits.memory)) {
      broken_ = std::string("it cannot be started: ") + std::strerror(errno);
      return start(std::move(worker->batch));
    }
    begin(*worker);
    workers_.push_back(std::move(worker));
  }

  // The time of a unit begins.
  void begin(Worker& worker) const {
    worker.since = Clock::now();
    worker.used = worker.process.used();
    worker.deadline = worker.since + errand_.limits.time;
  }

  // Whether its time is over. What counts is the time that it worked, as others may work here too; but one that waits
  // for nothing ends as well.
  bool out_of_time(Worker& worker) const {
    const Clock::time_point now = Clock::now();
    if (now < worker.deadline) return false;
    const std::chrono::milliseconds used = worker.process.used() - worker.used, limit = errand_.limits.time;
    if (used >= limit || now - worker.since >= limit * kPatience) return true;
    worker.deadline = now + std::max(limit - used, limit / 10);
    return false;
  }

  // Waits until a worker says something or has no time left, and deals with it.
  void serve() {
    std::vector<pollfd> waiting;
    Clock::time_point first = Clock::time_point::max();
    for (const auto& worker : workers_) {
      waiting.push_back({worker->process.output(), POLLIN, 0});
      first = std::min(first, worker->deadline);
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(first - Clock::now()).count();
    if (poll(waiting.data(), waiting.size(), static_cast<int>(std::clamp<int64_t>(left + 1, 0, 60000))) < 0) {
      for (pollfd& one : waiting) one.revents = 0;  // a signal: look at the time, then wait again
    }
    std::vector<std::unique_ptr<Worker>> ended;
    for (size_t i = workers_.size(); i-- > 0;) {
      if (goes_on(*workers_[i], waiting[i].revents != 0)) continue;
      ended.push_back(std::move(workers_[i]));
      workers_.erase(workers_.begin() + static_cast<ptrdiff_t>(i));
    }
    for (const auto& worker : ended) bury(*worker);
  }

  bool goes_on(Worker& worker, bool speaks) {
    const bool open = !speaks || worker.process.read_some(worker.frames);
    while (std::optional<exchange::Frame> frame = worker.frames.next()) take_frame(worker, *std::move(frame));
    if (worker.frames.broken() && worker.reason.empty()) worker.reason = "the compiler's answer makes no sense";
    if (worker.reason.empty() && open && out_of_time(worker)) {
      worker.reason = time_reason(errand_.limits.time);
      worker.out_of_time = true;
    }
    if (worker.reason.empty()) return open;
    worker.process.kill();
    return false;
  }

  void take_frame(Worker& worker, exchange::Frame frame) {
    const std::vector<size_t>& units = worker.batch.units;
    const uint32_t unit = frame.begin ? frame.begin->unit : frame.done ? frame.done->unit : 0;
    if (unit >= units.size()) {
      worker.reason = "the compiler's answer makes no sense";
      return;
    }
    if (frame.begin && refused_) {
      worker.reason = "a query is wrong";  // which the user mends first
    } else if (frame.begin) {
      worker.current = unit;
      worker.began = true;
      ever_began_ = true;
      begin(worker);
    } else if (frame.facts) {
      listener_.facts(units[worker.current.value_or(0)], *std::move(frame.facts));
    } else if (frame.done && !worker.done[unit]) {
      worker.done[unit] = true;
      begin(worker);
      if (worker.batch.alone) listener_.failed(units[unit], {first_reasons_[units[unit]], false});
      listener_.done(units[unit], *std::move(frame.done));
    } else if (frame.bad_query) {
      refused_ = true;
      listener_.bad_query(*frame.bad_query);
    }
  }

  // After the end of a process: what it has not done is done by others.
  void bury(Worker& worker) {
    const Ending ending = worker.process.end();
    const std::optional<size_t> suspect = worker.suspect();
    if (!suspect || refused_) return;
    if (!worker.began && !ever_began_ && worker.reason.empty() && ++false_starts_ >= kFalseStarts) {
      broken_ = WIFEXITED(ending.status) && WEXITSTATUS(ending.status) == kCannotRun
                    ? "it cannot be run"
                    : "it ends before it begins, " + reason_of(ending, errand_.limits.memory);
    }
    const Reason reason = worker.reason.empty() ? reason_of(ending, errand_.limits.memory) : worker.reason;
    const size_t unit = worker.batch.units[*suspect];
    // The clock began with the unit, so a second attempt would take as long.
    if (worker.batch.alone || worker.out_of_time) {
      listener_.failed(unit, {reason, true});
    } else {
      first_reasons_[unit] = reason;
      batches_.push_back({{unit}, true});
    }
    Batch rest;
    for (size_t i = 0; i < worker.done.size(); ++i) {
      if (!worker.done[i] && i != *suspect) rest.units.push_back(worker.batch.units[i]);
    }
    if (!rest.units.empty()) batches_.push_front(std::move(rest));
  }

  const Errand& errand_;
  const std::vector<const exchange::Unit*>& units_;
  const Listener& listener_;
  std::deque<Batch> batches_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::map<size_t, Reason> first_reasons_;
  unsigned false_starts_ = 0;
  bool ever_began_ = false;
  bool refused_ = false;  // a query is wrong
  Reason broken_;
};

}  // namespace

Result<std::string> find_helper(const std::string& wanted) {
  std::error_code error;
  if (!wanted.empty()) {
    if (can_run(wanted)) return fs::absolute(wanted, error).native();
    const char* const what = fs::exists(wanted, error) ? "` cannot be run" : "` does not exist";
    return Problem{{}, "`--clang " + wanted + what + "; it takes the path of " + kProgram};
  }
  const fs::path own = fs::read_symlink("/proc/self/exe", error);
  if (!error && can_run(own.parent_path() / kProgram)) return (own.parent_path() / kProgram).native();
  const char* const folders = std::getenv("PATH");
  for (const std::string_view folder : split(folders != nullptr ? folders : "", ':')) {
    const fs::path path = fs::path(folder) / kProgram;
    if (!folder.empty() && can_run(path)) return fs::absolute(path, error).native();
  }
  return std::string();
}

Reason read_units(const Errand& errand, const std::vector<const exchange::Unit*>& units,
                  const std::vector<uint64_t>& sizes, const Listener& listener) {
  return Crew(errand, units, listener).run(sizes);
}

}  // namespace stallint::units
