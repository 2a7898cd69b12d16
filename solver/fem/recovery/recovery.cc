// SPDX-License-Identifier: LGPL-2.1-or-later
// From the polynomials around vertices to one value at each node.
#include "solver/fem/recovery/recovery.h"

#include "solver/fem/recovery/patch_polynomials.h"

#include <cmath>

namespace miniscrew::fem
{
namespace
{
// Sums over the cells of a body at each local node: strain times weight, in
// two vectors because spaces lay out vectors of one and three components.
class NodalSums
{
public:
  explicit NodalSums(const NodeSpace &space)
    : space_(&space),
      normal_(space.make_vector<double>(3)),
      shear_(space.make_vector<double>(3)),
      weight_(space.make_vector<double>(1))
  {}

  void
  add(const unsigned int node, const VoigtVector &strain, const double weight)
  {
    const unsigned int target = coinciding_master(space_->constraints(), node);
    weight_.local_element(target) += weight;
    for (unsigned int d = 0; d < 3; ++d)
    {
      normal_.local_element(3 * target + d) += weight * strain[d];
      shear_.local_element(3 * target + d) += weight * strain[3 + d];
    }
  }

  void
  share()
  {
    for (auto *const v : {&normal_, &shear_, &weight_})
    {
      v->compress(dealii::VectorOperation::add);
      v->update_ghost_values();
    }
  }

  // Mean at a node; at hanging nodes what follows from the masters, unless
  // some of these are not of the body: then the node is on a face where bodies
  // meet, and its own mean serves.
  VoigtVector
  mean(const unsigned int node) const
  {
    const NodeConstraints &constraints = space_->constraints();
    if (!constraints.is_hanging(node))
      return own_mean(node);
    const unsigned int line  = constraints.line[node];
    const unsigned int begin = constraints.line_begin[line],
                       end   = constraints.line_begin[line + 1];
    for (unsigned int m = begin; m < end; ++m)
      if (!(weight_.local_element(constraints.master[m]) > 0.))
        return own_mean(node);
    VoigtVector result{};
    for (unsigned int m = begin; m < end; ++m)
    {
      const VoigtVector value = own_mean(constraints.master[m]);
      for (unsigned int c = 0; c < 6; ++c)
        result[c] += constraints.weight[m] * value[c];
    }
    return result;
  }

private:
  VoigtVector
  own_mean(const unsigned int node) const
  {
    const double weight = weight_.local_element(node);
    AssertThrow(weight > 0., dealii::ExcInternalError());
    VoigtVector result;
    for (unsigned int d = 0; d < 3; ++d)
    {
      result[d]     = normal_.local_element(3 * node + d) / weight;
      result[3 + d] = shear_.local_element(3 * node + d) / weight;
    }
    return result;
  }

  const NodeSpace       *space_;
  linear::Vector<double> normal_, shear_, weight_;
};

// Weight of the polynomial of each corner at each node of a cell: the nearest
// count most, and all of them a little.
std::vector<std::array<double, 8>>
corner_weights(const unsigned int degree)
{
  const Basis1D                      basis(degree, 1);
  const unsigned int                 n = degree + 1;
  std::vector<std::array<double, 8>> weights(n * n * n);
  for (unsigned int i = 0; i < weights.size(); ++i)
    for (unsigned int c = 0; c < 8; ++c)
    {
      const double x = basis.nodes[i % n], y = basis.nodes[i / n % n],
                   z = basis.nodes[i / (n * n)];
      weights[i][c] =
        (c & 1 ? x : 1. - x) * (c & 2 ? y : 1. - y) * (c & 4 ? z : 1. - z) +
        1e-3;
    }
  return weights;
}

// Where a body ends, polynomials of vertices within it serve the nodes on its
// boundary (as Zienkiewicz and Zhu do): those that are not determined count
// only where a cell has no others.
void
add_cell(NodalSums                                &sums,
         const std::size_t                         cell,
         const Geometry                           &geometry,
         const VertexLayout                       &layout,
         const PatchPolynomials                   &polynomials,
         const std::vector<std::array<double, 8>> &weights)
{
  const unsigned int *const nodes =
    geometry.space().cell_nodes().data() + cell * weights.size();
  for (unsigned int corner = 0; corner < 8; ++corner)
  {
    const unsigned int v = layout.vertex(cell, corner);
    if (v == VertexLayout::none)
      continue;
    const double share = polynomials.is_determined(v) ? 1. : 1e-7;
    for (unsigned int i = 0; i < weights.size(); ++i)
      sums.add(nodes[i],
               polynomials.evaluate(v, geometry.node(nodes[i])),
               share * weights[i][corner]);
  }
}
} // namespace

RecoveredStrain::RecoveredStrain(const Geometry               &geometry,
                                 const linear::Vector<double> &displacement)
  : space_(&geometry.space())
{
  const VertexLayout layout(*space_);
  const auto         weights = corner_weights(space_->degree());
  const unsigned int n       = space_->n_nodes_per_cell();
  for (dealii::types::material_id b = 0; b < mesh::n_bodies; ++b)
  {
    std::vector<std::size_t> cells;
    for (std::size_t cell = 0; cell < space_->cells().size(); ++cell)
      if (space_->cells()[cell]->material_id() == b)
        cells.push_back(cell);
    if (dealii::Utilities::MPI::max(cells.size(), space_->communicator()) == 0)
      continue;
    NodalSums sums(*space_);
    {
      const PatchPolynomials polynomials(layout, geometry, displacement, b);
      for (const std::size_t cell : cells)
        add_cell(sums, cell, geometry, layout, polynomials, weights);
    }
    sums.share();

    Body &body = bodies_[b];
    if (!cells.empty())
      body.slot.assign(space_->n_local_nodes(), none);
    for (const std::size_t cell : cells)
      for (unsigned int i = 0; i < n; ++i)
      {
        const unsigned int node = space_->cell_nodes()[cell * n + i];
        if (body.slot[node] != none)
          continue;
        body.slot[node] = body.values.size();
        body.values.push_back(sums.mean(node));
      }
    body.values.shrink_to_fit();
  }
}

bool
RecoveredStrain::contains(const dealii::types::material_id body,
                          const unsigned int               node) const
{
  return !bodies_[body].slot.empty() && bodies_[body].slot[node] != none;
}

const VoigtVector &
RecoveredStrain::at(const dealii::types::material_id body,
                    const unsigned int               node) const
{
  return bodies_[body].values[bodies_[body].slot[node]];
}

void
RecoveredStrain::cell_values(const std::size_t         cell,
                             std::vector<VoigtVector> &nodal) const
{
  const unsigned int n    = space_->n_nodes_per_cell();
  const auto         body = space_->cells()[cell]->material_id();
  nodal.resize(n);
  for (unsigned int i = 0; i < n; ++i)
    nodal[i] = at(body, space_->cell_nodes()[cell * n + i]);
}
} // namespace miniscrew::fem
