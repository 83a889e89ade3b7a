// Writes C++ that holds YAML files as string literals, as they are written and as trees. Runs while stallint is built:
//
//     embed_rules ROOT LISTING OUTPUT
//
// LISTING names one file per line, relative to ROOT; OUTPUT defines embedded_rules() with those paths, sorted.

#include "checker/base/yaml.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << "embed_rules: cannot read " << path << "\n";
    exit(1);
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

// One literal per line of the text. Octal escapes have three digits, so what follows cannot be taken for a fourth.
std::string literal(const std::string& text) {
  std::string out = "\"";
  for (const unsigned char byte : text) {
    if (byte == '\n') {
      out += "\\n\"\n    \"";
    } else if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\' && byte != '?') {
      out += static_cast<char>(byte);
    } else {
      char escaped[8];
      snprintf(escaped, sizeof escaped, "\\%03o", byte);
      out += escaped;
    }
  }
  return out + "\"";
}

std::string tree_of(const std::string& path, const std::string& text) {
  const auto tree = stallint::parse_yaml(path, text);
  return tree ? stallint::pack(*tree) : "";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: embed_rules ROOT LISTING OUTPUT\n";
    return 1;
  }
  const std::string root = argv[1];
  const std::vector<std::string> paths = lines_of(argv[2]);

  std::ofstream out(argv[3], std::ios::binary);
  out << "// Written by embed_rules from rules/.\n#include \"checker/rule/embedded.h\"\n\nnamespace stallint::rule "
         "{\n\n";
  out << "static const EmbeddedFile kFiles[] = {\n";
  for (const std::string& path : paths) {
    const std::string text = read(root + "/" + path);
    const std::string tree = tree_of(path, text);
    out << "    {" << literal(path) << ",\n    {" << literal(text) << ", " << text.size() << "},\n    {"
        << literal(tree) << ", " << tree.size() << "}},\n";
  }
  if (paths.empty()) out << "    {}\n";
  out << "};\n\nstd::span<const EmbeddedFile> embedded_rules() { return {kFiles, " << paths.size() << "}; }\n\n";
  out << "}  // namespace stallint::rule\n";
  out.close();
  return out ? 0 : 1;
}
