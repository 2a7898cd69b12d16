// SPDX-License-Identifier: LGPL-2.1-or-later
// Groups of ranks, and gathering of what they found.
#include "solver/stages/depth_groups.h"

#include "solver/base/guard.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <type_traits>

namespace miniscrew::stages
{
namespace
{
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

// What this rank's group found at its depth. The group agrees on a failure
// before any other group hears of it: nobody is left waiting.
DepthOutcome
attempt(const double depth, const Group &group, const InsertTo &insert_to)
{
  DepthOutcome  result{depth, {}, ""};
  const Outcome outcome = run_guarded(group.communicator(), [&] {
    result.point = insert_to(depth, group.communicator());
  });
  if (outcome.code != ExitCode::success)
  {
    result.point.reset();
    result.failure = outcome.message;
  }
  return result;
}

// Outcomes of a round on all ranks, from the first rank of each group.
std::vector<DepthOutcome>
gather(const std::vector<double> &depths,
       const DepthOutcome        &mine,
       const Group               &group,
       const MPI_Comm             all)
{
  static_assert(std::is_trivially_copyable<InsertionPoint>::value,
                "points are sent as bytes");
  namespace MPI         = dealii::Utilities::MPI;
  const auto owners     = MPI::all_gather(all, group.index());
  const auto have_point = MPI::all_gather(all, mine.point ? 1 : 0);
  const auto failures   = MPI::all_gather(all, mine.failure);
  std::vector<DepthOutcome> result;
  for (std::size_t i = 0; i < depths.size(); ++i)
  {
    const auto owner = std::find(owners.begin(), owners.end(), i);
    const auto rank  = owner - owners.begin();
    result.push_back({depths[i], {}, failures[rank]});
    if (have_point[rank] == 0)
      continue;
    InsertionPoint point = mine.point.value_or(InsertionPoint());
    MPI_Bcast(&point, sizeof(point), MPI_BYTE, static_cast<int>(rank), all);
    result.back().point = point;
  }
  return result;
}
} // namespace

void
insert_in_groups(const MPI_Comm                                   all,
                 const unsigned int                               n_groups,
                 const std::vector<double>                       &depths,
                 const InsertTo                                  &insert_to,
                 const std::function<void(const DepthOutcome &)> &tell)
{
  const Group group(all, n_groups);
  for (std::size_t first = 0; first < depths.size(); first += n_groups)
  {
    const std::size_t n =
      std::min<std::size_t>(n_groups, depths.size() - first);
    const std::vector<double> round(depths.begin() + first,
                                    depths.begin() + first + n);
    DepthOutcome              mine;
    if (group.index() < n)
      mine = attempt(round[group.index()], group, insert_to);
    for (const DepthOutcome &outcome : gather(round, mine, group, all))
      tell(outcome);
  }
}
} // namespace miniscrew::stages
