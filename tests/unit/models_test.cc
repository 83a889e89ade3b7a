// checker/link/models: which labels a name has, in Python and in C++.

#include "checker/link/models.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace stallint::link {
namespace {

using Kind = Models::Kind;
using Language = facts::Language;

// The labels that a model gives, joined by blanks; `?` behind those that are likely.
class Known {
 public:
  explicit Known(const std::vector<std::string>& models) {
    std::vector<rule::SourceFile> files;
    for (const std::string& text : models)
      files.push_back({"models/" + std::to_string(files.size()) + ".yaml", text, true});  // as if shipped
    auto loaded = rule::load_rules(files);
    EXPECT_TRUE(loaded) << (loaded ? "" : loaded.problems()[0].message);
    if (loaded) rules_ = std::move(*loaded);
    models_ = std::make_unique<Models>(rules_);
  }

  std::string call(const std::string& name) { return text(models_->labels(Kind::kCall, name)); }
  std::string type(const std::string& name, Language language) {
    return text(models_->labels(Kind::kType, name, language));
  }
  std::string method(const std::string& name, Language language) {
    return text(models_->untyped(Kind::kCall, name, language));
  }
  const Models& operator*() const { return *models_; }

 private:
  std::string text(const std::vector<Graded>& labels) const {
    std::string text;
    for (const Graded& graded : labels) {
      if (!text.empty()) text += ' ';
      text += models_->label_names()[index(graded.label)];
      if (graded.confidence == Confidence::kLikely) text += '?';
    }
    return text;
  }

  rule::Rules rules_;
  std::unique_ptr<Models> models_;
};

TEST(Models, NamesOfCppHaveColons) {
  Known known({R"(
language: cpp
labels:
  blocks.file: {call: ["::{open,close}", "std::filesystem::exists"]}
  blocks.lock: {call: std::mutex::lock}
  thread: {call: std::thread}
)"});
  EXPECT_EQ(known.call("::open"), "blocks.file");
  EXPECT_EQ(known.call("::close"), "blocks.file");
  EXPECT_EQ(known.call("std::filesystem::exists"), "blocks.file");
  EXPECT_EQ(known.call("std::mutex::lock"), "blocks.lock");
  EXPECT_EQ(known.call("std::thread"), "thread");
  EXPECT_EQ(known.call("open"), "");
  EXPECT_EQ(known.call("acme::open"), "");
  EXPECT_EQ(known.call("mutex::lock"), "");
}

TEST(Models, StarsOfCppStandForAnyText) {
  Known known({R"(
language: cpp
labels:
  blocks.file: {call: "::uv_fs_*"}
  blocks.http: {call: "Aws::*::*Client::*"}
  request: {call: ["acme::Server::*", "acme::handlers::*::Handle*"]}
)"});
  EXPECT_EQ(known.call("::uv_fs_read"), "blocks.file");
  EXPECT_EQ(known.call("::uv_read_start"), "");
  EXPECT_EQ(known.call("Aws::S3::S3Client::GetObject"), "blocks.http");
  EXPECT_EQ(known.call("acme::Server::run"), "request");
  EXPECT_EQ(known.call("acme::handlers::Http::HandleThrow"), "request");
  EXPECT_EQ(known.call("acme::handlers::Http::Other"), "");
}

TEST(Models, MethodsOfAnyClassAreNoFunctions) {
  Known known({R"(
language: cpp
labels:
  grow.more: {call: "*::write"}
  blocks.socket: {call: "*::on_request"}
)"});
  EXPECT_EQ(known.method("write", Language::kCpp), "grow.more?");
  EXPECT_EQ(known.method("write", Language::kPython), "");
  EXPECT_EQ(known.call("acme::Log::write"), "grow.more");
  EXPECT_EQ(known.call("::write"), "");
  EXPECT_EQ(known.method("on_request", Language::kCpp), "blocks.socket?");
  EXPECT_EQ(known.call("acme::Server::on_request"), "");  // an effect needs a receiver that nobody knows
}

TEST(Models, AnEverydayNameStandsForItsTemplate) {
  Known known({R"(
language: cpp
types:
  std::ofstream: {also: std::basic_ofstream, bases: std::ostream}
  std::ostream: {also: std::basic_ostream, returns: {write: std::ostream}}
labels:
  blocks.file: {call: [std::ofstream, std::ofstream::open, std::ostream::flush]}
  file: {type: std::ofstream}
)"});
  EXPECT_EQ(known.call("std::basic_ofstream"), "blocks.file");
  EXPECT_EQ(known.call("std::ofstream"), "blocks.file");
  EXPECT_EQ(known.call("std::basic_ofstream::open"), "blocks.file");
  EXPECT_EQ(known.call("std::basic_ofstream::flush"), "blocks.file") << "by its base";
  EXPECT_EQ(known.type("std::basic_ofstream", Language::kCpp), "file");
  EXPECT_EQ((*known).canonical_member("std::basic_ofstream::open"), "std::ofstream::open");
  EXPECT_EQ((*known).canonical("std::basic_ofstream"), "std::ofstream");
  ASSERT_NE((*known).returned("std::ofstream", "write"), nullptr);
  EXPECT_EQ(*(*known).returned("std::ofstream", "write"), "std::ostream");
}

TEST(Models, TheMoreSpecificNameDecides) {
  Known known({R"(
language: cpp
types: {acme::Pool: {bases: acme::Client}}
labels:
  blocks.db: {call: "acme::Client::*"}
  blocks.http: {call: acme::Client::get}
  harmless: {call: ["acme::Client::close", "acme::Pool::size"]}
)"});
  EXPECT_EQ(known.call("acme::Client::query"), "blocks.db");
  EXPECT_EQ(known.call("acme::Client::get"), "blocks.http");
  EXPECT_EQ(known.call("acme::Client::close"), "harmless");
  EXPECT_EQ(known.call("acme::Pool::query"), "blocks.db");
  EXPECT_EQ(known.call("acme::Pool::size"), "harmless");
}

TEST(Models, LanguagesDoNotMix) {
  Known known({R"(
language: python
labels:
  flag: {type: int}
  blocks.file: {call: [open, "std.*"]}
)",
               R"(
language: cpp
types: {QThread: {}}
labels:
  counter: {type: [int, QThread]}
  thread: {call: [QThread, "QThread::start"]}
)"});
  EXPECT_EQ(known.type("int", Language::kPython), "flag");
  EXPECT_EQ(known.type("int", Language::kCpp), "counter");
  EXPECT_EQ(known.call("open"), "blocks.file");
  EXPECT_EQ(known.call("::open"), "");
  EXPECT_EQ(known.call("std::open"), "");
  EXPECT_EQ(known.call("QThread::start"), "thread");
  EXPECT_TRUE((*known).knows_library("std"));
  EXPECT_FALSE((*known).knows_library("QThread"));
}

}  // namespace
}  // namespace stallint::link
