# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of the iterative solvers.
foreach(name chebyshev conjugate_gradients deflation gmres low_rank)
  miniscrew_unit_test(linear_${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "1;2" miniscrew_linear)
endforeach()
