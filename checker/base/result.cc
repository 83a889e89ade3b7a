#include "checker/base/result.h"

namespace stallint {

std::string Place::text() const {
  std::string text = file;
  if (line == 0) return text;
  if (!text.empty()) text += ':';
  text += std::to_string(line);
  if (column != 0) text += ':' + std::to_string(column);
  return text;
}

std::string Problem::text() const {
  const std::string where = place.text();
  return where.empty() ? message : where + ": " + message;
}

}  // namespace stallint
