# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of the screw's surface, of the catalogue and of the bone site.
foreach(name thread smoothness tip_and_head volume dimensions catalogue bore)
  miniscrew_unit_test(screw_${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "1" miniscrew_screw)
endforeach()
miniscrew_unit_test(bone_site_test ${CMAKE_CURRENT_LIST_DIR}/bone_site_test.cc
                    "1" miniscrew_site)
