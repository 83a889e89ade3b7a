#pragma once
// The value of the word `args`: tests of the arguments of a call, by name or by position.

#include "checker/rule/pattern.h"
#include "checker/rule/reader.h"

#include <string_view>
#include <vector>

namespace stallint::rule {

bool is_argument_name(std::string_view text);  // an identifier, or a number below 100

std::vector<ArgumentTest> read_arguments(Reader& reader, const YamlNode& node);

}  // namespace stallint::rule
