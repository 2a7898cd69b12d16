# SPDX-License-Identifier: LGPL-2.1-or-later
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME cli.failure
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/failure_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases/failure)
add_test(NAME cli.commands
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/commands_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases
                 ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
set_tests_properties(cli.failure cli.commands PROPERTIES TIMEOUT 600)
set_tests_properties(cli.commands PROPERTIES PROCESSORS 2)
