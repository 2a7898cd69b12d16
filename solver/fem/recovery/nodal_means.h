// SPDX-License-Identifier: LGPL-2.1-or-later
// Stress and observables of inelastic bodies at their nodes.
#pragma once

#include "solver/fem/operator/material_points.h"
#include "solver/fem/space/strain.h"

#include <array>
#include <vector>

namespace miniscrew::fem
{
/// Means over the Gauss points of the cells around each node, weighted with
/// volume and the size of the node's shape function. They stay between the
/// values at the points, where extrapolation would give damage below zero and
/// stress beyond the strength.
class NodalMeans
{
public:
  /// Of the accepted state of @p points under a displacement with updated
  /// ghosts and distributed hanging nodes. Collective.
  NodalMeans(const Geometry               &geometry,
             const linear::Vector<double> &displacement,
             const MaterialPoints         &points);

  /// Whether a body is inelastic.
  bool contains(dealii::types::material_id body) const;

  /// Stress (MPa) at a local node on an owned cell of an inelastic body.
  VoigtVector stress(dealii::types::material_id body, unsigned int node) const;

  /// There, the observable of number @p k among those of
  /// MaterialPoints::observables() that are values.
  double observable(dealii::types::material_id body,
                    unsigned int               node,
                    unsigned int               k) const;

private:
  /// [body][local node][stress, observables], empty for elastic bodies.
  std::array<std::vector<double>, mesh::n_bodies> values_;
  unsigned int                                    n_values_;
};
} // namespace miniscrew::fem
