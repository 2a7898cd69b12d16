# SPDX-License-Identifier: LGPL-2.1-or-later
# Builds the unit tests in Debug, where preconditions are asserted, and runs them.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "failed: ${ARGN}")
  endif()
endfunction()

run(${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} -G ${GENERATOR} -DCMAKE_BUILD_TYPE=Debug
    -DBUILD_TESTING=ON -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
run(${CMAKE_COMMAND} --build ${BINARY} --target unit_tests)
run(${CMAKE_COMMAND} -E chdir ${BINARY} ${CMAKE_CTEST_COMMAND} -L ^unit$ --output-on-failure)
