// SPDX-License-Identifier: LGPL-2.1-or-later
// The diagonal of the matrix-free operator.
#include "solver/fem/operator/elasticity_operator.h"
#include "solver/fem/space/reference_element.h"

#include <algorithm>

namespace miniscrew::fem
{
namespace
{
// The nodes that a cell's shape functions belong to, hanging nodes resolved:
// the function of a node on the cell is a sum of shares in shape functions.
struct CellColumns
{
  struct Share
  {
    std::size_t  column;
    unsigned int shape;
    double       weight;
  };

  std::vector<std::uint32_t> node;
  std::vector<unsigned char> mask; ///< free components
  std::vector<Share>         shares;

  template <typename Number>
  CellColumns(const KernelData<Number> &data,
              const std::uint32_t      *nodes,
              const unsigned int        n_nodes,
              const unsigned int        stride)
  {
    for (unsigned int i = 0; i < n_nodes; ++i)
    {
      const std::uint32_t index = nodes[i * stride];
      if (!(index & KernelData<Number>::special))
      {
        add(index, 7, i, 1.);
        continue;
      }
      const std::uint32_t line = index & ~KernelData<Number>::special;
      for (auto k = data.line_begin[line]; k < data.line_begin[line + 1]; ++k)
        add(data.line_node[k], data.line_mask[k], i, data.line_weight[k]);
    }
  }

private:
  void
  add(const std::uint32_t master,
      const unsigned char free,
      const unsigned int  shape,
      const double        weight)
  {
    const auto known = std::find(node.begin(), node.end(), master);
    shares.push_back(
      {static_cast<std::size_t>(known - node.begin()), shape, weight});
    if (known == node.end())
    {
      node.push_back(master);
      mask.push_back(free);
    }
  }
};

// Adds twice the energy of a unit of each component with the given gradient.
void
add_energies(const materials::VoigtMatrix &C,
             const Vector3                &gradient,
             const double                  weight,
             Vector3                      &energies)
{
  // Strain that a derivative (column) of a component (row) is.
  constexpr unsigned int voigt[3][3] = {{0, 5, 4}, {5, 1, 3}, {4, 3, 2}};
  for (unsigned int c = 0; c < 3; ++c)
    for (unsigned int e = 0; e < 3; ++e)
      for (unsigned int f = 0; f < 3; ++f)
        energies[c] +=
          weight * gradient[e] * gradient[f] * C[6 * voigt[c][e] + voigt[c][f]];
}
} // namespace

template <typename Number>
void
ElasticityOperator<Number>::compute_diagonal()
{
  const CubeQuadrature gauss(space_->degree() + 1);
  const ShapeTable     table(space_->degree(), gauss.points);
  const unsigned int   n_nodes = table.n_nodes;
  diagonal_                    = space_->make_vector<Number>();
  std::vector<Vector3> gradients, sums;
  for (const Part &part : parts_)
    for (std::size_t cell = 0; cell < part.data.n_batches * width_; ++cell)
    {
      const KernelData<Number> &data = part.data;
      const std::size_t         b = cell / width_, lane = cell % width_;
      const CellColumns         columns(
        data, &data.nodes[b * n_nodes * width_ + lane], n_nodes, width_);
      sums.assign(columns.node.size(), Vector3{});
      for (unsigned int q = 0; q < n_q_; ++q)
      {
        const Number *G = &data.metric[(b * n_q_ + q) * 10 * width_ + lane];
        gradients.assign(columns.node.size(), Vector3{});
        for (const CellColumns::Share &share : columns.shares)
        {
          const auto &reference = table.gradients[q * n_nodes + share.shape];
          for (unsigned int d = 0; d < 3; ++d)
            for (unsigned int e = 0; e < 3; ++e)
              gradients[share.column][e] +=
                share.weight * reference[d] * G[(3 * d + e) * width_];
        }
        const VoigtMatrix C = stiffness(part, b, lane, q);
        for (std::size_t k = 0; k < sums.size(); ++k)
          add_energies(C, gradients[k], G[9 * width_], sums[k]);
      }
      for (std::size_t k = 0; k < sums.size(); ++k)
        for (unsigned int c = 0; c < 3; ++c)
          if ((columns.mask[k] >> c) & 1)
            diagonal_.local_element(3 * columns.node[k] + c) +=
              static_cast<Number>(sums[k][c]);
    }
  diagonal_.compress(dealii::VectorOperation::add);
}

template <typename Number>
void
ElasticityOperator<Number>::invert_diagonal()
{
  inverse_diagonal_ = diagonal_;
  if (!coupling_.empty())
    for (std::size_t k = 0; k < coupling_.size(); ++k)
      for (const unsigned int node :
           {space_->pairs()[k].screw, space_->pairs()[k].bone})
        for (unsigned int c = 0; c < 3; ++c)
          if (!((space_->constraints().prescribed[node] >> c) & 1))
            inverse_diagonal_.local_element(3 * node + c) += coupling_[k][c];
  inverse_diagonal_.compress(dealii::VectorOperation::add);
  for (unsigned int i = 0; i < inverse_diagonal_.locally_owned_size(); ++i)
    if (inverse_diagonal_.local_element(i) != Number(0))
      inverse_diagonal_.local_element(i) =
        Number(1) / inverse_diagonal_.local_element(i);
}

template void ElasticityOperator<float>::compute_diagonal();
template void ElasticityOperator<double>::compute_diagonal();
template void ElasticityOperator<float>::invert_diagonal();
template void ElasticityOperator<double>::invert_diagonal();
} // namespace miniscrew::fem
