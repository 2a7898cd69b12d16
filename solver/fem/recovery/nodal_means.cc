// SPDX-License-Identifier: LGPL-2.1-or-later
// Averages of what the Gauss points know.
#include "solver/fem/recovery/nodal_means.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::fem
{
namespace
{
// Sums at the nodes: values and their weight, three to a vector because spaces
// lay out vectors of one and three components.
struct Sums
{
  Sums(const NodeSpace &space, const unsigned int n_sums)
    : parts((n_sums + 2) / 3, space.make_vector<double>())
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

  std::vector<linear::Vector<double>> parts;
};

// The stress, then the observables.
constexpr unsigned int n_stresses = 6;
} // namespace

NodalMeans::NodalMeans(const Geometry               &geometry,
                       const linear::Vector<double> &displacement,
                       const MaterialPoints         &points)
{
  const std::vector<unsigned int> observables = points.value_observables();
  n_values_                                   = n_stresses + observables.size();
  std::vector<double>     values(n_values_);
  const NodeSpace        &space = geometry.space();
  const CubeQuadrature    gauss(space.degree() + 1);
  const ShapeTable        table(space.degree(), gauss.points);
  const StrainEvaluator   strain(geometry, displacement, space.degree() + 1);
  std::vector<PointState> states;
  for (dealii::types::material_id body = 0; body < mesh::n_bodies; ++body)
  {
    if (!points.has_law(body))
      continue;
    Sums sums(space, n_values_ + 1);
    for (std::size_t c = 0; c < space.cells().size(); ++c)
    {
      if (space.cells()[c]->material_id() != body)
        continue;
      strain.evaluate(c, states);
      for (unsigned int q = 0; q < table.n_points; ++q)
      {
        const VoigtVector stress = points.stress(c, q, states[q].strain);
        std::copy(stress.begin(), stress.end(), values.begin());
        for (unsigned int k = 0; k < observables.size(); ++k)
          values[n_stresses + k] = points.observable(c, q, observables[k]);
        for (unsigned int i = 0; i < table.n_nodes; ++i)
        {
          const unsigned int node = space.cell_nodes()[c * table.n_nodes + i];
          const double       weight =
            states[q].jxw * std::abs(table.values[q * table.n_nodes + i]);
          for (unsigned int k = 0; k < n_values_; ++k)
            sums.entry(node, k) += weight * values[k];
          sums.entry(node, n_values_) += weight;
        }
      }
    }
    sums.share();
    values_[body].resize(std::size_t(space.n_local_nodes()) * n_values_);
    for (unsigned int node = 0; node < space.n_local_nodes(); ++node)
      if (const double weight = sums.entry(node, n_values_); weight > 0.)
        for (unsigned int k = 0; k < n_values_; ++k)
          values_[body][std::size_t(node) * n_values_ + k] =
            sums.entry(node, k) / weight;
  }
}

bool
NodalMeans::contains(const dealii::types::material_id body) const
{
  return !values_[body].empty();
}

VoigtVector
NodalMeans::stress(const dealii::types::material_id body,
                   const unsigned int               node) const
{
  VoigtVector result;
  std::copy_n(
    &values_[body][std::size_t(node) * n_values_], n_stresses, result.begin());
  return result;
}

double
NodalMeans::observable(const dealii::types::material_id body,
                       const unsigned int               node,
                       const unsigned int               k) const
{
  return values_[body][std::size_t(node) * n_values_ + n_stresses + k];
}
} // namespace miniscrew::fem
