# writ_room(NAME [USES room…] [LINKS target…] [GRAMMAR file])
#
# engine/NAME/*.cc as the static library writ_NAME (an INTERFACE one while there is no .cc). GRAMMAR adds the ANTLR parser
# made from that file; its headers are visible to this room only.
function(writ_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "GRAMMAR" "USES;LINKS")
  set(target writ_${name})
  set(folder "${PROJECT_SOURCE_DIR}/engine/${name}")
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cc")
  file(GLOB headers CONFIGURE_DEPENDS "${folder}/*.h")
  list(REMOVE_ITEM sources "${folder}/main.cc")  # the program's, not the room's
  list(TRANSFORM room_USES PREPEND writ_)

  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE ${room_LINKS})
    target_compile_options(${target} PRIVATE ${writ_warnings} ${writ_sanitize} ${writ_coverage})
    writ_precompile(${target})
    if(room_GRAMMAR)
      writ_grammar(${target} ${room_GRAMMAR})
    endif()
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} "${PROJECT_SOURCE_DIR}")
  target_compile_features(${target} ${scope} cxx_std_23)
  target_link_libraries(${target} ${scope} ${room_USES} Writ::fmt)
  if(headers)
    # Each of them must compile on its own: target all_verify_interface_header_sets.
    target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${headers})
    set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
  set_property(GLOBAL APPEND PROPERTY WRIT_ROOMS ${name})
endfunction()

# What nearly every file includes of the standard library and fmt, read once: half of the time of a build. Headers still
# stand alone, which all_verify_interface_header_sets checks without this.
function(writ_precompile target)
  get_property(first GLOBAL PROPERTY WRIT_PRECOMPILED)
  if(first)
    target_precompile_headers(${target} REUSE_FROM ${first})
    return()
  endif()
  target_precompile_headers(${target} PRIVATE <fmt/format.h> <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set>
                            <span> <string> <string_view> <unordered_map> <unordered_set> <utility> <variant> <vector>)
  set_property(GLOBAL PROPERTY WRIT_PRECOMPILED ${target})
endfunction()

# The sources that the ANTLR tool makes from a grammar, compiled apart: without our warnings (they are not ours) and at
# -O1 (they are half the build, and parsing is not where the time goes).
function(writ_grammar target grammar)
  file(GLOB found CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/grammar/*.g4")
  set(grammar "${PROJECT_SOURCE_DIR}/${grammar}")
  if(NOT grammar IN_LIST found)
    message(STATUS "No ${grammar} yet: ${target} is built without a generated parser")
    return()
  endif()
  cmake_path(GET grammar STEM stem)
  set(folder "${PROJECT_BINARY_DIR}/generated/grammar")
  set(generated "${folder}/${stem}Lexer.cpp" "${folder}/${stem}Parser.cpp")
  set(generated_headers "${folder}/${stem}Lexer.h" "${folder}/${stem}Parser.h")
  add_custom_command(
    OUTPUT ${generated} ${generated_headers}
    COMMAND ${WRIT_ANTLR_TOOL} -Dlanguage=Cpp -Werror -no-listener -no-visitor -package writ_grammar -Xexact-output-dir -o "${folder}"
            "${grammar}"
    DEPENDS "${grammar}"
    COMMENT "ANTLR ${stem}.g4"
    VERBATIM)
  add_library(${target}_grammar OBJECT ${generated} ${generated_headers})
  target_include_directories(${target}_grammar SYSTEM PUBLIC "${folder}")
  target_link_libraries(${target}_grammar PUBLIC Writ::antlr)
  target_compile_options(${target}_grammar PRIVATE -w -O1)
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:${target}_grammar>)
  target_include_directories(${target} SYSTEM PRIVATE "${folder}")
  add_dependencies(${target} ${target}_grammar)
endfunction()

# writ_program(NAME): engine/cli/main.cc over the cli room.
function(writ_program name)
  file(GLOB main CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/engine/cli/main.cc")
  if(NOT main)
    message(STATUS "No engine/cli/main.cc yet: no program ${name}")
    return()
  endif()
  add_executable(${name} ${main})
  target_link_libraries(${name} PRIVATE writ_cli)
  target_compile_options(${name} PRIVATE ${writ_warnings} ${writ_sanitize} ${writ_coverage})
  target_compile_definitions(${name} PRIVATE WRIT_VERSION="${PROJECT_VERSION}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
endfunction()
