# SPDX-License-Identifier: LGPL-2.1-or-later
# Whole runs of the program.
# Debian's python3 has h5py; another one on the path may not.
find_program(MINISCREW_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
add_test(NAME cases
         COMMAND ${MINISCREW_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/cases_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases
                 ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
set_tests_properties(cases PROPERTIES TIMEOUT 900 PROCESSORS 2)
add_test(NAME insertion
         COMMAND ${MINISCREW_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/insertion_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases
                 ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
set_tests_properties(insertion PROPERTIES TIMEOUT 900 PROCESSORS 2)
add_test(NAME reference
         COMMAND ${MINISCREW_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/reference_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases
                 ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
set_tests_properties(reference PROPERTIES TIMEOUT 900 PROCESSORS 2)
add_test(NAME resume
         COMMAND ${MINISCREW_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/resume_test.py
                 $<TARGET_FILE:miniscrew> ${CMAKE_SOURCE_DIR}/cases
                 ${MPIEXEC_EXECUTABLE} ${MINISCREW_MPI_FLAGS})
set_tests_properties(resume PROPERTIES TIMEOUT 600 PROCESSORS 2)
