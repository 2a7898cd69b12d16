// SPDX-License-Identifier: LGPL-2.1-or-later
// Depths, groups of ranks, and gathering of what they found.
#include "solver/stages/insertion_curve.h"

#include "solver/model/problem.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::stages
{
namespace
{
// Unknowns that one rank should have at least, before a depth gets another.
constexpr double dofs_per_rank = 1e5;

// Points of the curve are no closer than this, mm.
constexpr double least_distance = 0.2;

// The screw at a depth, in bone that no screw has touched.
InsertionPoint
insert_to(const Case    &parameters,
          const double   depth,
          const MPI_Comm communicator,
          Log           &log)
{
  const Case             partial = at_depth(parameters, depth);
  model::Model           model(partial, communicator);
  const auto             problem      = model::make_problem(model, partial);
  linear::Vector<double> displacement = model.space().make_vector<double>();
  displacement.update_ghost_values();
  return insert(model,
                partial,
                *problem,
                displacement,
                {[&](const std::string &text) { log.progress(text); },
                 [](const equilibrium::StepReport &) {}});
}
} // namespace

std::vector<double>
first_depths(const Case &parameters)
{
  const unsigned int  n = parameters.insertion.depths;
  std::vector<double> depths;
  for (unsigned int i = 1; i < n; ++i)
    depths.push_back(parameters.site.insertion_depth * i / n);
  return depths;
}

Case
at_depth(const Case &parameters, const double depth)
{
  Case partial                 = parameters;
  partial.site.insertion_depth = depth;
  partial.load.height.reset();
  return partial;
}

std::vector<double>
depths_where_it_bends(const std::vector<InsertionPoint> &points,
                      const unsigned int                 n)
{
  const auto slope = [&](const std::size_t i) {
    return (points[i + 1].loads.torque() - points[i].loads.torque()) /
           (points[i + 1].depth - points[i].depth);
  };
  std::vector<std::pair<double, std::size_t>> bends;
  for (std::size_t i = 1; i + 1 < points.size(); ++i)
    bends.push_back({std::abs(slope(i) - slope(i - 1)), i});
  std::sort(bends.rbegin(), bends.rend());
  std::vector<double> depths;
  for (const auto &[bend, i] : bends)
    for (const std::size_t k : {i - 1, i})
    {
      const double length = points[k + 1].depth - points[k].depth;
      const double middle = points[k].depth + 0.5 * length;
      if (depths.size() < n && length >= 2. * least_distance &&
          std::find(depths.begin(), depths.end(), middle) == depths.end())
        depths.push_back(middle);
    }
  return depths;
}

void
insertion_points(const Case                                      &parameters,
                 const std::vector<double>                       &depths,
                 const std::uint64_t                              n_dofs,
                 Log                                             &log,
                 const std::function<void(const DepthOutcome &)> &tell)
{
  const MPI_Comm     all     = log.communicator();
  const unsigned int n_ranks = dealii::Utilities::MPI::n_mpi_processes(all);
  const unsigned int ranks_per_group =
    std::max(1u, static_cast<unsigned int>(std::ceil(n_dofs / dofs_per_rank)));
  const unsigned int n_groups =
    std::clamp(n_ranks / ranks_per_group,
               1u,
               std::max(1u, static_cast<unsigned int>(depths.size())));
  const mesh::ScrewSurface surface(parameters.screw);
  for (const double depth : depths)
    for (const std::string &sentence :
         mesh::fit_planes(surface, at_depth(parameters, depth).site).changes)
      log.line(format("  depth %.2f mm: ", depth) + sentence);
  insert_in_groups(
    all,
    n_groups,
    depths,
    [&](const double depth, const MPI_Comm group) {
      return insert_to(parameters, depth, group, log);
    },
    [&](DepthOutcome outcome) {
      if (outcome.point)
        log.line(line_of(*outcome.point));
      else
      {
        outcome.failure = with_advice(outcome.failure);
        log.line(format("  depth %.2f mm FAILED: ", outcome.depth) +
                 outcome.failure);
      }
      tell(outcome);
    });
}

std::string
with_advice(const std::string &failure)
{
  const bool has_advice = failure.find("discretisation.") != std::string::npos;
  return has_advice ? failure
                    : failure + "; more insertion.steps, a smaller "
                                "discretisation.interface_size_mm, less "
                                "friction or another depth may help";
}

std::string
line_of(const InsertionPoint &point)
{
  const InsertionLoads &loads = point.loads;
  return format(
    "  depth %.2f mm: torque %.2f N cm (friction: near cortex "
    "%.2f, cancellous %.2f, far cortex %.2f; flanks %.2f; cutting "
    "%.2f), axial force %.1f N; pressure %.0f MPa on average; %u Newton, "
    "%u linear iterations, %llu DoF, %.1f s",
    point.depth,
    0.1 * loads.torque(),
    0.1 * loads.friction[0],
    0.1 * loads.friction[1],
    0.1 * loads.friction[2],
    0.1 * loads.flanks,
    0.1 * loads.cutting,
    loads.axial_force,
    point.mean_pressure,
    point.newton_iterations,
    point.linear_iterations,
    static_cast<unsigned long long>(point.n_dofs),
    point.seconds);
}
} // namespace miniscrew::stages
