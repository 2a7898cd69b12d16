# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of what stages are made of.
miniscrew_unit_test(stages_model_test ${CMAKE_CURRENT_LIST_DIR}/model_test.cc
                    "2" miniscrew_stages)
miniscrew_unit_test(stages_depth_groups_test ${CMAKE_CURRENT_LIST_DIR}/depth_groups_test.cc
                    "1;2;3" miniscrew_stages)
miniscrew_unit_test(bone_statistics_test
                    ${CMAKE_CURRENT_LIST_DIR}/bone_statistics_test.cc
                    "1;2" miniscrew_stages)
miniscrew_unit_test(stages_mesh_cost_test ${CMAKE_CURRENT_LIST_DIR}/mesh_cost_test.cc
                    "1" miniscrew_stages)
miniscrew_unit_test(stages_near_planes_test ${CMAKE_CURRENT_LIST_DIR}/near_planes_test.cc
                    "1" miniscrew_stages)
miniscrew_unit_test(stages_stage_test ${CMAKE_CURRENT_LIST_DIR}/stage_test.cc "1;2"
                    miniscrew_stages)
miniscrew_unit_test(stages_bore_gaps_test ${CMAKE_CURRENT_LIST_DIR}/bore_gaps_test.cc
                    "1" miniscrew_stages)
miniscrew_unit_test(stages_motion_curve_test
                    ${CMAKE_CURRENT_LIST_DIR}/motion_curve_test.cc "1"
                    miniscrew_stages)
