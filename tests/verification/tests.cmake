# SPDX-License-Identifier: LGPL-2.1-or-later
# Computations with a known answer.
foreach(name patch manufactured_solution)
  miniscrew_unit_test(verification_${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "2" miniscrew_fem)
endforeach()
