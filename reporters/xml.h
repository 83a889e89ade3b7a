#pragma once
// Text inside XML 1.0, between tags and in double quotes.
//
//     escaped_xml("a < b & \"c\"\x01")   "a &lt; b &amp; &quot;c&quot;\uFFFD"
//
// XML has no way to write most control characters: they become U+FFFD, like bytes that are no UTF-8. A newline stays.

#include <string>
#include <string_view>

namespace stallint::reporters {

std::string escaped_xml(std::string_view text);

}  // namespace stallint::reporters
