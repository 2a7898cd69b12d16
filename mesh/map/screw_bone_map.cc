// SPDX-License-Identifier: LGPL-2.1-or-later
// Layer lines and position of the map from the reference mesh to the body.
#include "mesh/map/screw_bone_map.h"

#include "mesh/map/grid_lines.h"

#include "solver/base/dimension_error.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::mesh
{
namespace
{
constexpr double pi = 3.14159265358979323846;

// Below the tip the column of bone under the screw widens again, so that its
// cells do not stay as slender as the tip.
constexpr double widening_slope = 0.35;
} // namespace

ScrewBoneMap::ScrewBoneMap(const RadialSurface &surface,
                           const BoneSite      &site,
                           const MapOptions    &options)
  : surface_(&surface),
    site_(site),
    options_(options),
    depth_(site.insertion_depth),
    tilt_(std::tan((90. - site.insertion_angle) * pi / 180.))
{
  const LayerPlanes planes = layer_planes(site);
  planes_[0]               = 0.;
  planes_[1]               = planes.near_cortex_end;
  planes_[2]               = planes.cancellous_end;
  planes_[3]               = planes.far_cortex_end;
  if (depth_ >= surface.height() || -depth_ <= planes_[3])
    throw DimensionError(
      "the screw's tip at " + std::to_string(depth_) +
        " mm must lie within the bone block, which ends at " +
        std::to_string(-planes_[3]) +
        " mm on the axis, and the screw must reach above it",
      {"insertion_depth"});

  shaft_radius_     = shaft_radius(surface, depth_);
  fitted_           = fit_planes(surface, site);
  const double half = 0.5 * std::min(site.width_x, site.width_y);
  // 0 for sites tilted by up to 30 degrees, 1 at 50.
  const double steepness = std::clamp((std::abs(tilt_) - 0.6) / 0.6, 0., 1.4);
  upright_               = std::clamp((std::abs(tilt_) - 0.5) / 0.5, 0., 1.);
  levelled_ = (options.levelled_ratio + options.steep_widening * steepness) *
              shaft_radius_;
  first_ring_share_ =
    options.first_ring_share - options.steep_ring_share * steepness;
  patch_ = std::min((options.patch_ratio + options.steep_widening * steepness) *
                      shaft_radius_,
                    shaft_radius_ + 0.6 * (half - shaft_radius_));
  if (half < 1.5 * shaft_radius_)
    throw DimensionError("a block of " + std::to_string(2. * half) +
                           " mm is too narrow for a screw of mean radius " +
                           std::to_string(shaft_radius_) + " mm",
                         {site.width_x < site.width_y ? "width_x" : "width_y"});
  const double growth =
    patch_ / std::min(shaft_radius_, surface.mean_radius(0.));
  n_rings_               = growth > options.largest_growth ? 2 : 1;
  const auto outer_lines = [&](const double width) {
    return growing_lines(
      patch_, 0.5 * width, patch_, options.far_growth, options.far_size);
  };
  lines_x_ = outer_lines(site.width_x);
  lines_y_ = outer_lines(site.width_y);
  make_layers();
  make_lift();
  measure_ripple();
}

// Largest distance between the screw's surface and the mesh lines' mean radius.
void
ScrewBoneMap::measure_ripple()
{
  const unsigned int n_sides = 16, n_samples = 20;
  fading_ = 1e-3 * shaft_radius_;
  for (unsigned int k = 0; k <= surface_layer_ * n_samples; ++k)
  {
    const double layer = static_cast<double>(k) / n_samples;
    for (unsigned int i = 0; i < n_sides; ++i)
    {
      const double theta = 2. * pi * i / n_sides;
      const double zw    = wall_height(std::cos(theta), layer);
      const double wall  = wall_radius(theta, layer, zw);
      fading_ = std::max(fading_, std::abs(wall - column_radius(zw)));
    }
  }
  fading_ *= options_.fading_ratio;
}

double
ScrewBoneMap::column_radius(const double z) const
{
  const double s = z + depth_;
  if (s >= 0.)
    return surface_->mean_radius(s);
  const double tip   = surface_->mean_radius(0.);
  const double limit = std::max(tip, 0.8 * shaft_radius_);
  // 1 - exp widens smoothly towards the limit.
  return tip +
         (limit - tip) * (1. - std::exp(widening_slope * s /
                                        std::max(limit - tip, 1e-6 * limit)));
}

double
ScrewBoneMap::interpolate(const std::vector<double> &lines,
                          const double               coordinate)
{
  const double last = static_cast<double>(lines.size() - 1);
  const double c    = std::clamp(coordinate, 0., last);
  const auto   i    = std::min(static_cast<std::size_t>(c), lines.size() - 2);
  return lines[i] + (c - i) * (lines[i + 1] - lines[i]);
}

// Radii grow geometrically from the screw to the patch: the share of the way at
// gauge nu.
double
ScrewBoneMap::ring_growth(const double nu, const double mean_radius) const
{
  // The line between the two rings follows a conical tip in perpendicular
  // bone, but is vertical where planes are steep.
  const double share = n_rings_ == 1 ? 1. : first_ring_share_;
  const double base =
    mean_radius * std::pow(shaft_radius_ / mean_radius, upright_);
  const double between = base * std::pow(patch_ / base, share);
  const double radius =
    nu < 3. ? mean_radius * std::pow(between / mean_radius, nu - 2.)
            : between * std::pow(patch_ / between, std::min(1., nu - 3.));
  return (radius - mean_radius) / (patch_ - mean_radius);
}

bool
ScrewBoneMap::feels_thread(const double nu) const
{
  if (nu <= 2.)
    return nu > 1.5;
  return nu < patch_gauge() &&
         ring_growth(nu, shaft_radius_) * (patch_ - shaft_radius_) < fading_;
}

ScrewBoneMap::Planar
ScrewBoneMap::planar(const double X,
                     const double Y,
                     const double mean_radius) const
{
  const double nu = std::max(std::abs(X), std::abs(Y));
  Planar       result;
  const double half         = 0.5 * std::min(site_.width_x, site_.width_y);
  const double patch_weight = (patch_ - shaft_radius_) / (half - shaft_radius_);
  const double patch_gauge  = 2. + n_rings_;
  if (nu > patch_gauge + 1e-12)
  {
    const auto grid = [&](const double C, const std::vector<double> &lines) {
      const double c = std::abs(C);
      return std::copysign(c <= patch_gauge
                             ? patch_ * c / patch_gauge
                             : interpolate(lines, c - patch_gauge),
                           C);
    };
    const auto beyond = [&](const double C, const std::vector<double> &lines) {
      return std::clamp(
        (std::abs(C) - patch_gauge) / (lines.size() - 1.), 0., 1.);
    };
    const double wx = beyond(X, lines_x_), wy = beyond(Y, lines_y_);
    result.mean      = {{grid(X, lines_x_), grid(Y, lines_y_)}};
    result.weight    = patch_weight + (1. - patch_weight) * (wx + wy - wx * wy);
    result.in_column = false;
    result.tilted_x  = result.mean[0];
    return result;
  }
  if (nu < 1e-14)
    return result;

  // Direction: equal angles along the sides of the reference squares.
  const double sx = X / nu, sy = Y / nu;
  result.theta =
    std::abs(X) >= std::abs(Y)
      ? (X > 0. ? 0. : pi) + 0.25 * pi * sy * (X > 0. ? 1. : -1.)
      : (Y > 0. ? .5 : 1.5) * pi - 0.25 * pi * sx * (Y > 0. ? 1. : -1.);
  result.circle          = {{std::cos(result.theta), std::sin(result.theta)}};
  const double square[2] = {sx, sy};
  if (nu > 2.)
  {
    const double f = ring_growth(nu, mean_radius);
    for (unsigned int d = 0; d < 2; ++d)
      result.mean[d] =
        (1. - f) * mean_radius * result.circle[d] + f * patch_ * square[d];
    result.in_column = false;
    result.taper     = (1. - f) * (1. - f) * (1. - f);
    // The thread must have faded where cells become too coarse for it.
    const double steps = f * (patch_ - mean_radius) / fading_;
    result.thread      = (1. - f) * std::exp(-steps * steps);

    // Heights do not follow the radius of a conical tip, else lines that are
    // both inclined and curved would fold there.
    const double g    = ring_growth(nu, shaft_radius_);
    const double away = g * (patch_ - shaft_radius_) / levelled_;
    result.tilted_x =
      (1. - g) * shaft_radius_ * result.circle[0] + g * patch_ * square[0];
    result.weight = g * g * patch_weight;
    result.level  = (1. - g * g) * std::exp(-away * away * away);
    return result;
  }
  // The corners of the screw's square core are drawn in, which opens their
  // angles towards 120 degrees.
  // X^2 Y^2 has no kink on the diagonals, which cross the core's cells.
  const double corner = sx * sy * std::min(1., nu * nu);
  const double core   = options_.core_square * mean_radius *
                      (1. - options_.core_rounding * corner * corner);
  const double t = std::max(0., nu - 1.);
  for (unsigned int d = 0; d < 2; ++d)
    result.mean[d] = (1. - t) * core * std::min(nu, 1.) * square[d] +
                     t * mean_radius * result.circle[d];
  result.thread = t * t * t;
  result.level  = t;
  return result;
}

// The lift is linear between layer lines. It grows with the distance from the
// screw's level ends, until planes have their true tilt or the steepest
// allowed.
void
ScrewBoneMap::make_lift()
{
  const double steepest = std::min(std::abs(tilt_), options_.steepest_lift);
  lift_.clear();
  for (const double z : inner_z_)
  {
    const double longest = steepest * column_radius(std::min(z, 0.));
    const double at_tip  = options_.lift_change_at_tip * std::abs(z + depth_);
    const double at_top  = options_.lift_change_at_top * (inner_z_.back() - z);
    lift_.push_back(std::copysign(std::min({longest, at_tip, at_top}), tilt_));
  }
}

// Height of a layer line above its height on the axis. The planes are tilted,
// but beside the screw's surface they are level in radial direction: lines that
// run along the flanks of a thread make degenerate cells, however fine.
double
ScrewBoneMap::lift(const Planar &point,
                   const double  layer,
                   const double  mean_radius) const
{
  const double at_wall = interpolate(lift_, layer);
  const double tilted  = point.in_column ? at_wall * point.mean[0] / mean_radius
                                         : tilt_ * point.tilted_x;
  return point.level * at_wall * point.circle[0] + (1. - point.level) * tilted;
}

double
ScrewBoneMap::wall_height(const double cosine, const double layer) const
{
  return interpolate(inner_z_, layer) + interpolate(lift_, layer) * cosine;
}

double
ScrewBoneMap::wall_radius(const double theta,
                          const double layer,
                          const double z) const
{
  return layer >= tip_layer_ ? surface_->radius(theta, z + depth_)
                             : column_radius(z);
}

std::array<double, 3>
ScrewBoneMap::position(const std::array<double, 3> &reference) const
{
  const double layer   = reference[2];
  const double z_inner = interpolate(inner_z_, layer);
  const double z_outer = interpolate(outer_z_, layer);
  const double mean    = column_radius(z_inner);
  const Planar point   = planar(reference[0], reference[1], mean);
  const double z = (1. - point.weight) * z_inner + point.weight * z_outer +
                   lift(point, layer, mean);

  // The screw's surface where this layer line meets it.
  const double z_wall = wall_height(point.circle[0], layer);
  const double wall   = wall_radius(point.theta, layer, z_wall);
  // In the column all radii follow that at the point's own height, so that
  // inclined lines cannot fold where the radius changes quickly.
  const double scale     = point.in_column ? column_radius(z) / mean : 1.;
  const double mean_wall = column_radius(z_wall);
  const double shift =
    (wall - mean_wall) * point.thread +
    (point.in_column ? 0. : (mean_wall - mean) * point.taper);
  return {{scale * point.mean[0] + shift * point.circle[0],
           scale * point.mean[1] + shift * point.circle[1],
           z}};
}

unsigned int
ScrewBoneMap::n_layers() const
{
  return inner_z_.size() - 1;
}

unsigned int
ScrewBoneMap::tip_layer() const
{
  return tip_layer_;
}

unsigned int
ScrewBoneMap::surface_layer() const
{
  return surface_layer_;
}

Layer
ScrewBoneMap::bone_layer(const unsigned int layer) const
{
  return layers_.at(layer);
}

unsigned int
ScrewBoneMap::patch_gauge() const
{
  return 2 + n_rings_;
}

unsigned int
ScrewBoneMap::n_outer_x() const
{
  return lines_x_.size() - 1;
}

unsigned int
ScrewBoneMap::n_outer_y() const
{
  return lines_y_.size() - 1;
}

double
ScrewBoneMap::layer_height(const unsigned int layer) const
{
  return inner_z_.at(layer + 1) - inner_z_.at(layer);
}

double
ScrewBoneMap::patch_half_width() const
{
  return patch_;
}

double
ScrewBoneMap::tilt_at_screw() const
{
  return std::atan(lift_[surface_layer_] / column_radius(0.)) * 180. / pi;
}

bool
ScrewBoneMap::is_tilted() const
{
  return std::abs(tilt_) > 1e-9;
}

double
ScrewBoneMap::largest_radius() const
{
  return shaft_radius_;
}

double
ScrewBoneMap::cell_width(const std::array<double, 3> &reference) const
{
  const double patch_end = 2. + n_rings_;
  double       width     = patch_;
  for (unsigned int d = 0; d < 2; ++d)
  {
    const std::vector<double> &lines = d == 0 ? lines_x_ : lines_y_;
    const double               beyond =
      std::clamp(std::abs(reference[d]) - patch_end, 0., lines.size() - 1.5);
    const auto i = static_cast<std::size_t>(beyond);
    width        = std::max(width, lines[i + 1] - lines[i]);
  }
  return width;
}

const FittedPlanes &
ScrewBoneMap::planes() const
{
  return fitted_;
}
} // namespace miniscrew::mesh
