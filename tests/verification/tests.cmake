# SPDX-License-Identifier: LGPL-2.1-or-later
# Computations with a known answer.
foreach(name patch manufactured_solution rigid_pin free_screw balance resolution
             polar_orthotropy inelastic_operator conduction
             graded_cylinder nonlocal_average)
  miniscrew_unit_test(verification_${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "2" miniscrew_fem_recovery miniscrew_fem_multigrid)
endforeach()
miniscrew_unit_test(verification_conduction_long_test
                    ${CMAKE_CURRENT_LIST_DIR}/conduction_long_test.cc "2"
                    miniscrew_fem_recovery miniscrew_fem_multigrid)
set_tests_properties(verification_conduction_long_test.np2 PROPERTIES LABELS long)
miniscrew_unit_test(verification_rank_independence_test
                    ${CMAKE_CURRENT_LIST_DIR}/rank_independence_test.cc "2;3" miniscrew_fem_recovery miniscrew_fem_multigrid)
foreach(name contact_pin contact_patch thick_cylinder sheared_cylinder plastic_bar softening nonlocal_tangent relaxing_pin
             nonlocal_softening)
  miniscrew_unit_test(verification_${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "2" miniscrew_equilibrium)
endforeach()
miniscrew_unit_test(verification_nonlocal_softening_long_test
                    ${CMAKE_CURRENT_LIST_DIR}/nonlocal_softening_long_test.cc "2"
                    miniscrew_equilibrium)
set_tests_properties(verification_nonlocal_softening_long_test.np2 PROPERTIES LABELS long TIMEOUT 1800)
miniscrew_unit_test(verification_turned_pin_test ${CMAKE_CURRENT_LIST_DIR}/turned_pin_test.cc
                    "2" miniscrew_stages)
miniscrew_unit_test(verification_residual_interference_test
                    ${CMAKE_CURRENT_LIST_DIR}/residual_interference_test.cc
                    "2" miniscrew_stages)
miniscrew_unit_test(verification_released_screw_test
                    ${CMAKE_CURRENT_LIST_DIR}/released_screw_test.cc "2" miniscrew_stages)
target_compile_definitions(verification_released_screw_test
                           PRIVATE MINISCREW_CASES="${PROJECT_SOURCE_DIR}/cases")
miniscrew_unit_test(verification_new_law_test ${CMAKE_CURRENT_LIST_DIR}/new_law_test.cc
                    "1;2" miniscrew_simulation)
miniscrew_unit_test(verification_new_technique_test
                    ${CMAKE_CURRENT_LIST_DIR}/new_technique_test.cc "1" miniscrew_app)
miniscrew_unit_test(verification_new_stage_test ${CMAKE_CURRENT_LIST_DIR}/new_stage_test.cc
                    "1;2" miniscrew_app)
