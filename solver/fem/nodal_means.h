// SPDX-License-Identifier: LGPL-2.1-or-later
// Stress, plastic strain and damage of inelastic bodies at their nodes.
#pragma once

#include "solver/fem/material_points.h"
#include "solver/fem/strain.h"

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
  /// Components of the means: stress (MPa), kappa, damage.
  using Values                         = std::array<double, 8>;
  static constexpr unsigned int kappa  = 6;
  static constexpr unsigned int damage = 7;

  /// Of the accepted state of @p points under a displacement with updated
  /// ghosts and distributed hanging nodes. Collective.
  NodalMeans(const Geometry               &geometry,
             const linear::Vector<double> &displacement,
             const MaterialPoints         &points);

  /// Whether a body is inelastic.
  bool contains(dealii::types::material_id body) const;

  /// At a local node on an owned cell of an inelastic body.
  const Values &at(dealii::types::material_id body, unsigned int node) const;

private:
  /// [body][local node], empty for elastic bodies.
  std::array<std::vector<Values>, mesh::n_bodies> values_;
};
} // namespace miniscrew::fem
