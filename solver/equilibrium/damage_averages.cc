// SPDX-License-Identifier: LGPL-2.1-or-later
// Averages that damage follows, as a part of equilibrium.
#include "solver/equilibrium/damage_averages.h"

#include <deal.II/base/mpi.h>

namespace miniscrew::equilibrium
{
namespace
{
// Of the loads of an average: far below what forces are balanced to, and, in
// derivatives, below the tightest tolerance of a linear solve.
constexpr double tolerance = 1e-10, tangent_tolerance = 1e-6;
} // namespace


DamageAverages::DamageAverages(const fem::Geometry &geometry,
                               fem::MaterialPoints &points)
  : points_(&points),
    average_(geometry, points.averaged_points()),
    field_(average_.make_field())
{}


// Where nothing is of consequence the averages at hand are none either: those
// of an iterate that went too far must not stay.
bool
DamageAverages::update()
{
  const bool was_needed = is_needed_;
  is_needed_            = points_->needs_averages();
  is_found_             = true;
  if (!is_needed_ && !was_needed)
    return false;
  std::vector<double> averages(points_->averaged_points().size(), 0.);
  if (is_needed_)
  {
    const linear::Verdict verdict =
      average_.solve(points_->averaged_values(), field_, tolerance);
    is_found_ = verdict.converged;
    iterations_ += verdict.iterations;
    average_.evaluate(field_, averages);
  }
  points_->set_averages(averages);
  return true;
}


bool
DamageAverages::is_found() const
{
  return is_found_;
}


void
DamageAverages::begin_linearisation(const fem::NodeSpace &space)
{
  tangents_ = std::make_unique<fem::AverageTangentField>(space.cells().size());
  points_->collect_average_tangents(tangents_.get());
}


std::unique_ptr<const linear::Term>
DamageAverages::end_linearisation(const fem::ElasticityOperator<double> &system)
{
  points_->collect_average_tangents(nullptr);
  const auto tangents = std::move(tangents_);
  if (dealii::Utilities::MPI::max(static_cast<int>(tangents->acts()),
                                  field_.get_mpi_communicator()) == 0)
    return nullptr;
  return std::make_unique<fem::NonlocalTangent>(
    system, average_, *tangents, tangent_tolerance);
}


unsigned int
DamageAverages::iterations() const
{
  return iterations_;
}
} // namespace miniscrew::equilibrium
