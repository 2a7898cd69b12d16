// SPDX-License-Identifier: LGPL-2.1-or-later
// The interface's area as seen by the nodes on it.
#pragma once

#include "solver/fem/space/geometry.h"

#include <array>
#include <functional>
#include <vector>

namespace miniscrew::fem
{
/// Area vector in mm^2 of each of @p space's pairs: int N n dA over the
/// interface, with the shape function N of the screw's node (what hangs on it
/// included) and the normal n from the screw into the bone. A pressure that is
/// constant over the interface puts the force p int N n dA on each node
/// exactly, however curved the faces. Collective.
std::vector<Vector3> pair_areas(const NodeSpace &space,
                                const Geometry  &geometry);

/// A small piece of the exact surface.
struct SurfacePiece
{
  Vector3 area{};  ///< mm^2 times the normal from the screw into the bone
  Vector3 place{}; ///< mm
};

/// The piece that a small piece of the cells' faces stands for, given its place
/// (mm) and area vector (mm^2).
using ExactSurface =
  std::function<SurfacePiece(const Vector3 &, const Vector3 &)>;

/// Velocity of a motion of the screw at a point (mm), in mm per unit of it.
using Motion = std::function<Vector3(const Vector3 &)>;

/// What a pair has of the exact surface.
struct PairSurface
{
  Vector3 vector{};   ///< int N n dA, mm^2
  double  area  = 0.; ///< int N |dA|, mm^2
  double  swept = 0.; ///< int N v.n dA, mm^3 per unit of the motion v
};

/// The exact surface as pairs see it, and what a motion of the screw sweeps of
/// the bone. Collective.
std::vector<PairSurface> pair_surfaces(const NodeSpace    &space,
                                       const Geometry     &geometry,
                                       const ExactSurface &exact,
                                       const Motion       &motion);

/// Share of each pair's area that is in each layer of the bone. Collective.
std::vector<std::array<double, mesh::n_layers>>
pair_layers(const NodeSpace &space, const Geometry &geometry);

/// Interface faces of cells of the screw that this rank owns.
struct InterfaceFace
{
  std::size_t  cell; ///< in NodeSpace::cells()
  unsigned int face;
};

std::vector<InterfaceFace> interface_faces(const NodeSpace &space);
} // namespace miniscrew::fem
