// SPDX-License-Identifier: LGPL-2.1-or-later
// Rigid motions by the positions of nodes.
#include "solver/fem/space/body_motions.h"

#include <deal.II/base/mpi.h>

#include <array>
#include <cmath>

namespace miniscrew::fem
{
namespace
{
// The owned nodes of a body that do not hang. Whoever owns a node has a cell
// there, and those of the body are marked by their cells on all ranks.
std::vector<unsigned int>
nodes_of(const NodeSpace &space, const dealii::types::material_id body)
{
  linear::Vector<float> marks = space.make_vector<float>(1);
  const unsigned int    n     = space.n_nodes_per_cell();
  for (std::size_t c = 0; c < space.cells().size(); ++c)
    if (space.cells()[c]->material_id() == body)
      for (unsigned int i = 0; i < n; ++i)
        marks.local_element(space.cell_nodes()[c * n + i]) = 1.f;
  marks.compress(dealii::VectorOperation::max);
  std::vector<unsigned int> result;
  for (unsigned int node = 0; node < space.n_owned_nodes(); ++node)
    if (marks.local_element(node) > 0.f &&
        !space.constraints().is_hanging(node))
      result.push_back(node);
  return result;
}

// Middle of some nodes of all ranks, and their mean distance from it.
std::pair<Vector3, double>
middle_and_size(const std::vector<unsigned int> &nodes,
                const Geometry                  &geometry,
                const MPI_Comm                   communicator)
{
  std::array<double, 5> sums{};
  for (const unsigned int node : nodes)
  {
    const Vector3 x = geometry.node(node);
    for (unsigned int d = 0; d < 3; ++d)
    {
      sums[d] += x[d];
      sums[3] += x[d] * x[d];
    }
    sums[4] += 1.;
  }
  std::array<double, 5> all{};
  dealii::Utilities::MPI::sum(dealii::ArrayView<const double>(sums.data(), 5),
                              communicator,
                              dealii::ArrayView<double>(all.data(), 5));
  const double  n = std::max(all[4], 1.);
  const Vector3 middle{{all[0] / n, all[1] / n, all[2] / n}};
  const double  square = all[3] / n - dot(middle, middle);
  return {middle, square > 0. ? std::sqrt(square) : 1.};
}
} // namespace

std::vector<linear::Vector<double>>
body_motions(const NodeSpace                 &space,
             const Geometry                  &geometry,
             const dealii::types::material_id body)
{
  const auto nodes = nodes_of(space, body);
  const auto [middle, size] =
    middle_and_size(nodes, geometry, space.communicator());
  std::vector<linear::Vector<double>> motions(6, space.make_vector<double>());
  const auto                          set = [&](const unsigned int motion,
                       const unsigned int node,
                       const unsigned int component,
                       const double       value) {
    if (!((space.constraints().prescribed[node] >> component) & 1))
      motions[motion].local_element(3 * node + component) = value;
  };
  for (const unsigned int node : nodes)
  {
    const Vector3 x = geometry.node(node);
    for (unsigned int d = 0; d < 3; ++d)
    {
      const unsigned int e = (d + 1) % 3, f = (d + 2) % 3;
      set(d, node, d, 1.);
      // About axis d.
      set(3 + d, node, e, -(x[f] - middle[f]) / size);
      set(3 + d, node, f, (x[e] - middle[e]) / size);
    }
  }
  return motions;
}
} // namespace miniscrew::fem
