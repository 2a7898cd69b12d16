// SPDX-License-Identifier: LGPL-2.1-or-later
// Averages that damage follows, as a part of equilibrium.
#pragma once

#include "solver/fem/multigrid/nonlocal_tangent.h"
#include "solver/fem/operator/material_points.h"

#include <memory>

namespace miniscrew::equilibrium
{
/// What is averaged does not depend on the average: plastic flow is that of the
/// effective stress. So the average is a function of the displacement, found by
/// one linear solve in each evaluation of forces, and forces with it are a
/// function of the displacement as without it. Nothing is iterated between
/// displacement and average, and Newton's method has the whole derivative.
class DamageAverages
{
public:
  /// All must outlive it; @p points has averages. Collective.
  DamageAverages(const fem::Geometry &geometry, fem::MaterialPoints &points);

  /// After the points were evaluated: averages what they found, if that is of
  /// any consequence. True if they are to be evaluated again. Collective.
  bool update();

  /// True unless the last average was not found.
  bool is_found() const;

  /// Collects the derivatives of the next linearisation.
  void begin_linearisation(const fem::NodeSpace &space);

  /// The term that they make, nullptr if there is nothing of it anywhere.
  /// Collective.
  std::unique_ptr<const linear::Term>
  end_linearisation(const fem::ElasticityOperator<double> &system);

  /// Sweeps of all averages so far.
  unsigned int iterations() const;

private:
  fem::MaterialPoints                      *points_;
  fem::NonlocalAverage                      average_;
  linear::Vector<double>                    field_; ///< the last one
  std::unique_ptr<fem::AverageTangentField> tangents_;
  bool                                      is_needed_  = false;
  bool                                      is_found_   = true;
  unsigned int                              iterations_ = 0;
};
} // namespace miniscrew::equilibrium
