// SPDX-License-Identifier: LGPL-2.1-or-later
// Tables and application of the matrix-free operator.
#include "solver/fem/operator/cell_operator.h"

#include "solver/fem/space/reference_element.h"

#include <algorithm>

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
} // namespace

template <int n_components, class Physics, typename Number>
CellOperator<n_components, Physics, Number>::CellOperator(
  const NodeSpace &space,
  const Geometry  &geometry,
  const Field     &field,
  const bool       with_diagonal)
  : space_(&space),
    geometry_(&geometry),
    field_(field),
    width_(simd_width<Number>(best_simd())),
    kernel_(make_cell_kernel<Physics, Number>(best_simd(), space.degree())),
    n_q_(space.n_nodes_per_cell())
{
  KernelData<Number> lines;
  make_special_lines(lines);
  for (const MaterialLayout layout : all_layouts)
    for (const bool linear : {true, false})
    {
      bool is_needed = false;
      for (unsigned int b = 0; b < mesh::n_bodies; ++b)
        is_needed |=
          field->layout(b) == layout && field->is_linear(b) == linear;
      if (!is_needed)
        continue;
      AssertThrow(Physics::accepts(layout), dealii::ExcNotImplemented());
      parts_.emplace_back();
      parts_.back().data        = lines;
      parts_.back().data.layout = parts_.back().data.point_layout = layout;
      parts_.back().is_linear                                     = linear;
      make_part(parts_.back());
    }
  if (with_diagonal)
  {
    compute_diagonal();
    invert_diagonal(diagonal_);
  }
}

template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::make_special_lines(
  KernelData<Number> &data)
{
  constexpr unsigned int all         = (1 << n_components) - 1;
  const NodeConstraints &constraints = space_->constraints();
  special_of_node_.resize(space_->n_local_nodes());
  for (unsigned int node = 0; node < space_->n_local_nodes(); ++node)
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
        data.line_mask.push_back(all & ~constraints.prescribed[master]);
      });
    data.line_begin.push_back(data.line_node.size());
  }
}

// The cells of a layout and kind in whole batches: half of the inner cells,
// those exposed to other ranks, the rest.
template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::make_part(Part &part)
{
  fill_tables(part.data, space_->degree());
  std::vector<std::size_t> inner, exposed;
  for (std::size_t c = 0; c < space_->cells().size(); ++c)
  {
    const unsigned int body = space_->cells()[c]->material_id();
    if (field_->layout(body) == part.data.layout &&
        field_->is_linear(body) == part.is_linear)
      (touches_ghosts(*space_, c) ? exposed : inner).push_back(c);
  }
  const std::size_t        half = inner.size() / 2 / width_ * width_;
  std::vector<std::size_t> order(inner.begin(), inner.begin() + half);
  order.insert(order.end(), exposed.begin(), exposed.end());
  const std::size_t filler = std::min<std::size_t>(
    (width_ - exposed.size() % width_) % width_, inner.size() - half);
  order.insert(order.end(), inner.begin() + half, inner.end());
  part.overlap = half / width_;
  part.exposed = (half + exposed.size() + filler + width_ - 1) / width_;
  fill_part(part, order);
}

template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::fill_part(
  Part                           &part,
  const std::vector<std::size_t> &cells)
{
  KernelData<Number>  &data = part.data;
  const CubeQuadrature gauss(space_->degree() + 1);
  const ShapeTable     table(geometry_->space().degree(), gauss.points);
  const FieldEvaluator field(*geometry_, *field_, space_->degree() + 1);
  const unsigned int   n_nodes = space_->n_nodes_per_cell(),
                     n         = n_constants(data.layout);
  data.n_batches               = (cells.size() + width_ - 1) / width_;
  data.nodes.resize(data.n_batches * n_nodes * width_);
  data.metric.resize(data.n_batches * n_q_ * 10 * width_);
  data.constants.resize(data.n_batches * n * width_);
  part.cells.assign(cells.begin(), cells.end());
  double constants[max_constants];
  for (std::size_t b = 0; b < data.n_batches; ++b)
    for (unsigned int lane = 0; lane < width_; ++lane)
    {
      const bool        in_use = b * width_ + lane < cells.size();
      const std::size_t cell   = cells[in_use ? b * width_ + lane : b * width_];
      for (unsigned int i = 0; i < n_nodes; ++i)
        data.nodes[(b * n_nodes + i) * width_ + lane] =
          special_of_node_[space_->cell_nodes()[cell * n_nodes + i]];
      const auto nodes = geometry_->cell_nodes(cell);
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
      field.at_centre(cell, nodes, constants);
      for (unsigned int k = 0; k < n; ++k)
        data.constants[(b * n + k) * width_ + lane] =
          static_cast<Number>(constants[k]);
    }
  set_point_constants(part, field);
}

// Batches with a cell whose constants vary have those of each point.
template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::set_point_constants(
  Part                 &part,
  const FieldEvaluator &field)
{
  const unsigned int n = n_constants(part.data.point_layout);
  double             constants[max_constants];
  for (std::size_t b = 0; b < part.data.n_batches; ++b)
  {
    const auto cell = part.cells.begin() + b * width_;
    if (std::none_of(cell, cell + n_in_use(part, b), [&](const auto c) {
          return field.varies(c);
        }))
      continue;
    Number *const block = add_block(part, b);
    for (unsigned int lane = 0; lane < width_; ++lane)
    {
      const std::size_t here  = cell[lane < n_in_use(part, b) ? lane : 0];
      const auto        nodes = geometry_->cell_nodes(here);
      for (unsigned int q = 0; q < n_q_; ++q)
      {
        if (field.varies(here))
          field.at_point(here, nodes, q, constants);
        else
          field.at_centre(here, nodes, constants);
        for (unsigned int k = 0; k < n; ++k)
          block[(std::size_t(q) * n + k) * width_ + lane] =
            static_cast<Number>(constants[k]);
      }
    }
  }
}

template <int n_components, class Physics, typename Number>
Number *
CellOperator<n_components, Physics, Number>::add_block(
  Part             &part,
  const std::size_t batch) const
{
  KernelData<Number> &data  = part.data;
  const std::size_t   first = data.point_constants.size(),
                    size = std::size_t(n_q_) * n_constants(data.point_layout) *
                           width_;
  data.point_constants.resize(first + size);
  data.block_of_batch.resize(data.n_batches, KernelData<Number>::no_block);
  data.block_of_batch[batch] = first / size;
  return data.point_constants.data() + first;
}

// Cells in a batch; the rest of its lanes are filled up.
template <int n_components, class Physics, typename Number>
unsigned int
CellOperator<n_components, Physics, Number>::n_in_use(
  const Part       &part,
  const std::size_t batch) const
{
  return std::min<std::size_t>(width_, part.cells.size() - batch * width_);
}

template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::loop(
  linear::Vector<Number>       &dst,
  const linear::Vector<Number> &src,
  const Work                   &work,
  const std::function<void()>  &between) const
{
  src.update_ghost_values_start();
  dst = Number(0);
  for (const Part &part : parts_)
    work(part, 0, part.overlap);
  src.update_ghost_values_finish();
  for (const Part &part : parts_)
    work(part, part.overlap, part.exposed);
  if (between)
    between();
  dst.compress_start(0, dealii::VectorOperation::add);
  for (const Part &part : parts_)
    work(part, part.exposed, part.data.n_batches);
  dst.compress_finish(dealii::VectorOperation::add);
  src.zero_out_ghost_values();
}

template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::apply(
  const Part                   &part,
  const std::size_t             first,
  const std::size_t             last,
  linear::Vector<Number>       &dst,
  const linear::Vector<Number> &src,
  const Prescribed              prescribed) const
{
  kernel_->apply(part.data, first, last, dst.begin(), src.begin(), prescribed);
}

template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::vmult(
  linear::Vector<Number>       &dst,
  const linear::Vector<Number> &src) const
{
  loop(dst, src, [&](const Part &part, const auto first, const auto last) {
    apply(part, first, last, dst, src, Prescribed::zero);
  });
}

template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::internal_loads(
  linear::Vector<Number>       &loads,
  const linear::Vector<Number> &values) const
{
  loop(loads, values, [&](const Part &part, const auto first, const auto last) {
    apply(part, first, last, loads, values, Prescribed::as_set);
  });
}

template <int n_components, class Physics, typename Number>
void
CellOperator<n_components, Physics, Number>::reactions(
  linear::Vector<Number>       &loads,
  const linear::Vector<Number> &values) const
{
  loop(loads, values, [&](const Part &part, const auto first, const auto last) {
    apply(part, first, last, loads, values, Prescribed::reactions);
  });
}

template <int n_components, class Physics, typename Number>
const linear::Vector<Number> &
CellOperator<n_components, Physics, Number>::inverse_diagonal() const
{
  return inverse_diagonal_;
}

template <int n_components, class Physics, typename Number>
std::size_t
CellOperator<n_components, Physics, Number>::memory_consumption() const
{
  std::size_t bytes = special_of_node_.size() * sizeof(std::uint32_t);
  for (const Part &part : parts_)
  {
    const KernelData<Number> &data = part.data;
    bytes +=
      (data.nodes.size() + part.cells.size() + data.block_of_batch.size()) *
        sizeof(std::uint32_t) +
      (data.metric.size() + data.constants.size() +
       data.point_constants.size()) *
        sizeof(Number) +
      data.line_node.size() * (5 + sizeof(Number));
  }
  return bytes;
}

template class CellOperator<1, Conduction, float>;
template class CellOperator<1, Conduction, double>;
template class CellOperator<3, Elasticity, float>;
template class CellOperator<3, Elasticity, double>;
} // namespace miniscrew::fem
