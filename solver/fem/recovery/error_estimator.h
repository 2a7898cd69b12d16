// SPDX-License-Identifier: LGPL-2.1-or-later
// Error of a displacement in the energy norm, and refinement by it.
#pragma once

#include "solver/fem/operator/elasticity_operator.h"
#include "solver/fem/recovery/recovery.h"

#include <vector>

namespace miniscrew::fem
{
/// Squares of energy norms, int stress : strain (twice the elastic energy),
/// in N mm.
struct ErrorEstimate
{
  std::vector<double> cell_squares; ///< of the error, per locally owned cell
  double              error_square  = 0.; ///< their sum over all ranks
  double              energy_square = 0.; ///< of the displacement

  /// Error by the norm of the (estimated) exact solution, 0 to 1.
  double relative_error() const;
};

/// Estimates the error as the distance, in the energy norm, between strain and
/// recovered strain (Zienkiewicz and Zhu 1987, Int. J. Numer. Meth. Engng
/// 24:337; with recovery as in 1992, 33:1365). @p displacement as for
/// RecoveredStrain. Collective.
ErrorEstimate estimate_error(const Geometry               &geometry,
                             const BodyMaterials          &bodies,
                             const linear::Vector<double> &displacement,
                             const RecoveredStrain        &recovered);

/// Flags for refinement the cells of greatest error that together have the
/// share @p fraction (0 to 1) of the squared error (Doerfler 1996, SIAM J.
/// Numer. Anal. 33:1106); nothing is coarsened. The triangulation must be the
/// one the estimate was made on. Collective.
void mark_for_refinement(mesh::Triangulation &triangulation,
                         const ErrorEstimate &estimate,
                         double               fraction);
} // namespace miniscrew::fem
