// SPDX-License-Identifier: LGPL-2.1-or-later
// Evaluation of a screw's surface.
#include "mesh/screw/screw_surface.h"

#include "mesh/screw/screw_check.h"

#include "solver/base/units.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace miniscrew::mesh
{
namespace
{
constexpr double degree = pi / 180.;

// Axial lengths of the transitions from shaft to collar and from collar to
// head (mm), unless the steepest slope below asks for more or the collar or
// head offers less. The slope keeps hexahedra with horizontal edges in shape.
constexpr double shortest_collar_transition = 0.25;
constexpr double shortest_head_transition   = 0.3;
constexpr double steepest_transition        = 2.;

// Half the length over which the corner between tip and shaft is rounded, as a
// share of the tip, and the corner radius of a head as a share of its width.
constexpr double tip_rounding_share  = 0.25;
constexpr double head_rounding_share = 0.1;

double
square(const double x)
{
  return x * x;
}

/// Cubic that rises from 0 to 1 for x in [0, 1], with zero slope at the ends.
double
smooth_step(const double x)
{
  const double t = std::clamp(x, 0., 1.);
  return t * t * (3. - 2. * t);
}

/// Two lines that meet with @p value at x = 0, joined by a parabola on
/// [-w, w].
double
rounded_corner(const double x,
               const double w,
               const double value,
               const double slope_before,
               const double slope_after)
{
  if (x <= -w)
    return value + slope_before * x;
  if (x >= w)
    return value + slope_after * x;
  return value + slope_before * x +
         (slope_after - slope_before) * square(x + w) / (4. * w);
}

/// Length of a smooth_step by @p rise that is no steeper than allowed.
double
transition_length(const double rise,
                  const double shortest,
                  const double available)
{
  const double steepness = 1.5; // of smooth_step
  return std::min(
    available,
    std::max(shortest, steepness * std::abs(rise) / steepest_transition));
}
} // namespace


ScrewSurface::ScrewSurface(const ScrewGeometry &geometry)
  : geometry_(geometry)
{
  check_dimensions(geometry_);
  height_ = geometry_.total_length();
  set_up_thread();
  set_up_tip();
  set_up_head();
}


void
ScrewSurface::set_up_thread()
{
  depth_ = geometry_.thread_depth();
  if (depth_ == 0.)
    return;

  // Flanks incline by the complement of their angle against the axis, which is
  // also the angle by which the fillets turn.
  const double turn_leading = pi / 2. - geometry_.leading_flank_angle * degree;
  const double turn_trailing =
    pi / 2. - geometry_.trailing_flank_angle * degree;
  const auto sharp_flank = [&](const double turn) {
    Flank flank;
    flank.slope = std::tan(turn);
    flank.run   = depth_ / flank.slope;
    return flank;
  };
  leading_  = sharp_flank(turn_leading);
  trailing_ = sharp_flank(turn_trailing);

  // A fillet's tangent length is its radius times tan(turn / 2), and may take
  // half of the crest, of the root and of its flank.
  const double root =
    geometry_.pitch - geometry_.crest_width - leading_.run - trailing_.run;
  const double half_flat      = 0.5 * std::min(geometry_.crest_width, root);
  const auto   largest_fillet = [&](const Flank &flank, const double turn) {
    const double half_flank = 0.5 * flank.run / std::cos(turn);
    return std::min(half_flat, half_flank) / std::tan(turn / 2.);
  };
  fillet_           = std::min({geometry_.fillet_radius,
                                largest_fillet(leading_, turn_leading),
                                largest_fillet(trailing_, turn_trailing)});
  leading_.tangent  = fillet_ * std::tan(turn_leading / 2.);
  leading_.inset    = leading_.tangent * std::cos(turn_leading);
  trailing_.tangent = fillet_ * std::tan(turn_trailing / 2.);
  trailing_.inset   = trailing_.tangent * std::cos(turn_trailing);

  leading_root_  = root / 2.;
  trailing_root_ = geometry_.pitch - root / 2.;
  crest_middle_  = leading_root_ + leading_.run + geometry_.crest_width / 2.;
  mean_profile_ =
    (geometry_.crest_width + (leading_.run + trailing_.run) / 2.) /
    geometry_.pitch;
}


void
ScrewSurface::set_up_tip()
{
  const double head_end_radius = geometry_.core_diameter / 2.;
  tip_end_radius_              = head_end_radius * (1. - geometry_.core_taper);
  if (geometry_.tip != TipShape::flat)
  {
    tip_end_      = geometry_.tip_length;
    tip_rounding_ = tip_rounding_share * tip_end_;
    tip_slope_    = (tip_end_radius_ - geometry_.tip_radius) / tip_end_;
  }
  shaft_slope_ =
    (head_end_radius - tip_end_radius_) / (geometry_.length - tip_end_);
}


void
ScrewSurface::set_up_head()
{
  const double shaft_radius  = geometry_.core_diameter / 2.;
  const bool   has_collar    = geometry_.collar_height > 0.;
  const double collar_radius = geometry_.collar_diameter / 2.;
  if (has_collar)
    collar_transition_ = transition_length(collar_radius - shaft_radius,
                                           shortest_collar_transition,
                                           geometry_.collar_height);
  if (geometry_.head == HeadShape::none)
    return;

  const double half_width = geometry_.head_width / 2.;
  if (geometry_.head != HeadShape::round)
  {
    head_sector_   = geometry_.head == HeadShape::hexagonal ? pi / 6. : pi / 8.;
    corner_radius_ = head_rounding_share * geometry_.head_width;
    corner_centre_ = (half_width - corner_radius_) / std::cos(head_sector_);
    corner_angle_ =
      std::atan(corner_centre_ * std::sin(head_sector_) / half_width);
  }
  head_transition_ = transition_length(
    head_radius(head_sector_) - (has_collar ? collar_radius : shaft_radius),
    shortest_head_transition,
    geometry_.head_height);

  const unsigned int n = 1000; // midpoint rule on half a side
  for (unsigned int i = 0; i < n; ++i)
    mean_head_radius_ += head_radius((i + 0.5) / n * head_sector_) / n;
}


double
ScrewSurface::height() const
{
  return height_;
}


std::vector<double>
ScrewSurface::stations() const
{
  std::vector<double> stations;
  for (const double s :
       {tip_end_, geometry_.length, geometry_.length + geometry_.collar_height})
    if (s > (stations.empty() ? 0. : stations.back()) && s < height_)
      stations.push_back(s);
  return stations;
}


double
ScrewSurface::core_radius(const double s) const
{
  return rounded_corner(
    s - tip_end_, tip_rounding_, tip_end_radius_, tip_slope_, shaft_slope_);
}


double
ScrewSurface::thread_fade(const double s) const
{
  if (depth_ == 0. || s <= 0. || s >= geometry_.length)
    return 0.;
  const double at_tip =
    geometry_.tip == TipShape::flat
      ? smooth_step(s / geometry_.thread_runout)
      : rounded_corner(s - tip_end_, tip_rounding_, 1., 1. / tip_end_, 0.);
  return at_tip * smooth_step((geometry_.length - s) / geometry_.thread_runout);
}


double
ScrewSurface::flank_height(const Flank &flank, const double distance) const
{
  // (i) root, (ii) its fillet, (iii) straight flank, (iv) fillet, (v) crest.
  const auto arc = [this](const double x) {
    return fillet_ - std::sqrt(std::max(0., square(fillet_) - square(x)));
  };
  if (distance <= -flank.tangent)
    return 0.;
  if (distance < flank.inset)
    return arc(distance + flank.tangent);
  if (distance <= flank.run - flank.inset)
    return flank.slope * distance;
  if (distance < flank.run + flank.tangent)
    return depth_ - arc(flank.run + flank.tangent - distance);
  return depth_;
}


double
ScrewSurface::thread_profile(const double phase) const
{
  if (depth_ == 0.)
    return 0.;
  const double x = (phase - std::floor(phase)) * geometry_.pitch;
  return (x < crest_middle_ ? flank_height(leading_, x - leading_root_)
                            : flank_height(trailing_, trailing_root_ - x)) /
         depth_;
}


double
ScrewSurface::head_radius(const double theta) const
{
  const double half_width = geometry_.head_width / 2.;
  if (head_sector_ == 0.)
    return half_width;

  // The middle of a side is at theta = 0. Angle from the nearest such middle:
  const double side  = 2. * head_sector_;
  const double angle = std::abs(theta - side * std::round(theta / side));
  if (angle <= corner_angle_)
    return half_width / std::cos(angle);
  const double from_corner = head_sector_ - angle;
  return corner_centre_ * std::cos(from_corner) +
         std::sqrt(square(corner_radius_) -
                   square(corner_centre_ * std::sin(from_corner)));
}


double
ScrewSurface::above_shaft(const double s,
                          const double shaft_radius,
                          const double head_radius) const
{
  double radius = shaft_radius;
  if (collar_transition_ > 0.)
    radius += (geometry_.collar_diameter / 2. - radius) *
              smooth_step((s - geometry_.length) / collar_transition_);
  const double head_start = geometry_.length + geometry_.collar_height;
  if (head_transition_ > 0. && s > head_start)
    radius +=
      (head_radius - radius) * smooth_step((s - head_start) / head_transition_);
  return radius;
}


double
ScrewSurface::radius(const double theta, const double s) const
{
  const double clamped = std::clamp(s, 0., height_);
  const double core    = core_radius(clamped);
  if (clamped > geometry_.length)
    return above_shaft(clamped, core, head_radius(theta));
  const double fade = thread_fade(clamped);
  if (fade == 0.)
    return core;
  return core + fade * depth_ *
                  thread_profile(clamped / geometry_.pitch - theta / (2. * pi));
}


double
ScrewSurface::mean_radius(const double s) const
{
  const double clamped = std::clamp(s, 0., height_);
  const double core    = core_radius(clamped);
  if (clamped > geometry_.length)
    return above_shaft(clamped, core, mean_head_radius_);
  return core + thread_fade(clamped) * depth_ * mean_profile_;
}


namespace
{
// Slopes of a mantle around the axis, R_theta / R, and along it, R_s; nothing
// at its ends.
struct Slopes
{
  double radius, around, along;
};

std::optional<Slopes>
slopes(const RadialSurface &surface, const double theta, const double s)
{
  // Wide enough for rounding, narrow enough for fillets.
  constexpr double step = 1e-5; // mm
  if (s < 2. * step || s > surface.height() - 2. * step)
    return {};
  const double r    = surface.radius(theta, s);
  const double turn = step / r;
  const double around =
    (surface.radius(theta + turn, s) - surface.radius(theta - turn, s)) /
    (2. * step);
  const double along =
    (surface.radius(theta, s + step) - surface.radius(theta, s - step)) /
    (2. * step);
  return Slopes{r, around, along};
}

// The gradient of r - R(theta, s) at azimuth @p theta, with a radial part of 1.
Vector3
gradient(const Slopes &slope, const double theta)
{
  const double c = std::cos(theta), d = std::sin(theta);
  return {{c + d * slope.around, d - c * slope.around, -slope.along}};
}
} // namespace

Vector3
helical_velocity(const double pitch, const Vector3 &x)
{
  return {{x[1], -x[0], -pitch / (2. * pi)}};
}

MantlePiece
piece_of_mantle(const RadialSurface &surface,
                const double         depth,
                const Vector3       &x,
                const Vector3       &area)
{
  const double r = std::hypot(x[0], x[1]), theta = std::atan2(x[1], x[0]);
  const double radial = (x[0] * area[0] + x[1] * area[1]) / r;
  // An end has no radial part.
  constexpr double            mantle = 0.02;
  const std::optional<Slopes> slope  = slopes(surface, theta, x[2] + depth);
  if (!slope || !(radial > mantle * norm(area)))
    return {area, x};
  const double outward = slope->radius / r;
  MantlePiece  piece{gradient(*slope, theta),
                    {{outward * x[0], outward * x[1], x[2]}}};
  for (double &component : piece.area)
    component *= radial * outward;
  return piece;
}
} // namespace miniscrew::mesh
