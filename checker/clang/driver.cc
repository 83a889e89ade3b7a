#include "checker/clang/driver.h"

#include "checker/clang/command.h"
#include "checker/clang/paths.h"
#include "checker/clang/queries.h"
#include "checker/clang/read.h"
#include "checker/facts/pack.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Lex/HeaderSearch.h>
#include <clang/Lex/PPCallbacks.h>
#include <clang/Lex/Preprocessor.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/StringSet.h>
#include <xxhash.h>

#include <algorithm>
#include <set>

namespace stallint::cxx {
namespace {

constexpr size_t kFirstErrors = 10;

class ProjectFiles : public Project {
 public:
  explicit ProjectFiles(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) paths_.insert(path);
  }
  bool contains(llvm::StringRef real_path) const override { return paths_.contains(real_path); }

 private:
  llvm::StringSet<> paths_;
};

// Counts what the compiler has to say, and keeps the first of it.
class Errors : public clang::DiagnosticConsumer {
 public:
  explicit Errors(exchange::Done& done) : done_(done) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& diagnostic) override {
    // Warnings that are errors by default hide nothing from the tree.
    if (level < clang::DiagnosticsEngine::Error) return;
    if (clang::DiagnosticIDs::isBuiltinWarningOrExtension(diagnostic.getID())) return;
    if (++done_.errors > kFirstErrors) return;
    exchange::Done::Error error;
    llvm::SmallString<128> message;
    diagnostic.FormatDiagnostic(message);
    error.message = message.str().str();
    if (diagnostic.hasSourceManager() && diagnostic.getLocation().isValid()) {
      const clang::SourceManager& sources = diagnostic.getSourceManager();
      const clang::SourceLocation at = sources.getFileLoc(diagnostic.getLocation());
      error.path = real_path(sources, sources.getFileID(at));
      error.line = sources.getSpellingLineNumber(at);
      error.column = sources.getSpellingColumnNumber(at);
    }
    done_.first_errors.push_back(std::move(error));
  }

 private:
  exchange::Done& done_;
};

// A header that is not there is skipped: what does not depend on it is read as if it had been.
class MissingHeaders : public clang::PPCallbacks {
 public:
  MissingHeaders(const clang::Preprocessor& preprocessor, exchange::Done& done)
      : preprocessor_(preprocessor), done_(done) {}

  bool FileNotFound(llvm::StringRef name) override {
    if (!llvm::is_contained(done_.missing, name)) done_.missing.push_back(name.str());
    return true;
  }

  void EndOfMainFile() override {
    if (done_.missing.empty()) return;
    for (const clang::DirectoryLookup& folder : preprocessor_.getHeaderSearchInfo().search_dir_range()) {
      done_.searched.push_back(folder.getName().str());
    }
  }

 private:
  const clang::Preprocessor& preprocessor_;
  exchange::Done& done_;
};

// Everything that all units of a job share.
struct Shared {
  const exchange::Job& job;
  ProjectFiles project;
  Queries queries;
};

class Reader : public clang::ASTConsumer {
 public:
  Reader(clang::CompilerInstance& compiler, const Shared& shared, UnitFacts& facts)
      : compiler_(compiler), shared_(shared), facts_(facts) {}

  bool HandleTopLevelDecl(clang::DeclGroupRef group) override {
    for (clang::Decl* const declaration : group) {
      if (is_ours(declaration)) scope_.push_back(declaration);
    }
    return true;
  }

  // Bodies of libraries are three quarters of the work, and nothing in them is the user's. Types need no bodies: those
  // that they do need (constexpr, deduced results) are parsed in any case. Without the body of a template, lambdas that
  // were handed to it are not instantiated; whoever wants these pays for it.
  bool shouldSkipFunctionBody(clang::Decl* function) override {
    return !is_ours(function) && !(shared_.job.full_templates && function->isTemplated());
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    context.setTraversalScope(scope_);
    facts_ = read_facts(compiler_, shared_.project);
    shared_.queries.match(context, facts_);
  }

 private:
  bool is_ours(const clang::Decl* declaration) {
    const clang::SourceManager& sources = compiler_.getSourceManager();
    const clang::FileID file = sources.getFileID(sources.getExpansionLoc(declaration->getLocation()));
    if (file.isInvalid()) return false;  // what the compiler declares itself
    const auto [at, is_new] = ours_.try_emplace(file, false);
    if (is_new) at->second = shared_.project.contains(real_path(sources, file));
    return at->second;
  }

  clang::CompilerInstance& compiler_;
  const Shared& shared_;
  UnitFacts& facts_;
  std::vector<clang::Decl*> scope_;
  llvm::DenseMap<clang::FileID, bool> ours_;
};

class ReadAction : public clang::ASTFrontendAction {
 public:
  ReadAction(const Shared& shared, exchange::Done& done, UnitFacts& facts)
      : shared_(shared), done_(done), facts_(facts) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    clang::Preprocessor& preprocessor = compiler.getPreprocessor();
    preprocessor.addPPCallbacks(std::make_unique<MissingHeaders>(preprocessor, done_));
    return std::make_unique<Reader>(compiler, shared_, facts_);
  }

  void EndSourceFileAction() override {
    const clang::SourceManager& sources = getCompilerInstance().getSourceManager();
    std::set<std::string> read;
    for (auto at = sources.fileinfo_begin(); at != sources.fileinfo_end(); ++at) {
      read.insert(real_path(sources, at->first));
    }
    read.erase("");
    done_.dependencies.assign(read.begin(), read.end());
  }

 private:
  const Shared& shared_;
  exchange::Done& done_;
  UnitFacts& facts_;
};

UnitFacts read_unit(const exchange::Unit& unit, const Shared& shared, exchange::Done& done) {
  UnitFacts facts;
  const Command command = understand(unit);
  done.notes = command.notes;
  if (!command.invocation) {
    done.errors = 1;
    done.first_errors.push_back(
        {unit.file, 0, 0,
         command.problems.empty() ? "no compiler understands this command" : command.problems.front()});
    return facts;
  }
  command.invocation->getFrontendOpts().SkipFunctionBodies = true;  // as the reader decides

  Errors errors(done);
  clang::CompilerInstance compiler;
  compiler.setInvocation(command.invocation);
  compiler.createDiagnostics(&errors, /*ShouldOwnClient=*/false);
  compiler.setVerboseOutputStream(llvm::nulls());
  compiler.createFileManager(command.files);
  compiler.createSourceManager(compiler.getFileManager());
  ReadAction action(shared, done, facts);
  compiler.ExecuteAction(action);
  return facts;
}

}  // namespace

void run_job(const exchange::Job& job, const std::function<void(std::string_view)>& send) {
  const Shared shared{job, ProjectFiles(job.project_files), Queries(job.queries)};
  for (const exchange::BadQuery& bad : shared.queries.bad()) send(exchange::encode(bad));

  llvm::DenseSet<uint64_t> sent;
  for (uint32_t number = 0; number < job.units.size(); ++number) {
    send(exchange::encode(exchange::Begin{number}));
    exchange::Done done;
    done.unit = number;
    const UnitFacts facts = read_unit(job.units[number], shared, done);
    for (const auto& [path, file] : facts.files) {
      std::string bytes = facts::pack(file);
      const uint64_t hash = XXH3_64bits(bytes.data(), bytes.size());
      done.files.push_back({path, hash});
      if (sent.insert(hash).second) send(exchange::encode(exchange::Facts{hash, std::move(bytes)}));
    }
    send(exchange::encode(done));
  }
}

}  // namespace stallint::cxx
