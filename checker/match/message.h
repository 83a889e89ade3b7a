#pragma once
// Messages: the rule's sentence with the names of this code.
//
//     "`{function}` blocks the event loop: {chain}"  ->  "`read` blocks the event loop: read -> load -> requests.get"

#include <functional>
#include <optional>
#include <string>

namespace stallint::match {

// Puts values in place of {name}; what has no value stays as written.
std::string fill(const std::string& message,
                 const std::function<std::optional<std::string>(const std::string&)>& value);

}  // namespace stallint::match
