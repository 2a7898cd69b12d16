// SPDX-License-Identifier: LGPL-2.1-or-later
// What the files of fields hold: cells, displacement, strain and stress.
#pragma once

#include "solver/fem/elasticity_operator.h"
#include "solver/fem/material_points.h"
#include "solver/output/field_data.h"

namespace miniscrew
{
/// This rank's owned cells as Lagrange hexahedra of the degree of the space,
/// with the fields that results/README.md lists. Points are shared by the
/// cells of one body; screw and bone layers have their own. @p displacement
/// must have updated ghosts and its hanging nodes distributed. The stress of
/// inelastic bodies is that of @p points, which add damage and plastic strain.
/// Collective.
output::FieldData make_fields(const fem::Geometry          &geometry,
                              const fem::BodyMaterials     &bodies,
                              const linear::Vector<double> &displacement,
                              const fem::MaterialPoints    *points = nullptr);

/// The cells alone: layer, level, subdomain, scaled_jacobian (least of the
/// cell) and aspect_ratio. Not collective.
output::FieldData make_mesh_fields(const fem::Geometry &geometry);
} // namespace miniscrew
