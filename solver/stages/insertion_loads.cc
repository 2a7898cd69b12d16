// SPDX-License-Identifier: LGPL-2.1-or-later
// Sums over the interface.
#include "solver/stages/insertion_loads.h"
#include "solver/base/units.h"

#include "mesh/map/plane_fit.h"
#include "mesh/screw/bore.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace miniscrew::stages
{
namespace
{

// Sections in which the torque that the shaft carries is looked at.
constexpr unsigned int n_sections = 200;

// The tip ends here, with the rounding of its corner, per its length.
constexpr double rounded_tip = 1.25;

// Moment about the axis of the force of a pair, N mm.
double
moment(const contact::Vector3 &x, const contact::Vector3 &force)
{
  return x[0] * force[1] - x[1] * force[0];
}
} // namespace

double
InsertionLoads::torque() const
{
  double sum = flanks + cutting;
  for (const double f : friction)
    sum += f;
  return sum;
}

double
InsertionLoads::contact_force() const
{
  return std::accumulate(normal_force.begin(), normal_force.end(), 0.);
}

double
cutting_torque(const mesh::ScrewSurface &surface,
               const mesh::BoneSite     &site,
               const Insertion          &insertion)
{
  const mesh::LayerPlanes planes = mesh::fit_planes(surface, site).planes;
  const double            ends[mesh::n_layers + 1] = {
               0., planes.near_cortex_end, planes.cancellous_end, planes.far_cortex_end};
  double power = 0.; // N mm per mm of advance
  for (unsigned int l = 0; l < mesh::n_layers; ++l)
  {
    const BoneCutting &bone =
      l == static_cast<unsigned int>(mesh::Layer::cancellous)
        ? insertion.cancellous
        : insertion.cortex;
    // With a cut fraction all that is displaced is cut by this share.
    const auto rate =
      bone.cut_fraction ? mesh::displacement_rate : mesh::cutting_rate;
    power +=
      bone.cutting_energy * bone.cut_fraction.value_or(1.) *
      rate(surface,
           site.insertion_depth,
           ends[l],
           ends[l + 1],
           0.5 * insertion.pilot_diameter,
           mesh::fitted_pilot_depth(surface, site, insertion.pilot_depth));
  }
  return power * surface.geometry().pitch / (2. * pi);
}

InsertionLoads
insertion_loads(const model::Model              &model,
                const Insertion                 &insertion,
                const contact::ContactInterface &interface)
{
  constexpr unsigned int        n = mesh::n_layers;
  std::array<double, 2 * n + 2> sums{};
  for (std::size_t k = 0; k < interface.areas().size(); ++k)
  {
    const contact::InterfacePoint &point = interface.points()[k];
    const contact::PointResponse  &r     = interface.responses()[k];
    const double                   area  = interface.areas()[k];
    contact::Vector3               normal, friction;
    for (unsigned int d = 0; d < 3; ++d)
    {
      normal[d]   = -area * r.pressure * point.normal[d];
      friction[d] = area * r.traction[d] - normal[d];
    }
    const double turned = moment(point.position, friction);
    for (unsigned int l = 0; l < n; ++l)
    {
      sums[l] += point.layers[l] * turned;
      sums[n + l] += point.layers[l] * interface.surface(k) * r.pressure;
    }
    sums[2 * n] += moment(point.position, normal);
    sums[2 * n + 1] += normal[2] + friction[2];
  }
  MPI_Allreduce(MPI_IN_PLACE,
                sums.data(),
                static_cast<int>(sums.size()),
                MPI_DOUBLE,
                MPI_SUM,
                model.communicator());
  InsertionLoads loads;
  for (unsigned int l = 0; l < n; ++l)
  {
    loads.friction[l]     = sums[l];
    loads.normal_force[l] = sums[n + l];
  }
  loads.flanks      = sums[2 * n];
  loads.axial_force = sums[2 * n + 1];
  loads.cutting     = cutting_torque(model.surface(), model.site(), insertion);
  return loads;
}

TorsionCheck
check_torsion(const model::Model              &model,
              const contact::ContactInterface &interface,
              const double                     cutting)
{
  const mesh::ScrewSurface &surface = model.surface();
  const double              depth   = model.site().insertion_depth,
               length               = surface.geometry().length;
  const double shear_yield =
    model.bodies()[mesh::screw_id].yield_stress / std::sqrt(3.);
  TorsionCheck result;
  if (!(shear_yield > 0.))
    return result;

  std::vector<double> torque(n_sections, 0.);
  for (std::size_t k = 0; k < interface.areas().size(); ++k)
  {
    const contact::Vector3 &x = interface.points()[k].position;
    const double            s = std::clamp((x[2] + depth) / length, 0., 1.);
    const auto              i = std::min<std::size_t>(
      n_sections - 1, static_cast<std::size_t>(s * n_sections));
    torque[i] +=
      interface.areas()[k] * moment(x, interface.responses()[k].traction);
  }
  MPI_Allreduce(MPI_IN_PLACE,
                torque.data(),
                static_cast<int>(n_sections),
                MPI_DOUBLE,
                MPI_SUM,
                model.communicator());
  const auto strength = [&](const double s) {
    return 2. * pi / 3. * shear_yield * std::pow(surface.core_radius(s), 3);
  };
  const auto is_shaft = [&](const double s) {
    return surface.geometry().tip == mesh::TipShape::flat ||
           s >= rounded_tip * surface.geometry().tip_length;
  };
  double carried = cutting, least = 0., thinnest = 0.;
  for (unsigned int i = 0; i < n_sections; ++i)
  {
    const double s = length * (i + 1.) / n_sections;
    carried += torque[i];
    const double here = strength(s);
    if (is_shaft(s) && (thinnest == 0. || here < thinnest))
      thinnest = here;
    // What cuts is the tip, somewhere along it; it is the shaft that counts.
    const double load = is_shaft(s) ? carried : carried - cutting;
    if (load > 0. && (least == 0. || here / load < least))
    {
      least          = here / load;
      result.section = s;
    }
  }
  result.strength      = thinnest;
  result.first_yield   = 0.75 * thinnest;
  result.safety_factor = least;
  return result;
}
} // namespace miniscrew::stages
