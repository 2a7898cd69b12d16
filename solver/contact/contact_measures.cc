// SPDX-License-Identifier: LGPL-2.1-or-later
// Areas, extrema and sums over the interface.
#include "solver/contact/contact_interface.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::contact
{
namespace
{
void
see(Extremum &extremum, const double value, const Vector3 &place)
{
  if (value > extremum.value)
    extremum = {value, place};
}

Extremum
greatest(const Extremum &here, const MPI_Comm communicator)
{
  struct
  {
    double value;
    int    rank;
  } mine{
    here.value,
    static_cast<int>(dealii::Utilities::MPI::this_mpi_process(communicator))},
    all{};
  MPI_Allreduce(&mine, &all, 1, MPI_DOUBLE_INT, MPI_MAXLOC, communicator);
  Extremum result{all.value, here.place};
  MPI_Bcast(result.place.data(), 3, MPI_DOUBLE, all.rank, communicator);
  return result;
}
} // namespace

InterfaceMeasures
ContactInterface::measures() const
{
  InterfaceMeasures result;
  enum
  {
    open,
    stick,
    slip,
    force_x,
    force_y,
    force_z,
    normal,
    springs,
    contact,
    moved,
    work,
    changes,
    n_sums
  };
  std::array<double, n_sums> sums{};
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    const PointResponse &r    = responses_[k];
    const double         area = areas_[k], surface = this->surface(k);
    sums[r.status == Status::open    ? open
         : r.status == Status::stick ? stick
                                     : slip] += surface;
    for (unsigned int d = 0; d < 3; ++d)
      sums[force_x + d] += area * (r.traction[d] + r.spring[d]);
    sums[normal] += surface * r.pressure;
    sums[springs] += area * norm(r.spring);
    sums[contact] += area * norm(r.traction);
    const double micromotion_um = 1e3 * norm(micromotion(k));
    sums[moved] += surface * micromotion_um;
    see(result.micromotion, micromotion_um, points_[k].position);
    see(result.pressure, r.pressure, points_[k].position);
    if (r.status != Status::open)
      see(result.penetration, std::abs(r.gap), points_[k].position);
    see(result.stick_violation,
        stick_violation(r, histories_[k], points_[k].normal, jumps_[k]),
        points_[k].position);
    if (r.status == Status::slip)
    {
      // The mean traction of the step without its normal part.
      const Vector3 &n     = points_[k].normal;
      double         along = 0., pushed = 0., total = 0.;
      for (unsigned int d = 0; d < 3; ++d)
      {
        const double slide = jumps_[k][d] - histories_[k].jump[d];
        const double mean  = 0.5 * (r.traction[d] + histories_[k].accepted[d]);
        total -= mean * slide;
        pushed -= mean * n[d];
        along += n[d] * slide;
      }
      sums[work] += area * (total - pushed * along);
    }
  }
  sums[changes]                           = static_cast<double>(n_changes_);
  const MPI_Comm             communicator = space_->communicator();
  std::array<double, n_sums> all{};
  MPI_Allreduce(
    sums.data(), all.data(), n_sums, MPI_DOUBLE, MPI_SUM, communicator);
  result.open_area          = all[open];
  result.stick_area         = all[stick];
  result.slip_area          = all[slip];
  result.force              = {{all[force_x], all[force_y], all[force_z]}};
  result.normal_force       = all[normal];
  result.regularising_force = all[springs];
  result.contact_force      = all[contact];
  result.dissipation        = all[work];
  result.n_changes          = static_cast<std::uint64_t>(all[changes]);
  const double area         = all[open] + all[stick] + all[slip];
  result.mean_micromotion   = area > 0. ? all[moved] / area : 0.;
  result.penetration        = greatest(result.penetration, communicator);
  result.pressure           = greatest(result.pressure, communicator);
  result.stick_violation    = greatest(result.stick_violation, communicator);
  result.micromotion        = greatest(result.micromotion, communicator);
  return result;
}

std::array<double, 6>
ContactInterface::spring_wrench() const
{
  std::array<double, 6> sum{};
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    const double factor =
      -areas_[k] * parameters_.regularisation_factor * stiffness_[k];
    const Vector3 moved = micromotion(k), &x = points_[k].position;
    for (unsigned int d = 0; d < 3; ++d)
    {
      sum[d] += factor * moved[d];
      sum[3 + d] += factor * (x[(d + 1) % 3] * moved[(d + 2) % 3] -
                              x[(d + 2) % 3] * moved[(d + 1) % 3]);
    }
  }
  MPI_Allreduce(
    MPI_IN_PLACE, sum.data(), 6, MPI_DOUBLE, MPI_SUM, space_->communicator());
  return sum;
}
} // namespace miniscrew::contact
