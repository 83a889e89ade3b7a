# Writes OUTPUT, the source of NAMESPACE::reader(): a text that is another one whenever one of the files named in LISTING
# changes. What a reader makes of a text is kept under it, so nothing that an older reader made is ever taken.
file(STRINGS ${LISTING} files)
set(all "")
foreach(file ${files})
  file(SHA256 ${file} hash)
  string(APPEND all "${hash}\n")
endforeach()
string(SHA256 version "${all}")
string(SUBSTRING ${version} 0 32 version)
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include <string_view>

namespace @NAMESPACE@ {

std::string_view reader();
std::string_view reader() { return "@version@"; }

}  // namespace @NAMESPACE@
]])
