# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of the project itself: order of the sources, format, scripts, documentation.
find_program(MINISCREW_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(MINISCREW_CLANG_FORMAT clang-format)

add_test(NAME repo_layers COMMAND ${MINISCREW_PYTHON} ${PROJECT_SOURCE_DIR}/scripts/check_layers.py)
foreach(name check_layers links report scripts)
  add_test(NAME repo_${name}_test
           COMMAND ${MINISCREW_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/${name}_test.py)
endforeach()
add_test(NAME repo_install_test
         COMMAND ${MINISCREW_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/install_test.py
                 ${CMAKE_BINARY_DIR} ${CMAKE_COMMAND})
if(MINISCREW_CLANG_FORMAT)
  add_test(NAME repo_format COMMAND ${PROJECT_SOURCE_DIR}/scripts/format --check)
endif()
