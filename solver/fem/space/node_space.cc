// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbering and constraints of the nodes.
#include "solver/fem/space/node_space.h"

#include "solver/fem/space/interface_nodes.h"
#include "solver/fem/space/reference_element.h"

#include <deal.II/dofs/dof_tools.h>


namespace miniscrew::fem
{
dealii::Point<3>
reference_point(const mesh::Triangulation::cell_iterator &cell,
                const std::array<double, 3>              &unit)
{
  dealii::Point<3> x;
  for (unsigned int v = 0; v < 8; ++v)
    x += (v & 1 ? unit[0] : 1. - unit[0]) * (v & 2 ? unit[1] : 1. - unit[1]) *
         (v & 4 ? unit[2] : 1. - unit[2]) * cell->vertex(v);
  return x;
}

NodeSpace::NodeSpace(const mesh::Triangulation &triangulation,
                     const unsigned int         degree,
                     const InterfaceNodes       interface_nodes)
  : triangulation_(&triangulation),
    interface_nodes_(interface_nodes),
    fe_(degree),
    dof_handler_(triangulation)
{
  dof_handler_.distribute_dofs(fe_);
  number_nodes();
}

void
NodeSpace::number_nodes()
{
  dealii::IndexSet relevant;
  dealii::DoFTools::extract_locally_relevant_dofs(dof_handler_, relevant);
  hanging_.reinit(relevant);
  dealii::DoFTools::make_hanging_node_constraints(dof_handler_, hanging_);
  if (interface_nodes_ == InterfaceNodes::bonded)
    bond_paired_faces();
  hanging_.close();

  // A rank needs the nodes of its cells and the masters of those.
  const dealii::IndexSet &owned = dof_handler_.locally_owned_dofs();
  std::vector<dealii::types::global_dof_index> indices(n_nodes_per_cell()),
    needed;
  for (const auto &cell : triangulation_->active_cell_iterators())
    if (cell->is_locally_owned())
      cells_.push_back(cell);
  const auto for_cell_nodes = [&](const auto &action) {
    for (const auto &cell : cells_)
    {
      const dealii::DoFHandler<3>::active_cell_iterator dof_cell(
        triangulation_, cell->level(), cell->index(), &dof_handler_);
      dof_cell->get_dof_indices(indices);
      action();
    }
  };
  for_cell_nodes([&] {
    for (const auto i : indices)
    {
      if (!owned.is_element(i))
        needed.push_back(i);
      if (const auto *masters = hanging_.get_constraint_entries(i))
        for (const auto &entry : *masters)
          if (!owned.is_element(entry.first))
            needed.push_back(entry.first);
    }
  });
  const auto pairs = find_pairs(relevant);
  for (const auto &[screw, bone] : pairs)
    if (!owned.is_element(bone))
      needed.push_back(bone);
  std::sort(needed.begin(), needed.end());
  needed.erase(std::unique(needed.begin(), needed.end()), needed.end());

  dealii::IndexSet ghosts(owned.size()), vector_owned(3 * owned.size()),
    vector_ghosts(3 * owned.size());
  ghosts.add_indices(needed.begin(), needed.end());
  ghosts.compress();
  if (owned.n_elements() > 0)
    vector_owned.add_range(3 * owned.nth_index_in_set(0),
                           3 * owned.nth_index_in_set(0) +
                             3 * owned.n_elements());
  for (const auto i : needed)
    vector_ghosts.add_range(3 * i, 3 * i + 3);
  vector_ghosts.compress();
  scalar_layout_ = std::make_shared<const dealii::Utilities::MPI::Partitioner>(
    owned, ghosts, communicator());
  vector_layout_ = std::make_shared<const dealii::Utilities::MPI::Partitioner>(
    vector_owned, vector_ghosts, communicator());

  const auto order = lexicographic_to_hierarchic(degree());
  for_cell_nodes([&] {
    for (const unsigned int hierarchic : order)
      cell_nodes_.push_back(
        scalar_layout_->global_to_local(indices[hierarchic]));
  });
  for (const auto &[screw, bone] : pairs)
    pairs_.push_back({scalar_layout_->global_to_local(screw),
                      scalar_layout_->global_to_local(bone)});
  collect_hanging_nodes(needed);
}

// Where the mesh has a face for each body, the screw's nodes follow the bone's.
void
NodeSpace::bond_paired_faces()
{
  match_interface_nodes(
    *triangulation_, dof_handler_, [&](const auto screw, const auto bone) {
      if (hanging_.is_constrained(screw))
        return;
      hanging_.add_line(screw);
      hanging_.add_entry(screw, bone, 1.);
    });
}

// The owner of a node need not have a face with it, so ranks that have one
// tell it.
std::vector<
  std::pair<dealii::types::global_dof_index, dealii::types::global_dof_index>>
NodeSpace::find_pairs(const dealii::IndexSet &relevant) const
{
  using Index = dealii::types::global_dof_index;
  std::vector<std::pair<Index, Index>> pairs;
  if (interface_nodes_ == InterfaceNodes::bonded)
    return pairs;
  const dealii::IndexSet &owned = dof_handler_.locally_owned_dofs();
  linear::Vector<double>  twin(
    std::make_shared<const dealii::Utilities::MPI::Partitioner>(
      owned, relevant, communicator()));
  const double none = -1.;
  twin              = none;
  for (const Index i : relevant)
    twin(i) = none;
  match_interface_nodes(
    *triangulation_, dof_handler_, [&](const Index screw, const Index bone) {
      if (!hanging_.is_constrained(screw) && !hanging_.is_constrained(bone))
        twin(screw) = static_cast<double>(bone);
    });
  twin.compress(dealii::VectorOperation::max);
  for (unsigned int i = 0; i < twin.locally_owned_size(); ++i)
    if (twin.local_element(i) != none)
      pairs.emplace_back(owned.nth_index_in_set(i),
                         static_cast<Index>(twin.local_element(i)));
  return pairs;
}

void
NodeSpace::collect_hanging_nodes(
  const std::vector<dealii::types::global_dof_index> &ghosts)
{
  const unsigned int n = n_local_nodes();
  constraints_.line.assign(n, NodeConstraints::unconstrained);
  constraints_.prescribed.assign(n, 0);
  // Masters of ghosts that are themselves only masters need not be known.
  std::vector<bool> on_own_cell(n, false);
  for (const unsigned int node : cell_nodes_)
    on_own_cell[node] = true;
  for (unsigned int node = 0; node < n; ++node)
  {
    const auto global  = node < n_owned_nodes() ? global_node(node)
                                                : ghosts[node - n_owned_nodes()];
    const auto masters = hanging_.get_constraint_entries(global);
    if (masters == nullptr || !on_own_cell[node])
      continue;
    constraints_.line[node] = constraints_.line_begin.size() - 1;
    for (const auto &entry : *masters)
    {
      constraints_.master.push_back(
        scalar_layout_->global_to_local(entry.first));
      constraints_.weight.push_back(entry.second);
    }
    constraints_.line_begin.push_back(constraints_.master.size());
  }
}

void
NodeSpace::prescribe(
  const std::function<unsigned char(dealii::types::boundary_id)> &components)
{
  linear::Vector<float> marks = make_vector<float>();
  for (std::size_t c = 0; c < cells_.size(); ++c)
    for (const unsigned int f : cells_[c]->face_indices())
    {
      if (!cells_[c]->at_boundary(f))
        continue;
      const unsigned char bits = components(cells_[c]->face(f)->boundary_id());
      if (bits != 0)
        for (const unsigned int i : nodes_on_face(degree(), f))
          for (unsigned int d = 0; d < 3; ++d)
            if ((bits >> d) & 1)
              marks.local_element(3 * cell_nodes_[c * n_nodes_per_cell() + i] +
                                  d) = 1.f;
    }
  share_prescribed(marks);
}

void
NodeSpace::prescribe_body(const dealii::types::material_id body)
{
  linear::Vector<float> marks = make_vector<float>();
  for (std::size_t c = 0; c < cells_.size(); ++c)
    if (cells_[c]->material_id() == body)
      for (unsigned int i = 0; i < 3 * n_nodes_per_cell(); ++i)
        marks.local_element(3 * cell_nodes_[c * n_nodes_per_cell() + i / 3] +
                            i % 3) = 1.f;
  for (unsigned int node = 0; node < n_owned_nodes(); ++node)
    for (unsigned int d = 0; d < 3; ++d)
      if ((constraints_.prescribed[node] >> d) & 1)
        marks.local_element(3 * node + d) = 1.f;
  share_prescribed(marks);
}

// A node may be on a prescribed face of another rank's cell only.
void
NodeSpace::share_prescribed(linear::Vector<float> &marks)
{
  marks.compress(dealii::VectorOperation::max);
  marks.update_ghost_values();
  for (unsigned int node = 0; node < n_local_nodes(); ++node)
  {
    constraints_.prescribed[node] = 0;
    if (!constraints_.is_hanging(node))
      for (unsigned int d = 0; d < 3; ++d)
        if (marks.local_element(3 * node + d) > 0.f)
          constraints_.prescribed[node] |= 1 << d;
  }
}

unsigned int
NodeSpace::degree() const
{
  return fe_.degree;
}

unsigned int
NodeSpace::n_nodes_per_cell() const
{
  return fe_.dofs_per_cell;
}

dealii::types::global_dof_index
NodeSpace::n_nodes() const
{
  return dof_handler_.n_dofs();
}

dealii::types::global_dof_index
NodeSpace::n_dofs() const
{
  return 3 * dof_handler_.n_dofs();
}

const std::vector<NodeSpace::CellIterator> &
NodeSpace::cells() const
{
  return cells_;
}

const std::vector<unsigned int> &
NodeSpace::cell_nodes() const
{
  return cell_nodes_;
}

unsigned int
NodeSpace::n_owned_nodes() const
{
  return scalar_layout_->locally_owned_size();
}

unsigned int
NodeSpace::n_local_nodes() const
{
  return scalar_layout_->locally_owned_size() +
         scalar_layout_->n_ghost_indices();
}

dealii::types::global_dof_index
NodeSpace::global_node(const unsigned int local_node) const
{
  return scalar_layout_->local_to_global(local_node);
}

InterfaceNodes
NodeSpace::interface_nodes() const
{
  return interface_nodes_;
}

const std::vector<NodePair> &
NodeSpace::pairs() const
{
  return pairs_;
}

const NodeConstraints &
NodeSpace::constraints() const
{
  return constraints_;
}

const dealii::DoFHandler<3> &
NodeSpace::dof_handler() const
{
  return dof_handler_;
}

const dealii::AffineConstraints<double> &
NodeSpace::hanging_nodes() const
{
  return hanging_;
}

const mesh::Triangulation &
NodeSpace::triangulation() const
{
  return *triangulation_;
}

MPI_Comm
NodeSpace::communicator() const
{
  return triangulation_->get_communicator();
}

template <typename Number>
linear::Vector<Number>
NodeSpace::make_vector(const unsigned int n_components) const
{
  AssertThrow(n_components == 1 || n_components == 3,
              dealii::ExcInternalError());
  return linear::Vector<Number>(n_components == 3 ? vector_layout_
                                                  : scalar_layout_);
}

template <typename Number>
void
NodeSpace::distribute(linear::Vector<Number> &v,
                      const unsigned int      n_components) const
{
  for (unsigned int node = 0; node < n_local_nodes(); ++node)
    if (constraints_.is_hanging(node))
      for (unsigned int c = 0; c < n_components; ++c)
      {
        double sum = 0.;
        constraints_.for_masters(
          node, [&](const unsigned int master, const double weight) {
            sum += weight * v.local_element(n_components * master + c);
          });
        v.local_element(n_components * node + c) = static_cast<Number>(sum);
      }
}

template linear::Vector<float>
NodeSpace::make_vector<float>(unsigned int) const;
template linear::Vector<double>
              NodeSpace::make_vector<double>(unsigned int) const;
template void NodeSpace::distribute<float>(linear::Vector<float> &,
                                           unsigned int) const;
template void NodeSpace::distribute<double>(linear::Vector<double> &,
                                            unsigned int) const;
} // namespace miniscrew::fem
