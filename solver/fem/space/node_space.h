// SPDX-License-Identifier: LGPL-2.1-or-later
// The nodes of Q_k on the distributed mesh, and what constrains them.
#pragma once

#include "mesh/refine/reference_mesh.h"
#include "solver/linear/operator.h"

#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/lac/affine_constraints.h>

#include <functional>
#include <memory>
#include <vector>

namespace miniscrew::fem
{
/// What a node's value follows from, and which of its displacement components
/// are prescribed. Indices are local node numbers (owned first, then ghosts).
struct NodeConstraints
{
  static constexpr unsigned int unconstrained = 0xffffffffu;

  /// Line of each local node in the lists below, or unconstrained.
  std::vector<unsigned int> line;
  std::vector<unsigned int> line_begin{0};
  std::vector<unsigned int> master; ///< local node
  std::vector<double>       weight;
  /// Bit c is set if component c of the local node is prescribed (or, on
  /// hanging nodes, nothing: those follow their masters).
  std::vector<unsigned char> prescribed;

  bool
  is_hanging(const unsigned int node) const
  {
    return line[node] != unconstrained;
  }

  /// Calls action(node, weight) for the nodes that a local node's value is made
  /// of: its masters if it hangs, else itself with weight 1.
  template <typename Action>
  void
  for_masters(const unsigned int node, const Action &action) const
  {
    if (!is_hanging(node))
    {
      action(node, 1.);
      return;
    }
    for (unsigned int k = line_begin[line[node]];
         k < line_begin[line[node] + 1];
         ++k)
      action(master[k], weight[k]);
  }
};

/// What becomes of the nodes on the interface of a paired mesh.
enum class InterfaceNodes
{
  bonded,  ///< the screw's nodes follow the bone's
  separate ///< both are free; NodeSpace::pairs() tells which coincide
};

/// Coincident nodes of screw and bone, by local numbers.
struct NodePair
{
  unsigned int screw; ///< owned by this rank, not hanging
  unsigned int bone;  ///< may be a ghost
};

/// Reference position of a point of the unit cube in a cell.
dealii::Point<3> reference_point(const mesh::Triangulation::cell_iterator &cell,
                                 const std::array<double, 3> &unit);

/// The space of continuous piecewise Q_k functions by its nodes; displacement
/// vectors have entry 3 * node + component, so one numbering serves scalars
/// and vectors. All vectors of the space are distributed by nodes; a rank
/// sees the nodes of its cells and the nodes that constrain those. On a mesh
/// with paired interface faces the screw's nodes there follow the bone's, or
/// are free.
class NodeSpace
{
public:
  using CellIterator = mesh::Triangulation::active_cell_iterator;

  /// The triangulation must outlive the space. Collective.
  NodeSpace(const mesh::Triangulation &triangulation,
            unsigned int               degree,
            InterfaceNodes interface_nodes = InterfaceNodes::bonded);

  /// Prescribes displacement components on boundary faces: @p components gives
  /// for a boundary id the bits of the prescribed components. Replaces what
  /// was prescribed before. Collective.
  void prescribe(
    const std::function<unsigned char(dealii::types::boundary_id)> &components);

  /// Prescribes all components of all nodes of a body (a rigid body at rest or
  /// moved by the values given to the solver). Adds to prescribe().
  /// Collective.
  void prescribe_body(dealii::types::material_id body);

  unsigned int degree() const;
  unsigned int n_nodes_per_cell() const;

  /// Number of nodes and of unknowns of the whole mesh.
  dealii::types::global_dof_index n_nodes() const;
  dealii::types::global_dof_index n_dofs() const;

  /// Locally owned cells, and their local nodes in lexicographic order
  /// ([cell * n_nodes_per_cell + node]).
  const std::vector<CellIterator> &cells() const;
  const std::vector<unsigned int> &cell_nodes() const;

  unsigned int                    n_owned_nodes() const;
  unsigned int                    n_local_nodes() const;
  dealii::types::global_dof_index global_node(unsigned int local_node) const;

  InterfaceNodes interface_nodes() const;

  /// Pairs of which this rank owns the screw's node; the bone's node is among
  /// the local ones. Hanging nodes have none: their jump follows from others.
  /// Empty if the interface is bonded or its vertices are shared.
  const std::vector<NodePair> &pairs() const;

  const NodeConstraints                   &constraints() const;
  const dealii::DoFHandler<3>             &dof_handler() const;
  const dealii::AffineConstraints<double> &hanging_nodes() const;
  const mesh::Triangulation               &triangulation() const;
  MPI_Comm                                 communicator() const;

  /// A zero displacement vector, or one with a single value per node.
  template <typename Number>
  linear::Vector<Number> make_vector(unsigned int n_components = 3) const;

  /// Gives hanging nodes of an updated-ghost vector the values that follow
  /// from their masters, for all local nodes.
  template <typename Number>
  void distribute(linear::Vector<Number> &v,
                  unsigned int            n_components = 3) const;

private:
  void number_nodes();
  void bond_paired_faces();
  std::vector<
    std::pair<dealii::types::global_dof_index, dealii::types::global_dof_index>>
  find_pairs(const dealii::IndexSet &relevant) const;
  void
  collect_hanging_nodes(const std::vector<dealii::types::global_dof_index> &);
  void share_prescribed(linear::Vector<float> &marks);

  const mesh::Triangulation                                 *triangulation_;
  InterfaceNodes                                             interface_nodes_;
  dealii::FE_Q<3>                                            fe_;
  dealii::DoFHandler<3>                                      dof_handler_;
  dealii::AffineConstraints<double>                          hanging_;
  std::vector<CellIterator>                                  cells_;
  std::vector<unsigned int>                                  cell_nodes_;
  std::vector<NodePair>                                      pairs_;
  NodeConstraints                                            constraints_;
  std::shared_ptr<const dealii::Utilities::MPI::Partitioner> scalar_layout_,
    vector_layout_;
};

/// Calls action(i, is_prescribed) for the owned entries i of the space's
/// displacement vectors, where hanging nodes count as not prescribed.
template <typename Action>
void
for_components(const NodeSpace &space, const Action &action)
{
  for (unsigned int node = 0; node < space.n_owned_nodes(); ++node)
    for (unsigned int c = 0; c < 3; ++c)
      action(3 * std::size_t(node) + c,
             ((space.constraints().prescribed[node] >> c) & 1) != 0);
}
} // namespace miniscrew::fem
