# Compiler and linker settings of every target, and the two accelerators that are used when the machine has them.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
# -g1 names functions and lines, all that a sanitizer report needs, and builds twice as fast as -g under the sanitizers.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")

set(WRIT_SANITIZE "" CACHE STRING "Sanitizers, as in -fsanitize=: address,undefined or thread")
option(WRIT_COVERAGE "Instrument for gcov" OFF)
option(WRIT_WERROR "Warnings are errors" ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

add_compile_options(-fpch-preprocess)  # lets ccache see through precompiled headers
find_program(WRIT_CCACHE ccache)
if(WRIT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${WRIT_CCACHE})
endif()
find_program(WRIT_MOLD mold)
if(WRIT_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# The generated parser carries u8 literals that its runtime takes as char: -fno-char8_t for the whole program, so that
# there is one answer to what u8"" is.
add_compile_options(-fno-char8_t)
set(writ_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  list(APPEND writ_warnings -Wno-restrict)  # wrong about "literal" + std::string at -O2 (GCC bug 105651)
endif()
if(WRIT_WERROR)
  list(APPEND writ_warnings -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # Wrong about a text that moves into a growing list, at -O2, in these files only.
  foreach(file engine/sema/classes.cc engine/sema/presumptions.cc engine/facts/assessments.cc)
    set_source_files_properties("${PROJECT_SOURCE_DIR}/${file}" PROPERTIES COMPILE_OPTIONS
                                "-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread")
  endforeach()
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  include(CheckPIESupported)
  check_pie_supported()
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong -fstack-clash-protection)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    add_compile_options(-fcf-protection)
  endif()
  add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()

if(WRIT_SANITIZE)
  set(writ_sanitize -fsanitize=${WRIT_SANITIZE} -fno-omit-frame-pointer)
  if(WRIT_SANITIZE MATCHES "undefined")
    list(APPEND writ_sanitize -fno-sanitize-recover=undefined)  # a finding fails the test, it does not only print
  endif()
  add_link_options(${writ_sanitize})
  set(writ_test_speed -O0)  # of the tests' own code, which is large and runs once
endif()
if(WRIT_COVERAGE)
  set(writ_coverage --coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
