// SPDX-License-Identifier: LGPL-2.1-or-later
// One pass over the Gauss points for all statistics.
#include "solver/model/bone_statistics.h"

#include "solver/fem/space/strain.h"
#include "solver/model/body_statistics.h"

#include <deal.II/base/mpi.h>

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <optional>

namespace miniscrew::model
{
namespace
{
// The shell around the screw of which the greatest principal strain predicts
// failure best (Albogha et al. 2016, Angle Orthod. 86:24).
constexpr double shell_inner = 0.5, shell_outer = 1.0;

// Weighted least squares of a rigid motion about the origin.
class RigidFit
{
public:
  void
  add(const fem::Vector3 &x, const fem::Vector3 &u, const double weight)
  {
    Eigen::Matrix<double, 3, 6> N;
    N << 1, 0, 0, 0, x[2], -x[1], 0, 1, 0, -x[2], 0, x[0], 0, 0, 1, x[1], -x[0],
      0;
    matrix_ += weight * N.transpose() * N;
    right_ += weight * N.transpose() * Eigen::Vector3d(u[0], u[1], u[2]);
  }

  Eigen::Matrix<double, 6, 1>
  solve(const MPI_Comm communicator)
  {
    MPI_Allreduce(
      MPI_IN_PLACE, matrix_.data(), 36, MPI_DOUBLE, MPI_SUM, communicator);
    MPI_Allreduce(
      MPI_IN_PLACE, right_.data(), 6, MPI_DOUBLE, MPI_SUM, communicator);
    return matrix_.ldlt().solve(right_);
  }

private:
  Eigen::Matrix<double, 6, 6> matrix_ = Eigen::Matrix<double, 6, 6>::Zero();
  Eigen::Matrix<double, 6, 1> right_  = Eigen::Matrix<double, 6, 1>::Zero();
};

// Elastic energy per volume at a point of an elastic or inelastic cell.
double
energy_density(const fem::StiffnessField &stiffness,
               const fem::MaterialPoints *points,
               const std::size_t          cell,
               const unsigned int         q,
               const unsigned int         body,
               const fem::PointState     &point)
{
  if (points != nullptr && points->contains(cell))
    return points->elastic_energy(cell, q, point.strain);
  return 0.5 * fem::contract(fem::multiply(stiffness.at(body, point.position),
                                           point.strain),
                             point.strain);
}

// What a Gauss point is at.
PointValues
values_at(const fem::StiffnessField &stiffness,
          const fem::MaterialPoints *points,
          const std::size_t          cell,
          const unsigned int         q,
          const unsigned int         body,
          const fem::PointState     &point)
{
  PointValues values;
  values.strain = point.strain;
  values.energy = energy_density(stiffness, points, cell, q, body, point);
  if (points == nullptr || !points->contains(cell))
  {
    values.stress =
      fem::multiply(stiffness.at(body, point.position), point.strain);
    return values;
  }
  values.stress = points->stress(cell, q, point.strain);
  for (unsigned int k = 0; k < points->observables().size(); ++k)
    values.observables.push_back(points->observable(cell, q, k));
  return values;
}

// Gathers one state, or two and their difference.
class Collector
{
public:
  Collector(const Model          &model,
            const fem::BodyState &now,
            const fem::BodyState *before)
    : model_(model),
      now_(now),
      before_(before),
      stiffness_(model.bodies()),
      strain_(model.geometry(), *now.displacement, model.space().degree() + 1),
      totals_(now.points),
      changes_(now.points)
  {
    if (before != nullptr)
      strain_before_.emplace(
        model.geometry(), *before->displacement, model.space().degree() + 1);
  }

  void
  collect()
  {
    const auto                  &cells = model_.space().cells();
    std::vector<fem::PointState> points, points_before;
    for (std::size_t c = 0; c < cells.size(); ++c)
    {
      strain_.evaluate(c, points);
      if (strain_before_)
        strain_before_->evaluate(c, points_before);
      for (unsigned int q = 0; q < points.size(); ++q)
        add_point(
          c, q, points[q], strain_before_ ? &points_before[q] : nullptr);
      if (cells[c]->material_id() == mesh::screw_id)
        add_screw_cell(c, points);
    }
  }

  StrainStatistics
  finish()
  {
    const MPI_Comm   communicator = model_.communicator();
    StrainStatistics total        = totals_.finish(model_);
    total.screw_rotation          = rotation(rotation_, communicator);
    if (before_ == nullptr)
      return total;
    const auto       before = rotation(rotation_before_, communicator);
    StrainStatistics result = changes_.finish(model_);
    for (unsigned int d = 0; d < 3; ++d)
      result.screw_rotation[d] = total.screw_rotation[d] - before[d];
    result.total = std::make_shared<const StrainStatistics>(std::move(total));
    return result;
  }

private:
  static fem::Vector3
  rotation(RigidFit &fit, const MPI_Comm communicator)
  {
    const auto motion = fit.solve(communicator);
    return {{motion[3], motion[4], motion[5]}};
  }

  void
  add_point(const std::size_t      cell,
            const unsigned int     q,
            const fem::PointState &point,
            const fem::PointState *before)
  {
    const unsigned int body     = model_.space().cells()[cell]->material_id();
    const bool         in_shell = body != mesh::screw_id && is_in_shell(point);
    PointValues        values =
      values_at(stiffness_, now_.points, cell, q, body, point);
    totals_.add(body, values, point.jxw, in_shell);
    if (before == nullptr)
      return;
    values -= values_at(stiffness_, before_->points, cell, q, body, *before);
    changes_.add(body, values, point.jxw, in_shell);
  }

  bool
  is_in_shell(const fem::PointState &point) const
  {
    const double distance = distance_from_screw(model_.surface(),
                                                model_.site().insertion_depth,
                                                point.position,
                                                2. * shell_outer);
    return distance >= shell_inner && distance <= shell_outer;
  }

  // Mean position and displacement of the cell's nodes stand for the cell.
  void
  add_screw_cell(const std::size_t                   c,
                 const std::vector<fem::PointState> &points)
  {
    const fem::NodeSpace &space  = model_.space();
    const unsigned int    n      = space.n_nodes_per_cell();
    double                volume = 0.;
    for (const fem::PointState &point : points)
      volume += point.jxw;
    for (unsigned int i = 0; i < n; ++i)
    {
      const unsigned int node = space.cell_nodes()[c * n + i];
      const fem::Vector3 x    = model_.geometry().node(node);
      rotation_.add(x, at_node(*now_.displacement, node), volume / n);
      if (before_ != nullptr)
        rotation_before_.add(
          x, at_node(*before_->displacement, node), volume / n);
    }
  }

  static fem::Vector3
  at_node(const linear::Vector<double> &u, const unsigned int node)
  {
    return {{u.local_element(3 * node),
             u.local_element(3 * node + 1),
             u.local_element(3 * node + 2)}};
  }

  const Model                        &model_;
  fem::BodyState                      now_;
  const fem::BodyState               *before_;
  fem::StiffnessField                 stiffness_;
  fem::StrainEvaluator                strain_;
  std::optional<fem::StrainEvaluator> strain_before_;
  BodyStatistics                      totals_, changes_;
  RigidFit                            rotation_, rotation_before_;
};
} // namespace

double
distance_from_screw(const mesh::RadialSurface &surface,
                    const double               insertion_depth,
                    const fem::Vector3        &point,
                    const double               limit)
{
  const double r = std::hypot(point[0], point[1]),
               s = point[2] + insertion_depth;
  // No part of the shaft is further out than this from its mean.
  const double thread_allowance = 1.;
  if (s < -limit || r > surface.mean_radius(s) + thread_allowance + limit)
    return limit;
  const double theta = std::atan2(point[1], point[0]), step = 0.02;
  double       squared = limit * limit;
  const double first   = std::max(0., s - limit),
               last    = std::min(surface.height(), s + limit);
  for (double t = first; t <= last; t += step)
  {
    const double dr = std::max(0., r - surface.radius(theta, t)), ds = s - t;
    squared = std::min(squared, dr * dr + ds * ds);
  }
  return std::sqrt(squared);
}

StrainStatistics
strain_statistics(const Model          &model,
                  const fem::BodyState &now,
                  const fem::BodyState *before)
{
  Collector collector(model, now, before);
  collector.collect();
  return collector.finish();
}

double
yielded_bone(const Model                  &model,
             const linear::Vector<double> &displacement,
             const fem::MaterialPoints    *points)
{
  double     volume = 0.;
  const auto yielded =
    points == nullptr ? std::nullopt
                      : points->find_observable(materials::yielded_observable);
  if (yielded)
  {
    const auto                &cells = model.space().cells();
    const fem::StrainEvaluator strain(
      model.geometry(), displacement, model.space().degree() + 1);
    std::vector<fem::PointState> states;
    for (std::size_t c = 0; c < cells.size(); ++c)
    {
      if (!points->contains(c) || cells[c]->material_id() == mesh::screw_id)
        continue;
      strain.evaluate(c, states);
      for (unsigned int q = 0; q < states.size(); ++q)
        if (points->observable(c, q, *yielded) > 0.)
          volume += states[q].jxw;
    }
  }
  return dealii::Utilities::MPI::sum(volume, model.communicator());
}
} // namespace miniscrew::model
