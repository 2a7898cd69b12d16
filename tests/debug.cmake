# SPDX-License-Identifier: LGPL-2.1-or-later
# Builds the unit tests in Debug, where preconditions are asserted, and runs them.
# Nobody steps through these programs: without optimisation the meshes of the
# catalogue alone take ten minutes, and debug information is most of what a
# compiler writes.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "failed: ${ARGN}")
  endif()
endfunction()

run(${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} -G ${GENERATOR} -DCMAKE_BUILD_TYPE=Debug
    -DBUILD_TESTING=ON -DMINISCREW_UNITY=ON -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
    "-DMINISCREW_DEBUG_OPTIONS=-O1 -g0")
run(${CMAKE_COMMAND} --build ${BINARY} --target unit_tests)
run(${CMAKE_COMMAND} -E chdir ${BINARY} ${CMAKE_CTEST_COMMAND} -L ^unit$ --output-on-failure)
