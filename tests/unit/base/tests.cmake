# SPDX-License-Identifier: LGPL-2.1-or-later
miniscrew_unit_test(errors_test ${CMAKE_CURRENT_SOURCE_DIR}/unit/base/errors_test.cc "1"
                    miniscrew_base)
miniscrew_unit_test(shown_test ${CMAKE_CURRENT_SOURCE_DIR}/unit/base/shown_test.cc "1"
                    miniscrew_base)
miniscrew_unit_test(guard_test ${CMAKE_CURRENT_SOURCE_DIR}/unit/base/guard_test.cc "1;2;3"
                    miniscrew_base)
miniscrew_unit_test(log_test ${CMAKE_CURRENT_SOURCE_DIR}/unit/base/log_test.cc "1;2"
                    miniscrew_base)
miniscrew_unit_test(machine_memory_test
                    ${CMAKE_CURRENT_SOURCE_DIR}/unit/base/machine_memory_test.cc "1;2"
                    miniscrew_base)
