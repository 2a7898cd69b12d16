// SPDX-License-Identifier: LGPL-2.1-or-later
// Strain and stress of bone and screw in numbers.
#pragma once

#include "solver/fem/operator/body_state.h"
#include "solver/linear/operator.h"
#include "solver/model/body_statistics.h"
#include "solver/model/model.h"

namespace miniscrew::model
{
/// Statistics of a state. With a state @p before they are of the increment: of
/// the strain and the stress that came on top, of the volume that has yielded
/// since, and so on; those of @p now as it is are then their total.
///
/// Quantities are taken at the Gauss points. Collective; the same on all ranks.
StrainStatistics strain_statistics(const Model          &model,
                                   const fem::BodyState &now,
                                   const fem::BodyState *before = nullptr);

/// Volume of bone that has yielded, by the observable of this name, mm^3. @p
/// displacement may be any with updated ghosts. Collective.
double yielded_bone(const Model                  &model,
                    const linear::Vector<double> &displacement,
                    const fem::MaterialPoints    *points);

/// Distance in mm from a point of the bone to the screw's surface, in the half
/// plane through the axis and the point (the thread is nearly axisymmetric
/// over such distances), or @p limit if it is further away.
double distance_from_screw(const mesh::RadialSurface &surface,
                           double                     insertion_depth,
                           const fem::Vector3        &point,
                           double                     limit);
} // namespace miniscrew::model
