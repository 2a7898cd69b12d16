// SPDX-License-Identifier: LGPL-2.1-or-later
// Depths, groups of ranks, and gathering of what they found.
#include "solver/stages/insertion_curve.h"

#include "solver/base/errors.h"
#include "solver/stages/problem.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace miniscrew::stages
{
namespace
{
// Unknowns that one rank should have at least, before a depth gets another.
constexpr double dofs_per_rank = 1e5;

// Points of the curve are no closer than this, mm.
constexpr double least_distance = 0.2;

/// A part of the ranks that works on its own.
class Group
{
public:
  Group(const MPI_Comm all, const unsigned int n_groups)
    : index_(dealii::Utilities::MPI::this_mpi_process(all) * n_groups /
             dealii::Utilities::MPI::n_mpi_processes(all))
  {
    MPI_Comm_split(all, static_cast<int>(index_), 0, &communicator_);
  }

  ~Group()
  {
    MPI_Comm_free(&communicator_);
  }

  Group(const Group &)            = delete;
  Group &operator=(const Group &) = delete;

  unsigned int
  index() const
  {
    return index_;
  }

  MPI_Comm
  communicator() const
  {
    return communicator_;
  }

private:
  unsigned int index_;
  MPI_Comm     communicator_ = MPI_COMM_NULL;
};

// The screw at a depth, in bone that no screw has touched.
InsertionPoint
insert_to(const Case    &parameters,
          const double   depth,
          const MPI_Comm communicator,
          Log           &log)
{
  Case partial                 = parameters;
  partial.site.insertion_depth = depth;
  partial.load.height.reset();
  Model                  model(partial, communicator);
  const auto             problem      = make_problem(model);
  linear::Vector<double> displacement = model.space().make_vector<double>();
  displacement.update_ghost_values();
  return insert(model,
                *problem,
                displacement,
                {[&](const std::string &text) { log.progress(text); },
                 [](const contact::StepReport &) {}});
}

// The points of a round, from the first rank of each group to all; throws what
// any of them threw.
void
share(std::vector<InsertionPoint> &points,
      const std::string           &failure,
      const Group                 &group,
      const MPI_Comm               all)
{
  static_assert(std::is_trivially_copyable<InsertionPoint>::value,
                "points are sent as bytes");
  const std::vector<std::string> failures =
    dealii::Utilities::MPI::all_gather(all, failure);
  for (const std::string &text : failures)
    if (!text.empty())
      throw ConvergenceError(text);
  const auto owners = dealii::Utilities::MPI::all_gather(all, group.index());
  for (std::size_t i = 0; i < points.size(); ++i)
  {
    const auto owner = std::find(owners.begin(), owners.end(), i);
    MPI_Bcast(&points[i],
              sizeof(InsertionPoint),
              MPI_BYTE,
              static_cast<int>(owner - owners.begin()),
              all);
  }
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

std::vector<InsertionPoint>
insertion_points(const Case                                        &parameters,
                 const std::vector<double>                         &depths,
                 const std::uint64_t                                n_dofs,
                 Log                                               &log,
                 const std::function<void(const InsertionPoint &)> &keep)
{
  const MPI_Comm     all     = log.communicator();
  const unsigned int n_ranks = dealii::Utilities::MPI::n_mpi_processes(all);
  const unsigned int ranks_per_group =
    std::max(1u, static_cast<unsigned int>(std::ceil(n_dofs / dofs_per_rank)));
  const unsigned int n_groups =
    std::clamp(n_ranks / ranks_per_group,
               1u,
               std::max(1u, static_cast<unsigned int>(depths.size())));
  const Group group(all, n_groups);

  std::vector<InsertionPoint> result;
  for (std::size_t first = 0; first < depths.size(); first += n_groups)
  {
    const std::size_t n =
      std::min<std::size_t>(n_groups, depths.size() - first);
    std::vector<InsertionPoint> points(n);
    std::string                 failure;
    if (group.index() < n)
      try
      {
        points[group.index()] = insert_to(
          parameters, depths[first + group.index()], group.communicator(), log);
      }
      catch (const ConvergenceError &error)
      {
        failure = error.what();
      }
    share(points, failure, group, all);
    for (const InsertionPoint &point : points)
    {
      log.line(line_of(point));
      result.push_back(point);
      if (keep)
        keep(point);
    }
  }
  return result;
}

std::string
line_of(const InsertionPoint &point)
{
  const InsertionLoads &loads = point.loads;
  return format("  depth %.2f mm: torque %.2f N cm (friction: near cortex "
                "%.2f, cancellous %.2f, far cortex %.2f; flanks %.2f; cutting "
                "%.2f), push %.1f N; pressure %.0f MPa on average; %u Newton, "
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
