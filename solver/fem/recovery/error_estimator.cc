// SPDX-License-Identifier: LGPL-2.1-or-later
// The estimator of Zienkiewicz and Zhu.
#include "solver/fem/recovery/error_estimator.h"

#include <deal.II/distributed/grid_refinement.h>

#include <cmath>

namespace miniscrew::fem
{
double
ErrorEstimate::relative_error() const
{
  const double all = error_square + energy_square;
  return all > 0. ? std::sqrt(error_square / all) : 0.;
}

ErrorEstimate
estimate_error(const Geometry               &geometry,
               const BodyMaterials          &bodies,
               const linear::Vector<double> &displacement,
               const RecoveredStrain        &recovered)
{
  const NodeSpace      &space = geometry.space();
  const CubeQuadrature  gauss(space.degree() + 1);
  const ShapeTable      table(space.degree(), gauss.points);
  const StrainEvaluator strains(geometry, displacement, space.degree() + 1);
  const StiffnessField  stiffness(bodies);

  ErrorEstimate            result;
  std::vector<PointState>  points;
  std::vector<VoigtVector> nodal;
  result.cell_squares.reserve(space.cells().size());
  for (std::size_t cell = 0; cell < space.cells().size(); ++cell)
  {
    const auto body = space.cells()[cell]->material_id();
    strains.evaluate(cell, points);
    recovered.cell_values(cell, nodal);
    double square = 0.;
    for (unsigned int q = 0; q < table.n_points; ++q)
    {
      const VoigtVector &strain = points[q].strain;
      const auto         C      = stiffness.at(body, points[q].position);
      VoigtVector        error  = {};
      for (unsigned int c = 0; c < 6; ++c)
        error[c] = -strain[c];
      for (unsigned int i = 0; i < table.n_nodes; ++i)
        for (unsigned int c = 0; c < 6; ++c)
          error[c] += table.values[q * table.n_nodes + i] * nodal[i][c];
      square += contract(multiply(C, error), error) * points[q].jxw;
      result.energy_square +=
        contract(multiply(C, strain), strain) * points[q].jxw;
    }
    result.cell_squares.push_back(square);
    result.error_square += square;
  }
  namespace MPI        = dealii::Utilities::MPI;
  result.error_square  = MPI::sum(result.error_square, space.communicator());
  result.energy_square = MPI::sum(result.energy_square, space.communicator());
  return result;
}

void
mark_for_refinement(mesh::Triangulation &triangulation,
                    const ErrorEstimate &estimate,
                    const double         fraction)
{
  dealii::Vector<double> criteria(triangulation.n_active_cells());
  std::size_t            cell_number = 0;
  for (const auto &cell : triangulation.active_cell_iterators())
    if (cell->is_locally_owned())
      criteria[cell->active_cell_index()] =
        estimate.cell_squares.at(cell_number++);
  dealii::parallel::distributed::GridRefinement::
    refine_and_coarsen_fixed_fraction(triangulation, criteria, fraction, 0.);
}
} // namespace miniscrew::fem
