# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of the mesh of screw and bone.
foreach(name catalogue_mesh cell_count plane_fit reference_mesh)
  miniscrew_unit_test(mesh_${name}_test ${CMAKE_CURRENT_LIST_DIR}/${name}_test.cc
                      "2" miniscrew_fem_recovery miniscrew_fem_multigrid)
endforeach()
