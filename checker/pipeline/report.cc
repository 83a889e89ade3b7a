#include "checker/pipeline/report.h"

#include "checker/base/result.h"
#include "checker/pipeline/build_server.h"
#include "checker/source/file.h"
#include "reporters/reporter.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

namespace stallint::pipeline {

namespace {

// Texts of the files that a report shows, read when the first excerpt asks for them.
class Shown {
 public:
  explicit Shown(const Options& options) {
    if (!options.stdin_text) return;
    texts_[options.stdin_filename] = std::make_unique<std::string>(source::decode(*options.stdin_text).text);
  }

  const std::string* operator()(const std::string& path) {
    const auto [it, fresh] = texts_.try_emplace(path);
    if (fresh) {
      Result<source::File> file = source::read_file(path);
      if (file) it->second = std::make_unique<std::string>(std::move(file->text));
    }
    return it->second.get();
  }

 private:
  std::map<std::string, std::unique_ptr<std::string>> texts_;
};

bool wants_color(Color color) {
  if (color != Color::kAuto) return color == Color::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return false;
  return isatty(STDOUT_FILENO) != 0 && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

constexpr size_t kShownByServer = 10;  // annotations of a level that GitHub shows of one step

// One report that is to be written.
struct Part {
  reporters::Format format;
  std::string file;  // empty: standard output
  reporters::ReportOptions options;
  bool summary = false;  // goes behind what is there, and a failure is no failure of the run
};

std::vector<Part> parts_of(const Options& options, const BuildServer& server) {
  using reporters::Format;
  reporters::ReportOptions common;
  common.show_low = options.show_low || options.fail_on == Threshold::kLow;
  common.root = server.root;
  common.link = server.link;
  common.only_open = server.server == Server::kGithub;
  std::vector<Part> parts;
  for (const Output& output : options.outputs) {
    parts.push_back({*reporters::format_from(output.format), output.file, common});
  }
  if (parts.empty()) {
    parts.push_back({Format::kText, "", common});
    reporters::ReportOptions few = common;
    few.most_of_a_level = kShownByServer;
    if (server.server == Server::kGithub) parts.push_back({Format::kGithub, "", few});
    if (server.server == Server::kAzure) parts.push_back({Format::kAzure, "", few});
    if (!server.summary.empty()) parts.push_back({Format::kMarkdown, server.summary, common, true});
  }
  for (Part& part : parts) part.options.color = part.file.empty() && wants_color(options.color);
  return parts;
}

// What went wrong, for people: "No such file or directory".
std::string write_part(const Part& part, const Report& report, const reporters::SourceText& source) {
  std::ofstream file;
  errno = 0;
  if (!part.file.empty()) {
    file.open(part.file, part.summary ? std::ios::binary | std::ios::app : std::ios::binary);
    if (!file) return std::strerror(errno);
  }
  std::ostream& out = part.file.empty() ? std::cout : file;
  reporters::write(part.format, report, source, part.options, out);
  out.flush();
  if (out) return "";
  return errno != 0 ? std::strerror(errno) : "not everything was taken";
}

}  // namespace

bool write_report(const Report& report, const Options& options) {
  Shown shown(options);
  const reporters::SourceText source = [&](const std::string& path) { return shown(path); };
  const BuildServer server = find_build_server(variable, report.working_directory);
  bool written = true;
  for (const Part& part : parts_of(options, server)) {
    const std::string trouble = write_part(part, report, source);
    if (trouble.empty()) continue;
    if (part.summary) {
      std::cerr << "stallint: note: no summary, as $GITHUB_STEP_SUMMARY cannot be written: " << trouble << '\n';
      continue;
    }
    std::cerr << "stallint: the report cannot be written to " << (part.file.empty() ? "standard output" : part.file)
              << ": " << trouble << '\n';
    written = false;
  }
  return written;
}
}  // namespace stallint::pipeline
