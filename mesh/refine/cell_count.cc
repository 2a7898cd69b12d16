// SPDX-License-Identifier: LGPL-2.1-or-later
// Counting of cells level by level.
#include "mesh/refine/cell_count.h"

#include "mesh/refine/refinement_rule.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace miniscrew::mesh
{
namespace
{
// refine_to_sizes() stops there too.
constexpr unsigned int most_levels = 12;

// Cells that keep neighbours within one level, per refined cell.
constexpr double balance = 1.0;

// Cells that stand for as many others each.
struct Sample
{
  std::vector<ReferenceCell> cells;
  double                     weight = 1.;
};

using PlaneQuad = std::array<dealii::Point<2>, 4>;

// The quadrilaterals of the cross-section inside the patch.
std::vector<PlaneQuad>
inner_quads(const int patch)
{
  std::vector<PlaneQuad> quads;
  for (int i = -1; i < 1; ++i)
    for (int j = -1; j < 1; ++j)
      quads.push_back({{{1. * i, 1. * j},
                        {i + 1., 1. * j},
                        {1. * i, j + 1.},
                        {i + 1., j + 1.}}});
  const int direction[8][2] = {
    {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
  const auto at = [&](const unsigned int k, const int size) {
    return dealii::Point<2>(direction[k % 8][0] * size,
                            direction[k % 8][1] * size);
  };
  for (int ring = 1; ring < patch; ++ring)
    for (unsigned int k = 0; k < 8; ++k)
      quads.push_back(
        {{at(k, ring), at(k, ring + 1), at(k + 1, ring), at(k + 1, ring + 1)}});
  return quads;
}

ReferenceCell
extrude(const PlaneQuad &quad, const unsigned int layer)
{
  ReferenceCell cell;
  for (unsigned int v = 0; v < 8; ++v)
    cell.vertices[v] = {quad[v % 4][0], quad[v % 4][1], 1. * layer + v / 4};
  return cell;
}

// Every n-th of @p total, at most about @p n_samples; the steps are uneven so
// that children are not always taken in the same place.
template <typename Take>
double
choose(const std::size_t total, const unsigned int n_samples, const Take &take)
{
  if (total <= n_samples)
  {
    for (std::size_t i = 0; i < total; ++i)
      take(i);
    return 1.;
  }
  const double step = static_cast<double>(total) / n_samples;
  for (unsigned int k = 0; k < n_samples; ++k)
  {
    const double golden = 0.6180339887498949;
    const double shift  = k * golden - std::floor(k * golden);
    take(std::min(static_cast<std::size_t>((k + shift) * step), total - 1));
  }
  return step;
}

void
append_children(const ReferenceCell &cell, std::vector<ReferenceCell> &children)
{
  const auto at = [&](const double x, const double y, const double z) {
    dealii::Point<3> p;
    for (unsigned int v = 0; v < 8; ++v)
      p += (v & 1 ? x : 1. - x) * (v & 2 ? y : 1. - y) * (v & 4 ? z : 1. - z) *
           cell.vertices[v];
    return p;
  };
  for (unsigned int child = 0; child < 8; ++child)
  {
    ReferenceCell part;
    part.level = cell.level + 1;
    for (unsigned int v = 0; v < 8; ++v)
      part.vertices[v] = at(0.5 * ((child & 1) + (v & 1)),
                            0.5 * ((child >> 1 & 1) + (v >> 1 & 1)),
                            0.5 * ((child >> 2 & 1) + (v >> 2 & 1)));
    children.push_back(part);
  }
}

// Cells inside the patch.
double
count_inner(const ScrewBoneMap &map,
            const MeshSizes    &sizes,
            const unsigned int  n_samples)
{
  const std::vector<PlaneQuad> quads =
    inner_quads(static_cast<int>(map.patch_gauge()));
  const auto is_solid = [&](const std::size_t i) {
    const bool in_screw = i % quads.size() < 12;
    const auto layer    = static_cast<unsigned int>(i / quads.size());
    return layer < map.surface_layer() ||
           (in_screw && layer >= map.tip_layer());
  };
  Sample now;
  now.weight =
    choose(quads.size() * map.n_layers(), n_samples, [&](const std::size_t i) {
      if (is_solid(i))
        now.cells.push_back(
          extrude(quads[i % quads.size()],
                  static_cast<unsigned int>(i / quads.size())));
    });
  double sum = 0.;
  for (unsigned int level = 0; level <= most_levels; ++level)
  {
    std::vector<const ReferenceCell *> refined;
    for (const ReferenceCell &cell : now.cells)
      if (level < most_levels && too_large(cell, map, sizes))
        refined.push_back(&cell);
    sum += now.weight * (now.cells.size() - refined.size());
    Sample next;
    next.weight =
      now.weight * choose(refined.size(),
                          std::max(1u, n_samples / 8),
                          [&](const std::size_t i) {
                            append_children(*refined[i], next.cells);
                          });
    now = std::move(next);
  }
  return sum;
}

// Cells beside the patch, which have no size to meet but the far one.
double
count_outer(const ScrewBoneMap &map, const MeshSizes &sizes)
{
  // Width and number of the columns of cells along each direction.
  const double             patch = map.patch_gauge();
  std::map<double, double> columns[2];
  const unsigned int       n[2] = {map.n_outer_x(), map.n_outer_y()};
  for (unsigned int d = 0; d < 2; ++d)
    for (unsigned int i = 0; i < n[d]; ++i)
    {
      std::array<double, 3> place{};
      place[d]           = patch + i + 0.5;
      const double width = map.cell_width(place);
      columns[d][std::round(width * 1e6)] += 2.;
    }
  const double inner_columns = 2.;
  const double beside        = map.cell_width({});
  const auto   cells         = [&](const double width) {
    double size = width, number = 1.;
    for (unsigned int level = 0; level < most_levels; ++level, size *= 0.5)
      if (is_too_wide(size, sizes))
        number *= 8.;
    return number;
  };
  double sum = 0.;
  for (const auto &[x, n_x] : columns[0])
  {
    sum += inner_columns * n_x * cells(std::max(1e-6 * x, beside));
    for (const auto &[y, n_y] : columns[1])
      sum += n_x * n_y * cells(1e-6 * std::max(x, y));
  }
  for (const auto &[y, n_y] : columns[1])
    sum += inner_columns * n_y * cells(std::max(1e-6 * y, beside));
  return sum * map.surface_layer();
}
} // namespace

double
estimate_cells(const ScrewBoneMap &map,
               const MeshSizes    &sizes,
               const unsigned int  n_samples)
{
  return count_inner(map, sizes, n_samples) + count_outer(map, sizes);
}
} // namespace miniscrew::mesh
