# SPDX-License-Identifier: LGPL-2.1-or-later
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME cli.failure
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/failure_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases/failure)
add_test(NAME cli.commands
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/commands_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases
                 ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
add_test(NAME cli.check
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/check_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases)
set_tests_properties(cli.check PROPERTIES TIMEOUT 600)
set_tests_properties(cli.failure cli.commands PROPERTIES TIMEOUT 600)
set_tests_properties(cli.commands PROPERTIES PROCESSORS 2)
add_test(NAME cli.incomplete
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/incomplete_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases
                 ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
set_tests_properties(cli.incomplete PROPERTIES TIMEOUT 600 PROCESSORS 2)

# A file system without locks, for the tests of exit codes.
add_library(no_locks MODULE ${CMAKE_CURRENT_SOURCE_DIR}/cli/no_locks.c)
foreach(name files kills)
  add_test(NAME cli.${name}
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/${name}_test.py
                   $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases
                   ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
endforeach()
add_test(NAME cli.exit_codes
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/exit_codes_test.py
                 $<TARGET_FILE:miniscrew> $<TARGET_FILE:no_locks> ${CMAKE_SOURCE_DIR}/cases
                 ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
set_tests_properties(cli.files cli.kills cli.exit_codes PROPERTIES TIMEOUT 600 PROCESSORS 2)
add_test(NAME cli.petsc
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cli/petsc_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
set_tests_properties(cli.petsc PROPERTIES TIMEOUT 600 PROCESSORS 2)
