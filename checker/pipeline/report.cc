#include "checker/pipeline/report.h"

#include "checker/base/result.h"
#include "checker/source/file.h"
#include "reporters/reporter.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace stallint::pipeline {

namespace {

// Texts of the files that a report shows, read when the first excerpt asks for them.
class Shown {
 public:
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

}  // namespace

bool write_report(const Report& report, const Options& options) {
  Shown shown;
  const reporters::SourceText source = [&](const std::string& path) { return shown(path); };
  bool written = true;
  for (const Output& output : options.outputs) {
    std::ofstream file;
    if (!output.file.empty()) file.open(output.file, std::ios::binary);
    std::ostream& out = output.file.empty() ? std::cout : file;
    if (output.format == "sarif") {
      reporters::write_sarif(report, source, out);
    } else {
      const bool color = output.file.empty() && wants_color(options.color);
      reporters::write_text(report, source, {.color = color, .show_low = options.show_low}, out);
    }
    out.flush();
    if (!out) {
      std::cerr << "stallint: the report cannot be written to "
                << (output.file.empty() ? "standard output" : output.file) << '\n';
      written = false;
    }
  }
  return written;
}
}  // namespace stallint::pipeline
