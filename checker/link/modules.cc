// Dotted names of files, and what an import means.
//
// A file may answer to several names, since imports are written relative to whatever folder is a root when the program
// runs. The best name of a file counts everywhere; its other names count for files below the same root only, and never
// hide a library that some model knows: `redis.py` deep in a folder is not the library.

#include "checker/link/linker.h"

#include <algorithm>

namespace stallint::link {
namespace {

constexpr int kMaxImportDepth = 48;

// Length of the path of the root folder from which `module` names the file at `path`.
uint16_t root_length(const std::string& path, const std::string& module, bool is_package) {
  const size_t parts = std::count(module.begin(), module.end(), '.') + 1 + (is_package ? 1 : 0);
  size_t end = path.size();
  for (size_t i = 0; i < parts && end != std::string::npos && end > 0; ++i) {
    end = path.rfind('/', end - 1);
    if (end == std::string::npos) return 0;
  }
  return static_cast<uint16_t>(end == std::string::npos ? 0 : end + 1);
}

size_t common_prefix(const std::string& a, const std::string& b) {
  return std::mismatch(a.begin(), a.begin() + std::min(a.size(), b.size()), b.begin()).first - a.begin();
}

}  // namespace

void Linker::enter_modules(const std::vector<InputFile>& files) {
  best_module_.resize(files.size());
  found_modules_.resize(files.size());
  is_package_.resize(files.size());
  for (size_t i = 0; i < files.size(); ++i) {
    const InputFile& file = files[i];
    is_package_[i] = file.is_package;
    if (!file.modules.empty()) best_module_[i] = file.modules.front();
    if (models_.has_own()) module_names_.push_back(file.modules);
    for (size_t rank = 0; rank < file.modules.size(); ++rank) {
      const std::string& module = file.modules[rank];
      if (module.empty()) continue;
      const Candidate candidate{static_cast<FileId>(i), static_cast<uint16_t>(rank),
                                root_length(file.path, module, file.is_package)};
      modules_[module].push_back(candidate);
      for (size_t dot = module.rfind('.'); dot != std::string::npos && dot > 0; dot = module.rfind('.', dot - 1)) {
        std::vector<Candidate>& folders = packages_[module.substr(0, dot)];
        const bool known = std::any_of(folders.begin(), folders.end(), [&](const Candidate& c) {
          return c.rank == candidate.rank && c.root_length == candidate.root_length;
        });
        if (!known) folders.push_back(candidate);
      }
    }
  }
}

Linker::ModuleHit Linker::find_module(const std::string& dotted, FileId importer) {
  const auto [known, fresh] = found_modules_[index(importer)].try_emplace(dotted);
  if (fresh) known->second = look_for_module(dotted, importer);
  return known->second;
}

Linker::ModuleHit Linker::look_for_module(const std::string& dotted, FileId importer) const {
  const std::string& from = program_.files[index(importer)].path;
  const std::string top = dotted.substr(0, dotted.find('.'));
  const bool library = models_.knows_library(top);

  const auto best_of = [&](const std::vector<Candidate>& candidates) {
    const Candidate* best = nullptr;
    size_t best_near = 0;
    for (const Candidate& candidate : candidates) {
      const std::string& path = program_.files[index(candidate.file)].path;
      const bool same_root = path.compare(0, candidate.root_length, from, 0, candidate.root_length) == 0;
      if (candidate.rank > 0 && (!same_root || library)) continue;
      const size_t near = common_prefix(path, from) + (same_root ? 100000 : 0);
      if (best == nullptr || near > best_near || (near == best_near && candidate.rank < best->rank)) {
        best = &candidate;
        best_near = near;
      }
    }
    return best;
  };

  if (auto it = modules_.find(dotted); it != modules_.end()) {
    if (const Candidate* found = best_of(it->second)) return {found->file, false};
  }
  if (auto it = packages_.find(dotted); it != packages_.end()) {
    if (best_of(it->second) != nullptr) return {FileId::kNone, true};
  }
  return {};
}

std::string Linker::absolute_module(const facts::Import& import, FileId importer) const {
  const facts::FileFacts& facts = program_.files[index(importer)].facts;
  const std::string& module = facts.text(import.module);
  if (import.level == 0) return module;
  std::string base = best_module_[index(importer)];
  int up = import.level - (is_package_[index(importer)] ? 1 : 0);
  for (; up > 0; --up) {
    const size_t dot = base.rfind('.');
    base = dot == std::string::npos ? "" : base.substr(0, dot);
  }
  if (base.empty()) return module;
  return module.empty() ? base : base + "." + module;
}

Types Linker::imported(FileId importer, const facts::Import& import, int depth) {
  if (depth > kMaxImportDepth) return {};
  const facts::FileFacts& facts = program_.files[index(importer)].facts;
  const std::string dotted = absolute_module(import, importer);
  if (facts.text(import.name).empty()) {
    // `import a.b` binds a; `import a.b as c` binds a.b to c.
    const std::string bound = import.aliased ? dotted : dotted.substr(0, dotted.find('.'));
    return module_named(bound, importer);
  }
  return member_of_module(dotted, name_in(program_.files[index(importer)].first_function, import.name), importer,
                          depth);
}

Types Linker::module_named(const std::string& dotted, FileId importer) {
  const ModuleHit hit = find_module(dotted, importer);
  if (hit.file != FileId::kNone) return Type{.kind = TypeKind::kModule, .id = index(hit.file)};
  if (hit.package) return Type{.kind = TypeKind::kPackage, .id = index(intern(dotted))};
  return Type{.kind = TypeKind::kSymbol, .id = index(intern(models_.canonical(dotted)))};
}

Types Linker::member_of_module(const std::string& dotted, NameId name, FileId importer, int depth) {
  const std::string member = dotted.empty() ? str(name) : dotted + "." + str(name);
  const ModuleHit hit = find_module(dotted, importer);
  if (hit.file != FileId::kNone) {
    const Types found = exported(hit.file, name, depth + 1);
    if (!found.empty()) return found;
  }
  const ModuleHit inner = find_module(member, importer);
  if (inner.file != FileId::kNone) return Type{.kind = TypeKind::kModule, .id = index(inner.file)};
  if (inner.package) return Type{.kind = TypeKind::kPackage, .id = index(intern(member))};
  if (hit.file != FileId::kNone || hit.package) return {};  // a name of the project that we do not know
  return Type{.kind = TypeKind::kSymbol, .id = index(intern(models_.canonical(member)))};
}

Types Linker::exported(FileId file, NameId name, int depth) {
  if (depth > kMaxImportDepth) return {};
  const FunctionId module = program_.files[index(file)].first_function;
  Types types;
  for (const Binding& binding : bindings_of(module, name)) types.add(infer_binding(binding, depth + 1));
  if (!types.empty()) return types;
  if (str(name).starts_with('_')) return {};  // a star brings no private names
  for (const facts::Import& import : program_.body_of(module).imports) {
    if (!import.star) continue;
    const std::string dotted = absolute_module(import, file);
    const ModuleHit hit = find_module(dotted, file);
    if (hit.file == FileId::kNone || hit.file == file) continue;
    types.add(exported(hit.file, name, depth + 1));
    if (!types.empty()) return types;
  }
  return {};
}

}  // namespace stallint::link
