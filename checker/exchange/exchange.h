#pragma once
// What `stallint` and `stallint-clang` say to each other. A job goes to the standard input of the helper, once; frames
// come back on its standard output while it works:
//
//     Begin{0}  Facts{hash, bytes}  Facts{hash, bytes}  Done{unit 0, files: [(path, hash)...]}  Begin{1} ...
//
// So whoever reads knows at any time which unit is being worked on, and a helper that dies costs that unit. Facts that
// a process has sent once (a header that several units include) are not sent again, only named by their hash.

#include "checker/facts/facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stallint::exchange {

// One translation unit, as the compile database has it: arguments[0] is the compiler. All paths are absolute.
struct Unit {
  std::string file;
  std::string directory;
  std::vector<std::string> arguments;
};

struct Job {
  std::vector<std::string> project_files;  // bodies elsewhere are skipped; real paths
  std::vector<Unit> units;
  std::vector<std::string> queries;  // clang-query matchers of rules; their numbers are facts::Matched::query
  bool full_templates = false;       // parse bodies of library templates too
};

std::string encode(const Job& job);
std::optional<Job> decode_job(std::string_view text);

struct Done {
  struct File {
    std::string path;    // real path
    uint64_t facts = 0;  // hash of the packed facts
  };
  struct Error {
    std::string path;
    uint32_t line = 0;
    uint32_t column = 0;
    std::string message;
  };
  uint32_t unit = 0;
  uint32_t errors = 0;                    // how many the compiler has seen; 0: read completely
  std::vector<Error> first_errors;        // the first few of them
  std::vector<std::string> missing;       // headers that were not found, as spelt in `#include`
  std::vector<std::string> searched;      // folders in which they were looked for
  std::vector<std::string> dependencies;  // real paths of all files that were read
  std::vector<File> files;                // project files with facts, sorted by path
  std::vector<std::string> notes;         // sentences about the helper's own state, which the user should know
};

struct Begin {
  uint32_t unit = 0;
};

struct Facts {
  uint64_t hash = 0;
  std::string bytes;  // facts::pack
};

// A query that Clang refuses: position in its text, both from 1.
struct BadQuery {
  uint32_t query = 0;
  uint32_t line = 0;
  uint32_t column = 0;
  std::string message;
};

struct Frame {
  std::optional<Begin> begin;
  std::optional<Facts> facts;
  std::optional<Done> done;
  std::optional<BadQuery> bad_query;
};

std::string encode(const Begin& begin);
std::string encode(const Facts& facts);
std::string encode(const Done& done);
std::string encode(const BadQuery& bad);

std::string encode_payload(const Done& done);  // the JSON alone, for whoever keeps it
std::optional<Done> decode_done(std::string_view json);

// Cuts a stream of bytes into frames as they arrive.
class FrameReader {
 public:
  void feed(std::string_view bytes) { buffer_ += bytes; }

  // The next whole frame, or nothing yet. A stream that is no stream of frames is `broken` for good.
  std::optional<Frame> next();
  bool broken() const { return broken_; }

 private:
  std::string buffer_;
  size_t read_ = 0;
  bool broken_ = false;
};

}  // namespace stallint::exchange
