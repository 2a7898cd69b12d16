// SPDX-License-Identifier: LGPL-2.1-or-later
// Pins that are turned into homogeneous bone.
#pragma once

#include "solver/model/problem.h"
#include "solver/stages/insertion_curve.h"

#include "tests/verification/integrals.h"

#include <memory>

namespace miniscrew::verification
{
constexpr double pi = 3.14159265358979323846;

inline materials::Material
bone(const double E, const double nu)
{
  return isotropic(E, nu);
}

/// A pin of 1.6 mm in homogeneous bone, 5 mm deep, of which a pilot hole leaves
/// an interference. Nothing is cut, nor pushed.
inline Case
pin_case(const double interference, const double mu)
{
  Case c;
  c.name                = "pin";
  c.screw.diameter      = 1.6;
  c.screw.core_diameter = 1.6;
  c.screw.length        = 5.;
  c.screw.tip           = mesh::TipShape::flat;
  c.screw.collar_height = 0.;
  c.screw.head          = mesh::HeadShape::round;
  c.screw.head_width    = 1.6;
  c.screw.head_height   = 2.;
  c.site                = site(1.5, 8., 16., 5.);
  c.screw_material      = isotropic(110000., 0.);
  c.near_cortex = c.cancellous = c.far_cortex = bone(13700., 0.3);
  c.interface.condition                       = InterfaceCondition::frictional;
  c.interface.friction                        = mu;
  c.insertion.technique                       = "self-tapping";
  c.insertion.pilot_diameter                  = 2. * (0.8 - interference);
  c.insertion.pilot_depth                     = 5.;
  for (BoneCutting *part : {&c.insertion.cortex, &c.insertion.cancellous})
  {
    part->friction       = mu;
    part->cut_fraction   = 0.;
    part->cutting_energy = 0.;
  }
  c.insertion.driver_force        = 0.;
  c.insertion.steps               = 1;
  c.insertion.relative_tolerance  = 2e-3;
  c.discretisation.interface_size = 0.4;
  c.discretisation.far_size       = 2.;
  c.boundary.lateral              = BoundaryCondition::fixed;
  return c;
}

/// A screw that is inserted on construction.
struct Inserted
{
  explicit Inserted(const Case &parameters)
    : case_(parameters),
      model(case_, MPI_COMM_WORLD),
      problem(model::make_problem(model, case_)),
      u(model.space().make_vector<double>())
  {
    u.update_ghost_values();
    point = stages::insert(
      model,
      case_,
      *problem,
      u,
      {[](const std::string &) {}, [](const equilibrium::StepReport &) {}});
  }

  Case                                             case_;
  model::Model                                     model;
  std::unique_ptr<equilibrium::EquilibriumProblem> problem;
  linear::Vector<double>                           u;
  stages::InsertionPoint                           point;
};
} // namespace miniscrew::verification
