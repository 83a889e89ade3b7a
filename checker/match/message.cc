#include "checker/match/message.h"

namespace stallint::match {

std::string fill(const std::string& message,
                 const std::function<std::optional<std::string>(const std::string&)>& value) {
  std::string filled;
  size_t at = 0;
  while (at < message.size()) {
    const size_t open = message.find('{', at);
    const size_t close = open == std::string::npos ? open : message.find('}', open);
    if (close == std::string::npos) break;
    filled += message.substr(at, open - at);
    const std::optional<std::string> known = value(message.substr(open + 1, close - open - 1));
    filled += known ? *known : message.substr(open, close - open + 1);
    at = close + 1;
  }
  return filled + message.substr(at);
}

}  // namespace stallint::match
