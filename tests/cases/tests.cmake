# SPDX-License-Identifier: LGPL-2.1-or-later
# Whole runs of the program.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME cases
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/cases_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases
                 ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
set_tests_properties(cases PROPERTIES TIMEOUT 900 PROCESSORS 2)
