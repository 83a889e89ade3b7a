# What `cmake --install` installs, and the Debian packages that CPack makes of it (`./dev package deb`). The other
# packages are made by pack.py. All of them need the target `printed` first.

set(PRINTED ${CMAKE_BINARY_DIR}/printed)
set(gzip gzip -9 -n -c)  # -n: no time and no name, so that the same content gives the same bytes
add_custom_command(OUTPUT ${PRINTED}/done
  COMMAND ${CMAKE_COMMAND} -E make_directory ${PRINTED}/clang
  COMMAND stallint completions bash > ${PRINTED}/stallint
  COMMAND stallint completions zsh > ${PRINTED}/_stallint
  COMMAND stallint completions fish > ${PRINTED}/stallint.fish
  COMMAND stallint man > ${PRINTED}/stallint.1
  COMMAND ${gzip} ${PRINTED}/stallint.1 > ${PRINTED}/stallint.1.gz
  COMMAND ${gzip} ${CMAKE_CURRENT_LIST_DIR}/stallint-clang.1 > ${PRINTED}/stallint-clang.1.gz
  COMMAND ${gzip} ${CMAKE_CURRENT_LIST_DIR}/changelog > ${PRINTED}/changelog.gz
  COMMAND ${CMAKE_COMMAND} -E touch ${PRINTED}/done
  DEPENDS stallint ${CMAKE_CURRENT_LIST_DIR}/stallint-clang.1 ${CMAKE_CURRENT_LIST_DIR}/changelog
  VERBATIM)
add_custom_target(printed DEPENDS ${PRINTED}/done)

# ------------------------------------------------------------------------------------------------------------ files --

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # packages need no test and no wall
install(TARGETS stallint RUNTIME DESTINATION bin COMPONENT stallint)
install(FILES ${PRINTED}/stallint.1.gz DESTINATION share/man/man1 COMPONENT stallint)
install(FILES ${PRINTED}/stallint DESTINATION share/bash-completion/completions COMPONENT stallint)
install(FILES ${PRINTED}/_stallint DESTINATION share/zsh/vendor-completions COMPONENT stallint)
install(FILES ${PRINTED}/stallint.fish DESTINATION share/fish/vendor_completions.d COMPONENT stallint)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/copyright ${PRINTED}/changelog.gz
  DESTINATION share/doc/stallint COMPONENT stallint)
set(CPACK_COMPONENTS_ALL stallint)
if(STALLINT_CPP)
  install(TARGETS stallint-clang RUNTIME DESTINATION bin COMPONENT clang)
  install(FILES ${PRINTED}/stallint-clang.1.gz DESTINATION share/man/man1 COMPONENT clang)
  install(FILES ${CMAKE_CURRENT_LIST_DIR}/copyright ${PRINTED}/changelog.gz
    DESTINATION share/doc/stallint-clang COMPONENT clang)
  list(APPEND CPACK_COMPONENTS_ALL clang)
endif()

# --------------------------------------------------------------------------------------------------------- packages --

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_SOURCE_DIR}/build-package)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                                WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "stallint maintainers <maintainers@stallint.example>")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

# CPack indents what follows the first line.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_DEBIAN_STALLINT_PACKAGE_NAME stallint)
set(CPACK_DEBIAN_STALLINT_PACKAGE_SUGGESTS "git, stallint-clang")
set(CPACK_DEBIAN_STALLINT_DESCRIPTION "linter that finds what makes servers stall
stallint reads the source of Python servers and finds calls that block the
event loop, however many helpers away, clients made per request, waits without
a time limit, caches without bounds, and updates that get lost. It shows the
way from the route to the call.

It reads C++ servers too, best together with the package stallint-clang.")

set(CPACK_DEBIAN_CLANG_PACKAGE_NAME stallint-clang)
set(CPACK_DEBIAN_CLANG_PACKAGE_DEPENDS "stallint (= ${PROJECT_VERSION}), libclang-common-19-dev")
set(CPACK_DEBIAN_CLANG_DESCRIPTION "C++ reader of stallint
stallint finds what makes servers stall. With this package it reads C++ as a
compiler does, by the flags that compile_commands.json says; without it, by
its spelling alone.")

include(CPack)
