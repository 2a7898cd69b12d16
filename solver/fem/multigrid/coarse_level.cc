// SPDX-License-Identifier: LGPL-2.1-or-later
// Element matrices of trilinear elements and their assembly.
#include "solver/fem/multigrid/coarse_level.h"

#include "solver/fem/operator/field_evaluator.h"
#include "solver/fem/operator/physics.h"

#include <deal.II/base/mpi.h>

#include <deal.II/dofs/dof_tools.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/sparsity_tools.h>

namespace miniscrew::fem
{
namespace
{
constexpr unsigned int n_vertices = 8;

// int grad(N_a) : flux(grad N_b) + c N_a N_b: rows n a + i, columns n b + j for
// n components.
template <class Physics>
class ElementAssembler
{
public:
  static constexpr unsigned int n          = Physics::n_components;
  static constexpr unsigned int n_unknowns = n * n_vertices;

  ElementAssembler(const Geometry      &geometry,
                   const MaterialField &field,
                   const TangentField  *tangents)
    : geometry_(geometry),
      tangents_(tangents),
      gauss_(geometry.space().degree() + 1),
      shape_(1, gauss_.points),
      geometry_shape_(geometry.space().degree(), gauss_.points),
      field_(geometry, field, geometry.space().degree() + 1)
  {}

  // Row by row.
  const std::vector<double> &
  operator()(const std::size_t cell)
  {
    matrix_.assign(n_unknowns * n_unknowns, 0.);
    const auto nodes      = geometry_.cell_nodes(cell);
    const bool is_tangent = tangents_ != nullptr && tangents_->contains(cell);
    const bool varies     = field_.varies(cell);
    auto       layout     = field_.layout(cell);
    double     constants[max_constants];
    if (!varies)
      field_.at_centre(cell, nodes, constants);
    for (unsigned int q = 0; q < gauss_.points.size(); ++q)
    {
      if (is_tangent)
      {
        layout       = MaterialLayout::full;
        const auto C = tangents_->at(cell, q, geometry_.space().degree() + 1);
        std::copy(C.begin(), C.end(), constants);
      }
      else if (varies)
        field_.at_point(cell, nodes, q, constants);
      const Matrix3 J = Geometry::jacobian(nodes, geometry_shape_, q);
      add_point(
        q, inverse(J), determinant(J) * gauss_.weights[q], layout, constants);
    }
    return matrix_;
  }

private:
  void
  add_point(const unsigned int   q,
            const Matrix3       &G,
            const double         jxw,
            const MaterialLayout layout,
            const double        *constants)
  {
    using Point          = PointPhysics<Physics>;
    const double  reacts = Point::reaction(layout, constants);
    const double *values = &shape_.values[q * n_vertices];
    double        g[n_vertices][3];
    for (unsigned int a = 0; a < n_vertices; ++a)
    {
      const auto &r = shape_.gradients[q * n_vertices + a];
      for (unsigned int e = 0; e < 3; ++e)
        g[a][e] = r[0] * G[0][e] + r[1] * G[1][e] + r[2] * G[2][e];
    }
    for (unsigned int b = 0; b < n_vertices; ++b)
      for (unsigned int j = 0; j < n; ++j)
      {
        typename Point::Gradient H = {}, S = {};
        std::copy(g[b], g[b] + 3, H[j]);
        Point::flux(layout, constants, H, S);
        for (unsigned int a = 0; a < n_vertices; ++a)
          for (unsigned int i = 0; i < n; ++i)
            matrix_[(n * a + i) * n_unknowns + n * b + j] +=
              jxw * (g[a][0] * S[i][0] + g[a][1] * S[i][1] + g[a][2] * S[i][2] +
                     (i == j ? reacts * values[a] * values[b] : 0.));
      }
  }

  const Geometry     &geometry_;
  const TangentField *tangents_;
  CubeQuadrature      gauss_;
  ShapeTable          shape_, geometry_shape_;
  FieldEvaluator      field_;
  std::vector<double> matrix_;
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
  Numbering(const NodeSpace &space, const unsigned int n_components)
    : number(space.n_local_nodes(), -1)
  {
    const NodeConstraints &constraints = space.constraints();
    const unsigned int     all         = (1 << n_components) - 1;
    for (unsigned int node = 0; node < space.n_owned_nodes(); ++node)
      if (!constraints.is_hanging(node) &&
          (constraints.prescribed[node] & all) != all)
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

template <int n>
void
assemble_cell(linear::AlgebraicMultigrid &amg,
              const NodeSpace            &space,
              const Numbering            &numbering,
              const std::size_t           cell,
              const std::vector<double>  &matrix)
{
  const ResolvedCell  resolved(space, cell);
  const unsigned int  m = resolved.node.size();
  std::vector<int>    unknowns(n * m);
  std::vector<double> block(n * n * m * m);
  for (unsigned int r = 0; r < m; ++r)
  {
    const unsigned int node       = resolved.node[r];
    const auto         prescribed = space.constraints().prescribed[node];
    for (int i = 0; i < n; ++i)
      unknowns[n * r + i] =
        (prescribed >> i) & 1 ? -1 : n * numbering.number[node] + i;
    for (unsigned int s = 0; s < m; ++s)
      for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
          block[(n * r + i) * n * m + n * s + j] =
            resolved.weight[r] * resolved.weight[s] *
            matrix[(n * resolved.vertex[r] + i) * n * n_vertices +
                   n * resolved.vertex[s] + j];
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
// Positions of the owned nodes of Q1, the cells' corners.
std::vector<Vector3>
corner_positions(const NodeSpace &space, const Geometry &geometry)
{
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
  return positions;
}

// Stiffness between pairs makes all other couplings of their nodes look weak:
// at 0.3 million unknowns the thresholds for one body give 4206 instead of
// 1620 unknowns on the second level, and cycles that take twice as long.
std::vector<double>
aggregation_thresholds(const NodeSpace &space)
{
  return space.interface_nodes() == InterfaceNodes::separate
           ? std::vector<double>{0.015, 0., 0.}
           : std::vector<double>{0.06, 0.01, 0.};
}
} // namespace

template <class Physics>
std::unique_ptr<linear::AlgebraicMultigrid>
make_coarse_level(const NodeSpace               &space,
                  const Geometry                &geometry,
                  const MaterialField           &field,
                  const linear::PetscOptionList &petsc_options,
                  const PairCoupling            &coupling,
                  const TangentField            *tangents)
{
  constexpr int   n = Physics::n_components;
  const Numbering numbering(space, n);
  const auto      lengths = row_lengths(space, numbering);
  auto            amg     = std::make_unique<linear::AlgebraicMultigrid>(
    space.communicator(),
    n,
    n == 3 ? linear::NearNullSpace::rigid_motions
                          : linear::NearNullSpace::constants,
    lengths[0],
    lengths[1],
    petsc_options);
  ElementAssembler<Physics> element(geometry, field, tangents);
  for (std::size_t c = 0; c < space.cells().size(); ++c)
    assemble_cell<n>(*amg, space, numbering, c, element(c));
  if constexpr (n == 3)
    assemble_pairs(*amg, space, numbering, coupling);

  const auto           positions = corner_positions(space, geometry);
  std::vector<Vector3> kept_positions;
  std::vector<int>     held;
  for (const unsigned int node : numbering.kept)
  {
    kept_positions.push_back(positions[node]);
    for (int c = 0; c < n; ++c)
      if ((space.constraints().prescribed[node] >> c) & 1)
        held.push_back(n * numbering.number[node] + c);
  }
  amg->finish(
    held, kept_positions, numbering.kept, aggregation_thresholds(space));
  return amg;
}

std::unique_ptr<linear::AlgebraicMultigrid>
make_coarse_level(const NodeSpace               &space,
                  const Geometry                &geometry,
                  const BodyMaterials           &bodies,
                  const linear::PetscOptionList &petsc_options,
                  const PairCoupling            &coupling,
                  const TangentField            *tangents)
{
  return make_coarse_level<Elasticity>(
    space, geometry, StiffnessField(bodies), petsc_options, coupling, tangents);
}

#define MINISCREW_INSTANTIATE(Physics)                        \
  template std::unique_ptr<linear::AlgebraicMultigrid>        \
  make_coarse_level<Physics>(const NodeSpace &,               \
                             const Geometry &,                \
                             const MaterialField &,           \
                             const linear::PetscOptionList &, \
                             const PairCoupling &,            \
                             const TangentField *);

MINISCREW_INSTANTIATE(Elasticity)
MINISCREW_INSTANTIATE(Conduction)
#undef MINISCREW_INSTANTIATE
} // namespace miniscrew::fem
