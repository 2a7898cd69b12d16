// SPDX-License-Identifier: LGPL-2.1-or-later
// What overlaps between a screw and the bore that it makes.
#include "solver/model/bore_interface.h"

#include "mesh/map/plane_fit.h"
#include "mesh/screw/bore.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::model
{
namespace
{
constexpr double rounding = 1e-6; // mm

// Gap where a screw stands over the empty rest of a pilot hole, mm.
constexpr double far_away = 1.;
} // namespace

std::function<double(const contact::InterfacePoint &)>
bore_gap(const Model &model, const Insertion &insertion)
{
  const mesh::ScrewSurface &surface = model.surface();
  const double              depth   = model.site().insertion_depth;
  const double              pilot   = 0.5 * insertion.pilot_diameter;
  const double              pilot_end =
    -mesh::fitted_pilot_depth(surface, model.site(), insertion.pilot_depth);
  return [               =,
          cancellous_cut = insertion.cancellous.cut_fraction,
          cortex_cut     = insertion.cortex.cut_fraction,
          &surface](const contact::InterfacePoint &point) {
    const contact::Vector3 &x = point.position, &n = point.normal;
    const bool is_in_pilot = pilot > 0. && x[2] > pilot_end - rounding;
    // The flat end of the tip stands over the hole, or on uncut bone.
    const double s = x[2] + depth;
    if (s < rounding && is_in_pilot && std::hypot(x[0], x[1]) < pilot)
      return far_away;
    const unsigned int cancellous =
      static_cast<unsigned int>(mesh::Layer::cancellous);
    const double porous = point.layers[cancellous];
    const double c      = porous * cancellous_cut + (1. - porous) * cortex_cut;
    const double theta  = std::atan2(x[1], x[0]);
    const double bore   = mesh::bore_radius(
      mesh::swept_radius(surface, theta, s), is_in_pilot ? pilot : 0., c);
    const double radial =
      (n[0] * x[0] + n[1] * x[1]) / std::max(std::hypot(x[0], x[1]), 1e-12);
    return (bore - surface.radius(theta, s)) * radial;
  };
}

std::array<double, mesh::n_layers>
insertion_friction(const Insertion &insertion)
{
  return {{insertion.cortex.friction,
           insertion.cancellous.friction,
           insertion.cortex.friction}};
}

double
greatest_interference(const Model                     &model,
                      const Insertion                 &insertion,
                      const contact::ContactInterface &interface)
{
  const auto gap   = bore_gap(model, insertion);
  double     worst = 0.;
  for (const contact::InterfacePoint &point : interface.points())
    worst = std::max(worst, -gap(point));
  return dealii::Utilities::MPI::max(worst, model.communicator());
}
} // namespace miniscrew::model
