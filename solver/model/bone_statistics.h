// SPDX-License-Identifier: LGPL-2.1-or-later
// Strain and stress of bone and screw in numbers.
#pragma once

#include "solver/fem/operator/body_state.h"
#include "solver/linear/operator.h"
#include "solver/model/model.h"

#include <nlohmann/json.hpp>

namespace miniscrew::model
{
/// Statistics of a state as the keys of summary.json:
/// - strain_energy_N_mm, screw_rotation_rad (of the rigid motion that fits that
///   of the screw best);
/// - bone.<layer>.{volume_mm3, max_principal_strain, min_principal_strain,
///   von_mises_stress_MPa, mechanostat_mm3}, bone.shell;
/// - screw.{max_von_mises_MPa, yield_ratio, von_mises_stress_MPa};
/// - of inelastic bodies also <body>.inelastic, the observables of their laws:
///   quantiles of values, volumes of shares.
///
/// With a state @p before, all of these are of the increment: of the strain and
/// the stress that came on top, of the volume that has yielded since, and so
/// on. The same of @p now as it is are then under the key total.
/// strain_energy_change_N_mm is there in both cases.
///
/// Quantities are taken at the Gauss points. The windows of the mechanostat
/// are of the principal strain that is largest in size. Layers that the site
/// does not have are left out. Collective; the same on all ranks.
nlohmann::json strain_statistics(const Model          &model,
                                 const fem::BodyState &now,
                                 const fem::BodyState *before = nullptr);

/// Of statistics, those of the state as it is, not of an increment.
const nlohmann::json &totals_of(const nlohmann::json &statistics);

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
