# Finds everything the build needs, from Debian's packages. All is looked for before anything fails, so that one pasted
# line mends the machine.
set(writ_missing "")

# writ_need(PACKAGE VARIABLE…): the Debian package is missing when one of the variables is not set.
macro(writ_need package)
  foreach(variable ${ARGN})
    if(NOT ${variable})
      list(APPEND writ_missing ${package})
    endif()
  endforeach()
endmacro()

# writ_import(NAME INCLUDE LIBRARY…): a target whose headers are SYSTEM, so that their warnings are not ours.
function(writ_import name include)
  add_library(Writ::${name} INTERFACE IMPORTED)
  target_include_directories(Writ::${name} SYSTEM INTERFACE ${include})
  target_link_libraries(Writ::${name} INTERFACE ${ARGN})
endfunction()

find_path(WRIT_FMT_INCLUDE fmt/core.h)
find_library(WRIT_FMT_LIBRARY fmt)
writ_need(libfmt-dev WRIT_FMT_INCLUDE WRIT_FMT_LIBRARY)

find_path(WRIT_GMP_INCLUDE gmp.h)
find_library(WRIT_GMP_LIBRARY gmp)
writ_need(libgmp-dev WRIT_GMP_INCLUDE WRIT_GMP_LIBRARY)

find_path(WRIT_CRYPTO_INCLUDE openssl/evp.h)
find_library(WRIT_CRYPTO_LIBRARY crypto)
writ_need(libssl-dev WRIT_CRYPTO_INCLUDE WRIT_CRYPTO_LIBRARY)

find_path(WRIT_YAML_INCLUDE yaml.h)
find_library(WRIT_YAML_LIBRARY yaml)
writ_need(libyaml-dev WRIT_YAML_INCLUDE WRIT_YAML_LIBRARY)

# Nothing uses SQLite yet; the record of evaluations will. It is asked for now so that the set-up of a checkout stays the same.
find_path(WRIT_SQLITE_INCLUDE sqlite3.h)
find_library(WRIT_SQLITE_LIBRARY sqlite3)
writ_need(libsqlite3-dev WRIT_SQLITE_INCLUDE WRIT_SQLITE_LIBRARY)

find_path(WRIT_SIMDJSON_INCLUDE simdjson.h)
find_library(WRIT_SIMDJSON_LIBRARY simdjson)
writ_need(libsimdjson-dev WRIT_SIMDJSON_INCLUDE WRIT_SIMDJSON_LIBRARY)

find_path(WRIT_JSON_INCLUDE nlohmann/json.hpp)
writ_need(nlohmann-json3-dev WRIT_JSON_INCLUDE)

find_path(WRIT_CLI11_INCLUDE CLI/CLI.hpp)
writ_need(libcli11-dev WRIT_CLI11_INCLUDE)

find_path(WRIT_ANTLR_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime)
find_library(WRIT_ANTLR_LIBRARY antlr4-runtime)
writ_need(libantlr4-runtime-dev WRIT_ANTLR_INCLUDE WRIT_ANTLR_LIBRARY)

find_program(WRIT_ANTLR_TOOL antlr4)
writ_need(antlr4 WRIT_ANTLR_TOOL)
find_program(WRIT_JAVA java)
writ_need(default-jre-headless WRIT_JAVA)

if(BUILD_TESTING)
  find_path(WRIT_GTEST_INCLUDE gtest/gtest.h)
  find_library(WRIT_GTEST_LIBRARY gtest)
  writ_need(libgtest-dev WRIT_GTEST_INCLUDE WRIT_GTEST_LIBRARY)
  find_path(WRIT_GMOCK_INCLUDE gmock/gmock.h)
  find_library(WRIT_GMOCK_LIBRARY gmock)
  find_library(WRIT_GMOCK_MAIN_LIBRARY gmock_main)
  writ_need(libgmock-dev WRIT_GMOCK_INCLUDE WRIT_GMOCK_LIBRARY WRIT_GMOCK_MAIN_LIBRARY)
  # The tests validate reports against their published schema with an independent validator.
  find_program(WRIT_PYTHON python3)
  writ_need(python3 WRIT_PYTHON)
  foreach(module jsonschema yaml)
    set(writ_no_module 1)
    if(WRIT_PYTHON)
      execute_process(COMMAND ${WRIT_PYTHON} -c "import ${module}" RESULT_VARIABLE writ_no_module OUTPUT_QUIET ERROR_QUIET)
    endif()
    if(NOT writ_no_module EQUAL 0)
      list(APPEND writ_missing python3-${module})
    endif()
  endforeach()
endif()

if(writ_missing)
  list(REMOVE_DUPLICATES writ_missing)
  list(JOIN writ_missing " " writ_packages)
  message(FATAL_ERROR "Packages are missing. This installs all of them:\n\n"
                      "  apt-get update && apt-get install -y --no-install-recommends ${writ_packages}\n\n"
                      "(put sudo before each apt-get when you are not root), then configure again.")
endif()

find_package(Threads REQUIRED)
writ_import(fmt ${WRIT_FMT_INCLUDE} ${WRIT_FMT_LIBRARY})
writ_import(gmp ${WRIT_GMP_INCLUDE} ${WRIT_GMP_LIBRARY})
writ_import(crypto ${WRIT_CRYPTO_INCLUDE} ${WRIT_CRYPTO_LIBRARY})
writ_import(yaml ${WRIT_YAML_INCLUDE} ${WRIT_YAML_LIBRARY})
writ_import(simdjson ${WRIT_SIMDJSON_INCLUDE} ${WRIT_SIMDJSON_LIBRARY})
writ_import(json ${WRIT_JSON_INCLUDE})
writ_import(cli11 ${WRIT_CLI11_INCLUDE})
writ_import(antlr ${WRIT_ANTLR_INCLUDE} ${WRIT_ANTLR_LIBRARY} Threads::Threads)
if(BUILD_TESTING)
  writ_import(gtest "${WRIT_GTEST_INCLUDE};${WRIT_GMOCK_INCLUDE}" ${WRIT_GMOCK_MAIN_LIBRARY} ${WRIT_GMOCK_LIBRARY}
              ${WRIT_GTEST_LIBRARY} Threads::Threads)
endif()
