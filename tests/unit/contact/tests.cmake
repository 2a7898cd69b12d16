# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests of the interface's law.
miniscrew_unit_test(contact_interface_law_test ${CMAKE_CURRENT_LIST_DIR}/interface_law_test.cc
                    "1" miniscrew_equilibrium)
