# What is installed: the program, its rule book as text and as a bundle, man page and licence; and the Debian package of the same.
include(GNUInstallDirs)

if(NOT TARGET writ)
  return()
endif()
install(TARGETS writ RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
# The program looks for ../share/writ/rules from where it stands. The tests of the rules stay behind: they name documents that
# are not installed.
install(DIRECTORY "${PROJECT_SOURCE_DIR}/rules/" DESTINATION ${CMAKE_INSTALL_DATADIR}/writ/rules
        FILES_MATCHING PATTERN "*.writ" PATTERN "*.test.writ" EXCLUDE)
# The same rules compiled, beside them and made after them: what the installed program reads.
install(CODE "execute_process(COMMAND \"$<TARGET_FILE:writ>\" bundle build -q -r \"${PROJECT_SOURCE_DIR}/rules\"
                -o \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/writ/rules.writb\" COMMAND_ERROR_IS_FATAL ANY)")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES "${PROJECT_SOURCE_DIR}/CHANGELOG.md" DESTINATION ${CMAKE_INSTALL_DOCDIR})

# docs/writ.1 is made from the program's own help; `man_page` rewrites it, `man_page_is_current` fails when it is stale.
set(writ_man "${PROJECT_SOURCE_DIR}/docs/writ.1")
set(writ_man_command ${WRIT_PYTHON} "${PROJECT_SOURCE_DIR}/engine/man_page.py" $<TARGET_FILE:writ> "${writ_man}")
if(WRIT_PYTHON)
  add_custom_target(man_page COMMAND ${writ_man_command} DEPENDS writ VERBATIM)
  add_custom_target(man_page_is_current COMMAND ${writ_man_command} --check DEPENDS writ VERBATIM)
endif()
if(EXISTS "${writ_man}")
  find_program(WRIT_GZIP gzip REQUIRED)
  add_custom_command(OUTPUT "${PROJECT_BINARY_DIR}/writ.1.gz" COMMAND ${WRIT_GZIP} -9nc "${writ_man}" > "${PROJECT_BINARY_DIR}/writ.1.gz"
                     DEPENDS "${writ_man}")
  add_custom_target(man_page_compressed DEPENDS "${PROJECT_BINARY_DIR}/writ.1.gz")
  add_dependencies(writ man_page_compressed)
  install(FILES "${PROJECT_BINARY_DIR}/writ.1.gz" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME writ)
set(CPACK_PACKAGE_VENDOR "Writ")
set(CPACK_PACKAGE_CONTACT "Writ maintainers <maintainers@writ.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "rule engine for the law of AI")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "${CPACK_PACKAGE_DESCRIPTION_SUMMARY}\n Evaluates what is known about an AI deployment against dated legal obligations and says which\n are missed, why, since when, and what closes the gap.")
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
include(CPack)
