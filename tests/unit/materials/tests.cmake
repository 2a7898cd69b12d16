# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of the laws and of the library of materials.
foreach(name bone_law density direction_field elastic law_library library quadric_law quadric_paths
             relaxation)
  miniscrew_unit_test(materials_${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "1" miniscrew_materials)
endforeach()
