# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of Newton's method and of load steps.
miniscrew_unit_test(nonlinear_newton_test ${CMAKE_CURRENT_LIST_DIR}/newton_test.cc
                    "1;2" miniscrew_nonlinear)
