#include "checker/clang/command.h"

#include <clang/Basic/Diagnostic.h>
#include <clang/Basic/Version.h>
#include <clang/Driver/Options.h>
#include <clang/Driver/ToolChain.h>
#include <clang/Driver/Types.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/Utils.h>
#include <clang/Lex/PreprocessorOptions.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/Option/ArgList.h>
#include <llvm/Support/Allocator.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>
#include <optional>

namespace stallint::cxx {
namespace {

namespace fs = llvm::sys::fs;
namespace options = clang::driver::options;
namespace path = llvm::sys::path;

using Arguments = llvm::SmallVector<const char*, 256>;

// ------------------------------------------------------------------------------------------------------ the compiler
// --

// "/usr/bin/x86_64-linux-gnu-g++-12" -> "x86_64-linux-gnu-g++"
llvm::StringRef program_of(llvm::StringRef argument) {
  llvm::StringRef name = path::filename(argument);
  name.consume_back_insensitive(".exe");
  const llvm::StringRef version = name.rsplit('-').second;
  if (!version.empty() && version.find_first_not_of("0123456789.") == llvm::StringRef::npos) {
    name = name.drop_back(version.size() + 1);
  }
  return name;
}

bool is_compiler(llvm::StringRef argument) {
  const llvm::StringRef name = program_of(argument);
  const llvm::StringRef last = name.contains('-') ? name.rsplit('-').second : name;
  return llvm::is_contained({"cc", "c++", "gcc", "g++", "clang", "clang++", "cl"}, last.lower());
}

bool is_gcc(llvm::StringRef argument) {
  const llvm::StringRef name = program_of(argument);
  return is_compiler(argument) && !name.contains("clang") && name != "cl";
}

// Launchers (`ccache g++ ...`, `cmake -E env A=b distcc g++ ...`) stand before the compiler.
size_t compiler_at(const std::vector<std::string>& arguments) {
  for (size_t n = 0; n < arguments.size(); ++n) {
    if (is_compiler(arguments[n])) return n;
    if (n > 0 && llvm::StringRef(arguments[n]).starts_with("-") && arguments[n] != "-E") break;
  }
  return 0;
}

// The machine that a cross compiler compiles for, if that compiler is here: its headers are then, too. Without them,
// the headers of this machine are the better guess.
std::string foreign_target(llvm::StringRef compiler) {
  const std::string prefix = program_of(compiler).rsplit('-').first.str();
  const llvm::Triple target(llvm::Triple::normalize(prefix));
  const llvm::Triple host(llvm::sys::getDefaultTargetTriple());
  if (target.getArch() == llvm::Triple::UnknownArch || target.getArch() == host.getArch()) return "";
  const bool installed =
      path::is_absolute(compiler) ? fs::can_execute(compiler) : bool(llvm::sys::findProgramByName(compiler));
  return installed ? prefix : "";
}

// --------------------------------------------------------------------------------------------------- its own headers
// --

bool has_headers(llvm::StringRef include) { return fs::exists(include + "/stddef.h"); }

// The folder of Clang's own headers, which belong to its version: beside this program, or where the libraries came
// from.
std::string resources() {
  const std::string own = fs::getMainExecutable(nullptr, nullptr);
  const std::string version = "/lib/clang/" CLANG_VERSION_MAJOR_STRING;
  for (const std::string& folder :
       {path::parent_path(path::parent_path(own)).str() + version, STALLINT_CLANG_PREFIX + version}) {
    if (has_headers(folder + "/include")) return folder;
  }
  return "";
}

// GCC's headers of the same names, the newest of this machine: they do nearly as well.
std::string gcc_headers() {
  std::string best;
  llvm::VersionTuple newest;
  std::error_code error;
  for (fs::directory_iterator machine("/usr/lib/gcc", error), end; machine != end && !error; machine.increment(error)) {
    std::error_code inner;
    for (fs::directory_iterator at(machine->path(), inner); at != end && !inner; at.increment(inner)) {
      llvm::VersionTuple version;
      if (version.tryParse(path::filename(at->path())) || version <= newest || !has_headers(at->path() + "/include")) {
        continue;
      }
      newest = version;
      best = at->path() + "/include";
    }
  }
  return best;
}

// --------------------------------------------------------------------------------------------------------- the flags
// --

// What says where to write, what else to do, or is made for another version of Clang.
bool is_dropped(const llvm::opt::Arg& argument) {
  const llvm::opt::Option& option = argument.getOption();
  for (const unsigned id : {options::OPT_INPUT,           options::OPT_UNKNOWN,       options::OPT__DASH_DASH,
                            options::OPT_Action_Group,    options::OPT_M_Group,       options::OPT_o,
                            options::OPT__SLASH_o,        options::OPT_include_pch,   options::OPT__SLASH_Yc,
                            options::OPT__SLASH_Yu,       options::OPT__SLASH_Fp,     options::OPT_fplugin_EQ,
                            options::OPT_fpass_plugin_EQ, options::OPT_save_temps_EQ, options::OPT_v,
                            options::OPT__HASH_HASH_HASH, options::OPT_resource_dir,  options::OPT_resource_dir_EQ,
                            options::OPT_fmodules,        options::OPT_fcxx_modules,  options::OPT_fmodule_file}) {
    if (option.matches(id)) return true;
  }
  if (option.hasFlag(options::LinkerInput)) return true;
  return option.matches(options::OPT_Wp_COMMA) && llvm::StringRef(argument.getValue()).starts_with("-M");
}

// `-Xclang A` hands A to the compiler proper. An option of two words comes as two of them.
class HandedThrough {
 public:
  bool keeps(llvm::StringRef value) {
    const bool follows = std::exchange(drop_next_, false);
    if (follows) return false;
    drop_next_ =
        llvm::is_contained({"-include-pch", "-load", "-plugin", "-add-plugin", "-o", "-main-file-name"}, value);
    return !drop_next_ && !value.starts_with("-plugin-arg") && !value.starts_with("-emit-");
  }

 private:
  bool drop_next_ = false;
};

std::vector<std::string> kept_flags(llvm::ArrayRef<const char*> arguments, bool cl) {
  unsigned missing_index = 0, missing_count = 0;
  const llvm::opt::Visibility visibility(cl ? options::CLOption : options::ClangOption);
  const llvm::opt::InputArgList parsed =
      clang::driver::getDriverOptTable().ParseArgs(arguments, missing_index, missing_count, visibility);
  std::vector<std::string> kept;
  HandedThrough handed;
  for (auto at = parsed.begin(); at != parsed.end(); ++at) {
    const llvm::opt::Arg& argument = **at;
    if (is_dropped(argument)) continue;
    if (argument.getOption().matches(options::OPT_Xclang) && !handed.keeps(argument.getValue())) continue;
    // As they were written: an option may have several spellings, and not all can be printed again.
    const size_t end = std::next(at) == parsed.end() ? arguments.size() - missing_count : (*std::next(at))->getIndex();
    kept.insert(kept.end(), arguments.begin() + argument.getIndex(), arguments.begin() + end);
  }
  return kept;
}

bool has_flag(const std::vector<std::string>& flags, llvm::StringRef start) {
  return llvm::any_of(flags, [&](llvm::StringRef flag) { return flag.starts_with(start); });
}

// A file whose ending says nothing is C++, unless a flag says what it is.
bool needs_language(llvm::StringRef file, const std::vector<std::string>& flags) {
  if (has_flag(flags, "-x") || has_flag(flags, "/T")) return false;
  const llvm::StringRef ending = path::extension(file);
  const auto type = ending.empty() ? clang::driver::types::TY_INVALID
                                   : clang::driver::types::lookupTypeForExtension(ending.drop_front());
  return type == clang::driver::types::TY_INVALID || !clang::driver::types::isAcceptedByClang(type);
}

// ---------------------------------------------------------------------------------------------------- the invocation
// --

// Whatever the flags say: only read, write no file, print nothing, and go on after errors.
void only_read(clang::CompilerInvocation& invocation) {
  clang::FrontendOptions& frontend = invocation.getFrontendOpts();
  frontend.ProgramAction = clang::frontend::ParseSyntaxOnly;
  frontend.OutputFile.clear();
  frontend.Plugins.clear();
  frontend.AddPluginActions.clear();
  frontend.StatsFile.clear();
  frontend.TimeTracePath.clear();
  frontend.ShowStats = false;
  frontend.DisableFree = false;  // the next unit needs the memory
  invocation.getDependencyOutputOpts() = clang::DependencyOutputOptions();
  invocation.getPreprocessorOpts().ImplicitPCHInclude.clear();
  invocation.getPreprocessorOpts().PCHWithHdrStop = false;
  invocation.getHeaderSearchOpts().Verbose = false;

  clang::DiagnosticOptions& diagnostics = invocation.getDiagnosticOpts();
  diagnostics.Warnings.clear();
  diagnostics.Remarks.clear();
  diagnostics.IgnoreWarnings = true;
  diagnostics.VerifyDiagnostics = false;
  diagnostics.ShowCarets = false;
  diagnostics.ErrorLimit = 0;
  diagnostics.DiagnosticLogFile.clear();
  diagnostics.DiagnosticSerializationFile.clear();

  invocation.getLangOpts().SpellChecking = false;  // slow where a header is missing, and a guess is no fact
}

// A coroutine library may look for compilers by their macros, and know only the Clang of the Coroutines TS: that of
// Boost 1.74 and Asio 1.22 takes its own coroutines away from every Clang, and the GCC of the command never sees that.
// So what these would find out of GCC is said in advance. Where nobody asks for it, it does nothing.
void speak_as_gcc(clang::CompilerInvocation& invocation) {
  if (!invocation.getLangOpts().CPlusPlus || !invocation.getLangOpts().Coroutines) return;
  clang::PreprocessorOptions& preprocessor = invocation.getPreprocessorOpts();
  for (const char* const macro : {"BOOST_ASIO_HAS_CO_AWAIT=1", "BOOST_ASIO_HAS_STD_COROUTINE=1", "ASIO_HAS_CO_AWAIT=1",
                                  "ASIO_HAS_STD_COROUTINE=1"}) {
    preprocessor.addMacroDef(macro);
  }
  preprocessor.Includes.insert(preprocessor.Includes.begin(), "utility");  // they use it, and forget to include it
}

class Collected : public clang::DiagnosticConsumer {
 public:
  explicit Collected(std::vector<std::string>& messages) : messages_(messages) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& diagnostic) override {
    if (level < clang::DiagnosticsEngine::Error) return;
    llvm::SmallString<128> message;
    diagnostic.FormatDiagnostic(message);
    messages_.push_back(message.str().str());
  }

 private:
  std::vector<std::string>& messages_;
};

}  // namespace

Command understand(const exchange::Unit& unit) {
  Command command;
  command.files = llvm::vfs::createPhysicalFileSystem();
  command.files->setCurrentWorkingDirectory(unit.directory);

  const size_t first = compiler_at(unit.arguments);
  const std::string compiler = first < unit.arguments.size() ? unit.arguments[first] : "c++";
  const auto parsed_name = clang::driver::ToolChain::getTargetAndModeFromProgramName(program_of(compiler));
  const std::string mode = parsed_name.DriverMode ? parsed_name.DriverMode : "--driver-mode=gcc";
  const bool cl = mode == "--driver-mode=cl";

  Arguments given;
  for (size_t n = first + 1; n < unit.arguments.size(); ++n) given.push_back(unit.arguments[n].c_str());
  llvm::BumpPtrAllocator memory;
  llvm::cl::ExpansionContext expansion(memory,
                                       cl ? llvm::cl::TokenizeWindowsCommandLine : llvm::cl::TokenizeGNUCommandLine);
  expansion.setCurrentDir(unit.directory).setVFS(command.files.get());
  llvm::consumeError(expansion.expandResponseFiles(given));  // what cannot be read stays, and is dropped as an input

  std::vector<std::string> flags = {STALLINT_CLANG_PREFIX "/bin/clang", mode, "--no-default-config"};
  if (const std::string target = foreign_target(compiler); !target.empty()) flags.push_back("--target=" + target);
  const std::vector<std::string> kept = kept_flags(given, cl);
  flags.insert(flags.end(), kept.begin(), kept.end());

  static const std::string own_headers = resources();
  if (!own_headers.empty()) {
    flags.insert(flags.end(), {"-resource-dir", own_headers});
  } else if (static const std::string others = gcc_headers(); !others.empty()) {
    flags.insert(flags.end(), {"-idirafter", others});
    command.notes.push_back("Clang's own headers (Debian: libclang-common-19-dev) are missing, so " + others +
                            " is used in their place");
  } else {
    command.notes.push_back("Clang's own headers (Debian: libclang-common-19-dev) are missing");
  }
  if (needs_language(unit.file, kept)) flags.insert(flags.end(), {"-x", "c++"});
  flags.insert(flags.end(), {"-fsyntax-only", "--", unit.file});

  Collected collected(command.problems);
  clang::CreateInvocationOptions how;
  how.Diags = clang::CompilerInstance::createDiagnostics(new clang::DiagnosticOptions, &collected, false);
  how.VFS = command.files;
  how.RecoverOnError = true;  // a flag that is wrong for Clang is no reason not to read the file
  how.ProbePrecompiled = false;
  Arguments all;
  for (const std::string& flag : flags) all.push_back(flag.c_str());
  command.invocation = clang::createInvocation(all, how);
  if (!command.invocation) return command;

  command.problems.clear();
  only_read(*command.invocation);
  if (is_gcc(compiler)) speak_as_gcc(*command.invocation);
  return command;
}

}  // namespace stallint::cxx
