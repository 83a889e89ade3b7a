// `# stallint: ignore[rule, rule] reason`

#include "checker/facts/ignores.h"
#include "checker/python/file_reader.h"

#include <cctype>

namespace stallint::python {

void read_ignores(FileReader& file) {
  const std::string_view text = file.source.text;
  facts::Comments comments;
  comments.at = file.syntax.comments;
  comments.leads = {"#"};
  comments.has_code = [text](facts::Span line) {
    for (uint32_t n = line.begin; n < line.end; ++n) {
      if (std::isspace(static_cast<unsigned char>(text[n])) == 0) return text[n] != '#';
    }
    return false;
  };
  facts::read_ignores(text, comments, file.facts, file.strings);
}

}  // namespace stallint::python
