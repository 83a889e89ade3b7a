#pragma once
// What the operator may set, read once from a file of `name = value` lines.

#include <cstddef>
#include <string>

namespace shelf {

struct Config {
  unsigned short port = 8080;
  std::string database = "shelf.db";
  std::string archive = "archive.db";
  std::string log_file = "shelf.log";
  std::string journal_file = "journal.txt";
  std::string banner_file = "banner.txt";
  std::string rates_url = "http://127.0.0.1:8081/rates";
  std::string suppliers_url = "http://127.0.0.1:8081/suppliers";
  std::string warehouse_host = "127.0.0.1";
  std::string warehouse_port = "8082";
  std::size_t workers = 4;
  std::size_t connections = 200;
};

Config load_config(const std::string& path);

}  // namespace shelf
