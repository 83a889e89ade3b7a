// What a parser needs for the files of a project and nothing else: tree-sitter over each of them, whole.
//
//     bench_parse list [--include-tests] PATH...     the Python files that stallint would read there, one on each line
//     bench_parse parse JOBS FILE                    parses every file that FILE lists, on so many threads

#include "checker/base/parallel.h"
#include "checker/source/file.h"
#include "checker/source/sources.h"

#include <tree_sitter/api.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

extern "C" const TSLanguage* tree_sitter_python();

namespace stallint {
namespace {

int list(std::vector<std::string> paths) {
  source::SourceOptions options;
  if (!paths.empty() && paths.front() == "--include-tests") {
    options.wishes.scope = source::Scope::kAllCode;
    paths.erase(paths.begin());
  }
  const Result<source::Sources> sources = source::find_sources(paths, options);
  if (!sources) {
    std::cerr << sources.problems().front().text() << '\n';
    return 2;
  }
  for (const source::SourceFile& file : sources->files) {
    if (file.language == source::Language::kPython) std::cout << file.path << '\n';
  }
  return 0;
}

int parse(unsigned jobs, const char* file_of_paths) {
  std::vector<std::string> paths;
  std::ifstream in(file_of_paths);
  for (std::string line; std::getline(in, line);) paths.push_back(line);
  std::vector<uint64_t> sizes;
  for (const std::string& path : paths) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    sizes.push_back(error ? 0 : size);
  }
  std::vector<uint32_t> nodes(paths.size());
  parallel_for(jobs, paths.size(), largest_first(sizes), [&](size_t i, unsigned) {
    thread_local const std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(), ts_parser_delete);
    ts_parser_set_language(parser.get(), tree_sitter_python());
    const Result<source::File> file = source::read_file(paths[i]);
    if (!file) return;
    TSTree* tree =
        ts_parser_parse_string(parser.get(), nullptr, file->text.data(), static_cast<uint32_t>(file->text.size()));
    nodes[i] = ts_node_descendant_count(ts_tree_root_node(tree));
    ts_tree_delete(tree);
  });
  uint64_t all = 0;
  for (const uint32_t count : nodes) all += count;
  std::cout << all << " nodes\n";
  return 0;
}

}  // namespace
}  // namespace stallint

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() > 1 && arguments[0] == "list") return stallint::list({arguments.begin() + 1, arguments.end()});
  if (arguments.size() == 3 && arguments[0] == "parse") {
    return stallint::parse(static_cast<unsigned>(std::atoi(argv[2])), argv[3]);
  }
  std::cerr << "usage: bench_parse list [--include-tests] PATH... | parse JOBS FILE\n";
  return 2;
}
