// How C++ files become facts: compile databases, commands that are guessed, processes that die, facts that are kept.
//
// This program is its own helper: started by a script that sets STALLINT_TEST_HELPER, it answers like stallint-clang,
// but reads a language of lines that is easier to hurt:
//
//     fn NAME            a function
//     if FLAG fn NAME    one if the command has -DFLAG
//     lost fn NAME       one that could not be read wholly
//     include FILE       another file, beside this one
//     error              an error of the compiler
//     crash, hang, eat, garbage, exit, mute    what a compiler does not do, one hopes
//     crash once         likewise, the first time

#include "checker/cache/store.h"
#include "checker/exchange/exchange.h"
#include "checker/facts/facts.h"
#include "checker/facts/pack.h"
#include "checker/units/database.h"
#include "checker/units/helper.h"
#include "checker/units/merge.h"
#include "checker/units/plan.h"
#include "checker/units/units.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace stallint::units {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// --- The helper ------------------------------------------------------------------------------------------------------

void say(const std::string& bytes) {
  std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  std::cout.flush();
}

class Pretender {
 public:
  Pretender(exchange::Job job, size_t memory) : job_(std::move(job)), memory_(memory) {}

  void run() {
    for (uint32_t u = 0; u < job_.units.size(); ++u) read(u);
  }

 private:
  struct OneFile {
    facts::FileFacts facts;
    std::unique_ptr<facts::Strings> strings;
  };

  void read(uint32_t u) {
    done_ = {};
    done_.unit = u;
    files_.clear();
    const exchange::Unit& unit = job_.units[u];
    std::ofstream(std::getenv("STALLINT_TEST_HELPER"), std::ios::app)
        << fs::path(unit.file).filename().string() << "\n";
    say(exchange::encode(exchange::Begin{u}));
    flags_ = {unit.arguments.begin(), unit.arguments.end()};
    file(fs::canonical(unit.file));
    for (auto& [path, one] : files_) {
      const std::string bytes = facts::pack(one.facts);
      const uint64_t hash = cache::digest_of(bytes).low;
      if (sent_.insert(hash).second) say(exchange::encode(exchange::Facts{hash, bytes}));
      done_.files.push_back({path, hash});
    }
    say(exchange::encode(done_));
  }

  void file(const fs::path& path) {
    if (std::find(done_.dependencies.begin(), done_.dependencies.end(), path) != done_.dependencies.end()) return;
    done_.dependencies.push_back(path.string());
    const bool ours =
        std::find(job_.project_files.begin(), job_.project_files.end(), path.string()) != job_.project_files.end();
    OneFile& one = files_[path.string()];
    one.facts.language = facts::Language::kCpp;
    one.strings = std::make_unique<facts::Strings>(one.facts.strings);
    one.facts.functions.emplace_back().kind = facts::FunctionKind::kModule;
    one.facts.bodies.emplace_back();
    one.facts.identities.emplace_back();
    one.facts.line_starts = {0};
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
      std::istringstream words(line);
      std::string word, name;
      words >> word >> name;
      if (word == "if") {
        if (flags_.count("-D" + name) == 0) continue;
        words >> word >> name;
      }
      obey(one, path, word, name, words);
    }
    if (!ours) files_.erase(path.string());
  }

  void obey(OneFile& one, const fs::path& path, const std::string& word, std::string name, std::istringstream& words) {
    if (word == "lost") words >> name;
    if (word == "fn" || word == "lost") {
      one.facts.functions.emplace_back().name = one.strings->id(name);
      one.facts.functions.back().parent = facts::FunctionId::kModule;
      one.facts.bodies.emplace_back().present = word == "fn";
      one.facts.identities.emplace_back().symbol = one.strings->id("symbol of " + name);
      one.facts.identities.back().lost = word == "lost";
    }
    const fs::path other = path.parent_path() / name;
    if (word == "include" && fs::exists(other)) {
      file(fs::canonical(other));
    } else if (word == "include") {
      done_.missing.push_back(name);
      done_.searched.push_back(path.parent_path().string());
      ++done_.errors;
    }
    if (word == "error") ++done_.errors;
    const bool again = name == "once" && fs::exists(path.string() + ".again");
    if (name == "once") std::ofstream(path.string() + ".again") << "";
    if (word == "crash" && !again) {
      signal(SIGSEGV, SIG_DFL);  // sanitizers have a handler
      raise(SIGSEGV);
    }
    if (word == "hang") std::this_thread::sleep_for(std::chrono::hours(1));
    if (word == "exit") _exit(3);
    if (word == "garbage") say("this is no frame at all");
    if (word == "mute") {
      close(STDOUT_FILENO);
      std::this_thread::sleep_for(std::chrono::hours(1));
    }
    if (word == "eat") {
      std::string eaten(memory_, 'x');
      eaten.resize(memory_ * 2, 'x');
      abort();
    }
  }

  exchange::Job job_;
  size_t memory_;
  exchange::Done done_;
  std::set<std::string> flags_;
  std::map<std::string, OneFile> files_;
  std::set<uint64_t> sent_;
};

// --- A project on disk -----------------------------------------------------------------------------------------------

class Project : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::canonical(testing::TempDir()) / ("stallint-units-" + std::to_string(getpid()));
    fs::remove_all(home_);
    fs::create_directories(home_ / "project" / ".git");
    before_ = fs::current_path();
    fs::current_path(home_ / "project");
    const fs::path own = fs::read_symlink("/proc/self/exe");
    write("../helper",
          "#!/bin/sh\nSTALLINT_TEST_HELPER='" + (home_ / "log").string() + "' exec '" + own.string() + "' \"$@\"\n");
    fs::permissions(home_ / "helper", fs::perms::owner_all);
    options_.clang = (home_ / "helper").string();
    cache_ = (home_ / "cache").string();
    options_.jobs = 2;
  }
  void TearDown() override {
    fs::current_path(before_);
    fs::remove_all(home_);
  }

  static void write(const std::string& path, const std::string& text) {
    if (fs::path(path).has_parent_path()) fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  // A database with one entry for each: "a.cc", or "a.cc -DX", each into the target that its number of dots names.
  void compile(const std::vector<std::string>& commands, const std::string& where = "build/compile_commands.json") {
    std::string text = "[";
    for (const std::string& command : commands) {
      const std::string file = command.substr(0, command.find(' '));
      if (text.size() > 1) text += ",\n";
      text += R"({"directory": ")" + (home_ / "project" / "build").string() + R"(", "command": "g++ -c ../)" + command +
              " -o CMakeFiles/app.dir/" + file + R"(.o", "file": "../)" + file + "\"}";
    }
    write(where, text + "]");
  }

  Outcome read(const std::vector<std::string>& paths) {
    files_.clear();
    std::ofstream(home_ / "log") << "";
    for (const std::string& path : paths) {
      File file;
      file.path = path;
      file.facts.strings = {"", "spelled"};
      file.facts.functions.emplace_back().kind = facts::FunctionKind::kModule;
      file.facts.functions.emplace_back().name = 1;
      file.facts.bodies.resize(2);
      files_.push_back(std::move(file));
    }
    cache::Store store(cache_);
    options_.store = &store;
    Result<Outcome> outcome = units::read(files_, options_);
    options_.store = nullptr;
    if (!outcome) {
      ADD_FAILURE() << outcome.problems().front().text();
      return {};
    }
    return *std::move(outcome);
  }

  // The functions of a file: "f g", or "spelled".
  std::string functions(const std::string& path) const {
    std::string names;
    for (const File& file : files_) {
      if (file.path != path) continue;
      for (size_t f = 1; f < file.facts.functions.size(); ++f) {
        if (!names.empty()) names += ' ';
        names += file.facts.text(file.facts.functions[f].name);
      }
    }
    return names;
  }

  const File& file(const std::string& path) const {
    return *std::find_if(files_.begin(), files_.end(), [&](const File& one) { return one.path == path; });
  }

  // What processes were asked to read, sorted: "a.cc b.cc".
  std::string asked() const {
    std::multiset<std::string> lines;
    std::istringstream in(read_text(home_ / "log"));
    for (std::string line; std::getline(in, line);) lines.insert(line);
    std::string all;
    for (const std::string& line : lines) all += (all.empty() ? "" : " ") + line;
    return all;
  }

  static std::string texts(const Outcome& outcome) {
    std::string all;
    for (const Remark& remark : outcome.remarks) all += Problem{remark.place, remark.message}.text() + "\n";
    return all;
  }

  fs::path home_, before_;
  std::string cache_;  // empty: nothing is kept
  Options options_;
  std::vector<File> files_;
};

// --- Databases -------------------------------------------------------------------------------------------------------

TEST(Command, IsCutAsAShellWould) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"g++ -c a.cc", {"g++", "-c", "a.cc"}},
      {"  g++\t-c  ", {"g++", "-c"}},
      {R"(g++ -DNAME=\"a\ b\" 'x y.cc')", {"g++", "-DNAME=\"a b\"", "x y.cc"}},
      {R"(g++ "-DPATH=\"/a b\"" '')", {"g++", "-DPATH=\"/a b\"", ""}},
      {R"(g++ "a\b" 'a\b' a\\b)", {"g++", "a\\b", "a\\b", "a\\b"}},
      {"", {}},
      {"g++ 'open", {"g++", "open"}},
  };
  for (const auto& [command, words] : cases) EXPECT_EQ(split_command(command), words) << command;
}

TEST(Database, SaysHowFilesAreCompiled) {
  const Result<Database> database = parse_database(R"([
    {"directory": "/repo/build", "command": "g++ -I../include -c ../src/a.cc -o a.o", "file": "../src/a.cc"},
    {"directory": "sub", "arguments": ["cc", "-c", "b.c"], "file": "b.c", "output": "b.p/b.o"},
    {"file": "/elsewhere/c.cc", "command": "g++ c.cc"}
  ])",
                                                   "/repo/build/compile_commands.json");
  ASSERT_TRUE(database);
  ASSERT_EQ(database->entries.size(), 3u);
  EXPECT_EQ(database->entries[0].file, "/repo/src/a.cc");
  EXPECT_EQ(database->entries[0].output, "/repo/build/a.o");
  EXPECT_EQ(database->entries[1].directory, "/repo/build/sub");
  EXPECT_EQ(database->entries[1].file, "/repo/build/sub/b.c");
  EXPECT_EQ(database->entries[1].output, "/repo/build/sub/b.p/b.o");
  EXPECT_EQ(database->entries[2].directory, "/repo/build");
}

TEST(Database, SaysWhereItIsDamaged) {
  const Result<Database> cut = parse_database("[\n {\"file\": \"a.cc\",\n  \"command\": ]", "/r/c.json");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.problems().front().place.text(), "/r/c.json:3:14");
  EXPECT_FALSE(parse_database("", "/r/c.json"));
  EXPECT_FALSE(parse_database("{}", "/r/c.json"));
  const Result<Database> odd =
      parse_database(R"([1, {}, {"file": "a.cc"}, {"file": "a.cc", "arguments": [1]}, {"file": 2, "command": "x"},
                         {"file": "a.cc", "command": "g++ a.cc"}])",
                     "/r/c.json");
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->entries.size(), 1u);
  ASSERT_EQ(odd->skipped.size(), 5u);
  EXPECT_EQ(odd->skipped[2].message, "entry 3 has neither `command` nor `arguments`");
}

TEST(Database, NamesWhatIsLinked) {
  EXPECT_EQ(target_of("/r/build/CMakeFiles/app.dir/src/a.cc.o"), "/r/build/CMakeFiles/app.dir");
  EXPECT_EQ(target_of("/r/build/sub/CMakeFiles/my.lib.dir/a.cc.o"), "/r/build/sub/CMakeFiles/my.lib.dir");
  EXPECT_EQ(target_of("/r/build/server.p/a.cc.o"), "/r/build/server.p");
  EXPECT_EQ(target_of("/r/a.o"), "");
  EXPECT_EQ(target_of(""), "");
}

TEST_F(Project, IsCompiledAsTheNearestDatabaseSays) {
  const std::string file = (home_ / "project" / "src" / "deep" / "a.cc").string();
  EXPECT_TRUE(find_databases(std::vector{file}).paths.empty());
  write("../compile_commands.json", "[]");  // beyond the repository
  EXPECT_TRUE(find_databases(std::vector{file}).paths.empty());
  write("out/Default/compile_commands.json", "[]");
  EXPECT_EQ(find_databases(std::vector{file}).paths,
            std::vector{(home_ / "project/out/Default/compile_commands.json").string()});
  write("src/build-x/compile_commands.json", "[]");
  EXPECT_EQ(find_databases(std::vector{file}).paths,
            std::vector{(home_ / "project/src/build-x/compile_commands.json").string()});
  write("src/deep/.git", "gitdir: ../../.git/modules/deep");  // a submodule is built by what holds it
  EXPECT_EQ(find_databases(std::vector{file}).paths.size(), 1u);
}

TEST_F(Project, WithSeveralBuildsIsReadAsTheNewest) {
  const std::string file = (home_ / "project" / "a.cc").string();
  write("build-debug/compile_commands.json", "[]");
  write("build-release/compile_commands.json", "[]");
  fs::last_write_time("build-release/compile_commands.json", fs::file_time_type::clock::now() - std::chrono::hours(1));
  const Found found = find_databases(std::vector{file});
  EXPECT_EQ(found.paths, std::vector{(home_ / "project/build-debug/compile_commands.json").string()});
  EXPECT_EQ(found.remarks.size(), 1u);
  write("compile_commands.json", "[]");  // what lies beside the sources was put there on purpose
  EXPECT_EQ(find_databases(std::vector{file}).paths, std::vector{(home_ / "project/compile_commands.json").string()});
  EXPECT_TRUE(find_databases(std::vector{file}).remarks.empty());
}

TEST_F(Project, TakesTheDatabaseThatIsNamed) {
  compile({"a.cc"}, "elsewhere/compile_commands.json");
  compile({"a.cc"}, "named.json");
  EXPECT_EQ(*database_at("elsewhere"), (home_ / "project/elsewhere/compile_commands.json").string());
  EXPECT_EQ(*database_at("named.json"), (home_ / "project/named.json").string());
  EXPECT_FALSE(database_at("nowhere"));
  EXPECT_FALSE(database_at(".git"));
}

// --- Which units there are -------------------------------------------------------------------------------------------

std::vector<Unit> plan(const std::string& json, const std::set<std::string>& project) {
  const Result<Database> database = parse_database(json, "/repo/build/compile_commands.json");
  EXPECT_TRUE(database);
  return units_of(database->entries, project);
}

TEST(Plan, ReadsOnceWhatIsCompiledTwiceTheSameWay) {
  const std::vector<Unit> units = plan(R"([
    {"directory": "/b", "command": "g++ -Wall -g -O2 -c /s/a.cc -o CMakeFiles/two.dir/a.o", "file": "/s/a.cc"},
    {"directory": "/b", "command": "g++ -fPIC -MD -MF a.d -O2 -o CMakeFiles/one.dir/a.o -c /s/a.cc", "file": "/s/a.cc"},
    {"directory": "/b", "command": "g++ -DTLS -O2 -c /s/a.cc", "file": "/s/a.cc"},
    {"directory": "/b", "command": "g++ -c /s/other.cc", "file": "/s/other.cc"}
  ])",
                                       {"/s/a.cc"});
  ASSERT_EQ(units.size(), 2u);
  EXPECT_EQ(units[0].command.arguments, (std::vector<std::string>{"g++", "-DTLS", "-O2", "/s/a.cc"}));
  EXPECT_TRUE(units[0].targets.empty());
  EXPECT_EQ(units[1].command.arguments, (std::vector<std::string>{"g++", "-O2", "/s/a.cc"}));
  EXPECT_EQ(units[1].targets, (std::vector<std::string>{"/b/CMakeFiles/one.dir", "/b/CMakeFiles/two.dir"}));
}

TEST(Plan, BorrowsTheFlagsOfTheNearestEntry) {
  const Result<Database> database = parse_database(R"([
    {"directory": "/b", "command": "g++ -DMAIN -std=c++20 -c /r/src/main.cc", "file": "/r/src/main.cc"},
    {"directory": "/b", "command": "g++ -DSTORE -c /r/src/data/store.cc", "file": "/r/src/data/store.cc"},
    {"directory": "/b", "command": "g++ -DTOOL -c /r/tools/tool.cc", "file": "/r/tools/tool.cc"},
    {"directory": "/b", "command": "gcc -DPLAIN -std=c11 -c /r/tools/plain.c", "file": "/r/tools/plain.c"}
  ])",
                                                   "/b/compile_commands.json");
  ASSERT_TRUE(database);
  const Inference inference(database->entries);
  const auto lent = [&](const std::string& file) {
    const std::optional<Unit> unit = inference.unit_for(file);
    return unit ? unit->command.arguments : std::vector<std::string>();
  };
  EXPECT_EQ(lent("/r/src/old.cc"),
            (std::vector<std::string>{"g++", "-DMAIN", "-std=c++20", "-x", "c++", "/r/src/old.cc"}));
  EXPECT_EQ(lent("/r/include/store.h")[1], "-DSTORE");
  EXPECT_EQ(lent("/r/tools/x.h")[1], "-DPLAIN");  // equally near, and first by path
  EXPECT_EQ(lent("/r/src/x.c"), (std::vector<std::string>{"gcc", "-DPLAIN", "-std=c11", "-x", "c", "/r/src/x.c"}));
  EXPECT_FALSE(Inference({}).unit_for("/r/a.cc"));
}

TEST_F(Project, IsReadWholly) {
  write("a.cc", "include a.h\nfn main\n");
  write("a.h", "fn load\n");
  write("old.cc", "fn old\n");
  write("lonely.h", "fn lonely\n");
  compile({"a.cc"});
  const Outcome outcome = read({"a.cc", "a.h", "lonely.h", "old.cc"});
  EXPECT_EQ(texts(outcome), "");
  EXPECT_EQ(asked(), "a.cc lonely.h old.cc");
  EXPECT_EQ(functions("a.cc"), "main");
  EXPECT_EQ(functions("a.h"), "load");
  EXPECT_EQ(functions("old.cc"), "old");
  EXPECT_EQ(functions("lonely.h"), "lonely");
  EXPECT_EQ(file("a.h").units, std::vector<uint32_t>{0});
  EXPECT_EQ(file("a.h").targets, std::vector<uint32_t>{0});
  EXPECT_EQ(file("old.cc").units, std::vector<uint32_t>{1});
  EXPECT_TRUE(file("old.cc").targets.empty());
  EXPECT_EQ(outcome.read, 3u);
}

TEST_F(Project, IsReadInPartIfOnlyAPartIsBuilt) {
  write("server/main.cc", "fn run\n");
  write("server/near.cc", "fn near\n");
  std::vector<std::string> paths = {"server/main.cc", "server/near.cc"};
  for (int n = 100; n < 160; ++n) {
    paths.push_back("far/away/" + std::to_string(n) + ".cc");
    write(paths.back(), "fn far\n");
  }
  compile({"server/main.cc"});
  const Outcome outcome = read(paths);
  EXPECT_EQ(outcome.read, 51u);  // as many guesses as there are units, but fifty at least
  EXPECT_EQ(functions("server/near.cc"), "near");
  EXPECT_EQ(functions("far/away/148.cc"), "far");
  EXPECT_EQ(functions("far/away/149.cc"), "spelled");
  EXPECT_EQ(texts(outcome),
            "61 files of C++ have no compile command: 50 were read with the flags of a neighbour, 11 by their spelling "
            "alone; a compile_commands.json of the whole project, or the path of the part that is built, would help\n");
}

TEST_F(Project, WithoutADatabaseIsReadByItsSpelling) {
  write("a.cc", "fn main\n");
  const Outcome outcome = read({"a.cc"});
  EXPECT_EQ(functions("a.cc"), "spelled");
  ASSERT_EQ(outcome.remarks.size(), 1u);
  EXPECT_TRUE(outcome.remarks[0].loud);
  write("build/compile_commands.json", "[{]");
  EXPECT_TRUE(texts(read({"a.cc"})).starts_with("build/compile_commands.json:1:3: this is no JSON"));
  options_.database = "build";
  EXPECT_FALSE(units::read(files_, options_));
  options_.database = "nowhere";
  EXPECT_FALSE(units::read(files_, options_));
}

TEST_F(Project, WithoutAHelperIsReadByItsSpelling) {
  write("a.cc", "fn main\n");
  compile({"a.cc"});
  options_.clang = "";
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  const Outcome outcome = read({"a.cc"});
  EXPECT_EQ(functions("a.cc"), "spelled");
  ASSERT_EQ(outcome.remarks.size(), 1u);
  EXPECT_TRUE(outcome.remarks[0].loud);
  fs::create_directories("bin");
  fs::copy(home_ / "helper", "bin/stallint-clang");
  setenv("PATH", ("/nowhere:" + (home_ / "project/bin").string()).c_str(), 1);
  EXPECT_EQ(texts(read({"a.cc"})), "");
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(functions("a.cc"), "main");
  options_.clang = "nowhere";
  EXPECT_FALSE(units::read(files_, options_));
}

// --- Processes that die ----------------------------------------------------------------------------------------------

TEST_F(Project, LosesOnlyWhatKills) {
  std::vector<std::string> paths;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "f" + std::to_string(10 + i) + ".cc";
    write(name, "fn good" + std::to_string(i) + "\n");
    paths.push_back(name);
  }
  write("f11.cc", "crash\n");
  write("f12.cc", "exit\n");
  write("f13.cc", "garbage\n");
  write("f14.cc", "crash once\nfn late\n");
  write("f15.cc", "hang\n");
  write("f16.cc", "eat\n");
  write("f17.cc", "mute\n");
  compile(paths);
  options_.unit_time = std::chrono::milliseconds(4000);
  options_.unit_memory = uint64_t{256} << 20;
  const Outcome outcome = read(paths);
  for (int i = 0; i < 20; ++i) {
    if (i >= 1 && i <= 7) continue;
    EXPECT_EQ(functions(paths[static_cast<size_t>(i)]), "good" + std::to_string(i));
  }
  for (const size_t i : {1, 2, 3, 5, 6, 7}) EXPECT_EQ(functions(paths[i]), "spelled") << i;
  EXPECT_EQ(functions("f14.cc"), "late");
  const std::string said = texts(outcome);
  for (const char* const part :
       {"f11.cc: read by its spelling alone: the compiler crashed on it by signal 11 (SIGSEGV)",
        "f12.cc: read by its spelling alone: the compiler gave up on it with exit code 3",
        "f13.cc: read by its spelling alone: the compiler's answer makes no sense",
        "f14.cc: the compiler crashed on it", "a second attempt read it",
        "f15.cc: read by its spelling alone: it took longer than 4 seconds",
        "f16.cc: read by its spelling alone: it took more than 256 MB of memory",
        "f17.cc: read by its spelling alone: the compiler gave no answer"}) {
    EXPECT_NE(said.find(part), std::string::npos) << part << "\nin:\n" << said;
  }
  EXPECT_EQ(outcome.remarks.size(), 7u) << said;
}

TEST_F(Project, SaysThatTheHelperIsNoHelper) {
  for (const char* const script : {"#!/bin/sh\nexit 127\n", "#!/nowhere/sh\n", "#!/bin/sh\nkill -SEGV $$\n"}) {
    write("../helper", script);
    write("a.cc", "fn a\n");
    write("b.cc", "fn b\n");
    compile({"a.cc", "b.cc"});
    const Outcome outcome = read({"a.cc", "b.cc"});
    EXPECT_EQ(functions("a.cc"), "spelled");
    ASSERT_EQ(outcome.remarks.size(), 1u) << texts(outcome);
    EXPECT_TRUE(outcome.remarks[0].loud);
  }
}

TEST_F(Project, EndsItsHelpersWithIt) {
  write("a.cc", "hang\n");
  compile({"a.cc"});
  const pid_t child = fork();
  if (child == 0) {
    read({"a.cc"});
    _exit(0);
  }
  const fs::path log = home_ / "log";
  for (int i = 0; i < 200 && read_text(log).empty(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  kill(child, SIGTERM);
  waitpid(child, nullptr, 0);
  const auto alive = [&] {
    for (const auto& entry : fs::directory_iterator("/proc")) {
      const std::string environment = read_text(entry.path() / "environ");
      if (environment.find("STALLINT_TEST_HELPER=" + log.string()) != std::string::npos) return true;
    }
    return false;
  };
  for (int i = 0; i < 200 && alive(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(alive());
}

// --- What is kept ----------------------------------------------------------------------------------------------------

TEST_F(Project, IsNotReadAgainUnlessSomethingChanged) {
  write("a.cc", "include a.h\nfn a\n");
  write("a.h", "include later.h\nfn load\n");
  write("b.cc", "fn b\n");
  compile({"a.cc", "b.cc"});
  const std::vector<std::string> paths = {"a.cc", "a.h", "b.cc"};
  read(paths);
  EXPECT_EQ(asked(), "a.cc b.cc");
  Outcome outcome = read(paths);
  EXPECT_EQ(asked(), "");
  EXPECT_EQ(outcome.kept, 2u);
  EXPECT_EQ(functions("a.h"), "load");
  EXPECT_EQ(file("a.h").units, std::vector<uint32_t>{0});
  EXPECT_NE(texts(outcome).find("missing headers: later.h (1 unit)"), std::string::npos);

  write("a.cc", read_text("a.cc"));  // a new time alone is no change
  read(paths);
  EXPECT_EQ(asked(), "");
  write("a.h", "include later.h\nfn load\nfn store\n");
  read(paths);
  EXPECT_EQ(asked(), "a.cc");
  EXPECT_EQ(functions("a.h"), "load store");
  write("later.h", "fn later\n");  // it was missing
  read(paths);
  EXPECT_EQ(asked(), "a.cc");
  compile({"a.cc -DNEW", "b.cc -Wextra"});  // a warning is no change
  read(paths);
  EXPECT_EQ(asked(), "a.cc");
  read({"a.cc", "b.cc"});  // a.h is no file of the project any more
  EXPECT_EQ(asked(), "a.cc");
  options_.queries = {"functionDecl()"};
  read(paths);
  EXPECT_EQ(asked(), "a.cc b.cc");
  std::ofstream(home_ / "helper", std::ios::app) << "\n";
  read(paths);
  EXPECT_EQ(asked(), "a.cc b.cc");
  read(paths);
  EXPECT_EQ(asked(), "");
  cache_.clear();
  read(paths);
  EXPECT_EQ(asked(), "a.cc b.cc");
}

TEST_F(Project, IsReadAgainIfWhatIsKeptIsDamaged) {
  write("a.cc", "fn a\n");
  compile({"a.cc"});
  read({"a.cc"});
  fs::path pack;
  for (const auto& entry : fs::directory_iterator(home_ / "cache" / "packs")) {
    if (entry.path().extension() == ".pack") pack = entry.path();
  }
  const std::string good = read_text(pack);
  ASSERT_FALSE(good.empty());
  // What was read again stands in a pack of its own.
  const auto read_beside = [&](const std::string& bytes) {
    fs::remove_all(home_ / "cache");
    write(pack.string(), bytes);
    read({"a.cc"});
    const std::string first = asked();
    EXPECT_EQ(functions("a.cc"), "a");
    read({"a.cc"});
    EXPECT_EQ(asked(), "");
    return first;
  };
  EXPECT_EQ(read_beside(good), "");
  for (size_t at = 0; at < good.size(); at += 41) {
    std::string flipped = good;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    EXPECT_EQ(read_beside(flipped), "a.cc") << at;
    EXPECT_EQ(read_beside(good.substr(0, at)), "a.cc") << at;
  }
  cache_ = "/proc/nowhere";
  read({"a.cc"});
  EXPECT_EQ(functions("a.cc"), "a");
}

// --- Several units, one file -----------------------------------------------------------------------------------------

TEST_F(Project, AddsWhatOnlySomeUnitsSee) {
  write("a.cc", "include h.h\n");
  write("b.cc", "include h.h\n");
  write("c.cc", "include h.h\nerror\n");
  write("h.h", "fn all\nif B fn b\nif C fn c\n");
  compile({"a.cc", "b.cc -DB", "c.cc -DC", "a.cc -DB -DC"});
  std::string printed;
  for (const unsigned jobs : {1U, 2U, 4U}) {
    options_.jobs = jobs;
    cache_.clear();
    read({"a.cc", "b.cc", "c.cc", "h.h"});
    EXPECT_EQ(functions("h.h"), "all b c");
    EXPECT_EQ(file("h.h").units, (std::vector<uint32_t>{0, 1, 2, 3}));
    const std::string now = facts::pack(file("h.h").facts);
    if (printed.empty()) printed = now;
    EXPECT_EQ(now, printed);
  }
}

TEST_F(Project, PrefersTheBodyThatWasNotLost) {
  write("a.cc", "include h.h\n");
  write("b.cc", "include h.h\n");
  write("h.h", "if A lost fn f\nif B fn f\nif A fn g\nif B lost fn g\n");
  compile({"a.cc -DA", "b.cc -DB"});
  read({"a.cc", "b.cc", "h.h"});
  EXPECT_EQ(functions("h.h"), "f g");
  const facts::FileFacts& facts = file("h.h").facts;
  for (const size_t f : {1, 2}) {
    EXPECT_FALSE(facts.identities[f].lost);
    EXPECT_TRUE(facts.bodies[f].present);
  }
}

}  // namespace
}  // namespace stallint::units

int main(int argc, char** argv) {
  if (std::getenv("STALLINT_TEST_HELPER") != nullptr) {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    const std::optional<stallint::exchange::Job> job = stallint::exchange::decode_job(text);
    if (!job) return 2;
    const std::string megabytes = argc > 2 ? argv[2] : "0";  // --memory-limit MB
    stallint::units::Pretender(*job, std::stoul(megabytes) << 20).run();
    return 0;
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
