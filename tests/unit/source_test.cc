// checker/source: which files are read, and how their bytes become text.

#include "checker/base/utf.h"
#include "checker/source/encoding.h"
#include "checker/source/file.h"
#include "checker/source/lines.h"
#include "checker/source/roots.h"
#include "checker/source/sources.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace stallint::source {
namespace {

namespace fs = std::filesystem;
using std::string_literals::operator""s;

// --- Lines
// ------------------------------------------------------------------------------------------------------------

TEST(Lines, EndWithLfCrlfOrALoneCr) {
  const std::string text = "a\nbb\r\nc\rd\f\ve\n";
  const std::vector<uint32_t> starts = line_starts(text);
  EXPECT_EQ(starts, (std::vector<uint32_t>{0, 2, 6, 8, 13}));
  EXPECT_EQ(line_text(text, starts, 1), "a");
  EXPECT_EQ(line_text(text, starts, 2), "bb");
  EXPECT_EQ(line_text(text, starts, 3), "c");
  EXPECT_EQ(line_text(text, starts, 4), "d\f\ve");
  EXPECT_EQ(line_text(text, starts, 5), "");
  EXPECT_EQ(line_text(text, starts, 6), "");
  EXPECT_EQ(line_text(text, starts, 0), "");
}

TEST(Lines, BothWaysOfFindingThemAgree) {
  const std::string with_cr = "x = 1\r\n\r\n\ny\n";
  std::string without;
  std::remove_copy(with_cr.begin(), with_cr.end(), std::back_inserter(without), '\r');
  EXPECT_EQ(line_starts(with_cr).size(), line_starts(without).size());
  EXPECT_EQ(line_starts("\n\n"), (std::vector<uint32_t>{0, 1, 2}));
  EXPECT_EQ(line_starts("\r\r"), (std::vector<uint32_t>{0, 1, 2}));
  EXPECT_EQ(line_starts(""), (std::vector<uint32_t>{0}));
}

TEST(Lines, LocateAnOffset) {
  const std::vector<uint32_t> starts = line_starts("ab\ncd\n");
  EXPECT_EQ(locate(starts, 0), (Position{1, 1}));
  EXPECT_EQ(locate(starts, 2), (Position{1, 3}));
  EXPECT_EQ(locate(starts, 3), (Position{2, 1}));
  EXPECT_EQ(locate(starts, 6), (Position{3, 1}));
  EXPECT_EQ(locate(starts, 99), (Position{3, 94}));
}

TEST(Lines, CountAsAReaderDoes) {
  for (const auto& [text, count] : std::vector<std::pair<std::string, uint32_t>>{
           {"", 0}, {"a", 1}, {"a\n", 1}, {"a\nb", 2}, {"a\r\nb\r\n", 2}, {"\n", 1}}) {
    EXPECT_EQ(line_count(text, line_starts(text)), count) << text;
  }
}

// --- Encodings
// --------------------------------------------------------------------------------------------------------

TEST(Encoding, IsDeclaredInTheFirstTwoLines) {
  EXPECT_EQ(declared_encoding("# -*- coding: latin-1 -*-\n"), "latin-1");
  EXPECT_EQ(declared_encoding("#!/usr/bin/python\n# vim: set fileencoding=CP1252 :\n"), "cp1252");
  EXPECT_EQ(declared_encoding("\n# coding=utf8"), "utf8");
  EXPECT_EQ(declared_encoding("  \t# coding:\teuc_jp\r\n"), "euc_jp");
  EXPECT_EQ(declared_encoding("\xEF\xBB\xBF# coding: utf-8\n"), "utf-8");
  EXPECT_EQ(declared_encoding("# encoding coding: koi8-r\n"), "koi8-r");
}

TEST(Encoding, IsNotDeclaredElsewhere) {
  EXPECT_EQ(declared_encoding(""), "");
  EXPECT_EQ(declared_encoding("x = 1  # coding: latin-1\n"), "");
  EXPECT_EQ(declared_encoding("import x\n# coding: latin-1\n"), "");
  EXPECT_EQ(declared_encoding("\n\n# coding: latin-1\n"), "");
  EXPECT_EQ(declared_encoding("'coding: latin-1'\n"), "");
  EXPECT_EQ(declared_encoding("# coding style: 4 blanks\n"), "");
  EXPECT_EQ(declared_encoding("# coding:\n"), "");
}

TEST(Decode, Utf8IsLeftAlone) {
  const File file = decode("s = 'caf\xc3\xa9'\n");
  EXPECT_EQ(file.text, "s = 'caf\xc3\xa9'\n");
  EXPECT_EQ(file.encoding, "utf-8");
  EXPECT_TRUE(file.notes.empty());
  EXPECT_EQ(decode("\xEF\xBB\xBFx = 1\n").text, "\xEF\xBB\xBFx = 1\n");
  EXPECT_EQ(decode("").text, "");
  EXPECT_EQ(decode("a\0b"s).text, "a\0b"s);
}

TEST(Decode, DeclaredEncodings) {
  EXPECT_EQ(decode("# coding: latin-1\ns = '\xe9\x80'").text, "# coding: latin-1\ns = '\xc3\xa9\xc2\x80'");
  EXPECT_EQ(decode("# coding: iso8859_1\n\xe9").text, "# coding: iso8859_1\n\xc3\xa9");
  EXPECT_EQ(decode("# coding: cp1252\n'\x80'").text, "# coding: cp1252\n'\xe2\x82\xac'");
  EXPECT_EQ(decode("# coding: iso-8859-15\n'\xa4'").text, "# coding: iso-8859-15\n'\xe2\x82\xac'");
  EXPECT_EQ(decode("# coding: cp1251\n'\xdf'").text, "# coding: cp1251\n'\xd0\xaf'");
  EXPECT_EQ(decode("# coding: shift_jis\n'\x83\x65\\n~'").text, "# coding: shift_jis\n'\xe3\x83\x86\\n~'");
  EXPECT_EQ(decode("# coding: euc_kr\n'\xb0\xa1'").text, "# coding: euc_kr\n'\xea\xb0\x80'");
  EXPECT_EQ(decode("# coding: gb18030\n'\x81\x30\x81\x30'").text, "# coding: gb18030\n'\xc2\x80'");
  EXPECT_EQ(decode("# coding: iso2022_jp\n'\x1b$B%F\x1b(B'").text, "# coding: iso2022_jp\n'\xe3\x83\x86'");
  EXPECT_TRUE(decode("# coding: cp1251\n'\xdf'").notes.empty());
}

TEST(Decode, OneByteTablesAgreeWithTheCLibrary) {
  std::string high;
  for (int byte = 0xA0; byte < 0x100; ++byte) high += static_cast<char>(byte);
  for (const char* const name : {"latin-1", "cp1252", "iso-8859-15"}) {
    // Another name of the same encoding, which the tables do not know.
    const std::string other = name == "latin-1"s ? "ibm819" : name == "cp1252"s ? "ms-ansi" : "iso-ir-203";
    ASSERT_TRUE(from_encoding(high, other)) << other;
    EXPECT_EQ(from_encoding(high, name)->text, from_encoding(high, other)->text) << name;
  }
  EXPECT_EQ(from_encoding("\x8c\x9f", "cp1252")->text, from_encoding("\x8c\x9f", "ms-ansi")->text);
}

TEST(Decode, UnknownEncodings) {
  for (const char* const name : {"klingon", "rot13", "utf-16", "utf-7", "cp500", "x//ignore"}) {
    const File file = decode("# coding: "s + name + "\nx = '\xc3\xa9'\n");
    EXPECT_EQ(file.text, "# coding: "s + name + "\nx = '\xc3\xa9'\n");
    ASSERT_EQ(file.notes.size(), 1U) << name;
    EXPECT_NE(file.notes[0].message.find("unknown encoding"), std::string::npos) << name;
  }
}

TEST(Decode, BrokenBytesBecomeReplacementsAndANote) {
  const File file = decode("s = 'caf\xe9'\nt = '\xff'\n");
  EXPECT_EQ(file.text, "s = 'caf\xef\xbf\xbd'\nt = '\xef\xbf\xbd'\n");
  ASSERT_EQ(file.notes.size(), 1U);
  EXPECT_EQ(file.notes[0].offset, 8U);
  EXPECT_EQ(file.notes[0].message, "2 places are no valid utf-8 and became U+FFFD; the first is here");

  const File japanese = decode("# coding: euc-jp\n'\xff\xa5\xc6'");
  EXPECT_EQ(japanese.text, "# coding: euc-jp\n'\xef\xbf\xbd\xe3\x83\x86'");
  ASSERT_EQ(japanese.notes.size(), 1U);
  EXPECT_EQ(japanese.notes[0].message, "1 place is no valid euc-jp and became U+FFFD; the first is here");

  const File cut_off = decode("# coding: shift_jis\n'\x83");
  EXPECT_EQ(cut_off.text, "# coding: shift_jis\n'\xef\xbf\xbd");
  EXPECT_EQ(cut_off.notes.size(), 1U);
}

TEST(Decode, LongTextsInOtherEncodings) {
  std::string bytes = "# coding: cp1251\n";
  std::string text = bytes;
  for (int i = 0; i < 10000; ++i) {
    bytes += "\xdf\n";
    text += "\xd0\xaf\n";
  }
  EXPECT_EQ(decode(bytes).text, text);
}

TEST(Decode, WideMarks) {
  const File little = decode("\xFF\xFEx\0=\0\xe9\0\x3d\xd8\x00\xde"s);
  EXPECT_EQ(little.text, "\xEF\xBB\xBFx=\xc3\xa9\xf0\x9f\x98\x80");
  EXPECT_EQ(little.encoding, "utf-16");
  EXPECT_EQ(little.notes.size(), 1U);
  EXPECT_EQ(decode("\xFE\xFF\0x"s).text, "\xEF\xBB\xBFx");
  EXPECT_EQ(decode("\xFF\xFE\0\0x\0\0\0"s).text, "\xEF\xBB\xBFx");
  EXPECT_EQ(decode("\0\0\xFE\xFF\0\0\0x"s).text, "\xEF\xBB\xBFx");
  EXPECT_EQ(decode("\xFF\xFE\x00\xd8x"s).text, "\xEF\xBB\xBF\xef\xbf\xbd\xef\xbf\xbd");  // lone surrogate, half a unit
}

TEST(Decode, AMarkAndAnotherDeclaration) {
  const File file = decode("\xEF\xBB\xBF# coding: latin-1\ns = '\xc3\xa9'\n");
  EXPECT_EQ(file.text, "\xEF\xBB\xBF# coding: latin-1\ns = '\xc3\xa9'\n");
  EXPECT_EQ(file.notes.size(), 1U);
}

TEST(Decode, AsciiMayHoldUtf8) {
  EXPECT_EQ(decode("# coding: ascii\ns = '\xc3\xa9'\n").text, "# coding: ascii\ns = '\xc3\xa9'\n");
}

TEST(Decode, AnyBytesGiveValidText) {
  uint32_t state = 1;
  for (int round = 0; round < 300; ++round) {
    const std::vector<std::string> heads = {"",
                                            "\xFF\xFE",
                                            "\xFE\xFF",
                                            "# coding: cp1252\n",
                                            "# coding: euc-jp\n",
                                            "# coding: gb18030\n",
                                            "\xEF\xBB\xBF",
                                            "# coding: iso2022_kr\n"};
    std::string bytes = heads[static_cast<size_t>(round) % heads.size()];
    for (int i = 0; i < 64; ++i) {
      state = state * 1664525U + 1013904223U;
      bytes += static_cast<char>(state >> 24);
    }
    EXPECT_TRUE(valid_utf8(decode(bytes).text));
  }
}

TEST(Generated, BySayingSo) {
  EXPECT_TRUE(says_generated("# @generated by protobuf-codegen\n"));
  EXPECT_TRUE(says_generated("# Code generated by sqlc. DO NOT EDIT.\n# versions:\n"));
  EXPECT_TRUE(says_generated("\"\"\"Generated protocol buffer code.\"\"\"\n# do not edit!\n"));
  EXPECT_FALSE(says_generated("# generated by hand\n"));
  EXPECT_FALSE(says_generated("@generated\ndef f(): ...\n"));
  EXPECT_FALSE(says_generated("# see @generated_by\n"));
  EXPECT_FALSE(says_generated("\n\n\n\n\n\n\n\n\n\n\n\n# @generated\n"));
  EXPECT_FALSE(says_generated(""));
}

// --- Files on disk
// ----------------------------------------------------------------------------------------------------

class SourcesTest : public testing::Test {
 protected:
  SourcesTest() : before_(fs::current_path()) {
    std::string name = (fs::temp_directory_path() / "stallint-XXXXXX").string();
    top_ = fs::canonical(mkdtemp(name.data()));
    fs::current_path(top_);
  }
  ~SourcesTest() override {
    fs::current_path(before_);
    fs::remove_all(top_);
  }

  static void write(const std::string& path, const std::string& text = "x = 1\n") {
    if (fs::path(path).has_parent_path()) fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  static std::vector<std::string> found(const std::vector<std::string>& paths, const SourceOptions& options = {}) {
    const Result<Sources> sources = find_sources(paths, options);
    std::vector<std::string> files;
    if (!sources) return {sources.problems().front().text()};
    for (const SourceFile& file : sources->files) files.push_back(file.path);
    return files;
  }

  using Paths = std::vector<std::string>;
  fs::path before_;
  fs::path top_;
};

TEST_F(SourcesTest, AllPythonFilesSorted) {
  for (const char* const path : {"b.py", "a/z.py", "a/b/c.py", "a.py", "README.md", "a/x.pyc", "a/script"}) write(path);
  EXPECT_EQ(found({"."}), (Paths{"a.py", "a/b/c.py", "a/z.py", "b.py"}));
  EXPECT_EQ(found({"a"}), (Paths{"a/b/c.py", "a/z.py"}));
}

TEST_F(SourcesTest, PathsArePrintedFromTheWorkingDirectory) {
  write("a/b/c.py");
  const Paths expected = {"a/b/c.py"};
  EXPECT_EQ(found({"./a//b/"}), expected);
  EXPECT_EQ(found({(top_ / "a").string()}), expected);
  EXPECT_EQ(found({"a/../a/b/c.py"}), expected);
  fs::current_path("a/b");
  EXPECT_EQ(found({".."}), (Paths{"../b/c.py"}));
  EXPECT_EQ(found({top_.string()}), (Paths{(top_ / "a/b/c.py").string()}));
}

TEST_F(SourcesTest, EveryFileOnce) {
  write("a/x.py");
  write("a/b/y.py");
  EXPECT_EQ(found({"a", "a/b", "a/x.py", "."}), (Paths{"a/b/y.py", "a/x.py"}));
}

TEST_F(SourcesTest, WithoutTestsMigrationsStubsAndForeignCode) {
  for (const char* const path : {"app/api.py",
                                 "app/tests/helper.py",
                                 "app/test/x.py",
                                 "testing/y.py",
                                 "app/test_api.py",
                                 "app/api_test.py",
                                 "conftest.py",
                                 "app/tests.py",
                                 "app/functional_tests/x.py",
                                 "integration-tests/x.py",
                                 "tests-client/service.py",
                                 "testsuite/pytest_server/chaos.py",
                                 "lib/testutils/x.py",
                                 "app/pytest_plugin.py",
                                 "benchmarks/x.py",
                                 "tools/run_benchmarks.py",
                                 "fuzzers/x.py",
                                 "app/seeders/x.py",
                                 "extern/x.py",
                                 "app/migrations/0001.py",
                                 "alembic/versions/1.py",
                                 "alembic/env.py",
                                 "app/api.pyi",
                                 "node_modules/a/x.py",
                                 ".venv/x.py",
                                 "venv/x.py",
                                 "lib/site-packages/x.py",
                                 "build/lib/x.py",
                                 "dist/x.py",
                                 "__pycache__/x.py",
                                 ".git/x.py",
                                 ".tox/x.py",
                                 "vendor/x.py",
                                 "third_party/x.py",
                                 "app/greeter_pb2.py",
                                 "app/greeter_pb2_grpc.py",
                                 "my-env/lib/x.py"}) {
    write(path);
  }
  write("my-env/pyvenv.cfg", "home = /usr\n");
  write("app/sql.py", "# Code generated by sqlc. DO NOT EDIT.\n");
  write("app/latest.py");
  write("app/contest.py");
  write("app/fuzzy/x.py");
  write("app/attestation/x.py");
  EXPECT_EQ(found({"."}),
            (Paths{"app/api.py", "app/attestation/x.py", "app/contest.py", "app/fuzzy/x.py", "app/latest.py"}));

  const Result<Sources> sources = find_sources({"."}, {});
  EXPECT_GT(sources->left_out, 15U);
  EXPECT_EQ(sources->roots, (Paths{"."}));
}

TEST_F(SourcesTest, TestsAndMigrationsOnDemand) {
  for (const char* const path : {"app/tests/helper.py", "app/test_api.py", "app/migrations/0001.py", "venv/x.py"})
    write(path);
  SourceOptions options;
  options.wishes.scope = Scope::kAllCode;
  EXPECT_EQ(found({"."}, options), (Paths{"app/migrations/0001.py", "app/test_api.py", "app/tests/helper.py"}));
}

TEST_F(SourcesTest, MigrationsOfADatabaseOnly) {
  for (const char* const path :
       {"a/migrations/__init__.py", "a/migrations/0001_initial.py", "b/migrations/__init__.py", "c/migrations/env.py",
        "d/migrations/versions/4f2b_x.py", "services/migrations/__init__.py", "services/migrations/paprika.py",
        "services/migrations/utils/x.py"}) {
    write(path);
  }
  EXPECT_EQ(found({"."}), (Paths{"services/migrations/__init__.py", "services/migrations/paprika.py",
                                 "services/migrations/utils/x.py"}));
}

TEST_F(SourcesTest, FoldersAreJudgedBelowThePathGiven) {
  write("tests/program/api.py");
  write("tests/program/tests/x.py");
  EXPECT_EQ(found({"tests/program"}), (Paths{"tests/program/api.py"}));
  EXPECT_EQ(found({"."}), Paths{});
}

TEST_F(SourcesTest, AFileNamedOutrightIsRead) {
  for (const char* const path : {"tests/conftest.py", "x_pb2.py", "a.pyi", ".venv/lib/x.py"}) write(path);
  write("tool", "#!/usr/bin/env python3\nx = 1\n");
  write("README", "no python\n");
  EXPECT_EQ(found({"tests/conftest.py", "x_pb2.py", "a.pyi", ".venv/lib/x.py", "tool", "README", "."}),
            (Paths{".venv/lib/x.py", "a.pyi", "tests/conftest.py", "tool", "x_pb2.py"}));
}

TEST_F(SourcesTest, APackageMayBeCalledBuild) {
  for (const char* const path :
       {"a/build/__init__.py", "a/build/x.py", "b/__init__.py", "b/build/y.py", "c/build/z.py"}) {
    write(path);
  }
  EXPECT_EQ(found({"."}), (Paths{"a/build/__init__.py", "a/build/x.py", "b/__init__.py", "b/build/y.py"}));
}

TEST_F(SourcesTest, WishesOfEachFolder) {
  for (const char* const path : {"app/api.py", "app/tests/x.py", "lib/api.py", "lib/tests/y.py"}) write(path);
  Wishes tests_too;
  tests_too.scope = Scope::kAllCode;
  tests_too.excluded = [](std::string_view path) { return path.ends_with("/app/api.py"); };
  SourceOptions options;
  options.wishes_of = [&](const std::string& folder, bool) -> const Wishes& {
    return folder.find("/app") == std::string::npos ? options.wishes : tests_too;
  };
  EXPECT_EQ(found({"."}, options), (Paths{"app/tests/x.py", "lib/api.py"}));
  EXPECT_EQ(found({"app/api.py"}, options), (Paths{"app/api.py"}));
  options.force_exclude = true;
  EXPECT_EQ(found({"app/api.py", "lib/api.py", "lib/tests/y.py"}, options), (Paths{"lib/api.py"}));
}

TEST_F(SourcesTest, LinksDoNotLoop) {
  write("a/b/x.py");
  fs::create_directory_symlink(top_ / "a", "a/b/again");
  fs::create_directory_symlink("..", "a/up");
  fs::create_directory_symlink("b", "a/other");
  fs::create_symlink("b/x.py", "a/link.py");
  fs::create_symlink("nowhere.py", "a/dangling.py");
  fs::create_directory_symlink("nowhere", "a/dangling");
  EXPECT_EQ(found({"a"}), (Paths{"a/b/x.py"}));
}

TEST_F(SourcesTest, LinksToOtherFoldersAreFollowed) {
  write("shared/x.py");
  write("app/y.py");
  fs::create_directory_symlink("../shared", "app/shared");
  fs::create_symlink("../shared/x.py", "app/z.py");
  EXPECT_EQ(found({"app"}), (Paths{"app/shared/x.py", "app/y.py"}));
}

TEST_F(SourcesTest, PathsThatAreNotThere) {
  const Result<Sources> sources = find_sources({"nowhere", "/dev/null"}, {});
  ASSERT_FALSE(sources);
  ASSERT_EQ(sources.problems().size(), 2U);
  EXPECT_EQ(sources.problems()[0].text(), "`nowhere` does not exist");
  EXPECT_EQ(sources.problems()[1].text(), "`/dev/null` is neither a file nor a folder");
}

TEST_F(SourcesTest, AFolderThatMayNotBeEntered) {
  write("a/locked/x.py");
  write("a/y.py");
  fs::permissions("a/locked", fs::perms::none);
  fs::permissions(".", static_cast<fs::perms>(0755));
  // Root may enter every folder, so root looks at this one as nobody.
  constexpr uid_t kNobody = 65534;
  const bool root = geteuid() == 0;
  if (root) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  const Result<Sources> sources = find_sources({"a"}, {});
  if (root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  fs::permissions("a/locked", fs::perms::owner_all);
  ASSERT_TRUE(sources);
  EXPECT_EQ(sources->unreadable.size(), 1U);
  EXPECT_EQ(sources->files.size(), 1U);
}

TEST_F(SourcesTest, NoPythonAtAll) {
  write("README.md");
  EXPECT_EQ(found({"."}), Paths{});
  EXPECT_EQ(found({"README.md"}), Paths{});
}

TEST_F(SourcesTest, ReadsFiles) {
  write("a.py", "x = 1\r\n");
  const Result<File> file = read_file("a.py");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text, "x = 1\r\n");

  write("empty.py", "");
  EXPECT_EQ(read_file("empty.py")->text, "");

  const std::string large(11 << 20, 'x');
  write("large.py", large);
  EXPECT_EQ(read_file("large.py")->text, large);
}

TEST_F(SourcesTest, SaysWhyAFileCannotBeRead) {
  EXPECT_EQ(read_file("nowhere.py").problems().front().text(),
            "nowhere.py: cannot read this file: No such file or directory");
  EXPECT_EQ(read_file(".").problems().front().text(), ".: cannot read this file: it is a folder");
}

TEST_F(SourcesTest, ModulesOfARealTree) {
  for (const char* const path : {"server/api/__init__.py", "server/api/users.py", "server/main.py"}) write(path);
  write("server/pyproject.toml", "");
  const Result<Sources> sources = find_sources({"server"}, {});
  Listing listing;
  const std::vector<Module> modules = find_modules(*sources, listing);
  ASSERT_EQ(modules.size(), 3U);
  EXPECT_TRUE(modules[0].is_package);
  EXPECT_EQ(modules[1].names.front(), (ModuleName{"api.users", "server", Evidence::kRoot}));
  EXPECT_EQ(modules[2].candidates().front(), "main");
  EXPECT_FALSE(modules[2].is_package);

  fs::current_path("server");
  Listing here;
  EXPECT_EQ(find_modules(*find_sources({"."}, {}), here)[1].names.front(),
            (ModuleName{"api.users", ".", Evidence::kRoot}));
}

TEST_F(SourcesTest, FoldersAreListedOnce) {
  write("a/b.py");
  fs::create_symlink("b.py", "a/link.py");
  fs::create_symlink("nowhere", "a/dangling.py");
  fs::create_directories("a/.git");
  Listing listing;
  for (const char* const there : {"a/b.py", "a/link.py", "a/.git", "a"}) EXPECT_TRUE(listing.has(there)) << there;
  EXPECT_TRUE(listing.has((top_ / "a/b.py").string()));
  for (const char* const missing : {"a/dangling.py", "a/c.py", "c/b.py", "a/b.py/c", ""}) {
    EXPECT_FALSE(listing.has(missing)) << missing;
  }
  write("a/c.py");
  EXPECT_FALSE(listing.has("a/c.py"));  // as it was when it was asked
}

}  // namespace
}  // namespace stallint::source
