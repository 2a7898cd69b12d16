# SPDX-License-Identifier: LGPL-2.1-or-later
foreach(name case_text toml_text toml_value)
  miniscrew_unit_test(${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc "1" miniscrew_case_reading)
endforeach()
