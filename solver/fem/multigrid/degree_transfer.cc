// SPDX-License-Identifier: LGPL-2.1-or-later
// Sparse interpolation rows and their application.
#include "solver/fem/multigrid/degree_transfer.h"

#include "solver/fem/space/reference_element.h"

#include <cmath>
#include <map>

namespace miniscrew::fem
{
DegreeTransfer::DegreeTransfer(const NodeSpace   &fine,
                               const NodeSpace   &coarse,
                               const unsigned int n_components)
  : n_components_(n_components)
{
  const unsigned char                all = (1 << n_components) - 1;
  const Basis1D                      basis(fine.degree(), 1);
  const unsigned int                 n = fine.degree() + 1;
  std::vector<std::array<double, 3>> points;
  for (unsigned int i = 0; i < fine.n_nodes_per_cell(); ++i)
    points.push_back(
      {{basis.nodes[i % n], basis.nodes[i / n % n], basis.nodes[i / (n * n)]}});
  const ShapeTable       shape(coarse.degree(), points);
  const NodeConstraints &constraints = coarse.constraints();
  std::vector<bool>      done(fine.n_owned_nodes(), false);
  for (std::size_t c = 0; c < fine.cells().size(); ++c)
    for (unsigned int i = 0; i < fine.n_nodes_per_cell(); ++i)
    {
      const unsigned int node =
        fine.cell_nodes()[c * fine.n_nodes_per_cell() + i];
      if (node >= fine.n_owned_nodes() || done[node] ||
          fine.constraints().is_hanging(node))
        continue;
      done[node] = true;
      std::map<unsigned int, double> row;
      for (unsigned int j = 0; j < shape.n_nodes; ++j)
      {
        const double value = shape.values[i * shape.n_nodes + j];
        if (std::abs(value) < 1e-12)
          continue;
        const unsigned int master = coarse.cell_nodes()[c * shape.n_nodes + j];
        constraints.for_masters(
          master, [&](const unsigned int column, const double weight) {
            row[column] += value * weight;
          });
      }
      row_node_.push_back(node);
      row_mask_.push_back(all & ~fine.constraints().prescribed[node]);
      for (const auto &[column, weight] : row)
      {
        column_.push_back(column);
        weight_.push_back(static_cast<float>(weight));
        column_mask_.push_back(all & ~constraints.prescribed[column]);
      }
      row_begin_.push_back(column_.size());
    }
}

void
DegreeTransfer::prolongate_and_add(linear::Vector<float>       &fine,
                                   const linear::Vector<float> &coarse) const
{
  coarse.update_ghost_values();
  n_components_ == 1 ? prolongate<1>(fine, coarse)
                     : prolongate<3>(fine, coarse);
  coarse.zero_out_ghost_values();
}

template <unsigned int n>
void
DegreeTransfer::prolongate(linear::Vector<float>       &fine,
                           const linear::Vector<float> &coarse) const
{
  for (std::size_t r = 0; r < row_node_.size(); ++r)
    for (unsigned int k = row_begin_[r]; k < row_begin_[r + 1]; ++k)
      for (unsigned int c = 0; c < n; ++c)
        if ((row_mask_[r] & column_mask_[k]) >> c & 1)
          fine.local_element(n * row_node_[r] + c) +=
            weight_[k] * coarse.local_element(n * column_[k] + c);
}

void
DegreeTransfer::restrict_to(linear::Vector<float>       &coarse,
                            const linear::Vector<float> &fine) const
{
  coarse = 0.f;
  n_components_ == 1 ? restrict_values<1>(coarse, fine)
                     : restrict_values<3>(coarse, fine);
  coarse.compress(dealii::VectorOperation::add);
}

template <unsigned int n>
void
DegreeTransfer::restrict_values(linear::Vector<float>       &coarse,
                                const linear::Vector<float> &fine) const
{
  for (std::size_t r = 0; r < row_node_.size(); ++r)
    for (unsigned int k = row_begin_[r]; k < row_begin_[r + 1]; ++k)
      for (unsigned int c = 0; c < n; ++c)
        if ((row_mask_[r] & column_mask_[k]) >> c & 1)
          coarse.local_element(n * column_[k] + c) +=
            weight_[k] * fine.local_element(n * row_node_[r] + c);
}

void
DegreeTransfer::restrict_densities(linear::Vector<float>       &coarse,
                                   const linear::Vector<float> &fine) const
{
  coarse = 0.f;
  for (std::size_t r = 0; r < row_node_.size(); ++r)
    for (unsigned int k = row_begin_[r]; k < row_begin_[r + 1]; ++k)
      for (unsigned int c = 0; c < n_components_; ++c)
        coarse.local_element(n_components_ * column_[k] + c) +=
          std::abs(weight_[k]) *
          fine.local_element(n_components_ * row_node_[r] + c);
  coarse.compress(dealii::VectorOperation::add);
}
} // namespace miniscrew::fem
