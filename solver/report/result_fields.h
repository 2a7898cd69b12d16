// SPDX-License-Identifier: LGPL-2.1-or-later
// What the files of fields hold: cells, displacement, strain and stress.
#pragma once

#include "solver/fem/operator/body_state.h"
#include "solver/fem/operator/elasticity_operator.h"
#include "solver/output/field_data.h"

namespace miniscrew::report
{
/// This rank's owned cells as Lagrange hexahedra of the degree of the space,
/// with the fields that results/README.md lists. Points are shared by the
/// cells of one body; screw and bone layers have their own. The stress of
/// inelastic bodies is that of their points, which add damage and plastic
/// strain. With a state @p before, fields are of what came on top, and those of
/// @p now as it is stand beside under the same names with total_ in front.
/// Collective.
output::FieldData make_fields(const fem::Geometry      &geometry,
                              const fem::BodyMaterials &bodies,
                              const fem::BodyState     &now,
                              const fem::BodyState     *before = nullptr);

/// The cells alone: layer, level, subdomain, scaled_jacobian (least of the
/// cell) and aspect_ratio. Not collective.
output::FieldData make_mesh_fields(const fem::Geometry &geometry);
} // namespace miniscrew::report
