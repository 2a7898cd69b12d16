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

/// The area vector of a small piece of the exact surface, for that of the
/// cells' faces (mm^2) at a point (mm).
using ExactArea = std::function<Vector3(const Vector3 &, const Vector3 &)>;

/// Area in mm^2 of each pair, int N |dA|, on the exact surface. Collective.
std::vector<double> pair_surfaces(const NodeSpace &space,
                                  const Geometry  &geometry,
                                  const ExactArea &exact);

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
