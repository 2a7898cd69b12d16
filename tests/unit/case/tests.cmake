# SPDX-License-Identifier: LGPL-2.1-or-later
miniscrew_unit_test(case_file_test ${CMAKE_CURRENT_SOURCE_DIR}/unit/case/case_file_test.cc "1"
                    miniscrew_case)
miniscrew_unit_test(expected_test ${CMAKE_CURRENT_SOURCE_DIR}/unit/case/expected_test.cc "1"
                    miniscrew_case)
