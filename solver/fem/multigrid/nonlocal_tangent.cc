// SPDX-License-Identifier: LGPL-2.1-or-later
// Stiffness that acts through averages.
#include "solver/fem/multigrid/nonlocal_tangent.h"

namespace miniscrew::fem
{
NonlocalTangent::NonlocalTangent(const ElasticityOperator<double> &system,
                                 const NonlocalAverage            &average,
                                 const AverageTangentField        &tangents,
                                 const double                      tolerance)
  : system_(&system),
    average_(&average),
    tangents_(tangents),
    tolerance_(tolerance)
{}


// (i) how what is averaged grows, (ii) its average, (iii) the forces of the
// stresses that change with it.
void
NonlocalTangent::add_product(linear::Vector<double>       &dst,
                             const linear::Vector<double> &src) const
{
  const AveragedPoints &points = average_->points();
  std::vector<double>   growth(points.size(), 0.);
  src.update_ghost_values();
  system_->visit_strains(
    src,
    [&](const std::size_t cell) { return tangents_.grows(cell); },
    [&](const std::size_t cell, const std::vector<VoigtVector> &strains) {
      for (unsigned int q = 0; q < strains.size(); ++q)
        growth[points.place(cell) + q] = materials::contract(
          tangents_.at(cell, q).averaged_by_strain, strains[q]);
    });
  src.zero_out_ghost_values();

  linear::Vector<double> field = average_->make_field();
  // What is left of the residual after many iterations is no better known.
  static_cast<void>(average_->solve(growth, field, tolerance_));

  std::vector<double>    averages(points.n_points_per_cell());
  linear::Vector<double> forces(dst);
  forces = 0.;
  system_->add_stresses(
    forces,
    [&](const std::size_t cell) { return tangents_.acts(cell); },
    [&](const std::size_t cell, std::vector<VoigtVector> &stresses) {
      average_->evaluate(field, cell, averages.data());
      for (unsigned int q = 0; q < stresses.size(); ++q)
        for (unsigned int i = 0; i < 6; ++i)
          stresses[q][i] =
            averages[q] * tangents_.at(cell, q).stress_by_average[i];
    });
  forces.compress(dealii::VectorOperation::add);
  dst += forces;
}
} // namespace miniscrew::fem
