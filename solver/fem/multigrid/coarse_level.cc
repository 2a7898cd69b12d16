// SPDX-License-Identifier: LGPL-2.1-or-later
// Element matrices of trilinear elements and their assembly.
#include "solver/fem/multigrid/coarse_level.h"

#include <deal.II/base/mpi.h>

#include <deal.II/dofs/dof_tools.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/sparsity_tools.h>

namespace miniscrew::fem
{
namespace
{
constexpr unsigned int n_vertices = 8, n_unknowns = 24;
using ElementMatrix = std::array<double, n_unknowns * n_unknowns>;

// int grad(N_a) C grad(N_b), rows 3 a + i, columns 3 b + j.
class ElementAssembler
{
public:
  ElementAssembler(const Geometry      &geometry,
                   const BodyMaterials &bodies,
                   const TangentField  *tangents)
    : geometry_(geometry),
      tangents_(tangents),
      gauss_(geometry.space().degree() + 1),
      shape_(1, gauss_.points),
      geometry_shape_(geometry.space().degree(), gauss_.points),
      stiffness_(bodies)
  {}

  const ElementMatrix &
  operator()(const std::size_t cell, const unsigned int body)
  {
    matrix_.fill(0.);
    const auto nodes      = geometry_.cell_nodes(cell);
    const bool is_tangent = tangents_ != nullptr && tangents_->contains(cell);
    for (unsigned int q = 0; q < gauss_.points.size(); ++q)
    {
      const Matrix3 J = Geometry::jacobian(nodes, geometry_shape_, q);
      add_point(
        q,
        inverse(J),
        determinant(J) * gauss_.weights[q],
        is_tangent
          ? tangents_->at(cell, q, geometry_.space().degree() + 1)
          : stiffness_.at(body, Geometry::point(nodes, geometry_shape_, q)));
    }
    return matrix_;
  }

private:
  void
  add_point(const unsigned int            q,
            const Matrix3                &G,
            const double                  jxw,
            const materials::VoigtMatrix &C)
  {
    // Strain-displacement matrices, 6 x 3 for each vertex, and C times them.
    double B[n_vertices][6][3] = {}, CB[n_vertices][6][3] = {};
    for (unsigned int a = 0; a < n_vertices; ++a)
    {
      const auto &r = shape_.gradients[q * n_vertices + a];
      double      g[3];
      for (unsigned int e = 0; e < 3; ++e)
        g[e] = r[0] * G[0][e] + r[1] * G[1][e] + r[2] * G[2][e];
      B[a][0][0] = B[a][5][1] = B[a][4][2] = g[0];
      B[a][1][1] = B[a][5][0] = B[a][3][2] = g[1];
      B[a][2][2] = B[a][4][0] = B[a][3][1] = g[2];
      for (unsigned int i = 0; i < 6; ++i)
        for (unsigned int j = 0; j < 6; ++j)
          for (unsigned int c = 0; c < 3; ++c)
            CB[a][i][c] += jxw * C[6 * i + j] * B[a][j][c];
    }
    for (unsigned int a = 0; a < n_vertices; ++a)
      for (unsigned int b = 0; b < n_vertices; ++b)
        for (unsigned int i = 0; i < 3; ++i)
          for (unsigned int j = 0; j < 3; ++j)
          {
            double sum = 0.;
            for (unsigned int k = 0; k < 6; ++k)
              sum += B[a][k][i] * CB[b][k][j];
            matrix_[(3 * a + i) * n_unknowns + 3 * b + j] += sum;
          }
  }

  const Geometry     &geometry_;
  const TangentField *tangents_;
  CubeQuadrature      gauss_;
  ShapeTable          shape_, geometry_shape_;
  StiffnessField      stiffness_;
  ElementMatrix       matrix_;
};

// The masters of a cell's nodes: for each vertex, a range of (node, weight).
struct ResolvedCell
{
  std::vector<unsigned int> vertex, node;
  std::vector<double>       weight;

  ResolvedCell(const NodeSpace &space, const std::size_t cell)
  {
    for (unsigned int v = 0; v < n_vertices; ++v)
      space.constraints().for_masters(
        space.cell_nodes()[cell * n_vertices + v],
        [&](const unsigned int n, const double w) {
          vertex.push_back(v);
          node.push_back(n);
          weight.push_back(w);
        });
  }
};

// Numbers of the nodes that the matrix has rows for. Hanging and held nodes
// would be rows without neighbours, from which smoothed aggregation makes
// singular coarse blocks.
struct Numbering
{
  explicit Numbering(const NodeSpace &space)
    : number(space.n_local_nodes(), -1)
  {
    const NodeConstraints &constraints = space.constraints();
    for (unsigned int node = 0; node < space.n_owned_nodes(); ++node)
      if (!constraints.is_hanging(node) && constraints.prescribed[node] != 7)
        kept.push_back(node);
    const int n_kept = kept.size();
    MPI_Exscan(&n_kept, &first, 1, MPI_INT, MPI_SUM, space.communicator());
    n_all = dealii::Utilities::MPI::sum(n_kept, space.communicator());

    linear::Vector<double> shared = space.make_vector<double>(1);
    shared                        = -1.;
    for (int i = 0; i < n_kept; ++i)
      shared.local_element(kept[i]) = first + i;
    shared.update_ghost_values();
    for (unsigned int node = 0; node < space.n_local_nodes(); ++node)
      number[node] = static_cast<int>(shared.local_element(node));
  }

  std::vector<unsigned int> kept;   ///< owned nodes with rows
  std::vector<int>          number; ///< global, of local nodes, or -1
  int                       first = 0, n_all = 0;
};

void
assemble_cell(linear::AlgebraicMultigrid &amg,
              const NodeSpace            &space,
              const Numbering            &numbering,
              const std::size_t           cell,
              const ElementMatrix        &matrix)
{
  const ResolvedCell  resolved(space, cell);
  const unsigned int  m = resolved.node.size();
  std::vector<int>    unknowns(3 * m);
  std::vector<double> block(9 * m * m);
  for (unsigned int r = 0; r < m; ++r)
  {
    const unsigned int node       = resolved.node[r];
    const auto         prescribed = space.constraints().prescribed[node];
    for (unsigned int i = 0; i < 3; ++i)
      unknowns[3 * r + i] = (prescribed >> i) & 1 ? -1
                                                  : 3 * numbering.number[node] +
                                                      static_cast<int>(i);
    for (unsigned int s = 0; s < m; ++s)
      for (unsigned int i = 0; i < 3; ++i)
        for (unsigned int j = 0; j < 3; ++j)
          block[(3 * r + i) * 3 * m + 3 * s + j] =
            resolved.weight[r] * resolved.weight[s] *
            matrix[(3 * resolved.vertex[r] + i) * n_unknowns +
                   3 * resolved.vertex[s] + j];
  }
  amg.add(unknowns, block);
}

void
assemble_pairs(linear::AlgebraicMultigrid &amg,
               const NodeSpace            &space,
               const Numbering            &numbering,
               const PairCoupling         &coupling)
{
  constexpr unsigned int voigt[3][3] = {{0, 5, 4}, {5, 1, 3}, {4, 3, 2}};
  for (std::size_t k = 0; k < coupling.size(); ++k)
  {
    const unsigned int  node[2] = {space.pairs()[k].screw,
                                   space.pairs()[k].bone};
    std::vector<int>    unknowns(6);
    std::vector<double> block(36);
    for (unsigned int r = 0; r < 6; ++r)
    {
      const bool prescribed =
        (space.constraints().prescribed[node[r / 3]] >> (r % 3)) & 1;
      unknowns[r] = prescribed ? -1
                               : 3 * numbering.number[node[r / 3]] +
                                   static_cast<int>(r % 3);
      for (unsigned int s = 0; s < 6; ++s)
        block[6 * r + s] =
          (r / 3 == s / 3 ? 1. : -1.) * coupling[k][voigt[r % 3][s % 3]];
    }
    amg.add(unknowns, block);
  }
}

// Marks the nodes of pairs, on all ranks.
linear::Vector<double>
paired_nodes(const NodeSpace &space)
{
  linear::Vector<double> marks = space.make_vector<double>(1);
  for (const NodePair &pair : space.pairs())
    marks.local_element(pair.screw) = marks.local_element(pair.bone) = 1.;
  marks.compress(dealii::VectorOperation::add);
  return marks;
}

// Numbers of coupled nodes of each row's node: on this rank, and on others.
std::array<std::vector<unsigned int>, 2>
row_lengths(const NodeSpace &space, const Numbering &numbering)
{
  const auto      &dof_handler = space.dof_handler();
  const auto      &owned       = dof_handler.locally_owned_dofs();
  dealii::IndexSet relevant;
  dealii::DoFTools::extract_locally_relevant_dofs(dof_handler, relevant);
  dealii::DynamicSparsityPattern pattern(relevant);
  dealii::DoFTools::make_sparsity_pattern(
    dof_handler, pattern, space.hanging_nodes(), false);
  dealii::SparsityTools::distribute_sparsity_pattern(
    pattern, owned, space.communicator(), relevant);
  // Some columns counted here have no row; the numbers are upper bounds.
  const unsigned int n_here                       = numbering.kept.size(),
                     n_other                      = numbering.n_all - n_here;
  const linear::Vector<double>             paired = paired_nodes(space);
  std::array<std::vector<unsigned int>, 2> lengths;
  for (const unsigned int node : numbering.kept)
  {
    unsigned int here = 0, elsewhere = 0;
    const auto   row = space.global_node(node);
    for (auto entry = pattern.begin(row); entry != pattern.end(row); ++entry)
      (owned.is_element(entry->column()) ? here : elsewhere) += 1;
    if (paired.local_element(node) > 0.)
    {
      ++here;
      ++elsewhere;
    }
    lengths[0].push_back(std::min(here, n_here));
    lengths[1].push_back(std::min(elsewhere, n_other));
  }
  return lengths;
}
} // namespace

std::unique_ptr<linear::AlgebraicMultigrid>
make_coarse_level(const NodeSpace               &space,
                  const Geometry                &geometry,
                  const BodyMaterials           &bodies,
                  const linear::PetscOptionList &petsc_options,
                  const PairCoupling            &coupling,
                  const TangentField            *tangents)
{
  const Numbering numbering(space);
  const auto      lengths = row_lengths(space, numbering);
  auto            amg     = std::make_unique<linear::AlgebraicMultigrid>(
    space.communicator(), lengths[0], lengths[1], petsc_options);
  ElementAssembler element(geometry, bodies, tangents);
  for (std::size_t c = 0; c < space.cells().size(); ++c)
    assemble_cell(
      *amg, space, numbering, c, element(c, space.cells()[c]->material_id()));
  assemble_pairs(*amg, space, numbering, coupling);

  // The nodes of Q1 are the cells' corners.
  std::vector<Vector3> positions(space.n_owned_nodes());
  const unsigned int   n = geometry.space().degree() + 1;
  for (std::size_t c = 0; c < space.cells().size(); ++c)
  {
    const auto nodes = geometry.cell_nodes(c);
    for (unsigned int v = 0; v < n_vertices; ++v)
    {
      const unsigned int node = space.cell_nodes()[c * n_vertices + v];
      const unsigned int corner =
        (n - 1) * ((v & 1) + n * ((v >> 1) & 1) + n * n * (v >> 2));
      if (node < space.n_owned_nodes())
        positions[node] = nodes[corner];
    }
  }
  std::vector<Vector3> kept_positions;
  std::vector<int>     held;
  for (const unsigned int node : numbering.kept)
  {
    kept_positions.push_back(positions[node]);
    for (int c = 0; c < 3; ++c)
      if ((space.constraints().prescribed[node] >> c) & 1)
        held.push_back(3 * numbering.number[node] + c);
  }
  // Stiffness between pairs makes all other couplings of their nodes look weak:
  // at 0.3 million unknowns the thresholds for one body give 4206 instead of
  // 1620 unknowns on the second level, and cycles that take twice as long.
  const std::vector<double> thresholds =
    space.interface_nodes() == InterfaceNodes::separate
      ? std::vector<double>{0.015, 0., 0.}
      : std::vector<double>{0.06, 0.01, 0.};
  amg->finish(held, kept_positions, numbering.kept, thresholds);
  return amg;
}
} // namespace miniscrew::fem
