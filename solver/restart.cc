// SPDX-License-Identifier: LGPL-2.1-or-later
// States as records of cells, in p4est's order.
#include "solver/restart.h"

#include "solver/base/errors.h"
#include "solver/output/checkpoint.h"
#include "solver/output/collective.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <sstream>

namespace miniscrew
{
namespace
{
using Json = nlohmann::json;

// Numbers that a node of the interface and a material point remember.
constexpr unsigned int n_pair_numbers = 12, n_point_numbers = 7;

// Sections of a case that insertion and seating do not hang on.
const std::vector<std::string> later_sections = {"tests",
                                                 "load",
                                                 "output",
                                                 "expected"};

// The lines of an effective case that decide about insertion and seating.
std::string
insertion_key(const std::string &effective_toml)
{
  std::istringstream lines(effective_toml);
  std::string        line, key;
  bool               counts = false; // what comes before the sections does not
  while (std::getline(lines, line))
  {
    if (!line.empty() && line[0] == '[')
    {
      const std::string name = line.substr(1, line.find_first_of(".]") - 1);
      counts = std::find(later_sections.begin(), later_sections.end(), name) ==
               later_sections.end();
    }
    if (counts)
      key += line + "\n";
  }
  return key;
}

// Owned cells in the order of p4est, which does not depend on the ranks: the
// coarse cell of an identifier is the number of p4est's tree.
std::vector<std::size_t>
cells_in_order(const fem::NodeSpace &space)
{
  std::vector<std::pair<dealii::CellId, std::size_t>> all;
  for (std::size_t c = 0; c < space.cells().size(); ++c)
    all.push_back({space.cells()[c]->id(), c});
  std::sort(all.begin(), all.end());
  std::vector<std::size_t> order;
  for (const auto &entry : all)
    order.push_back(entry.second);
  return order;
}

// The values of a vector at the nodes of each cell.
output::CellRecords
record(const std::string            &name,
       const fem::NodeSpace         &space,
       const linear::Vector<double> &u)
{
  linear::Vector<double> v(u);
  v.update_ghost_values();
  space.distribute(v);
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
  space.distribute(result);
  return result;
}

// One of the four vectors that a pair remembers.
template <typename State>
auto &
part(State &state, const std::size_t pair, const unsigned int which)
{
  return which == 0   ? state.histories[pair].jump
         : which == 1 ? state.histories[pair].traction
         : which == 2 ? state.histories[pair].accepted
                      : state.reference[pair];
}

const char *part_names[n_pair_numbers / 3] = {"jump",
                                              "traction",
                                              "accepted",
                                              "reference"};

const char *gap_name = "gap";

std::vector<output::CellRecords>
records_of(const fem::NodeSpace                   &space,
           const contact::ContactInterface::State &state)
{
  std::vector<output::CellRecords> result;
  for (unsigned int k = 0; k < n_pair_numbers / 3; ++k)
  {
    linear::Vector<double> nodal = space.make_vector<double>();
    for (std::size_t p = 0; p < space.pairs().size(); ++p)
      for (unsigned int d = 0; d < 3; ++d)
        nodal.local_element(3 * space.pairs()[p].screw + d) =
          part(state, p, k)[d];
    result.push_back(record(part_names[k], space, nodal));
  }
  linear::Vector<double> gaps = space.make_vector<double>();
  for (std::size_t p = 0; p < space.pairs().size(); ++p)
    gaps.local_element(3 * space.pairs()[p].screw) = state.gaps[p];
  result.push_back(record(gap_name, space, gaps));
  return result;
}

contact::ContactInterface::State
interface_from(const fem::NodeSpace &space, const output::Checkpoint &file)
{
  contact::ContactInterface::State state;
  state.histories.resize(space.pairs().size());
  state.reference.resize(space.pairs().size());
  const auto gaps = vector_from(gap_name, space, file);
  for (const fem::NodePair &pair : space.pairs())
    state.gaps.push_back(gaps.local_element(3 * pair.screw));
  for (unsigned int k = 0; k < n_pair_numbers / 3; ++k)
  {
    const auto nodal = vector_from(part_names[k], space, file);
    for (std::size_t p = 0; p < space.pairs().size(); ++p)
      for (unsigned int d = 0; d < 3; ++d)
        part(state, p, k)[d] =
          nodal.local_element(3 * space.pairs()[p].screw + d);
  }
  return state;
}

// Inelastic cells in order, and the number of each among those of the rank.
std::vector<std::size_t>
inelastic_cells(const fem::NodeSpace &space, const fem::MaterialPoints &points)
{
  std::vector<std::size_t> number(space.cells().size());
  std::size_t              n = 0;
  for (std::size_t c = 0; c < space.cells().size(); ++c)
    if (points.contains(c))
      number[c] = n++;
  std::vector<std::size_t> result;
  for (const std::size_t cell : cells_in_order(space))
    if (points.contains(cell))
      result.push_back(number[cell]);
  return result;
}

output::CellRecords
record(const fem::NodeSpace &space, const fem::MaterialPoints &points)
{
  const unsigned int  n = points.n_points_per_cell();
  output::CellRecords result{"points", n_point_numbers * n, {}};
  for (const std::size_t block : inelastic_cells(space, points))
    for (unsigned int q = 0; q < n; ++q)
    {
      const materials::InelasticState &state = points.states()[block * n + q];
      result.values.insert(result.values.end(),
                           state.plastic_strain.begin(),
                           state.plastic_strain.end());
      result.values.push_back(state.kappa);
    }
  return result;
}

std::vector<materials::InelasticState>
points_from(const fem::NodeSpace      &space,
            const fem::MaterialPoints &points,
            const output::Checkpoint  &file)
{
  const unsigned int n      = points.n_points_per_cell();
  const auto         blocks = inelastic_cells(space, points);
  const auto values = file.read("points", n_point_numbers * n, blocks.size());
  std::vector<materials::InelasticState> states(points.states().size());
  for (std::size_t b = 0; b < blocks.size(); ++b)
    for (unsigned int q = 0; q < n; ++q)
    {
      const double              *from  = &values[(b * n + q) * n_point_numbers];
      materials::InelasticState &state = states[blocks[b] * n + q];
      std::copy(from, from + 6, state.plastic_strain.begin());
      state.kappa = from[6];
    }
  return states;
}

// Points are kept as the words of their memory: same program, same layout.
Json
to_json(const stages::InsertionPoint &point)
{
  std::vector<std::uint8_t> bytes(sizeof(point));
  std::memcpy(bytes.data(), &point, sizeof(point));
  return bytes;
}

stages::InsertionPoint
point_from(const Json &json)
{
  const auto bytes = json.get<std::vector<std::uint8_t>>();
  if (bytes.size() != sizeof(stages::InsertionPoint))
    throw UserError("the checkpoint is of another version of the program; run "
                    "without --resume");
  stages::InsertionPoint point;
  std::memcpy(&point, bytes.data(), sizeof(point));
  return point;
}

std::string
header(const std::string                         &key,
       const std::vector<stages::InsertionPoint> &points,
       const bool                                 has_state)
{
  Json all = Json::array();
  for (const stages::InsertionPoint &point : points)
    all.push_back(to_json(point));
  return Json{{"insertion", key}, {"points", all}, {"has_state", has_state}}
    .dump();
}
} // namespace

Restart::Restart(const std::string &path,
                 const Case        &parameters,
                 const bool         resumes,
                 Log               &log)
  : path_(path),
    key_(insertion_key(parameters.effective_toml)),
    log_(&log)
{
  bool exists = false;
  output::on_first_rank(log.communicator(),
                        [&] { exists = std::filesystem::exists(path_); });
  int flag = exists ? 1 : 0;
  MPI_Bcast(&flag, 1, MPI_INT, 0, log.communicator());
  if (!resumes || flag == 0)
    return;
  const output::Checkpoint file(path_, log.communicator());
  const Json               kept = Json::parse(file.header());
  if (kept["insertion"] != key_)
  {
    log.line("  the checkpoint " + path_ +
             " is of another insertion and is not used");
    return;
  }
  for (const Json &point : kept["points"])
    points_.push_back(point_from(point));
  has_state_ = kept["has_state"].get<bool>();
  log.line(format("  going on from %s with %zu torque points%s",
                  path_.c_str(),
                  points_.size(),
                  has_state_ ? " and the seated screw" : ""));
}

const std::vector<stages::InsertionPoint> &
Restart::points() const
{
  return points_;
}

void
Restart::add(const stages::InsertionPoint &point)
{
  points_.push_back(point);
  std::sort(points_.begin(), points_.end(), [](const auto &a, const auto &b) {
    return a.depth < b.depth;
  });
  // A state that is there already stays in the file that has it.
  if (!has_state_)
    output::write_checkpoint(
      path_, header(key_, points_, false), {}, log_->communicator());
}

stages::Keeper
Restart::keeper()
{
  return {[this](const stages::Model &model, stages::ServiceState &state) {
            return restore(model, state);
          },
          [this](const stages::Model        &model,
                 const stages::ServiceState &state) { save(model, state); }};
}

void
Restart::save(const stages::Model &model, const stages::ServiceState &state)
{
  const fem::NodeSpace            &space = model.space();
  const contact::ProblemState     &kept  = state.history->prepared;
  std::vector<output::CellRecords> all   = records_of(space, kept.interface);
  all.push_back(record("displacement", space, kept.displacement));
  all.push_back(record("inserted", space, state.history->inserted));
  if (state.points() != nullptr)
    all.push_back(record(space, *state.points()));
  has_state_                                 = true;
  std::vector<stages::InsertionPoint> points = points_;
  points.push_back(*state.history->insertion);
  points_ = points;
  output::write_checkpoint(
    path_, header(key_, points, true), all, log_->communicator());
}

bool
Restart::restore(const stages::Model &model, stages::ServiceState &state)
{
  if (!has_state_)
    return false;
  const fem::NodeSpace    &space = model.space();
  const output::Checkpoint file(path_, log_->communicator());
  contact::ProblemState    kept;
  kept.displacement = vector_from("displacement", space, file);
  kept.interface    = interface_from(space, file);
  if (state.points() != nullptr)
    kept.points = points_from(space, *state.points(), file);
  state.history->inserted = vector_from("inserted", space, file);
  const double full       = model.parameters().site.insertion_depth;
  for (const stages::InsertionPoint &point : points_)
    if (point.depth == full)
      state.history->insertion = point;
  state.history->problem->restore(kept, state.displacement);
  return true;
}

void
Restart::finish()
{
  output::on_first_rank(log_->communicator(), [&] {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  });
}
} // namespace miniscrew
