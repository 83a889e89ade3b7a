#pragma once
// JSON as all reporters write it: members in the order in which they were added, so the same bytes every time, and
// bytes that are no UTF-8 (a message may quote the source) as U+FFFD instead of an exception.
//
//     JsonLines lines(out, "[");            [
//     lines.add(Json{{"rule", "a"}});       {"rule":"a"},
//     lines.add(Json{{"rule", "b"}});       {"rule":"b"}
//     lines.end("]");                       ]
//
// An element a line, so that a large report is never in memory as a tree, and that a difference shows elements.

#include <nlohmann/json.hpp>

#include <ostream>
#include <string>
#include <string_view>

namespace stallint::reporters {

using Json = nlohmann::ordered_json;

inline std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

class JsonLines {
 public:
  JsonLines(std::ostream& out, std::string_view opening) : out_(out) { out_ << opening; }
  void add(const Json& element) {
    out_ << separator_ << dump(element);
    separator_ = ",\n";
  }
  void end(std::string_view closing) { out_ << '\n' << closing; }

 private:
  std::ostream& out_;
  const char* separator_ = "\n";
};

}  // namespace stallint::reporters
