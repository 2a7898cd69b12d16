// SPDX-License-Identifier: LGPL-2.1-or-later
// Everything between a screw's surface and a solver, for one mesh.
#pragma once

#include "mesh/refine/reference_mesh.h"
#include "mesh/screw/catalogue.h"
#include "solver/fem/multigrid/elasticity_solver.h"

#include <deal.II/base/mpi.h>

#include <functional>
#include <memory>

namespace miniscrew::verification
{
using fem::Matrix3;
using fem::Vector3;
using Surface = std::shared_ptr<const mesh::RadialSurface>;
using Field   = std::function<Vector3(const Vector3 &)>;
using Refine =
  std::function<void(mesh::Triangulation &, const mesh::ScrewBoneMap &)>;

/// A circular cylinder.
class Pin : public mesh::RadialSurface
{
public:
  Pin(const double radius, const double height)
    : radius_(radius),
      height_(height)
  {}

  double
  radius(double, double) const override
  {
    return radius_;
  }
  double
  mean_radius(double) const override
  {
    return radius_;
  }
  double
  height() const override
  {
    return height_;
  }
  std::vector<double>
  stations() const override
  {
    return {};
  }

private:
  double radius_, height_;
};

inline Surface
catalogue_surface(const std::string &system,
                  const double       diameter,
                  const double       length)
{
  return std::make_shared<mesh::ScrewSurface>(
    mesh::catalogue_screw(system, diameter, length));
}

/// A block of bone with one cortical layer, as wide as given.
inline mesh::BoneSite
site(const double near_cortex,
     const double cancellous,
     const double width,
     const double insertion_depth)
{
  mesh::BoneSite result;
  result.near_cortex     = near_cortex;
  result.cancellous      = cancellous;
  result.width_x         = width;
  result.width_y         = width;
  result.insertion_depth = insertion_depth;
  return result;
}

inline Refine
to_sizes(const double interface_size, const double far_size)
{
  return [=](mesh::Triangulation &triangulation, const auto &map) {
    mesh::refine_to_sizes(triangulation, map, {interface_size, far_size});
  };
}

inline Refine
globally(const unsigned int times)
{
  return [=](mesh::Triangulation &triangulation, const auto &) {
    triangulation.refine_global(times);
  };
}

/// Map, mesh, space and geometry of one screw in its bone.
struct Discretisation
{
  Discretisation(const Surface          &surface_,
                 const mesh::BoneSite   &site,
                 const Refine           &refine,
                 const unsigned int      degree,
                 const MPI_Comm          communicator = MPI_COMM_WORLD,
                 const mesh::MapOptions &options      = mesh::MapOptions())
    : surface(surface_),
      map(*surface, site, options),
      triangulation(refined(map, refine, communicator)),
      space(*triangulation, degree),
      geometry(space, map)
  {}

  Surface                              surface;
  mesh::ScrewBoneMap                   map;
  std::unique_ptr<mesh::Triangulation> triangulation;
  fem::NodeSpace                       space;
  fem::Geometry                        geometry;

private:
  static std::unique_ptr<mesh::Triangulation>
  refined(const mesh::ScrewBoneMap &map,
          const Refine             &refine,
          const MPI_Comm            communicator)
  {
    auto triangulation =
      mesh::make_reference_mesh(map, mesh::InterfaceMesh::shared, communicator);
    refine(*triangulation, map);
    return triangulation;
  }
};

inline materials::Material
isotropic(const double young_modulus, const double poisson_ratio)
{
  materials::Material material;
  material.isotropic.young_modulus = young_modulus;
  material.isotropic.poisson_ratio = poisson_ratio;
  return material;
}

inline fem::BodyMaterials
homogeneous(const materials::Material &material)
{
  fem::BodyMaterials bodies;
  bodies.fill(material);
  return bodies;
}

/// Cortical and cancellous bone and titanium.
inline fem::BodyMaterials
usual_materials()
{
  return {{isotropic(13700., 0.3),
           isotropic(1370., 0.3),
           isotropic(13700., 0.3),
           isotropic(110000., 0.34)}};
}

/// Prescribes all components on every boundary face.
inline void
prescribe_all_boundaries(fem::NodeSpace &space)
{
  space.prescribe([](dealii::types::boundary_id) { return 7; });
}

/// Prescribes the bone's lateral faces and its bottom.
inline void
prescribe_block(fem::NodeSpace &space)
{
  space.prescribe([](const dealii::types::boundary_id id) {
    return id <= mesh::boundary::bottom ? 7 : 0;
  });
}

inline void
prescribe_nothing(fem::NodeSpace &space)
{
  space.prescribe([](dealii::types::boundary_id) { return 0; });
}

/// The owned nodes' values of @p field.
inline linear::Vector<double>
nodal_values(const fem::Geometry &geometry, const Field &field)
{
  auto values = geometry.space().make_vector<double>();
  for (unsigned int node = 0; node < geometry.space().n_owned_nodes(); ++node)
  {
    const Vector3 value = field(geometry.node(node));
    for (unsigned int c = 0; c < 3; ++c)
      values.local_element(3 * node + c) = value[c];
  }
  return values;
}

/// Calls action(node, component) for owned nodes' components that are
/// prescribed (or, with @p prescribed false, free).
inline void
for_unknowns(const fem::NodeSpace                                  &space,
             const bool                                             prescribed,
             const std::function<void(unsigned int, unsigned int)> &action)
{
  const auto &constraints = space.constraints();
  for (unsigned int node = 0; node < space.n_owned_nodes(); ++node)
    for (unsigned int c = 0; c < 3; ++c)
      if (!constraints.is_hanging(node) &&
          ((constraints.prescribed[node] >> c) & 1) == prescribed)
        action(node, c);
}

/// The prescribed entries of @p field, all others zero.
inline linear::Vector<double>
prescribed_values(const fem::Geometry &geometry, const Field &field)
{
  const auto all    = nodal_values(geometry, field);
  auto       result = geometry.space().make_vector<double>();
  for_unknowns(geometry.space(), true, [&](unsigned int node, unsigned int c) {
    result.local_element(3 * node + c) = all.local_element(3 * node + c);
  });
  return result;
}
} // namespace miniscrew::verification
