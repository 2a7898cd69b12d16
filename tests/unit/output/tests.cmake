# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of the writers of results.
foreach(name vtu hdf5 result_folder text_file curve_files checkpoint)
  miniscrew_unit_test(output_${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "1;2;3" miniscrew_output)
endforeach()
miniscrew_unit_test(output_replacement_test ${CMAKE_CURRENT_LIST_DIR}/replacement_test.cc
                    "1" miniscrew_output)

# Debian's python3 has h5py and VTK; another one on the path may not.
find_program(MINISCREW_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
foreach(n 1 2 3)
  set_tests_properties(output_hdf5_test.np${n} PROPERTIES FIXTURES_SETUP results_np${n})
  add_test(NAME output_hdf5_read_by_python.np${n}
           COMMAND ${MINISCREW_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/read_results.py
                   results_np${n}.h5 ${n})
  set_tests_properties(output_hdf5_read_by_python.np${n} PROPERTIES
                       FIXTURES_REQUIRED results_np${n})
endforeach()
