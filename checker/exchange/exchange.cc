#include "checker/exchange/exchange.h"

#include <nlohmann/json.hpp>

#include <cstring>

namespace stallint::exchange {
namespace {

using nlohmann::json;

constexpr char kBegin = 'B', kFacts = 'F', kDone = 'D', kBadQuery = 'Q';
constexpr size_t kHeader = 1 + sizeof(uint32_t);

// Paths are bytes, and JSON is UTF-8: what is none is kept by the letters of its bytes.
std::string dump(const json& value) { return value.dump(-1, ' ', true, json::error_handler_t::replace); }

std::string frame(char kind, std::string_view payload) {
  std::string bytes(1, kind);
  const auto size = static_cast<uint32_t>(payload.size());
  bytes.append(reinterpret_cast<const char*>(&size), sizeof(size));
  bytes += payload;
  return bytes;
}

}  // namespace

std::string encode(const Job& job) {
  json units = json::array();
  for (const Unit& unit : job.units) {
    units.push_back({{"file", unit.file}, {"directory", unit.directory}, {"arguments", unit.arguments}});
  }
  return dump({{"project_files", job.project_files},
               {"units", std::move(units)},
               {"queries", job.queries},
               {"full_templates", job.full_templates}});
}

std::optional<Job> decode_job(std::string_view text) {
  try {
    const json value = json::parse(text);
    Job job;
    value.at("project_files").get_to(job.project_files);
    value.at("queries").get_to(job.queries);
    value.at("full_templates").get_to(job.full_templates);
    for (const json& unit : value.at("units")) {
      job.units.push_back({unit.at("file"), unit.at("directory"), unit.at("arguments")});
    }
    return job;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

std::string encode(const Begin& begin) { return frame(kBegin, dump({{"unit", begin.unit}})); }

std::string encode(const Facts& facts) {
  std::string payload(reinterpret_cast<const char*>(&facts.hash), sizeof(facts.hash));
  payload += facts.bytes;
  return frame(kFacts, payload);
}

std::string encode_payload(const Done& done) {
  json files = json::array(), errors = json::array();
  for (const Done::File& file : done.files) files.push_back({{"path", file.path}, {"facts", file.facts}});
  for (const Done::Error& error : done.first_errors) {
    errors.push_back(
        {{"path", error.path}, {"line", error.line}, {"column", error.column}, {"message", error.message}});
  }
  return dump({{"unit", done.unit},
               {"errors", done.errors},
               {"first_errors", std::move(errors)},
               {"missing", done.missing},
               {"searched", done.searched},
               {"dependencies", done.dependencies},
               {"files", std::move(files)},
               {"notes", done.notes}});
}

std::optional<Done> decode_done(std::string_view text) {
  try {
    const json value = json::parse(text);
    Done done;
    value.at("unit").get_to(done.unit);
    value.at("errors").get_to(done.errors);
    value.at("missing").get_to(done.missing);
    value.at("searched").get_to(done.searched);
    value.at("dependencies").get_to(done.dependencies);
    value.at("notes").get_to(done.notes);
    for (const json& file : value.at("files")) done.files.push_back({file.at("path"), file.at("facts")});
    for (const json& error : value.at("first_errors")) {
      done.first_errors.push_back({error.at("path"), error.at("line"), error.at("column"), error.at("message")});
    }
    return done;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

std::string encode(const Done& done) { return frame(kDone, encode_payload(done)); }

std::string encode(const BadQuery& bad) {
  return frame(kBadQuery,
               dump({{"query", bad.query}, {"line", bad.line}, {"column", bad.column}, {"message", bad.message}}));
}

std::optional<Frame> FrameReader::next() {
  if (broken_ || buffer_.size() - read_ < kHeader) return std::nullopt;
  uint32_t size = 0;
  std::memcpy(&size, buffer_.data() + read_ + 1, sizeof(size));
  const char kind = buffer_[read_];
  if (kind != kBegin && kind != kFacts && kind != kDone && kind != kBadQuery) {
    broken_ = true;  // at once: its size means nothing
    return std::nullopt;
  }
  if (buffer_.size() - read_ - kHeader < size) return std::nullopt;
  const std::string_view payload(buffer_.data() + read_ + kHeader, size);
  Frame frame;
  try {
    if (kind == kBegin) {
      frame.begin = Begin{json::parse(payload).at("unit")};
    } else if (kind == kFacts && size >= sizeof(uint64_t)) {
      frame.facts.emplace();
      std::memcpy(&frame.facts->hash, payload.data(), sizeof(uint64_t));
      frame.facts->bytes = payload.substr(sizeof(uint64_t));
    } else if (kind == kDone) {
      frame.done = decode_done(payload);
      broken_ = !frame.done;
    } else if (kind == kBadQuery) {
      const json value = json::parse(payload);
      frame.bad_query = BadQuery{value.at("query"), value.at("line"), value.at("column"), value.at("message")};
    } else {
      broken_ = true;
    }
  } catch (const json::exception&) {
    broken_ = true;
  }
  if (broken_) return std::nullopt;
  read_ += kHeader + size;
  if (read_ == buffer_.size()) {
    buffer_.clear();
    read_ = 0;
  }
  return frame;
}

}  // namespace stallint::exchange
