# SPDX-License-Identifier: LGPL-2.1-or-later
foreach(name case_file effective_case expected insertion_parameters limits material_parameters
             mangled_cases names new_stage petsc_options)
  miniscrew_unit_test(${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc "1" miniscrew_case)
endforeach()
# It mangles the cases that come with the program.
target_compile_definitions(mangled_cases_test PRIVATE
  MINISCREW_CASES="${CMAKE_CURRENT_SOURCE_DIR}/../cases")
set_tests_properties(mangled_cases_test.np1 PROPERTIES TIMEOUT 60)
