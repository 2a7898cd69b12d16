# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of strains, their recovery, error estimates, statistics and fields.
foreach(name strain recovery error_estimator statistics)
  miniscrew_unit_test(${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "1;2;3" miniscrew_fem_recovery miniscrew_fem_multigrid)
endforeach()
miniscrew_unit_test(result_fields_test ${CMAKE_CURRENT_LIST_DIR}/result_fields_test.cc
                    "1;2;3" miniscrew_simulation)
