#include "config.h"

#include <fstream>
#include <stdexcept>

namespace shelf {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

void set(Config& config, const std::string& name, const std::string& value) {
  if (name == "port")
    config.port = static_cast<unsigned short>(std::stoi(value));
  else if (name == "database")
    config.database = value;
  else if (name == "archive")
    config.archive = value;
  else if (name == "log_file")
    config.log_file = value;
  else if (name == "journal_file")
    config.journal_file = value;
  else if (name == "banner_file")
    config.banner_file = value;
  else if (name == "rates_url")
    config.rates_url = value;
  else if (name == "suppliers_url")
    config.suppliers_url = value;
  else if (name == "warehouse_host")
    config.warehouse_host = value;
  else if (name == "warehouse_port")
    config.warehouse_port = value;
  else if (name == "workers")
    config.workers = std::stoul(value);
  else if (name == "connections")
    config.connections = std::stoul(value);
  else
    throw std::runtime_error("unknown setting " + name);
}

}  // namespace

Config load_config(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  Config config;
  std::string line;
  while (std::getline(file, line)) {
    line = trimmed(line);
    if (line.empty() || line[0] == '#') continue;
    const auto equals = line.find('=');
    if (equals == std::string::npos) throw std::runtime_error("no value in line: " + line);
    set(config, trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
  }
  return config;
}

}  // namespace shelf
