// SPDX-License-Identifier: LGPL-2.1-or-later
// States as records of cells, in p4est's order.
#include "solver/simulation/restart.h"

#include "solver/base/errors.h"
#include "solver/output/collective.h"
#include "solver/simulation/point_records.h"

#include <algorithm>
#include <filesystem>
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

Restart::Restart(const std::string &path,
                 const Case        &parameters,
                 const bool         resumes,
                 Log               &log)
  : path_(path),
    log_(&log)
{
  header_.insertion = insertion_key(parameters.effective);
  int exists        = 0;
  output::on_first_rank(log.communicator(), [&] {
    exists = std::filesystem::exists(std::filesystem::symlink_status(path_))
               ? 1 + int(!output::is_checkpoint(path_))
               : 0;
  });
  MPI_Bcast(&exists, 1, MPI_INT, 0, log.communicator());
  is_foreign_ = exists > 1;
  if (!resumes || exists == 0)
    return;
  const output::Checkpoint file(path_, log.communicator());
  CheckpointHeader         kept;
  try
  {
    kept = read_header(file.header());
  }
  catch (const IoError &error)
  {
    throw IoError("the checkpoint '" + path_ + "' is damaged: " + error.what() +
                  "; remove it, or run without --resume");
  }
  if (kept.insertion != header_.insertion)
  {
    log.line("  the checkpoint " + path_ +
             " is of another insertion and is not used");
    return;
  }
  header_ = kept;
  log.line(format("  going on from %s with %zu torque points%s",
                  path_.c_str(),
                  header_.points.size(),
                  header_.seated ? " and the seated screw" : ""));
}

const std::vector<stages::InsertionPoint> &
Restart::points() const
{
  return header_.points;
}

void
Restart::add(const stages::InsertionPoint &point)
{
  std::vector<stages::InsertionPoint> &points = header_.points;
  points.push_back(point);
  std::sort(points.begin(), points.end(), [](const auto &a, const auto &b) {
    return a.depth < b.depth;
  });
  // A state that is there already stays in the file that has it.
  if (!header_.seated)
    write({});
}

stages::Keeper
Restart::keeper()
{
  return {[this](const model::Model &model, stages::ServiceState &state) {
            return restore(model, state);
          },
          [this](const model::Model &model, const stages::ServiceState &state) {
            save(model, state);
          }};
}

void
Restart::save(const model::Model &model, const stages::ServiceState &state)
{
  const fem::NodeSpace            &space = model.space();
  const equilibrium::ProblemState &kept  = state.history->prepared;
  std::vector<output::CellRecords> all   = records_of(space, kept.interface);
  all.push_back(record(
    "displacement", space, with_hanging_nodes(space, kept.displacement)));
  all.push_back(record(
    "inserted", space, with_hanging_nodes(space, state.history->inserted)));
  if (state.points() != nullptr)
  {
    const fem::MaterialPoints &points = *state.points();
    for (auto &record : point_records("points", points, points.states()))
      all.push_back(std::move(record));
    for (auto &record : point_records(
           "inserted_points", points, state.history->inserted_points))
      all.push_back(std::move(record));
  }
  const stages::LoadHistory &history = *state.history;
  header_.points.push_back(*history.insertion);
  header_.seated = SeatedNumbers{history.seated,
                                 history.final_measures,
                                 history.newton_iterations,
                                 state.verdict.iterations};
  write(all);
}

void
Restart::write(const std::vector<output::CellRecords> &records)
{
  try
  {
    if (is_foreign_)
      throw IoError("'" + path_ + "' is there and is no checkpoint");
    output::write_checkpoint(
      path_, header_text(header_), records, log_->communicator());
  }
  catch (const IoError &error)
  {
    if (!has_warned_)
      log_->line(std::string("  warning: ") + error.what() +
                 "; the run goes on, but could not be resumed from here");
    has_warned_ = true;
  }
}

bool
Restart::restore(const model::Model &model, stages::ServiceState &state)
{
  if (!header_.seated)
    return false;
  const fem::NodeSpace     &space = model.space();
  const output::Checkpoint  file(path_, log_->communicator());
  equilibrium::ProblemState kept;
  kept.displacement =
    with_hanging_nodes(space, vector_from("displacement", space, file));
  kept.interface = interface_from(space, file);
  if (state.points() != nullptr)
  {
    kept.points = point_states("points", *state.points(), file);
    state.history->inserted_points =
      point_states("inserted_points", *state.points(), file);
  }
  state.history->inserted =
    with_hanging_nodes(space, vector_from("inserted", space, file));
  const double full = model.parameters().site.insertion_depth;
  for (const stages::InsertionPoint &point : header_.points)
    if (point.depth == full)
      state.history->insertion = point;
  const SeatedNumbers &seated      = *header_.seated;
  state.history->seated            = seated.seated;
  state.history->final_measures    = seated.final_measures;
  state.history->newton_iterations = seated.newton_iterations;
  state.verdict.iterations         = seated.linear_iterations;
  state.history->problem->restore(kept, state.displacement);
  state.history->prepared = std::move(kept);
  return true;
}

void
Restart::finish()
{
  output::on_first_rank(log_->communicator(), [&] {
    std::error_code ignored;
    if (output::is_checkpoint(path_))
      std::filesystem::remove(path_, ignored);
  });
}
} // namespace miniscrew::simulation
