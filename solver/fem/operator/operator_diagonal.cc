// SPDX-License-Identifier: LGPL-2.1-or-later
// The diagonal of the matrix-free operator.
#include "solver/fem/operator/cell_operator.h"
#include "solver/fem/operator/physics.h"
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
        add(index, 0xff, i, 1.);
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

// The constants at a point of a lane as plain numbers.
template <typename Number>
MaterialLayout
read_constants(const KernelData<Number> &data,
               const std::size_t         batch,
               const unsigned int        lane,
               const std::size_t         width,
               const unsigned int        q,
               const unsigned int        n_q,
               double                   *constants)
{
  const std::uint32_t block     = data.block_of_batch.empty()
                                    ? KernelData<Number>::no_block
                                    : data.block_of_batch[batch];
  const bool          of_points = block != KernelData<Number>::no_block;
  const auto          layout    = of_points ? data.point_layout : data.layout;
  const unsigned int  n         = n_constants(layout);
  const Number       *first =
    of_points
            ? &data.point_constants[(std::size_t(block) * n_q + q) * n * width]
            : &data.constants[batch * n * width];
  for (unsigned int k = 0; k < n; ++k)
    constants[k] = first[k * width + lane];
  return layout;
}

// Adds grad(N) : flux(grad N) + c N^2 for a function N in each component.
template <class Physics>
void
add_energies(const MaterialLayout                       layout,
             const double                              *constants,
             const Vector3                             &gradient,
             const double                               value,
             const double                               weight,
             std::array<double, Physics::n_components> &energies)
{
  using Point          = PointPhysics<Physics>;
  const double reacted = Point::reaction(layout, constants) * value * value;
  for (int c = 0; c < Physics::n_components; ++c)
  {
    typename Point::Gradient H = {}, S = {};
    std::copy(gradient.begin(), gradient.end(), H[c]);
    Point::flux(layout, constants, H, S);
    energies[c] += weight * (S[c][0] * gradient[0] + S[c][1] * gradient[1] +
                             S[c][2] * gradient[2] + reacted);
  }
}
} // namespace

template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::compute_diagonal()
{
  const CubeQuadrature gauss(space_->degree() + 1);
  const ShapeTable     table(space_->degree(), gauss.points);
  const unsigned int   n_nodes = table.n_nodes;
  diagonal_                    = space_->make_vector<Number>(n_components);
  std::vector<Vector3>                          gradients;
  std::vector<double>                           values;
  std::vector<std::array<double, n_components>> sums;
  double                                        constants[max_constants];
  for (const Part &part : parts_)
    for (std::size_t cell = 0; cell < part.data.n_batches * width_; ++cell)
    {
      const KernelData<Number> &data = part.data;
      const std::size_t         b = cell / width_, lane = cell % width_;
      const CellColumns         columns(
        data, &data.nodes[b * n_nodes * width_ + lane], n_nodes, width_);
      sums.assign(columns.node.size(), {});
      for (unsigned int q = 0; q < n_q_; ++q)
      {
        const Number *G = &data.metric[(b * n_q_ + q) * 10 * width_ + lane];
        gradients.assign(columns.node.size(), Vector3{});
        values.assign(columns.node.size(), 0.);
        for (const auto &share : columns.shares)
        {
          const auto &reference = table.gradients[q * n_nodes + share.shape];
          for (unsigned int d = 0; d < 3; ++d)
            for (unsigned int e = 0; e < 3; ++e)
              gradients[share.column][e] +=
                share.weight * reference[d] * G[(3 * d + e) * width_];
          values[share.column] +=
            share.weight * table.values[q * n_nodes + share.shape];
        }
        const MaterialLayout layout =
          read_constants(data, b, lane, width_, q, n_q_, constants);
        for (std::size_t k = 0; k < sums.size(); ++k)
          add_energies<Physics>(
            layout, constants, gradients[k], values[k], G[9 * width_], sums[k]);
      }
      for (std::size_t k = 0; k < sums.size(); ++k)
        for (unsigned int c = 0; c < n_components; ++c)
          if ((columns.mask[k] >> c) & 1)
            diagonal_.local_element(n_components * columns.node[k] + c) +=
              static_cast<Number>(sums[k][c]);
    }
  diagonal_.compress(dealii::VectorOperation::add);
}

// Entries at constrained unknowns are zero and stay so.
template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::invert_diagonal(
  const linear::Vector<Number> &diagonal)
{
  inverse_diagonal_ = diagonal;
  for (unsigned int i = 0; i < inverse_diagonal_.locally_owned_size(); ++i)
    if (inverse_diagonal_.local_element(i) != Number(0))
      inverse_diagonal_.local_element(i) =
        Number(1) / inverse_diagonal_.local_element(i);
}

#define MINISCREW_INSTANTIATE(n, Physics, Number)                     \
  template void CellOperator<n, Physics, Number>::compute_diagonal(); \
  template void CellOperator<n, Physics, Number>::invert_diagonal(    \
    const linear::Vector<Number> &);

MINISCREW_INSTANTIATE(1, Conduction, float)
MINISCREW_INSTANTIATE(1, Conduction, double)
MINISCREW_INSTANTIATE(3, Elasticity, float)
MINISCREW_INSTANTIATE(3, Elasticity, double)
#undef MINISCREW_INSTANTIATE
} // namespace miniscrew::fem
