// stallint-clang, from outside: a job goes in, frames come out. What it must survive, what it says of commands of other
// compilers, which locks it sees held, and what queries find.

#include "checker/exchange/exchange.h"
#include "checker/facts/pack.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;
using exchange::Done;

const std::string kHelper = STALLINT_CLANG;

// A folder of files and what the helper says of them.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "stallint-XXXXXX").string();
    path_ = fs::canonical(mkdtemp(name.data()));
  }
  ~Folder() { fs::remove_all(path_); }

  std::string path(const std::string& name) const { return (path_ / name).string(); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }

  exchange::Unit unit(const std::string& name, std::vector<std::string> flags = {"-std=c++20"},
                      const std::string& compiler = "g++") const {
    exchange::Unit unit{path(name), path_.string(), {compiler}};
    unit.arguments.insert(unit.arguments.end(), flags.begin(), flags.end());
    unit.arguments.insert(unit.arguments.end(), {"-c", path(name), "-o", path("out.o")});
    return unit;
  }

 private:
  fs::path path_;
};

struct Answer {
  int status = 0;  // as waitpid has it
  bool whole = true;
  std::vector<uint32_t> begun;
  std::vector<Done> done;
  std::vector<exchange::BadQuery> bad;
  std::map<uint64_t, facts::FileFacts> facts;
  size_t sent = 0;  // facts frames

  const facts::FileFacts* of(const Done& unit, const std::string& path) const {
    for (const Done::File& file : unit.files) {
      if (file.path == path) return &facts.at(file.facts);
    }
    return nullptr;
  }
};

Answer ask(const Folder& folder, const exchange::Job& job, const std::string& options = "") {
  folder.write("job.json", exchange::encode(job));
  const std::string command =
      kHelper + " " + options + " < " + folder.path("job.json") + " 2> " + folder.path("stderr");
  Answer answer;
  FILE* const pipe = popen(command.c_str(), "r");
  exchange::FrameReader reader;
  std::vector<char> buffer(1 << 16);
  while (const size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) reader.feed({buffer.data(), count});
  answer.status = pclose(pipe);
  while (const auto frame = reader.next()) {
    if (frame->begin) answer.begun.push_back(frame->begin->unit);
    if (frame->done) answer.done.push_back(*frame->done);
    if (frame->bad_query) answer.bad.push_back(*frame->bad_query);
    if (frame->facts) {
      ++answer.sent;
      const auto facts = facts::unpack(frame->facts->bytes);
      answer.whole = answer.whole && facts;
      if (facts) answer.facts[frame->facts->hash] = *facts;
    }
  }
  answer.whole = answer.whole && !reader.broken();
  EXPECT_EQ(fs::file_size(folder.path("stderr")), 0u) << "something was printed";
  return answer;
}

// One file, and what is said of it.
struct Single {
  Answer answer;
  Done done;
  facts::FileFacts facts;
};

Single ask_about(const std::string& text, std::vector<std::string> flags = {"-std=c++20"},
                 const std::string& compiler = "g++", const std::string& name = "main.cc",
                 std::vector<std::string> queries = {}) {
  const Folder folder;
  folder.write(name, text);
  Single single;
  single.answer = ask(folder, {{folder.path(name)}, {folder.unit(name, flags, compiler)}, std::move(queries), false});
  EXPECT_EQ(single.answer.status, 0);
  EXPECT_TRUE(single.answer.whole);
  EXPECT_EQ(single.answer.done.size(), 1u);
  EXPECT_FALSE(fs::exists(folder.path("out.o")));
  if (single.answer.done.empty()) return single;
  single.done = single.answer.done[0];
  if (const auto* facts = single.answer.of(single.done, folder.path(name))) single.facts = *facts;
  return single;
}

bool defines(const facts::FileFacts& facts, const std::string& name) {
  return std::any_of(facts.functions.begin(), facts.functions.end(),
                     [&](const facts::Function& function) { return facts.text(function.name) == name; });
}

// What was read of the folder itself.
std::vector<std::string> own_dependencies(const Done& done, const Folder& folder) {
  std::vector<std::string> own;
  for (const std::string& path : done.dependencies) {
    if (path.starts_with(folder.path(""))) own.push_back(path);
  }
  return own;
}

std::string first_error(const Done& done) { return done.first_errors.empty() ? "" : done.first_errors[0].message; }

// --- The program -----------------------------------------------------------------------------------------------------

TEST(Helper, SaysWhatItIs) {
  EXPECT_EQ(std::system((kHelper + " --version | grep -q '^stallint-clang .*Clang 19'").c_str()), 0);
  EXPECT_EQ(std::system((kHelper + " --help | grep -q memory-limit").c_str()), 0);
  EXPECT_EQ(WEXITSTATUS(std::system((kHelper + " --odd 2> /dev/null").c_str())), 2);
  EXPECT_EQ(WEXITSTATUS(std::system(("echo no | " + kHelper + " 2> /dev/null").c_str())), 2);
}

TEST(Helper, ReadsUnitAfterUnitAndSendsAHeaderOnce) {
  const Folder folder;
  folder.write("store.h", "#pragma once\ninline int load(int key) { return key; }\n");
  folder.write("a.cc", "#include \"store.h\"\nint a() { return load(1); }\n");
  folder.write("b.cc", "#include \"store.h\"\nint b() { return load(2); }\n");
  const std::vector<std::string> files = {folder.path("a.cc"), folder.path("b.cc"), folder.path("store.h")};
  const Answer answer = ask(folder, {files, {folder.unit("a.cc"), folder.unit("b.cc")}, {}, false});
  EXPECT_EQ(answer.begun, (std::vector<uint32_t>{0, 1}));
  ASSERT_EQ(answer.done.size(), 2u);
  EXPECT_EQ(answer.sent, 3u);
  for (const Done& done : answer.done) {
    EXPECT_EQ(done.errors, 0u) << first_error(done);
    EXPECT_NE(answer.of(done, folder.path("store.h")), nullptr);
    EXPECT_TRUE(std::is_sorted(done.files.begin(), done.files.end(),
                               [](const auto& one, const auto& other) { return one.path < other.path; }));
  }
  EXPECT_EQ(own_dependencies(answer.done[0], folder),
            (std::vector<std::string>{folder.path("a.cc"), folder.path("store.h")}));
  EXPECT_TRUE(defines(*answer.of(answer.done[1], folder.path("b.cc")), "b"));
}

TEST(Helper, NamesFilesByTheirRealPaths) {
  const Folder folder;
  folder.write("real/store.h", "inline int load() { return 1; }\n");
  folder.write("main.cc", "#include \"link/../link/store.h\"\nint a() { return load(); }\n");
  fs::create_directory_symlink(folder.path("real"), folder.path("link"));
  const Answer answer =
      ask(folder, {{folder.path("main.cc"), folder.path("real/store.h")}, {folder.unit("main.cc")}, {}, false});
  ASSERT_EQ(answer.done.size(), 1u);
  EXPECT_EQ(own_dependencies(answer.done[0], folder),
            (std::vector<std::string>{folder.path("main.cc"), folder.path("real/store.h")}));
  EXPECT_NE(answer.of(answer.done[0], folder.path("real/store.h")), nullptr);
}

// --- Commands --------------------------------------------------------------------------------------------------------

TEST(Commands, OfOtherCompilersAreUnderstood) {
  const std::string text = "#include <vector>\n#ifndef ONE\n#error flag lost\n#endif\nint f() { return ONE; }\n";
  const std::vector<std::vector<std::string>> commands = {
      {"g++", "-DONE=1"},
      {"/usr/bin/x86_64-linux-gnu-g++-12", "-DONE=1", "-fconcepts", "-fno-gnu-unique", "-fanalyzer", "-flto=4",
       "-march=native", "-Wno-such-warning", "-Werror", "-Wall"},
      {"ccache", "g++", "-DONE=1"},
      {"cmake", "-E", "env", "A=b", "distcc", "c++", "-DONE=1"},
      {"clang++-14", "-DONE=1", "-Xclang", "-include-pch", "-Xclang", "none.pch", "-Xclang", "-include", "-Xclang",
       "one.h"},
      {"c++", "-D", "ONE=1", "-MD", "-MT", "x.o", "-MF", "x.d", "-Wp,-MD,y.d", "-E", "-S", "-v", "-include-pch",
       "x.pch", "-fplugin=none.so", "-save-temps", "-lpthread", "-Wl,--as-needed", "other.o"},
      {"clang++", "@flags.rsp"},
      {"g++", "-I", "sub", "-include", "two.h"},
      {"no-such-compiler", "-DONE=1"},
  };
  for (const std::vector<std::string>& command : commands) {
    const Folder folder;
    folder.write("main.cc", text);
    folder.write("one.h", "\n");
    folder.write("sub/two.h", "#define ONE 1\n");
    folder.write("flags.rsp", "-std=c++20 '-DONE=1' @sub/more.rsp");
    folder.write("sub/more.rsp", "-DTWO");
    const std::vector<std::string> flags(command.begin() + 1, command.end());
    const std::set<fs::path> before(fs::directory_iterator(folder.path("")), fs::directory_iterator());
    const Answer answer =
        ask(folder, {{folder.path("main.cc")}, {folder.unit("main.cc", flags, command[0])}, {}, false});
    ASSERT_EQ(answer.done.size(), 1u) << command[0];
    const Done& done = answer.done[0];
    EXPECT_EQ(done.errors, 0u) << command[0] << ": " << first_error(done);
    EXPECT_TRUE(done.missing.empty()) << command[0];
    const auto* const facts = answer.of(done, folder.path("main.cc"));
    EXPECT_TRUE(facts && defines(*facts, "f")) << command[0];
    for (const auto& entry : fs::directory_iterator(folder.path(""))) {
      if (entry.path().filename() == "job.json" || entry.path().filename() == "stderr") continue;
      EXPECT_TRUE(before.contains(entry.path())) << command[0] << " wrote " << entry.path();
    }
  }
}

TEST(Commands, OfVisualStudioAreUnderstood) {
  const Single single =
      ask_about("#ifndef ONE\n#error flag lost\n#endif\nint f() { return ONE; }\n",
                {"/DONE=1", "/std:c++20", "/EHsc", "/Yuone.h", "/Fpone.pch", "/showIncludes"}, "clang-cl");
  EXPECT_EQ(single.done.errors, 0u) << first_error(single.done);
  EXPECT_TRUE(defines(single.facts, "f"));
}

TEST(Commands, OfCAreUnderstood) {
  const Single single =
      ask_about("#include <stdlib.h>\nint class(int new) { return abs(new); }\n", {}, "gcc", "main.c");
  EXPECT_EQ(single.done.errors, 0u) << first_error(single.done);
  EXPECT_TRUE(defines(single.facts, "class"));
}

TEST(Commands, NeedNoEndingThatSaysSomething) {
  const Single single = ask_about("int f() { return 1; }\n", {}, "g++", "parts.ipp");
  EXPECT_EQ(single.done.errors, 0u) << first_error(single.done);
  EXPECT_TRUE(defines(single.facts, "f"));
}

TEST(Commands, OfNothingAreNoReasonToDie) {
  const Folder folder;
  folder.write("main.cc", "int f() { return 1; }\n");
  exchange::Unit empty{folder.path("main.cc"), "/no/such/folder", {}};
  const Answer answer = ask(folder, {{folder.path("main.cc")}, {empty}, {}, false});
  EXPECT_EQ(answer.status, 0);
  ASSERT_EQ(answer.done.size(), 1u);
  EXPECT_EQ(answer.done[0].errors, 0u) << first_error(answer.done[0]);
}

// --- Units that no compiler likes ------------------------------------------------------------------------------------

TEST(Robust, MissingHeaderIsNamedAndTheRestIsRead) {
  const Single single = ask_about(
      "#include \"no/such.h\"\n#include <nothing>\n#include <vector>\n"
      "int f() { return int(std::vector<int>(3).size()); }\nnone::type g() { return f(); }\n",
      {"-std=c++20", "-Isome/where"});
  EXPECT_EQ(single.done.missing, (std::vector<std::string>{"no/such.h", "nothing"}));
  EXPECT_TRUE(std::any_of(single.done.searched.begin(), single.done.searched.end(),
                          [](const std::string& folder) { return folder == "/usr/include"; }));
  EXPECT_GT(single.done.errors, 0u);
  EXPECT_TRUE(defines(single.facts, "f"));
}

TEST(Robust, MissingFileIsAnError) {
  const Folder folder;
  const Answer answer = ask(folder, {{folder.path("none.cc")}, {folder.unit("none.cc")}, {}, false});
  EXPECT_EQ(answer.status, 0);
  ASSERT_EQ(answer.done.size(), 1u);
  EXPECT_GT(answer.done[0].errors, 0u);
  EXPECT_FALSE(first_error(answer.done[0]).empty());
}

TEST(Robust, TenThousandErrors) {
  std::string text;
  for (int n = 0; n < 10000; ++n)
    text += "int f" + std::to_string(n) + "() { return missing" + std::to_string(n) + "; }\n";
  text += "int last() { return 1; }\n";
  const Single single = ask_about(text);
  EXPECT_EQ(single.done.errors, 10000u);
  ASSERT_EQ(single.done.first_errors.size(), 10u);
  EXPECT_EQ(single.done.first_errors[2].line, 3u);
  EXPECT_TRUE(defines(single.facts, "last"));
}

TEST(Robust, EndlessTemplateRecursion) {
  const Single single = ask_about(
      "template <int N> struct Down { static constexpr int value = Down<N + 1>::value + 1; };\n"
      "int deep() { return Down<0>::value; }\n"
      "template <class T> int call(T t) { return call(&t); }\n"
      "int deeper() { return call(1); }\n"
      "int last() { return 1; }\n");
  EXPECT_GT(single.done.errors, 0u);
  EXPECT_TRUE(defines(single.facts, "last"));
}

TEST(Robust, DeepConstantExpression) {
  const Single single = ask_about(
      "constexpr int down(int n) { return n == 0 ? 0 : 1 + down(n - 1); }\n"
      "constexpr int deep = down(100000);\n"
      "constexpr int forever() { for (;;) {} }\nconstexpr int never = forever();\n"
      "int last() { return 1; }\n");
  EXPECT_GT(single.done.errors, 0u);
  EXPECT_TRUE(defines(single.facts, "last"));
}

TEST(Robust, LongAndDeepExpressions) {
  std::string sum = "1";
  for (int n = 0; n < 200000; ++n) sum += " + x";
  EXPECT_TRUE(defines(ask_about("int f(int x) { return " + sum + "; }\nint last() { return 1; }\n").facts, "last"));
  const std::string open(100000, '('), close(100000, ')');
  EXPECT_TRUE(defines(
      ask_about("int last() { return 1; }\nint f(int x) { return " + open + "x" + close + "; }\n").facts, "last"));
  std::string nested;
  for (int n = 0; n < 5000; ++n) nested += "if (x) { ";
  EXPECT_GT(ask_about("int last() { return 1; }\nvoid f(int x) { " + nested).done.errors, 0u);
}

TEST(Robust, OddBytes) {
  const Single empty = ask_about("");
  EXPECT_EQ(empty.done.errors, 0u);
  EXPECT_EQ(empty.done.files.size(), 1u);
  const Single latin = ask_about("// caf\xe9\nconst char* name = \"caf\xe9\";\nint last() { return 1; }\n");
  EXPECT_TRUE(defines(latin.facts, "last"));
  const Single marked = ask_about("\xef\xbb\xbfint last() { return 1; }\r\n");
  EXPECT_EQ(marked.done.errors, 0u);
  EXPECT_TRUE(defines(marked.facts, "last"));
  ask_about(std::string("int f() { \0 \x01 return 1; }\n", 27));
  ask_about("\xff\xfe i\0n\0t\0", {});
}

TEST(Robust, MemoryLimitEndsTheProcessAndNothingElse) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "takes terabytes of address space for itself";
#endif
  const Folder folder;
  folder.write("main.cc",
               "template <int A, int B> struct Row { Row<A, B + 1> rest; };\n"
               "template <int A> struct Row<A, 500> {};\n"
               "template <int A> struct Rows : Rows<A + 1> { Row<A, 0> row; };\n"
               "template <> struct Rows<400> {};\n"
               "Rows<0> rows;\n");
  folder.write("first.cc", "int first() { return 1; }\n");
  folder.write(
      "job.json",
      exchange::encode(exchange::Job{
          {}, {folder.unit("first.cc"), folder.unit("main.cc", {"-std=c++20", "-ftemplate-depth=2000"})}, {}, false}));
  const int status = std::system(
      (kHelper + " --memory-limit 150 < " + folder.path("job.json") + " > " + folder.path("out") + " 2> /dev/null")
          .c_str());
  EXPECT_NE(status, 0);
  std::ifstream in(folder.path("out"), std::ios::binary);
  exchange::FrameReader reader;
  reader.feed(std::string(std::istreambuf_iterator<char>(in), {}));
  size_t begun = 0, done = 0;
  while (const auto frame = reader.next()) {
    begun += frame->begin ? 1 : 0;
    done += frame->done ? 1 : 0;
  }
  EXPECT_EQ(begun, 2u);
  EXPECT_EQ(done, 1u);
}

// --- Locks -----------------------------------------------------------------------------------------------------------

constexpr char kLocks[] = R"(
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <pthread.h>
#include <stdexcept>
void probe();
void other();
bool some();
struct Owned { std::mutex mutex; int value = 0; };
struct OwnGuard {
  explicit OwnGuard(pthread_mutex_t* m) : m_(m) { pthread_mutex_lock(m_); }
  ~OwnGuard() { pthread_mutex_unlock(m_); }
  pthread_mutex_t* m_;
};
struct Timer {
  explicit Timer(std::mutex& m) : m_(m) {}
  ~Timer() { other(); }
  std::mutex& m_;
};
struct __attribute__((capability("mutex"))) Marked {
  void Take() __attribute__((acquire_capability()));
  void Give() __attribute__((release_capability()));
  bool Try() __attribute__((try_acquire_capability(true)));
};
struct __attribute__((scoped_lockable)) MarkedGuard {
  explicit MarkedGuard(Marked& m) __attribute__((acquire_capability(m)));
  ~MarkedGuard() __attribute__((release_capability()));
};
struct Store {
  std::mutex mutex_;
  std::shared_mutex shared_;
  std::mutex* pointer_ = nullptr;
  pthread_mutex_t c_;
  pthread_rwlock_t rw_;
  Marked marked_;
  std::condition_variable changed_;
  int value_ __attribute__((guarded_by(mutex_))) = 0;
  Owned owned_;
  std::unique_lock<std::mutex> hold() { return std::unique_lock<std::mutex>(mutex_); }
  void attributed() __attribute__((requires_capability(mutex_)));
  void f(bool a, bool b);
};
)";

struct Shape {
  std::string body;
  std::string held;  // at the call of probe(): "type must", "type may", sorted
};

// Function f0 has the body of the first shape, f1 that of the second.
void expect_held(const std::string& before, const std::vector<Shape>& shapes, const std::string& parameters,
                 const std::string& after, const std::string& returns = "void") {
  std::string text = kLocks + before;
  for (size_t n = 0; n < shapes.size(); ++n) {
    text += returns + " f" + std::to_string(n) + parameters + " {\n" + shapes[n].body + "\n}\n";
  }
  const Single single = ask_about(text + after);
  EXPECT_EQ(single.done.errors, 0u) << first_error(single.done);
  std::vector<std::set<std::string>> all(shapes.size());
  for (size_t n = 1; n < single.facts.bodies.size(); ++n) {
    const facts::Body& body = single.facts.bodies[n];
    const facts::Function* function = &single.facts.functions[n];
    while (function->kind == facts::FunctionKind::kLambda) {
      function = &single.facts.functions[facts::index(function->parent)];
    }
    const std::string& name = single.facts.text(function->name);
    if (name.size() < 2 || name[0] != 'f' || !isdigit(name[1])) continue;
    for (const facts::Call& call : body.calls) {
      const facts::Expr& expr = body.tree[call.expr];
      if (call.kind != facts::CallKind::kCall || expr.kind != facts::ExprKind::kCall) continue;
      if (single.facts.text(body.tree[body.tree.child(expr, 0)].text) != "probe") continue;
      EXPECT_TRUE(body.follows_locks);
      for (const facts::Held& held : body.held) {
        if (!(held.at == call.at)) continue;
        all[std::stoul(name.substr(1))].insert(single.facts.text(held.type) + (held.shared ? " shared" : "") +
                                               (held.must ? " must" : " may"));
      }
    }
  }
  for (size_t n = 0; n < shapes.size(); ++n) {
    std::string held;
    for (const std::string& one : all[n]) held += (held.empty() ? "" : ", ") + one;
    EXPECT_EQ(held, shapes[n].held) << shapes[n].body;
  }
}

void expect_held(const std::vector<Shape>& shapes) {
  expect_held("struct Shapes : Store {\n", shapes, "(bool a, bool b)", "};\n");
}

TEST(Locks, AreFollowedThroughTheFlow) {
  std::vector<Shape> shapes = {
      // The nine shapes that tell flow from regions.
      {"std::lock_guard lock(mutex_); probe();", "must"},
      {"{ std::lock_guard lock(mutex_); other(); } probe();", ""},
      {"std::unique_lock lock(mutex_); lock.unlock(); probe();", ""},
      {"std::unique_lock lock(mutex_); if (a) lock.unlock(); probe();", "may"},
      {"std::unique_lock lock(mutex_); if (a) { lock.unlock(); return; } probe();", "must"},
      {"std::unique_lock lock(mutex_); if (a) { lock.unlock(); } else { other(); lock.unlock(); } probe();", ""},
      {"std::unique_lock lock(mutex_, std::defer_lock); probe();", ""},
      {"std::unique_lock lock(mutex_, std::defer_lock); while (a) { lock.lock(); other(); lock.unlock(); } probe();",
       ""},
      {"mutex_.lock(); probe(); mutex_.unlock();", "must"},
      // Guards.
      {"std::lock_guard<std::mutex> lock{mutex_}; probe();", "must"},
      {"auto lock = std::unique_lock<std::mutex>(mutex_); probe();", "must"},
      {"std::unique_lock<std::mutex> lock; probe();", ""},
      {"std::unique_lock<std::mutex> lock; lock = std::unique_lock<std::mutex>(mutex_); probe();", "must"},
      {"std::unique_lock lock(mutex_); auto moved = std::move(lock); probe();", "must"},
      {"std::unique_lock lock(mutex_); { auto moved = std::move(lock); } probe();", ""},
      {"std::unique_lock<std::mutex> out; { std::unique_lock lock(mutex_); out = std::move(lock); } probe();", "must"},
      {"mutex_.lock(); std::lock_guard lock(mutex_, std::adopt_lock); probe();", "must"},
      {"{ mutex_.lock(); std::lock_guard lock(mutex_, std::adopt_lock); } probe();", ""},
      {"std::unique_lock lock(mutex_, std::try_to_lock); probe();", "may"},
      {"std::unique_lock lock(mutex_, std::try_to_lock); if (lock) probe();", "must"},
      {"std::unique_lock lock(mutex_, std::try_to_lock); if (!lock.owns_lock()) return; probe();", "must"},
      {"std::unique_lock lock(mutex_, std::try_to_lock); if (!lock) { probe(); }", ""},
      {"if (std::unique_lock lock(mutex_, std::try_to_lock); lock) { probe(); }", "must"},
      {"if (std::unique_lock lock(mutex_); a) { other(); } probe();", ""},
      {"auto lock = hold(); probe();", "must"},
      {"{ auto lock = hold(); } probe();", ""},
      {"std::unique_lock lock(mutex_); lock.release(); probe();", "must"},
      {"std::unique_lock lock(mutex_); lock.release(); mutex_.unlock(); probe();", ""},
      {"std::lock_guard lock(*pointer_); probe();", "must"},
      {"auto& same = owned_.mutex; std::lock_guard lock(same); probe();", "must"},
      {"auto& same = owned_.mutex; same.lock(); owned_.mutex.unlock(); probe();", ""},
      {"Timer timer(mutex_); probe();", ""},
      {"for (int n = 0; n < 3; ++n) { std::lock_guard lock(mutex_); if (a) continue; if (b) break; probe(); }", "must"},
      {"for (int n = 0; n < 3; ++n) { std::lock_guard lock(mutex_); if (a) continue; if (b) break; } probe();", ""},
      {"if (a) { mutex_.lock(); } probe(); if (a) { mutex_.unlock(); }", "may"},
      {"if (a) mutex_.lock(); else mutex_.lock(); probe();", "must"},
      {"if (mutex_.try_lock()) { probe(); mutex_.unlock(); }", "must"},
      {"if (!mutex_.try_lock()) { probe(); return; }", ""},
      {"if (!mutex_.try_lock()) return; probe();", "must"},
      {"std::lock_guard lock(mutex_); auto later = [] { probe(); };", ""},
      {"try { std::lock_guard lock(mutex_); other(); } catch (const std::exception&) { probe(); }", ""},
      {"std::lock_guard lock(mutex_); try { other(); } catch (...) { probe(); }", "must"},
      {"switch (value_) { case 1: { std::lock_guard lock(mutex_); break; } default: probe(); }", ""},
      {"std::lock_guard lock(mutex_); goto end; end: probe();", "must"},
      {"{ std::lock_guard lock(mutex_); if (a) goto end; } end: probe();", ""},
      {"std::unique_lock lock(mutex_); changed_.wait(lock); probe();", "must"},
  };
  for (Shape& shape : shapes) {
    if (!shape.held.empty()) shape.held = "std::mutex " + shape.held;
  }
  expect_held(shapes);
}

TEST(Locks, AreOfManyKinds) {
  expect_held({
      {"std::scoped_lock lock(mutex_, shared_); probe();", "std::mutex must, std::shared_mutex must"},
      {"std::lock(mutex_, shared_); probe();", "std::mutex must, std::shared_mutex must"},
      {"std::unique_lock one(mutex_, std::defer_lock); std::unique_lock two(shared_, std::defer_lock); "
       "std::lock(one, two); one.unlock(); probe();",
       "std::shared_mutex must"},
      {"std::shared_lock lock(shared_); probe();", "std::shared_mutex shared must"},
      {"shared_.lock_shared(); probe(); shared_.unlock_shared(); ", "std::shared_mutex shared must"},
      {"shared_.lock_shared(); shared_.unlock_shared(); probe();", ""},
      {"pthread_mutex_lock(&c_); probe(); pthread_mutex_unlock(&c_);", "pthread_mutex_t must"},
      {"pthread_mutex_lock(&c_); pthread_mutex_unlock(&c_); probe();", ""},
      {"if (pthread_mutex_trylock(&c_) == 0) probe();", "pthread_mutex_t must"},
      {"if (pthread_mutex_trylock(&c_)) probe();", ""},
      {"pthread_rwlock_rdlock(&rw_); probe();", "pthread_rwlock_t shared must"},
      {"pthread_rwlock_wrlock(&rw_); pthread_rwlock_unlock(&rw_); probe();", ""},
      {"OwnGuard lock(&c_); probe();", "pthread_mutex_t must"},
      {"{ OwnGuard lock(&c_); } probe();", ""},
      {"marked_.Take(); probe(); marked_.Give();", "Marked must"},
      {"marked_.Take(); marked_.Give(); probe();", ""},
      {"if (marked_.Try()) probe();", "Marked must"},
      {"MarkedGuard guard(marked_); probe();", "Marked must"},
      {"{ MarkedGuard guard(marked_); } probe();", ""},
  });
}

TEST(Locks, AreHeldByCallers) {
  const std::string attributed = "struct Shapes : Store {\n";
  expect_held(attributed, {{"probe();", "std::mutex must"}, {"mutex_.unlock(); probe();", ""}},
              "() __attribute__((requires_capability(mutex_)))", "};\n");
  expect_held(attributed, {{"probe();", "std::shared_mutex shared must"}},
              "() __attribute__((requires_shared_capability(shared_)))", "};\n");
  expect_held("", {{"probe();", "std::mutex must"}, {"lock.unlock(); probe();", ""}},
              "(std::unique_lock<std::mutex>& lock)", "");
  expect_held("", {{"probe();", "std::mutex must"}}, "(std::unique_lock<std::mutex> lock)", "");
}

TEST(Locks, OfACoroutine) {
  const std::string before = R"(
#include <coroutine>
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
std::suspend_always turn();
std::suspend_always probe(int);
struct AsyncMutex { std::suspend_always lock(); void unlock(); };
AsyncMutex async_mutex;
)";
  expect_held(before,
              {{"std::lock_guard lock(store.mutex_); co_await turn(); probe();", "std::mutex must"},
               {"std::lock_guard lock(store.mutex_); co_await probe(1);", "std::mutex must"},
               {"{ std::lock_guard lock(store.mutex_); } co_await probe(1);", ""},
               {"std::unique_lock lock(store.mutex_); lock.unlock(); co_await probe(1); lock.lock();", ""},
               {"co_await async_mutex.lock(); probe(); async_mutex.unlock();", "AsyncMutex must"},
               {"co_await async_mutex.lock(); async_mutex.unlock(); co_await probe(1);", ""}},
              "(Store& store)", "", "Task");
}

TEST(Locks, ThatProtectAVariableAreSaid) {
  const Single single = ask_about(kLocks);
  bool found = false;
  for (const facts::Declared& declared : single.facts.declared) {
    if (single.facts.text(declared.name) == "value_") found = declared.guard != 0;
  }
  EXPECT_TRUE(found);
}

// --- Queries ---------------------------------------------------------------------------------------------------------

TEST(Queries, FindWhatTheyName) {
  const std::string text =
      "int slow(int);\ntemplate <class T> int twice(T t) { return slow(1) + int(t); }\n"
      "int f() { return twice(1) + twice('a') + slow(2); }\n";
  const Single single = ask_about(text, {}, "g++", "main.cc",
                                  {"callExpr(callee(functionDecl(hasName(\"::slow\"))), "
                                   "hasArgument(0, expr().bind(\"how\"))).bind(\"call\")",
                                   "functionDecl(hasName(\"nobody\"))"});
  EXPECT_TRUE(single.answer.bad.empty());
  ASSERT_EQ(single.facts.matched.size(), 2u);
  std::vector<std::string> found;
  for (const facts::Matched& matched : single.facts.matched) {
    EXPECT_EQ(matched.query, 0u);
    found.push_back(text.substr(matched.at.begin, matched.at.end - matched.at.begin) + " in " +
                    single.facts.text(single.facts.functions[facts::index(matched.function)].name));
    for (const facts::Bound& bound : matched.bound) {
      found.push_back(single.facts.text(bound.name) + " " + single.facts.text(bound.text));
    }
  }
  EXPECT_EQ(found, (std::vector<std::string>{"slow(1) in twice", "call slow(1)", "how 1", "root slow(1)",
                                             "slow(2) in f", "call slow(2)", "how 2", "root slow(2)"}));
}

// A message has room for a line.
TEST(Queries, SpellTheFirstLineOfWhatTheyFind) {
  const std::string lines = "void f() {\n}\n", name(100, 'x');
  const Single single =
      ask_about(lines + "int " + name + ";\n", {}, "g++", "main.cc", {"decl(anyOf(functionDecl(), varDecl()))"});
  ASSERT_EQ(single.facts.matched.size(), 2u);
  EXPECT_EQ(single.facts.text(single.facts.matched[0].bound[0].text), "void f() {...");
  EXPECT_EQ(single.facts.text(single.facts.matched[1].bound[0].text), "int " + name.substr(0, 76) + "...");
}

TEST(Queries, ThatAreWrongAreRefusedWithTheirPlace) {
  const Folder folder;
  const Answer answer =
      ask(folder, {{},
                   {},
                   {"functionDecl()", "functionDecl(hasNme(\"f\"))", "hasName(\"f\")", "",
                    "functionDecl(\n  hasName(1))", "functionDecl() and more", "functionDecl()\n  .bind(\"f\")"},
                   false});
  ASSERT_EQ(answer.bad.size(), 6u);
  EXPECT_EQ(answer.bad[0].query, 1u);
  EXPECT_EQ(answer.bad[0].line, 1u);
  EXPECT_EQ(answer.bad[0].column, 14u);
  EXPECT_NE(answer.bad[0].message.find("hasNme"), std::string::npos) << answer.bad[0].message;
  EXPECT_EQ(answer.bad[1].query, 2u);
  EXPECT_EQ(answer.bad[2].query, 3u);
  EXPECT_EQ(answer.bad[3].query, 4u);
  EXPECT_EQ(answer.bad[3].line, 2u);
  EXPECT_EQ(answer.bad[4].query, 5u);
  EXPECT_EQ(answer.bad[4].column, 16u);
  EXPECT_EQ(answer.bad[5].line, 2u);
  EXPECT_EQ(answer.bad[5].column, 3u);
  for (const exchange::BadQuery& bad : answer.bad) EXPECT_FALSE(bad.message.empty());
}

}  // namespace
}  // namespace stallint
