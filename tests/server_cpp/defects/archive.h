#pragma once
// The years before this one, in a database of their own.

#include <string>
#include <utility>

namespace shelf {

class Archive {
 public:
  explicit Archive(std::string path) : path_(std::move(path)) {}

  void create_tables();
  std::string summary(long long year);

 private:
  long long count(long long year);

  const std::string path_;
};

}  // namespace shelf
