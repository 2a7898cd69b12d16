# SPDX-License-Identifier: LGPL-2.1-or-later
miniscrew_unit_test(comparison_test
                    ${CMAKE_CURRENT_SOURCE_DIR}/unit/comparison/comparison_test.cc "1"
                    miniscrew_simulation)
