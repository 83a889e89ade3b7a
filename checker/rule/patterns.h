#pragma once
// YAML -> Pattern. The same grammar wherever a pattern stands: in `find`, `unless`, models and flow.yaml.

#include "checker/rule/pattern.h"
#include "checker/rule/reader.h"

#include <optional>
#include <string_view>
#include <vector>

namespace stallint::rule {

// A mapping of words about a subject: `{is: blocks.http, awaited: false}`. Keys in `aside` belong to somebody else.
Pattern read_words(Reader& reader, Subject subject, const YamlNode& node, std::span<const std::string_view> aside = {});

// `{call: {is: blocks.http}}`, one subject with its words. Nothing if no subject is there. Keys in `aside` as above.
std::optional<Pattern> read_subject(Reader& reader, const YamlNode& node, std::span<const Subject> allowed,
                                    std::span<const std::string_view> aside = {});

// A mapping of words, a list of such, or labels, which stand for `{is: labels}`.
std::vector<Pattern> read_implicit(Reader& reader, Subject subject, const YamlNode& node, std::string_view what);

}  // namespace stallint::rule
