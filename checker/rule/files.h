#pragma once
// One reader for each kind of file, and the questions that only all files together can answer.

#include "checker/rule/reader.h"
#include "checker/rule/rule.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::rule {

enum class FileKind : uint8_t { kModel, kFlow, kRule };

// By path: below a folder `models`, named flow.yaml, anything else.
FileKind kind_of(std::string_view path);

Model read_model(Reader& reader, const YamlNode& root);

// Adds to what earlier flow files said.
void read_flow(Reader& reader, const YamlNode& root, Flow& flow);

// `text` is the file, for the blocks that a page shows as written. A shipped rule must have every key.
Rule read_rule(Reader& reader, const YamlNode& root, const SourceFile& file);

// `bad`, `good` and `todo` of a rule.
void read_examples(Reader& reader, const YamlNode& root, Rule& rule);

// Variables that nothing binds or nothing uses, placeholders of messages that have no value.
void check_names(Reader& reader, const Rule& rule);

// One mapping of `lower`, in rules and flow: words of what was found, with the sentence that says why.
void read_lower(Reader& reader, const YamlNode& node, Subject subject, std::vector<Pattern>& patterns,
                std::vector<std::string>& because);

// Labels, contexts, effects and facets that are spoken of but given nowhere; labels that are leaf and parent at once.
void check_together(Ledger& ledger, const Rules& rules);

}  // namespace stallint::rule
