// SPDX-License-Identifier: LGPL-2.1-or-later
// Vectors, pairs and points by cell.
#include "solver/simulation/checkpoint_records.h"

#include "solver/simulation/point_records.h"

#include <algorithm>
#include <string>
#include <utility>

namespace miniscrew::simulation
{
namespace
{
// Numbers that a node of the interface remembers.
constexpr unsigned int n_pair_numbers = 13;

// Hanging nodes of a field follow their neighbours; those of pairs have numbers
// of their own.
linear::Vector<double>
with_hanging_nodes(const fem::NodeSpace &space, linear::Vector<double> field)
{
  field.update_ghost_values();
  space.distribute(field);
  return field;
}

// The values of a vector at the nodes of each cell.
output::CellRecords
record(const std::string            &name,
       const fem::NodeSpace         &space,
       const linear::Vector<double> &u)
{
  linear::Vector<double> v(u);
  v.update_ghost_values();
  const unsigned int  n = space.n_nodes_per_cell();
  output::CellRecords result{name, 3 * n, {}};
  for (const std::size_t cell : cells_in_order(space))
    for (unsigned int i = 0; i < n; ++i)
      for (unsigned int d = 0; d < 3; ++d)
        result.values.push_back(
          v.local_element(3 * space.cell_nodes()[cell * n + i] + d));
  return result;
}

linear::Vector<double>
vector_from(const std::string        &name,
            const fem::NodeSpace     &space,
            const output::Checkpoint &file)
{
  const unsigned int n      = space.n_nodes_per_cell();
  const auto         order  = cells_in_order(space);
  const auto         values = file.read(name, 3 * n, order.size());
  auto               result = space.make_vector<double>();
  for (std::size_t c = 0; c < order.size(); ++c)
    for (unsigned int i = 0; i < n; ++i)
    {
      const unsigned int node = space.cell_nodes()[order[c] * n + i];
      if (node < space.n_owned_nodes())
        for (unsigned int d = 0; d < 3; ++d)
          result.local_element(3 * node + d) = values[(c * n + i) * 3 + d];
    }
  result.update_ghost_values();
  return result;
}

// One of the numbers that a pair remembers: the components of four vectors, and
// its gap.
template <typename State>
auto &
pair_number(State &state, const std::size_t pair, const unsigned int k)
{
  const unsigned int which = k / 3, d = k % 3;
  return which == 0   ? state.histories[pair].jump[d]
         : which == 1 ? state.histories[pair].traction[d]
         : which == 2 ? state.histories[pair].accepted[d]
         : which == 3 ? state.reference[pair][d]
                      : state.gaps[pair];
}

// Names of the records that have three of them each, of the last one only one.
const std::vector<std::string> pair_records = {"jump",
                                               "traction",
                                               "accepted",
                                               "reference",
                                               "gap"};

// Calls @p work with each pair, a place in a vector of nodes, and which number
// of the pair is kept there in a record.
template <typename Work>
void
for_pair_numbers(const fem::NodeSpace &space,
                 const unsigned int    record,
                 const Work           &work)
{
  const unsigned int end = std::min(3 * (record + 1), n_pair_numbers);
  for (std::size_t p = 0; p < space.pairs().size(); ++p)
    for (unsigned int k = 3 * record; k < end; ++k)
      work(p, 3 * space.pairs()[p].screw + k % 3, k);
}

std::vector<output::CellRecords>
records_of(const fem::NodeSpace                   &space,
           const contact::ContactInterface::State &state)
{
  std::vector<output::CellRecords> result;
  for (unsigned int r = 0; r < pair_records.size(); ++r)
  {
    linear::Vector<double> nodal = space.make_vector<double>();
    for_pair_numbers(
      space,
      r,
      [&](const std::size_t pair, const std::size_t i, const unsigned int k) {
        nodal.local_element(i) = pair_number(state, pair, k);
      });
    result.push_back(record(pair_records[r], space, nodal));
  }
  return result;
}

contact::ContactInterface::State
interface_from(const fem::NodeSpace &space, const output::Checkpoint &file)
{
  contact::ContactInterface::State state;
  state.histories.resize(space.pairs().size());
  state.reference.resize(space.pairs().size());
  state.gaps.resize(space.pairs().size());
  for (unsigned int r = 0; r < pair_records.size(); ++r)
  {
    const auto nodal = vector_from(pair_records[r], space, file);
    for_pair_numbers(
      space,
      r,
      [&](const std::size_t pair, const std::size_t i, const unsigned int k) {
        pair_number(state, pair, k) = nodal.local_element(i);
      });
  }
  return state;
}
} // namespace

std::vector<output::CellRecords>
state_records(const model::Model                    &model,
              const equilibrium::EquilibriumProblem &problem,
              const equilibrium::ProblemState       &state)
{
  const fem::NodeSpace            &space = model.space();
  std::vector<output::CellRecords> all;
  if (problem.has_interface())
    all = records_of(space, state.interface);
  all.push_back(record(
    "displacement", space, with_hanging_nodes(space, state.displacement)));
  if (problem.points() != nullptr)
    for (auto &record :
         point_records("points", *problem.points(), state.points))
      all.push_back(std::move(record));
  return all;
}

equilibrium::ProblemState
state_from(const output::Checkpoint              &file,
           const model::Model                    &model,
           const equilibrium::EquilibriumProblem &problem)
{
  const fem::NodeSpace     &space = model.space();
  equilibrium::ProblemState state;
  state.displacement =
    with_hanging_nodes(space, vector_from("displacement", space, file));
  if (problem.has_interface())
    state.interface = interface_from(space, file);
  if (problem.points() != nullptr)
    state.points = point_states("points", *problem.points(), file);
  return state;
}
} // namespace miniscrew::simulation
