// SPDX-License-Identifier: LGPL-2.1-or-later
// What the files of the interface hold.
#pragma once

#include "solver/contact/contact_interface.h"
#include "solver/output/field_data.h"

namespace miniscrew::report
{
/// The screw's side of the interface as Lagrange quadrilaterals of the space's
/// degree, faces of cells that this rank owns, with the fields pressure_MPa,
/// traction_MPa (on the screw), gap_um, micromotion_um (tangential, since the
/// press fit) and status (0 open, 1 stick, 2 slip). Collective.
output::FieldData
make_interface_fields(const fem::Geometry             &geometry,
                      const contact::ContactInterface &interface);
} // namespace miniscrew::report
