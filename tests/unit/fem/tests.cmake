# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of the finite-element building blocks and of the mesh that carries them.
miniscrew_unit_test(fem_reference_element_test
                    ${CMAKE_CURRENT_LIST_DIR}/reference_element_test.cc "1" miniscrew_fem_recovery miniscrew_fem_multigrid)
miniscrew_unit_test(fem_tangent_field_test
                    ${CMAKE_CURRENT_LIST_DIR}/tangent_field_test.cc "1" miniscrew_fem_recovery miniscrew_fem_multigrid)
foreach(name cell_operator elasticity_operator degree_transfer coarse_level geometry interface_mesh
             interface_pairs)
  miniscrew_unit_test(fem_${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "1;2" miniscrew_fem_recovery miniscrew_fem_multigrid)
endforeach()
miniscrew_unit_test(fem_petsc_options_test ${CMAKE_CURRENT_LIST_DIR}/petsc_options_test.cc
                    "1;2" miniscrew_fem_recovery miniscrew_fem_multigrid miniscrew_case)
