// SPDX-License-Identifier: LGPL-2.1-or-later
// Tables and application of the matrix-free operator.
#include "solver/fem/elasticity_operator.h"

#include "solver/fem/reference_element.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::fem
{
namespace
{
// Nodes of a cell, with masters in place of hanging nodes, that other ranks
// own.
bool
touches_ghosts(const NodeSpace &space, const std::size_t cell)
{
  const NodeConstraints &constraints = space.constraints();
  const unsigned int     n           = space.n_nodes_per_cell();
  bool                   found       = false;
  for (unsigned int i = 0; i < n; ++i)
    constraints.for_masters(space.cell_nodes()[cell * n + i],
                            [&](const unsigned int node, double) {
                              found |= node >= space.n_owned_nodes();
                            });
  return found;
}

template <typename Number>
void
fill_tables(KernelData<Number> &data, const unsigned int degree)
{
  const Basis1D basis(degree, degree + 1);
  data.degree = degree;
  data.shape_values.assign(basis.values.begin(), basis.values.end());
  data.collocation_gradients.clear();
  const unsigned int n = basis.n_q;
  for (unsigned int q = 0; q < n; ++q)
    for (unsigned int p = 0; p < n; ++p)
    {
      // Derivative at point q of the Lagrange polynomial of point p.
      double sum = 0.;
      for (unsigned int m = 0; m < n; ++m)
      {
        if (m == p)
          continue;
        double product = 1. / (basis.points[p] - basis.points[m]);
        for (unsigned int j = 0; j < n; ++j)
          if (j != p && j != m)
            product *= (basis.points[q] - basis.points[j]) /
                       (basis.points[p] - basis.points[j]);
        sum += product;
      }
      data.collocation_gradients.push_back(static_cast<Number>(sum));
    }
}

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

// Stiffness of one cell from the kernel's table.
template <typename Number>
materials::VoigtMatrix
voigt_stiffness(const bool         isotropic,
                const Number      *constants,
                const unsigned int stride)
{
  materials::VoigtMatrix C{};
  if (isotropic)
  {
    const double lambda = constants[0], mu = constants[stride];
    for (unsigned int i = 0; i < 3; ++i)
    {
      for (unsigned int j = 0; j < 3; ++j)
        C[6 * i + j] = lambda + (i == j ? 2. * mu : 0.);
      C[6 * (i + 3) + i + 3] = mu;
    }
    return C;
  }
  for (unsigned int i = 0, k = 0; i < 6; ++i)
    for (unsigned int j = i; j < 6; ++j, ++k)
      C[6 * i + j] = C[6 * j + i] = constants[k * stride];
  return C;
}

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
ElasticityOperator<Number>::ElasticityOperator(const NodeSpace     &space,
                                               const Geometry      &geometry,
                                               const BodyMaterials &bodies,
                                               const bool with_diagonal)
  : space_(&space),
    width_(simd_width<Number>(best_simd())),
    kernel_(make_cell_kernel<Number>(best_simd(), space.degree()))
{
  make_special_lines(space);
  for (const bool isotropic : {true, false})
  {
    Part &part          = parts_[isotropic ? 0 : 1];
    part.data.isotropic = isotropic;
    fill_tables(part.data, space.degree());
    std::vector<std::size_t> inner, exposed;
    for (std::size_t c = 0; c < space.cells().size(); ++c)
      if (bodies[space.cells()[c]->material_id()].is_isotropic == isotropic)
        (touches_ghosts(space, c) ? exposed : inner).push_back(c);
    // Whole batches: half of the inner cells, those exposed, the rest.
    const std::size_t        half = inner.size() / 2 / width_ * width_;
    std::vector<std::size_t> order(inner.begin(), inner.begin() + half);
    order.insert(order.end(), exposed.begin(), exposed.end());
    const std::size_t filler = std::min<std::size_t>(
      (width_ - exposed.size() % width_) % width_, inner.size() - half);
    order.insert(order.end(), inner.begin() + half, inner.end());
    part.overlap = half / width_;
    part.exposed = (half + exposed.size() + filler + width_ - 1) / width_;
    fill_part(part, order, space, geometry, bodies);
  }
  if (with_diagonal)
  {
    compute_diagonal();
    invert_diagonal();
  }
}

template <typename Number>
void
ElasticityOperator<Number>::make_special_lines(const NodeSpace &space)
{
  const NodeConstraints &constraints = space.constraints();
  KernelData<Number>    &data        = parts_[0].data;
  special_of_node_.resize(space.n_local_nodes());
  for (unsigned int node = 0; node < space.n_local_nodes(); ++node)
  {
    special_of_node_[node] = node;
    if (!constraints.is_hanging(node) && constraints.prescribed[node] == 0)
      continue;
    special_of_node_[node] =
      KernelData<Number>::special | (data.line_begin.size() - 1);
    constraints.for_masters(
      node, [&](const unsigned int master, const double weight) {
        data.line_node.push_back(master);
        data.line_weight.push_back(static_cast<Number>(weight));
        data.line_mask.push_back(7 & ~constraints.prescribed[master]);
      });
    data.line_begin.push_back(data.line_node.size());
  }
  parts_[1].data.line_begin  = data.line_begin;
  parts_[1].data.line_node   = data.line_node;
  parts_[1].data.line_weight = data.line_weight;
  parts_[1].data.line_mask   = data.line_mask;
}

template <typename Number>
void
ElasticityOperator<Number>::fill_part(Part                           &part,
                                      const std::vector<std::size_t> &cells,
                                      const NodeSpace                &space,
                                      const Geometry                 &geometry,
                                      const BodyMaterials            &bodies)
{
  KernelData<Number>  &data = part.data;
  const CubeQuadrature gauss(space.degree() + 1);
  const ShapeTable     table(geometry.space().degree(), gauss.points);
  const unsigned int   n_nodes   = space.n_nodes_per_cell(),
                     n_q         = gauss.points.size(),
                     n_constants = data.isotropic ? 2 : 21;
  data.n_batches                 = (cells.size() + width_ - 1) / width_;
  data.nodes.resize(data.n_batches * n_nodes * width_);
  data.metric.resize(data.n_batches * n_q * 10 * width_);
  data.stiffness.resize(data.n_batches * n_constants * width_);
  for (std::size_t b = 0; b < data.n_batches; ++b)
    for (unsigned int lane = 0; lane < width_; ++lane)
    {
      const bool        in_use = b * width_ + lane < cells.size();
      const std::size_t cell   = cells[in_use ? b * width_ + lane : b * width_];
      for (unsigned int i = 0; i < n_nodes; ++i)
        data.nodes[(b * n_nodes + i) * width_ + lane] =
          special_of_node_[space.cell_nodes()[cell * n_nodes + i]];
      const auto nodes = geometry.cell_nodes(cell);
      for (unsigned int q = 0; q < n_q; ++q)
      {
        const Matrix3 J     = Geometry::jacobian(nodes, table, q);
        const Matrix3 G     = inverse(J);
        Number       *entry = &data.metric[(b * n_q + q) * 10 * width_ + lane];
        for (unsigned int d = 0; d < 3; ++d)
          for (unsigned int e = 0; e < 3; ++e)
            entry[(3 * d + e) * width_] = static_cast<Number>(G[d][e]);
        entry[9 * width_] =
          static_cast<Number>(in_use ? determinant(J) * gauss.weights[q] : 0.);
      }
      const materials::Material &material =
        bodies[space.cells()[cell]->material_id()];
      Number *constant = &data.stiffness[b * n_constants * width_ + lane];
      if (data.isotropic)
      {
        constant[0] = static_cast<Number>(material.isotropic.lame_lambda());
        constant[width_] =
          static_cast<Number>(material.isotropic.shear_modulus());
      }
      else
      {
        const auto C = material.stiffness();
        for (unsigned int i = 0, k = 0; i < 6; ++i)
          for (unsigned int j = i; j < 6; ++j, ++k)
            constant[k * width_] = static_cast<Number>(C[6 * i + j]);
      }
    }
}

template <typename Number>
void
ElasticityOperator<Number>::compute_diagonal()
{
  const CubeQuadrature gauss(space_->degree() + 1);
  const ShapeTable     table(space_->degree(), gauss.points);
  const unsigned int   n_nodes = table.n_nodes, n_q = table.n_points;
  diagonal_ = space_->make_vector<Number>();
  std::vector<Vector3> gradients, sums;
  for (const Part &part : parts_)
    for (std::size_t cell = 0; cell < part.data.n_batches * width_; ++cell)
    {
      const KernelData<Number> &data = part.data;
      const std::size_t         b = cell / width_, lane = cell % width_;
      const CellColumns         columns(
        data, &data.nodes[b * n_nodes * width_ + lane], n_nodes, width_);
      const auto C = voigt_stiffness(
        data.isotropic,
        &data.stiffness[b * (data.isotropic ? 2 : 21) * width_ + lane],
        width_);
      sums.assign(columns.node.size(), Vector3{});
      for (unsigned int q = 0; q < n_q; ++q)
      {
        const Number *G = &data.metric[(b * n_q + q) * 10 * width_ + lane];
        gradients.assign(columns.node.size(), Vector3{});
        for (const CellColumns::Share &share : columns.shares)
        {
          const auto &reference = table.gradients[q * n_nodes + share.shape];
          for (unsigned int d = 0; d < 3; ++d)
            for (unsigned int e = 0; e < 3; ++e)
              gradients[share.column][e] +=
                share.weight * reference[d] * G[(3 * d + e) * width_];
        }
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

template <typename Number>
void
ElasticityOperator<Number>::set_coupling(const PairCoupling &coupling)
{
  AssertThrow(coupling.size() == space_->pairs().size(),
              dealii::ExcInternalError());
  coupling_.resize(coupling.size());
  for (std::size_t k = 0; k < coupling.size(); ++k)
    for (unsigned int i = 0; i < 6; ++i)
      coupling_[k][i] = static_cast<Number>(coupling[k][i]);
  if (diagonal_.size() > 0)
    invert_diagonal();
}

template <typename Number>
void
ElasticityOperator<Number>::add_coupling(
  linear::Vector<Number>       &dst,
  const linear::Vector<Number> &src) const
{
  for (std::size_t k = 0; k < coupling_.size(); ++k)
  {
    const NodePair &pair = space_->pairs()[k];
    add_pair_force(*space_,
                   pair,
                   multiply_block(coupling_[k], jump_of_pair(pair, src)),
                   dst);
  }
}

template <typename Number>
void
ElasticityOperator<Number>::apply(linear::Vector<Number>       &dst,
                                  const linear::Vector<Number> &src,
                                  const Prescribed prescribed) const
{
  const auto work =
    [&](const Part &part, const std::size_t first, const std::size_t last) {
      kernel_->apply(
        part.data, first, last, dst.begin(), src.begin(), prescribed);
    };
  src.update_ghost_values_start();
  dst = Number(0);
  for (const Part &part : parts_)
    work(part, 0, part.overlap);
  src.update_ghost_values_finish();
  for (const Part &part : parts_)
    work(part, part.overlap, part.exposed);
  if (prescribed == Prescribed::zero)
    add_coupling(dst, src);
  dst.compress_start(0, dealii::VectorOperation::add);
  for (const Part &part : parts_)
    work(part, part.exposed, part.data.n_batches);
  dst.compress_finish(dealii::VectorOperation::add);
  src.zero_out_ghost_values();
}

template <typename Number>
void
ElasticityOperator<Number>::vmult(linear::Vector<Number>       &dst,
                                  const linear::Vector<Number> &src) const
{
  apply(dst, src, Prescribed::zero);
}

template <typename Number>
void
ElasticityOperator<Number>::internal_forces(
  linear::Vector<Number>       &forces,
  const linear::Vector<Number> &displacement) const
{
  apply(forces, displacement, Prescribed::as_set);
}

template <typename Number>
void
ElasticityOperator<Number>::reactions(
  linear::Vector<Number>       &forces,
  const linear::Vector<Number> &displacement) const
{
  apply(forces, displacement, Prescribed::reactions);
}

template <typename Number>
const linear::Vector<Number> &
ElasticityOperator<Number>::inverse_diagonal() const
{
  return inverse_diagonal_;
}

template <typename Number>
std::size_t
ElasticityOperator<Number>::memory_consumption() const
{
  std::size_t bytes = special_of_node_.size() * sizeof(std::uint32_t);
  for (const Part &part : parts_)
    bytes +=
      part.data.nodes.size() * sizeof(std::uint32_t) +
      (part.data.metric.size() + part.data.stiffness.size()) * sizeof(Number) +
      part.data.line_node.size() * (5 + sizeof(Number));
  return bytes;
}

template class ElasticityOperator<float>;
template class ElasticityOperator<double>;
} // namespace miniscrew::fem
