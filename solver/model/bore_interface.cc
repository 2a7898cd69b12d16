// SPDX-License-Identifier: LGPL-2.1-or-later
// What overlaps between a screw and the bore that it makes.
#include "solver/model/bore_interface.h"

#include "materials/law_library.h"

#include "mesh/map/plane_fit.h"
#include "mesh/screw/bore.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::model
{
namespace
{
constexpr double rounding = 1e-6; // mm

// Gap where a screw stands over the empty rest of a pilot hole, mm.
constexpr double far_away = 1.;

constexpr unsigned int cancellous =
  static_cast<unsigned int>(mesh::Layer::cancellous);

// The first bound is no nearer to the beginning of the way, nor the next one to
// it, so that no step is too long for the one after.
constexpr double least_distance = 0.125;

// Linear between 0 at 0 and the values at the places, or the value at the end
// if there is no band.
double
between(const BandPlaces            &places,
        const std::array<double, 3> &values,
        const double                 place)
{
  if (!places.has_band())
    return place * values[1];
  if (place <= places.low)
    return place / places.low * values[0];
  const bool   below = place <= places.mid;
  const double begin = below ? places.low : places.mid,
               end   = below ? places.mid : places.high;
  const double share = std::min(1., (place - begin) / (end - begin));
  const double from = values[below ? 0 : 1], to = values[below ? 1 : 2];
  return from + share * (to - from);
}

// The bore of a screw at its depth.
class Bore
{
public:
  Bore(const mesh::ScrewSurface &surface,
       const mesh::BoneSite     &site,
       const Insertion          &insertion)
    : surface_(surface),
      depth_(site.insertion_depth),
      pilot_(0.5 * insertion.pilot_diameter),
      pilot_end_(
        -mesh::fitted_pilot_depth(surface, site, insertion.pilot_depth))
  {}

  bool
  is_over_hole(const contact::Vector3 &x) const
  {
    return x[2] + depth_ < rounding && pilot_at(x) > 0. &&
           std::hypot(x[0], x[1]) < pilot_;
  }

  double
  pilot_at(const contact::Vector3 &x) const
  {
    return pilot_ > 0. && x[2] > pilot_end_ - rounding ? pilot_ : 0.;
  }

  // Radius of the sections with edges that have passed, and of the screw.
  double
  cut(const contact::Vector3 &x) const
  {
    return mesh::cut_radius(surface_, azimuth(x), x[2] + depth_);
  }

  double
  screw(const contact::Vector3 &x) const
  {
    return surface_.radius(azimuth(x), x[2] + depth_);
  }

  // Radius of the bore by a cut fraction.
  double
  by_fraction(const contact::Vector3 &x, const double fraction) const
  {
    return mesh::bore_radius(
      mesh::swept_radius(surface_, azimuth(x), x[2] + depth_),
      pilot_at(x),
      fraction);
  }

private:
  static double
  azimuth(const contact::Vector3 &x)
  {
    return std::atan2(x[1], x[0]);
  }

  const mesh::ScrewSurface &surface_;
  const double              depth_, pilot_, pilot_end_;
};

double
radial_part(const contact::InterfacePoint &point)
{
  const contact::Vector3 &x = point.position, &n = point.normal;
  return (n[0] * x[0] + n[1] * x[1]) / std::max(std::hypot(x[0], x[1]), 1e-12);
}
} // namespace

BandPlaces
band_places(const Insertion &insertion)
{
  BandPlaces places;
  if (!insertion.has_band())
    return places;
  const BoneCutting &bone =
    insertion.cortex.has_band() ? insertion.cortex : insertion.cancellous;
  const auto &[low, mid, high] = bone.residual;
  places.low                   = 0.5;
  places.mid                   = 0.75;
  if (!bone.cut_fraction && low < high)
  {
    places.low =
      std::clamp(low / high, least_distance, 1. - 2. * least_distance);
    places.mid =
      std::clamp(mid / high, places.low + least_distance, 1. - least_distance);
  }
  return places;
}

BoreGaps::BoreGaps(const mesh::ScrewSurface                   &surface,
                   const mesh::BoneSite                       &site,
                   const Insertion                            &insertion,
                   const std::vector<contact::InterfacePoint> &points)
  : insertion_(insertion),
    places_(band_places(insertion))
{
  const Bore bore(surface, site, insertion);
  for (const contact::InterfacePoint &point : points)
  {
    const contact::Vector3 &x = point.position;
    Point                   result;
    result.porous = point.layers[cancellous];
    if (bore.is_over_hole(x))
    {
      result.formed = far_away;
      points_.push_back(result);
      continue;
    }
    const double radial = radial_part(point), screw = bore.screw(x),
                 pilot = bore.pilot_at(x), cut = bore.cut(x);
    for (const auto &[share, bone] :
         {std::pair{result.porous, &insertion.cancellous},
          std::pair{1. - result.porous, &insertion.cortex}})
    {
      const double radius = bone->cut_fraction
                              ? bore.by_fraction(x, *bone->cut_fraction)
                              : std::max(cut, pilot);
      result.formed += share * (radius - screw) * radial;
    }
    result.cut = std::max(0., cut - pilot);
    points_.push_back(result);
  }
}

double
BoreGaps::residual(const BoneCutting &bone, const double place) const
{
  return bone.cut_fraction ? 0. : between(places_, bone.residual, place);
}

std::vector<double>
BoreGaps::at(const double place) const
{
  const double formed    = std::min(1., place / places_.low),
               in_porous = residual(insertion_.cancellous, place),
               in_cortex = residual(insertion_.cortex, place);
  std::vector<double> gaps;
  for (const Point &point : points_)
  {
    const double left =
      point.porous * in_porous + (1. - point.porous) * in_cortex;
    gaps.push_back((point.formed < 0. ? formed : 1.) * point.formed -
                   std::min(left, point.cut));
  }
  return gaps;
}

std::array<double, mesh::n_layers>
BoreGaps::friction(const double place) const
{
  const auto of = [&](const BoneCutting &bone) {
    if (!bone.friction_range || !places_.has_band())
      return bone.friction;
    return between(
      places_,
      {{(*bone.friction_range)[0], bone.friction, (*bone.friction_range)[1]}},
      std::max(place, places_.low));
  };
  return {
    {of(insertion_.cortex), of(insertion_.cancellous), of(insertion_.cortex)}};
}

const BandPlaces &
BoreGaps::places() const
{
  return places_;
}

std::array<double, mesh::n_layers>
friction_limits(const Model &model, const Insertion &insertion)
{
  std::array<double, mesh::n_layers> limits;
  for (unsigned int l = 0; l < mesh::n_layers; ++l)
  {
    const BoneCutting &bone =
      l == cancellous ? insertion.cancellous : insertion.cortex;
    limits[l] = bone.friction_limit.value_or(
      materials::shear_strength(model.bodies()[l]));
  }
  return limits;
}

double
greatest_interference(const Model &model, const std::vector<double> &gaps)
{
  double worst = 0.;
  for (const double gap : gaps)
    worst = std::max(worst, -gap);
  return dealii::Utilities::MPI::max(worst, model.communicator());
}
} // namespace miniscrew::model
