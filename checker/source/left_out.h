#pragma once
// What nobody means who names a folder: tests, migrations, foreign and generated code, by its name and by what lies in
// it.

#include "checker/source/sources.h"

#include <filesystem>
#include <string>

namespace stallint::source {

// A folder with all that is in it.
bool folder_left_out(const std::filesystem::path& folder, const std::string& name, Scope scope);

// Only the C++ files in it: Python may be the server itself there.
bool cpp_left_out_of(const std::filesystem::path& folder, const std::string& name, Scope scope);

// A file of Python, one of C++, by its name.
bool file_left_out(const std::string& name, Scope scope);
bool cpp_file_left_out(const std::string& name, Scope scope);

// What the first lines of a file say of the whole.
bool left_out_by_its_text(const std::filesystem::path& path, Scope scope);

}  // namespace stallint::source
