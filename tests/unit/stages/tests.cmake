# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of what stages are made of.
miniscrew_unit_test(stages_model_test ${CMAKE_CURRENT_LIST_DIR}/model_test.cc
                    "2" miniscrew_stages)
