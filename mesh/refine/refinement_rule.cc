// SPDX-License-Identifier: LGPL-2.1-or-later
// Sizes of cells against those aimed at.
#include "mesh/refine/refinement_rule.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::mesh
{
namespace
{
constexpr double pi = 3.14159265358979323846;

// A cell is refined while it is this much larger than the size aimed at;
// sizes then end up between 0.6 and 1.25 of the aim.
constexpr double tolerance = 1.25;

enum class Nearness
{
  far,
  above_bone, // at the screw's free surface
  interface
};

Nearness
nearness(const ReferenceCell &cell, const ScrewBoneMap &map)
{
  const double tip = map.tip_layer(), surface = map.surface_layer(),
               close = 1e-9;
  double nearest = 1e6, furthest = 0., lowest = 1e6, highest = 0.;
  for (const dealii::Point<3> &p : cell.vertices)
  {
    nearest  = std::min(nearest, gauge(p));
    furthest = std::max(furthest, gauge(p));
    lowest   = std::min(lowest, p[2]);
    highest  = std::max(highest, p[2]);
  }
  // Neither the core of the screw nor the bone beyond the thread's ripple.
  const bool beside = furthest > 2. - close
                        ? nearest < 2. + close || map.feels_thread(nearest)
                        : map.feels_thread(furthest - close);
  const bool at_tip =
    nearest < 2. && lowest < tip + close && highest > tip - close;
  if (at_tip || (beside && highest > tip - close && lowest < surface + close))
    return Nearness::interface;
  return beside && lowest > surface - close ? Nearness::above_bone
                                            : Nearness::far;
}

// Largest edge of a cell at the screw (its share of the circumference, or of
// the coarse layer's height) per aim. Where the column is thin, at the tip,
// smaller cells are asked for, in half as strong a proportion as it is thinner.
double
relative_size(const ReferenceCell &cell,
              const ScrewBoneMap  &map,
              const double         aim)
{
  const double height = cell.centre()[2];
  const auto   layer =
    std::min(static_cast<unsigned int>(height), map.n_layers() - 1);
  const double z   = map.position({{0., 0., height}})[2];
  const double arc = 2. * pi * map.column_radius(z) / 8.;
  const double thinness =
    std::min(1., map.column_radius(z) / map.largest_radius());
  return std::max(arc, map.layer_height(layer)) / (1 << cell.level) /
         (aim * std::sqrt(thinness));
}

// Position of a point of the unit cube in a box of the reference mesh.
std::array<double, 3>
place(const ReferenceCell         &cell,
      const ScrewBoneMap          &map,
      const std::array<double, 3> &xi)
{
  const auto             &corner = cell.vertices;
  const dealii::Point<3> &a      = corner[0];
  dealii::Point<3>        p      = a;
  for (unsigned int d = 0; d < 3; ++d)
    p += xi[d] * (corner[1u << d] - a);
  const double twist = xi[0] * xi[1];
  p += twist * (corner[3] - corner[1] - corner[2] + a);
  return map.position({{p[0], p[1], p[2]}});
}

double
distance(const std::array<double, 3> &a, const std::array<double, 3> &b)
{
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

// Largest distance, at the quarter points of the faces, between the map and the
// quadratic cell, per shortest edge. Finer neighbours have nodes on the faces
// of the quadratic cell but others where the map puts them, so this must be
// small beside them.
double
interpolation_error(const ReferenceCell &cell, const ScrewBoneMap &map)
{
  std::array<std::array<double, 3>, 27> nodes;
  for (unsigned int i = 0; i < 27; ++i)
    nodes[i] =
      place(cell, map, {{0.5 * (i % 3), 0.5 * (i / 3 % 3), 0.5 * (i / 9)}});
  double             shortest  = 1e6;
  const unsigned int stride[3] = {1, 3, 9};
  for (unsigned int d = 0; d < 3; ++d)
    shortest = std::min(shortest,
                        distance(nodes[13 - stride[d]], nodes[13 + stride[d]]));
  const auto shape = [](const unsigned int i, const double t) {
    return i == 1 ? 4. * t * (1. - t) : (2. * t - 1.) * (i == 0 ? t - 1. : t);
  };
  double error = 0.;
  for (unsigned int face = 0; face < 6; ++face)
    for (unsigned int corner = 0; corner < 4; ++corner)
    {
      const unsigned int    d = face / 2;
      std::array<double, 3> xi;
      xi[d]           = face % 2;
      xi[(d + 1) % 3] = corner % 2 ? 0.25 : 0.75;
      xi[(d + 2) % 3] = corner / 2 ? 0.25 : 0.75;
      std::array<double, 3> x{};
      for (unsigned int i = 0; i < 27; ++i)
        for (unsigned int e = 0; e < 3; ++e)
          x[e] += shape(i % 3, xi[0]) * shape(i / 3 % 3, xi[1]) *
                  shape(i / 9, xi[2]) * nodes[i][e];
      error = std::max(error, distance(x, place(cell, map, xi)));
    }
  return error / shortest;
}

} // namespace

dealii::Point<3>
ReferenceCell::centre() const
{
  dealii::Point<3> sum;
  for (const dealii::Point<3> &p : vertices)
    sum += p;
  return dealii::Point<3>(sum / 8.);
}

bool
is_too_wide(const double width, const MeshSizes &sizes)
{
  return width > tolerance * sizes.far_size;
}

bool
too_large(const ReferenceCell &cell,
          const ScrewBoneMap  &map,
          const MeshSizes     &sizes)
{
  const dealii::Point<3> centre = cell.centre();
  const double           far =
    map.cell_width({{centre[0], centre[1], centre[2]}}) / (1 << cell.level);
  if (is_too_wide(far, sizes))
    return true;
  const Nearness near = nearness(cell, map);
  if (near == Nearness::far)
  {
    const double limit = map.is_tilted() ? 0.05 : 0.1;
    return gauge(centre) < map.patch_gauge() &&
           relative_size(cell, map, sizes.interface_size) > tolerance &&
           interpolation_error(cell, map) > limit;
  }
  const double aim =
    (near == Nearness::interface ? 1. : 2.) * sizes.interface_size;
  return relative_size(cell, map, aim) > tolerance;
}
} // namespace miniscrew::mesh
