// SPDX-License-Identifier: LGPL-2.1-or-later
// Tables and application of the matrix-free operator.
#include "solver/fem/operator/elasticity_operator.h"

#include "solver/fem/space/reference_element.h"

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

// Writes a material's constants to every @p stride-th entry.
template <typename Number>
void
set_constants(const materials::Material &material,
              const unsigned int         stride,
              Number                    *constant)
{
  if (material.is_isotropic)
  {
    constant[0]      = static_cast<Number>(material.isotropic.lame_lambda());
    constant[stride] = static_cast<Number>(material.isotropic.shear_modulus());
    return;
  }
  // Where the stiffness varies, each point gets its own.
  const VoigtMatrix C =
    material.varies_in_space() ? VoigtMatrix{} : material.stiffness();
  for (unsigned int i = 0, k = 0; i < 6; ++i)
    for (unsigned int j = i; j < 6; ++j, ++k)
      constant[k * stride] = static_cast<Number>(C[6 * i + j]);
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

} // namespace

template <typename Number>
ElasticityOperator<Number>::ElasticityOperator(const NodeSpace     &space,
                                               const Geometry      &geometry,
                                               const BodyMaterials &bodies,
                                               const bool with_diagonal)
  : space_(&space),
    width_(simd_width<Number>(best_simd())),
    kernel_(make_cell_kernel<Number>(best_simd(), space.degree())),
    n_q_(space.n_nodes_per_cell())
{
  make_special_lines(space);
  for (const bool isotropic : {true, false})
    for (const bool inelastic : {false, true})
    {
      std::array<bool, mesh::n_bodies> members{};
      for (unsigned int b = 0; b < mesh::n_bodies; ++b)
        members[b] = bodies[b].is_isotropic == isotropic &&
                     bodies[b].is_inelastic() == inelastic;
      if (std::find(members.begin(), members.end(), true) == members.end())
        continue;
      parts_.emplace_back();
      parts_.back().data           = special_lines_;
      parts_.back().data.isotropic = isotropic;
      parts_.back().is_inelastic   = inelastic;
      make_part(parts_.back(), members, geometry, bodies);
    }
  special_lines_ = KernelData<Number>();
  set_varying_stiffness(geometry, bodies);
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
  KernelData<Number>    &data        = special_lines_;
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
}

// The cells of some bodies in whole batches: half of the inner cells, those
// exposed to other ranks, the rest.
template <typename Number>
void
ElasticityOperator<Number>::make_part(
  Part                                   &part,
  const std::array<bool, mesh::n_bodies> &members,
  const Geometry                         &geometry,
  const BodyMaterials                    &bodies)
{
  fill_tables(part.data, space_->degree());
  std::vector<std::size_t> inner, exposed;
  for (std::size_t c = 0; c < space_->cells().size(); ++c)
    if (members[space_->cells()[c]->material_id()])
      (touches_ghosts(*space_, c) ? exposed : inner).push_back(c);
  const std::size_t        half = inner.size() / 2 / width_ * width_;
  std::vector<std::size_t> order(inner.begin(), inner.begin() + half);
  order.insert(order.end(), exposed.begin(), exposed.end());
  const std::size_t filler = std::min<std::size_t>(
    (width_ - exposed.size() % width_) % width_, inner.size() - half);
  order.insert(order.end(), inner.begin() + half, inner.end());
  part.overlap = half / width_;
  part.exposed = (half + exposed.size() + filler + width_ - 1) / width_;
  fill_part(part, order, geometry, bodies);
}

template <typename Number>
void
ElasticityOperator<Number>::fill_part(Part                           &part,
                                      const std::vector<std::size_t> &cells,
                                      const Geometry                 &geometry,
                                      const BodyMaterials            &bodies)
{
  KernelData<Number>  &data = part.data;
  const CubeQuadrature gauss(space_->degree() + 1);
  const ShapeTable     table(geometry.space().degree(), gauss.points);
  const unsigned int   n_nodes   = space_->n_nodes_per_cell(),
                     n_constants = data.isotropic ? 2 : 21;
  data.n_batches                 = (cells.size() + width_ - 1) / width_;
  data.nodes.resize(data.n_batches * n_nodes * width_);
  data.metric.resize(data.n_batches * n_q_ * 10 * width_);
  data.stiffness.resize(data.n_batches * n_constants * width_);
  part.cells.assign(cells.begin(), cells.end());
  for (std::size_t b = 0; b < data.n_batches; ++b)
    for (unsigned int lane = 0; lane < width_; ++lane)
    {
      const bool        in_use = b * width_ + lane < cells.size();
      const std::size_t cell   = cells[in_use ? b * width_ + lane : b * width_];
      for (unsigned int i = 0; i < n_nodes; ++i)
        data.nodes[(b * n_nodes + i) * width_ + lane] =
          special_of_node_[space_->cell_nodes()[cell * n_nodes + i]];
      const auto nodes = geometry.cell_nodes(cell);
      for (unsigned int q = 0; q < n_q_; ++q)
      {
        const Matrix3 J     = Geometry::jacobian(nodes, table, q);
        const Matrix3 G     = inverse(J);
        Number       *entry = &data.metric[(b * n_q_ + q) * 10 * width_ + lane];
        for (unsigned int d = 0; d < 3; ++d)
          for (unsigned int e = 0; e < 3; ++e)
            entry[(3 * d + e) * width_] = static_cast<Number>(G[d][e]);
        entry[9 * width_] =
          static_cast<Number>(in_use ? determinant(J) * gauss.weights[q] : 0.);
      }
      set_constants(bodies[space_->cells()[cell]->material_id()],
                    width_,
                    &data.stiffness[b * n_constants * width_ + lane]);
    }
}

template <typename Number>
void
ElasticityOperator<Number>::set_coupling(const PairCoupling &coupling,
                                         const SkewCoupling &skew)
{
  skew_ = skew;
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
    const NodePair &pair  = space_->pairs()[k];
    const auto      jump  = jump_of_pair(pair, src);
    auto            force = multiply_block(coupling_[k], jump);
    if (!skew_.empty())
    {
      const auto  &right = skew_[k].right;
      const double along =
        right[0] * jump[0] + right[1] * jump[1] + right[2] * jump[2];
      for (unsigned int c = 0; c < 3; ++c)
        force[c] += static_cast<Number>(along * skew_[k].left[c]);
    }
    add_pair_force(*space_, pair, force, dst);
  }
}

template <typename Number>
void
ElasticityOperator<Number>::apply(linear::Vector<Number>       &dst,
                                  const linear::Vector<Number> &src,
                                  const Prescribed              prescribed,
                                  PointLaw                     *law) const
{
  const auto work =
    [&](const Part &part, const std::size_t first, const std::size_t last) {
      if (law != nullptr && part.is_inelastic)
        apply_law(part, first, last, dst, src, prescribed, *law);
      else
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
  apply(dst, src, Prescribed::zero, nullptr);
}

template <typename Number>
void
ElasticityOperator<Number>::internal_forces(
  linear::Vector<Number>       &forces,
  const linear::Vector<Number> &displacement,
  PointLaw                     *law) const
{
  apply(forces, displacement, Prescribed::as_set, law);
}

template <typename Number>
void
ElasticityOperator<Number>::reactions(
  linear::Vector<Number>       &forces,
  const linear::Vector<Number> &displacement,
  PointLaw                     *law) const
{
  apply(forces, displacement, Prescribed::reactions, law);
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
      (part.data.nodes.size() + part.cells.size()) * sizeof(std::uint32_t) +
      (part.data.metric.size() + part.data.stiffness.size()) * sizeof(Number) +
      part.data.line_node.size() * (5 + sizeof(Number));
  return bytes + tangent_bytes();
}

template class ElasticityOperator<float>;
template class ElasticityOperator<double>;
} // namespace miniscrew::fem
