// SPDX-License-Identifier: LGPL-2.1-or-later
// Averages of what the Gauss points know.
#include "solver/fem/nodal_means.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::fem
{
namespace
{
// Sums at the nodes: eight values and their weight, three to a vector because
// spaces lay out vectors of one and three components.
struct Sums
{
  explicit Sums(const NodeSpace &space)
    : parts{{space.make_vector<double>(),
             space.make_vector<double>(),
             space.make_vector<double>()}}
  {}

  double &
  entry(const unsigned int node, const unsigned int component)
  {
    return parts[component / 3].local_element(3 * node + component % 3);
  }

  void
  share()
  {
    for (auto &part : parts)
    {
      part.compress(dealii::VectorOperation::add);
      part.update_ghost_values();
    }
  }

  std::array<linear::Vector<double>, 3> parts;
};

NodalMeans::Values
values_at(const MaterialPoints &points,
          const std::size_t     cell,
          const unsigned int    q,
          const VoigtVector    &strain)
{
  NodalMeans::Values values;
  const VoigtVector  stress = points.stress(cell, q, strain);
  std::copy(stress.begin(), stress.end(), values.begin());
  values[NodalMeans::kappa]  = points.state(cell, q).kappa;
  values[NodalMeans::damage] = points.damage(cell, q);
  return values;
}
} // namespace

NodalMeans::NodalMeans(const Geometry               &geometry,
                       const linear::Vector<double> &displacement,
                       const MaterialPoints         &points)
{
  constexpr unsigned int  n_values = std::tuple_size<Values>::value;
  const NodeSpace        &space    = geometry.space();
  const CubeQuadrature    gauss(space.degree() + 1);
  const ShapeTable        table(space.degree(), gauss.points);
  const StrainEvaluator   strain(geometry, displacement, space.degree() + 1);
  std::vector<PointState> states;
  for (dealii::types::material_id body = 0; body < mesh::n_bodies; ++body)
  {
    if (!points.has_law(body))
      continue;
    Sums sums(space);
    for (std::size_t c = 0; c < space.cells().size(); ++c)
    {
      if (space.cells()[c]->material_id() != body)
        continue;
      strain.evaluate(c, states);
      for (unsigned int q = 0; q < table.n_points; ++q)
      {
        const Values values = values_at(points, c, q, states[q].strain);
        for (unsigned int i = 0; i < table.n_nodes; ++i)
        {
          const unsigned int node = space.cell_nodes()[c * table.n_nodes + i];
          const double       weight =
            states[q].jxw * std::abs(table.values[q * table.n_nodes + i]);
          for (unsigned int k = 0; k < n_values; ++k)
            sums.entry(node, k) += weight * values[k];
          sums.entry(node, n_values) += weight;
        }
      }
    }
    sums.share();
    values_[body].resize(space.n_local_nodes());
    for (unsigned int node = 0; node < space.n_local_nodes(); ++node)
      if (const double weight = sums.entry(node, n_values); weight > 0.)
        for (unsigned int k = 0; k < n_values; ++k)
          values_[body][node][k] = sums.entry(node, k) / weight;
  }
}

bool
NodalMeans::contains(const dealii::types::material_id body) const
{
  return !values_[body].empty();
}

const NodalMeans::Values &
NodalMeans::at(const dealii::types::material_id body,
               const unsigned int               node) const
{
  return values_[body][node];
}
} // namespace miniscrew::fem
