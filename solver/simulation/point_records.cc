// SPDX-License-Identifier: LGPL-2.1-or-later
// States of points in p4est's order of the cells, body by body.
#include "solver/simulation/point_records.h"

#include <algorithm>
#include <utility>

namespace miniscrew::simulation
{
namespace
{
// One body's records: their name, the cells in order, and numbers of a cell.
struct Layout
{
  std::string              name;
  std::vector<std::size_t> cells;
  unsigned int             width = 0;
};

std::vector<Layout>
layouts(const std::string &name, const fem::MaterialPoints &points)
{
  const fem::NodeSpace &space = points.space();
  const auto            order = cells_in_order(space);
  std::vector<Layout>   result;
  for (dealii::types::material_id body = 0; body < mesh::n_bodies; ++body)
  {
    if (!points.has_law(body))
      continue;
    Layout layout{name + "_" + std::to_string(body) + "_" +
                    points.law_name(body),
                  {},
                  points.n_points_per_cell() * points.law(body).n_state()};
    std::copy_if(order.begin(),
                 order.end(),
                 std::back_inserter(layout.cells),
                 [&](const std::size_t cell) {
                   return space.cells()[cell]->material_id() == body;
                 });
    result.push_back(layout);
  }
  return result;
}
} // namespace


// The coarse cell of an identifier is the number of p4est's tree.
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


std::vector<output::CellRecords>
point_records(const std::string         &name,
              const fem::MaterialPoints &points,
              const std::vector<double> &states)
{
  std::vector<output::CellRecords> result;
  for (const Layout &layout : layouts(name, points))
  {
    output::CellRecords records{layout.name, layout.width, {}};
    for (const std::size_t cell : layout.cells)
    {
      const double *const first = states.data() + points.place(cell, 0);
      records.values.insert(records.values.end(), first, first + layout.width);
    }
    result.push_back(records);
  }
  return result;
}


std::vector<double>
point_states(const std::string         &name,
             const fem::MaterialPoints &points,
             const output::Checkpoint  &file)
{
  std::vector<double> states(points.states().size());
  for (const Layout &layout : layouts(name, points))
  {
    const auto values =
      file.read(layout.name, layout.width, layout.cells.size());
    for (std::size_t c = 0; c < layout.cells.size(); ++c)
      std::copy_n(values.begin() + c * layout.width,
                  layout.width,
                  states.begin() + points.place(layout.cells[c], 0));
  }
  return states;
}
} // namespace miniscrew::simulation
