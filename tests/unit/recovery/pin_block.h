// SPDX-License-Identifier: LGPL-2.1-or-later
// A smooth pin in a block of bone, as mesh and space for tests.
#pragma once

#include "mesh/refine/reference_mesh.h"
#include "solver/fem/space/geometry.h"

#include <cmath>
#include <functional>
#include <memory>

namespace miniscrew::fem
{
/// A cylinder of radius 0.8 mm and height 4 mm.
class Pin : public mesh::RadialSurface
{
public:
  double
  radius(double, double) const override
  {
    return 0.8;
  }
  double
  mean_radius(double) const override
  {
    return 0.8;
  }
  double
  height() const override
  {
    return 4.;
  }
  std::vector<double>
  stations() const override
  {
    return {};
  }
};

/// The pin, 3 mm deep in a block of two layers, 7 mm wide; refined
/// @p n_refinements times everywhere and, if @p hanging_nodes, once more in a
/// quarter of the block, so that there are hanging nodes in and between bodies.
struct PinBlock
{
  PinBlock(unsigned int        degree,
           unsigned int        n_refinements,
           bool                hanging_nodes,
           mesh::InterfaceMesh interface = mesh::InterfaceMesh::shared)
  {
    mesh::BoneSite site;
    site.near_cortex = 1.6;
    site.cancellous  = 3.4;
    site.width_x = site.width_y = 7.;
    site.insertion_depth        = 3.;
    map           = std::make_unique<mesh::ScrewBoneMap>(pin, site);
    triangulation = mesh::make_reference_mesh(*map, interface, MPI_COMM_WORLD);
    triangulation->refine_global(n_refinements);
    if (hanging_nodes)
    {
      for (const auto &cell : triangulation->active_cell_iterators())
        if (cell->is_locally_owned() && cell->center()[0] > 0. &&
            cell->center()[2] > map->tip_layer() - 1. &&
            cell->center()[2] < map->surface_layer() - 1.)
          cell->set_refine_flag();
      triangulation->execute_coarsening_and_refinement();
    }
    space    = std::make_unique<NodeSpace>(*triangulation, degree);
    geometry = std::make_unique<Geometry>(*space, *map);
  }

  /// Displacement that takes the values of @p u at the nodes.
  linear::Vector<double>
  interpolate(const std::function<Vector3(const Vector3 &)> &u) const
  {
    auto result = space->make_vector<double>();
    for (unsigned int node = 0; node < space->n_owned_nodes(); ++node)
    {
      const Vector3 value = u(geometry->node(node));
      for (unsigned int d = 0; d < 3; ++d)
        result.local_element(3 * node + d) = value[d];
    }
    result.update_ghost_values();
    space->distribute(result);
    return result;
  }

  Pin                                  pin;
  std::unique_ptr<mesh::ScrewBoneMap>  map;
  std::unique_ptr<mesh::Triangulation> triangulation;
  std::unique_ptr<NodeSpace>           space;
  std::unique_ptr<Geometry>            geometry;
};

/// u = grad phi for phi = exp(a x) cos(a (0.6 y + 0.8 z)): without divergence
/// and harmonic, so in equilibrium without forces in every isotropic material.
constexpr double wave_number = 0.4;

inline Vector3
harmonic_displacement(const Vector3 &x)
{
  const double a = wave_number, s = a * (0.6 * x[1] + 0.8 * x[2]);
  const double e = a * std::exp(a * x[0]);
  return {{e * std::cos(s), -0.6 * e * std::sin(s), -0.8 * e * std::sin(s)}};
}

/// Its engineering strain, Voigt order.
inline std::array<double, 6>
harmonic_strain(const Vector3 &x)
{
  const double a = wave_number, s = a * (0.6 * x[1] + 0.8 * x[2]);
  const double e = a * a * std::exp(a * x[0]);
  const double c = e * std::cos(s), d = e * std::sin(s);
  return {{c, -0.36 * c, -0.64 * c, -0.96 * c, -1.6 * d, -1.2 * d}};
}
} // namespace miniscrew::fem
