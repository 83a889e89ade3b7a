// What is kept between runs, at the level of bytes. What users see of it is in run_cache.cc.

#include "checker/cache/store.h"

#include "checker/cache/outcome.h"
#include "checker/finding/finding.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace stallint::cache {
namespace {

namespace fs = std::filesystem;

class InFolder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "stallint-store-" + std::to_string(getpid());
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::string text(const std::optional<std::string>& bytes) { return bytes.value_or("nothing"); }
  std::string get(const std::string& key, Kind kind = Kind::kPython) const {
    return text(Store(folder_).get(kind, digest_of(key)));
  }
  void put(const std::string& key, const std::string& bytes) const {
    Store(folder_).put(Kind::kPython, digest_of(key), bytes);
  }

  std::vector<fs::path> files(const std::string& ending) const {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_ + "/packs", error)) {
      if (entry.path().extension() == ending) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  // As if it had not been used for so many days.
  static void grow_old(const fs::path& path, int days) {
    timespec times[2] = {};
    times[0].tv_sec = times[1].tv_sec = std::time(nullptr) - days * 24 * 60 * 60 - 60;
    utimensat(AT_FDCWD, path.c_str(), times, 0);
  }

  std::string folder_;
};

using StoreTest = InFolder;

TEST_F(StoreTest, GivesWhatAnEarlierRunPut) {
  EXPECT_EQ(get("a"), "nothing");
  EXPECT_FALSE(fs::exists(folder_));  // asking writes nothing
  put("a", "of a");
  EXPECT_EQ(get("a"), "of a");
  EXPECT_EQ(get("b"), "nothing");
  EXPECT_EQ(get("a", Kind::kCpp), "nothing");
  put("b", "");
  EXPECT_EQ(get("b"), "");
  EXPECT_EQ(get("a"), "of a");
  EXPECT_TRUE(files(".draft").empty());
}

TEST_F(StoreTest, KeepsNothingWithoutAFolder) {
  Store store("");
  EXPECT_FALSE(store.keeps());
  store.put(Kind::kPython, digest_of("a"), "of a");
  store.finish();
  EXPECT_EQ(text(store.get(Kind::kPython, digest_of("a"))), "nothing");
  EXPECT_EQ(store.trouble(), "");
}

TEST_F(StoreTest, ShowsTheNewestFirst) {
  put("question", "old");
  put("question", "new");
  EXPECT_EQ(get("question"), "new");
  Store store(folder_);
  EXPECT_EQ(text(store.get(Kind::kPython, digest_of("question"), [](const auto& bytes) { return bytes == "old"; })),
            "old");
  EXPECT_EQ(text(store.get(Kind::kPython, digest_of("question"), [](const auto&) { return false; })), "nothing");
}

// Whatever byte is wrong and wherever a file ends: an entry is as it was, or is not there.
TEST_F(StoreTest, NeverBelievesDamage) {
  {
    Store store(folder_);
    store.put(Kind::kPython, digest_of("a"), "what is known of a");
    store.put(Kind::kCpp, digest_of("b"), "what is known of b");
  }
  const std::vector<fs::path> packs = files(".pack");
  ASSERT_EQ(packs.size(), 1u);
  std::ifstream in(packs[0], std::ios::binary);
  const std::string good{std::istreambuf_iterator<char>(in), {}};
  const auto write = [&](const std::string& bytes) { std::ofstream(packs[0], std::ios::binary) << bytes; };
  for (size_t at = 0; at < good.size(); ++at) {
    std::string flipped = good;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
    write(flipped);
    const std::string a = get("a"), b = get("b", Kind::kCpp);
    EXPECT_TRUE(a == "nothing" || a == "what is known of a") << at;
    EXPECT_TRUE(b == "nothing" || b == "what is known of b") << at;
    EXPECT_TRUE(a == "nothing" || b == "nothing") << at;
    write(good.substr(0, at));
    EXPECT_EQ(get("a"), "nothing") << at;
  }
  write(good + "x");
  EXPECT_EQ(get("a"), "nothing");
  write(good);
  EXPECT_EQ(get("a"), "what is known of a");

  put("a", "again");  // beside what is damaged
  write("");
  EXPECT_EQ(get("a"), "again");
}

TEST_F(StoreTest, MayLoseItsFilesWhileItReads) {
  put("a", "of a");
  put("b", "of b");
  Store store(folder_);
  EXPECT_EQ(text(store.get(Kind::kPython, digest_of("a"))), "of a");
  fs::remove_all(folder_);
  EXPECT_EQ(text(store.get(Kind::kPython, digest_of("b"))), "of b");
  store.put(Kind::kPython, digest_of("c"), "of c");
  store.finish();
  EXPECT_EQ(store.trouble(), "");
  EXPECT_EQ(get("c"), "of c");
}

TEST_F(StoreTest, SaysWhyItKeepsNothing) {
  std::ofstream(folder_) << "a file where a folder has to be";
  Store store(folder_);
  EXPECT_EQ(store.trouble(), "");
  store.put(Kind::kPython, digest_of("a"), "of a");
  store.finish();
  EXPECT_EQ(store.trouble(), "cannot write in " + folder_ + "/packs: Not a directory");
}

TEST_F(StoreTest, IsSharedByThreads) {
  constexpr int kEach = 2000;
  const auto both = [](auto work) {
    std::jthread one([&] { work(0); });
    work(1);
  };
  {
    Store store(folder_);
    both([&](int first) {
      for (int i = first; i < kEach; ++i) store.put(Kind::kPython, digest_of(std::to_string(i)), std::to_string(i * i));
    });
  }
  EXPECT_EQ(info(folder_).kinds[0].entries, uint64_t{kEach});  // each once
  Store store(folder_);
  both([&](int) {
    for (int i = 0; i < kEach; ++i) {
      EXPECT_EQ(text(store.get(Kind::kPython, digest_of(std::to_string(i)))), std::to_string(i * i));
    }
  });
}

// An editor checks after every change; its small packs become one.
TEST_F(StoreTest, MergesSmallPacks) {
  for (int i = 0; i < 40; ++i) put(std::to_string(i), "of " + std::to_string(i));
  EXPECT_LE(files(".pack").size(), 17u);
  for (int i = 0; i < 40; ++i) EXPECT_EQ(get(std::to_string(i)), "of " + std::to_string(i));
  for (int i = 0; i < 40; ++i) put("question", "answer " + std::to_string(i));
  EXPECT_LE(files(".pack").size(), 17u);
  EXPECT_EQ(get("question"), "answer 39");
}

TEST_F(StoreTest, RemovesWhatNobodyUses) {
  put("a", "of a");
  grow_old(files(".pack")[0], 20);
  put("b", "of b");
  EXPECT_EQ(get("a"), "of a");  // and used again by that
  struct stat now {};
  ASSERT_EQ(stat(files(".pack")[0].c_str(), &now), 0);
  EXPECT_GT(now.st_mtime + 60, std::time(nullptr));
  grow_old(files(".pack")[1], 31);
  grow_old(folder_ + "/packs/cleaned", 2);
  std::ofstream(folder_ + "/packs/killed.draft") << "half of it";
  grow_old(folder_ + "/packs/killed.draft", 2);
  std::ofstream(folder_ + "/packs/working.draft") << "half of it";
  EXPECT_EQ(get("a"), "of a");  // at its end it cleans
  EXPECT_EQ(files(".pack").size(), 1u);
  EXPECT_EQ(files(".draft"), std::vector<fs::path>{folder_ + "/packs/working.draft"});
  EXPECT_EQ(get("b"), "nothing");
  EXPECT_EQ(get("a"), "of a");
}

TEST_F(StoreTest, StaysBelowItsLimit) {
  constexpr uint64_t kLimit = 100000;
  const std::string large(20000, 'x');
  for (int i = 0; i < 20; ++i) {
    Store store(folder_, kLimit);
    store.put(Kind::kPython, digest_of(std::to_string(i)), large + std::to_string(i));
    store.finish();
    EXPECT_LE(info(folder_).bytes, kLimit);
  }
  EXPECT_EQ(get("19"), large + "19");
  EXPECT_EQ(get("0"), "nothing");

  // What this run has used goes last, however old it is.
  const std::vector<fs::path> packs = files(".pack");
  ASSERT_GE(packs.size(), 3u);
  const size_t left = packs.size();
  const std::string oldest = std::to_string(20 - left);
  Store store(folder_, kLimit / 2);
  EXPECT_EQ(text(store.get(Kind::kPython, digest_of(oldest))), large + oldest);
  store.put(Kind::kPython, digest_of("more"), "more");
  store.finish();
  EXPECT_EQ(get(oldest), large + oldest);
  EXPECT_LT(files(".pack").size(), left);
}

TEST_F(StoreTest, RemovesNothingButItsOwn) {
  EXPECT_EQ(clear(folder_).packs, 0u);
  EXPECT_EQ(clear(folder_).trouble, "");
  EXPECT_EQ(clear("").packs, 0u);
  put("a", "of a");
  std::ofstream(folder_ + "/mine") << "mine";
  std::ofstream(folder_ + "/packs/mine") << "mine";
  EXPECT_EQ(clear(folder_).packs, 1u);
  EXPECT_EQ(get("a"), "nothing");
  EXPECT_TRUE(fs::exists(folder_ + "/mine"));
  EXPECT_TRUE(fs::exists(folder_ + "/packs/mine"));
  fs::remove(folder_ + "/mine");
  fs::remove(folder_ + "/packs/mine");
  put("a", "of a");
  EXPECT_EQ(clear(folder_).packs, 1u);
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(StoreTest, CountsWhatIsThere) {
  put("a", "of a");
  Store(folder_).put(Kind::kUnit, digest_of("b"), "four");
  std::ofstream(folder_ + "/packs/foreign.pack") << "not ours";
  const Info now = info(folder_);
  EXPECT_EQ(now.kinds[0].entries, 1u);
  EXPECT_EQ(now.kinds[2].bytes, 4u);
  EXPECT_EQ(now.packs, 2u);
  EXPECT_EQ(now.foreign, 1u);
}

TEST(OutcomeTest, ComesBackAsItWas) {
  Outcome outcome;
  outcome.lines = 1'000'000;
  outcome.notes = {{{"a.py", 1, 2, 3, 4}, "a note"}, {{"a.py", 0, 0, 0, 0}, ""}};
  Finding finding;
  finding.rule = "slow-thing";
  finding.severity = Severity::kCritical;
  finding.confidence = Confidence::kLikely;
  finding.region = {"a.py", 300, 1, 300, 20};
  finding.message = "`f` is slow";
  finding.chain = {{{"a.py", 300, 1, 300, 20}, "f", "g", "`f` calls `g`"}, {{"b.py", 1, 1, 1, 2}, "g", "h", ""}};
  finding.related = {{{"b.py", 5, 1, 5, 2}, "`x` is made here"}};
  finding.suppressed = Suppression{{"a.py", 299, 1, 299, 9}, "meant so"};
  outcome.findings = {finding, Finding()};

  const std::string bytes = pack(outcome);
  const std::optional<Outcome> same = unpack_outcome(bytes);
  ASSERT_TRUE(same);
  EXPECT_EQ(pack(*same), bytes);
  EXPECT_EQ(same->lines, outcome.lines);
  ASSERT_EQ(same->findings.size(), 2u);
  const Finding& back = same->findings[0];
  EXPECT_EQ(back.region, finding.region);
  EXPECT_EQ(back.severity, Severity::kCritical);
  EXPECT_EQ(back.confidence, Confidence::kLikely);
  EXPECT_EQ(back.chain[1].region, finding.chain[1].region);
  EXPECT_EQ(back.chain[0].text, "`f` calls `g`");
  EXPECT_EQ(back.related[0].text, "`x` is made here");
  EXPECT_EQ(back.suppressed->reason, "meant so");
  EXPECT_FALSE(same->findings[1].suppressed);
  EXPECT_EQ(same->notes[0].message, "a note");

  // The store has checksums. This is for what was never right.
  for (size_t at = 0; at < bytes.size(); ++at) {
    EXPECT_FALSE(unpack_outcome(bytes.substr(0, at))) << at;
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      unpack_outcome(flipped);
    }
  }
}

}  // namespace
}  // namespace stallint::cache
