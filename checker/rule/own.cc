#include "checker/rule/files.h"
#include "checker/rule/names.h"

#include <array>
#include <utility>

namespace stallint::rule {

std::vector<Problem> add_own_names(const std::vector<OwnName>& names, Rules& rules) {
  Ledger ledger;
  std::array<Model, 2> models;  // by language
  for (const OwnName& own : names) {
    const bool cpp = own.name.find("::") != std::string::npos;
    const facts::Language language = cpp ? facts::Language::kCpp : facts::Language::kPython;
    Model& model = models[cpp ? 1 : 0];
    model.language = language;
    YamlNode node;
    node.kind = YamlNode::Kind::kScalar;
    node.quoted = true;
    node.text = own.name;
    node.line = own.place.line;
    node.column = own.place.column;
    Reader reader(own.place.file, ledger);
    for (Text& name : library_names(reader, node, "`project`", language)) {
      model.labels.insert(own.label);
      model.labelled.push_back({own.label, Labelled::Kind::kCall, std::move(name.text), {}, own.place, true});
    }
  }
  for (Model& model : models) {
    if (!model.labelled.empty()) rules.models.push_back(std::move(model));
  }
  return std::move(ledger.problems);
}

}  // namespace stallint::rule
