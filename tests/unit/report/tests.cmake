# SPDX-License-Identifier: LGPL-2.1-or-later
miniscrew_unit_test(comparison_test
                    ${CMAKE_CURRENT_SOURCE_DIR}/unit/report/comparison_test.cc "1"
                    miniscrew_simulation)
miniscrew_unit_test(warnings_test
                    ${CMAKE_CURRENT_SOURCE_DIR}/unit/report/warnings_test.cc "1"
                    miniscrew_simulation)
miniscrew_unit_test(record_test ${CMAKE_CURRENT_LIST_DIR}/record_test.cc "1" miniscrew_report)
miniscrew_unit_test(result_check_test
                    ${CMAKE_CURRENT_SOURCE_DIR}/unit/report/result_check_test.cc "1"
                    miniscrew_simulation)
