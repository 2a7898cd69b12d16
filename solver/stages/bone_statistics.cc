// SPDX-License-Identifier: LGPL-2.1-or-later
// One pass over the Gauss points for all statistics.
#include "solver/stages/bone_statistics.h"

#include "solver/fem/statistics.h"
#include "solver/fem/strain.h"

#include <deal.II/base/mpi.h>

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>

namespace miniscrew::stages
{
namespace
{
using Json = nlohmann::json;

constexpr const char *body_names[mesh::n_bodies] = {"near_cortex",
                                                    "cancellous",
                                                    "far_cortex",
                                                    "screw"};

// Windows of the mechanostat (Frost), in strain.
constexpr unsigned int n_windows                  = 5;
constexpr const char  *window_names[n_windows]    = {"disuse",
                                                     "adapted",
                                                     "mild_overload",
                                                     "overload",
                                                     "pathologic"};
constexpr double       window_ends[n_windows - 1] = {1e-4, 1.5e-3, 3e-3, 4e-3};

// The shell around the screw of which the greatest principal strain predicts
// failure best (Albogha et al. 2016, Angle Orthod. 86:24).
constexpr double shell_inner = 0.5, shell_outer = 1.0;

Json
quantiles(fem::WeightedDistribution &values, const double sign)
{
  return {{"p99", sign * values.quantile(0.99)},
          {"p99_9", sign * values.quantile(0.999)},
          {"max_singular", sign * values.maximum()}};
}

// Damage that counts as such: cracks that soften bone by less are not seen.
constexpr double least_damage = 0.01;

struct BodyStatistics
{
  double                        volume = 0.;
  fem::WeightedDistribution     tension, compression, von_mises;
  std::array<double, n_windows> windows{};
  // Of inelastic bodies; volumes in the order of volume_names.
  fem::WeightedDistribution plastic, damage;
  std::array<double, 3>     inelastic_volumes{};
};

constexpr const char *volume_names[3] = {"yielded_mm3",
                                         "damaged_mm3",
                                         "lost_mm3"};

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

class Collector
{
public:
  Collector(const Model &model, const fem::MaterialPoints *points)
    : model_(model),
      points_(points),
      stiffness_(model.bodies())
  {}

  void
  collect(const linear::Vector<double> &displacement)
  {
    const fem::NodeSpace      &space = model_.space();
    const fem::StrainEvaluator strain(
      model_.geometry(), displacement, space.degree() + 1);
    std::vector<fem::PointState> points;
    for (std::size_t c = 0; c < space.cells().size(); ++c)
    {
      const unsigned int body = space.cells()[c]->material_id();
      strain.evaluate(c, points);
      for (unsigned int q = 0; q < points.size(); ++q)
        add_point(c, q, body, points[q]);
      if (body == mesh::screw_id)
        add_screw_cell(c, displacement, points);
    }
  }

  Json
  finish()
  {
    const MPI_Comm communicator = model_.communicator();
    Json           result;
    const auto     motion = rigid_.solve(communicator);
    result["strain_energy_N_mm"] =
      dealii::Utilities::MPI::sum(energy_, communicator);
    result["screw_rotation_rad"] = {motion[3], motion[4], motion[5]};
    result["axis_rotation_deg"] =
      std::hypot(motion[3], motion[4]) * 180. / 3.14159265358979323846;
    for (unsigned int body = 0; body < mesh::n_bodies; ++body)
      add_body(body, result);
    shell_.finish(communicator);
    if (!shell_.empty())
    {
      result["bone"]["shell"]["volume_mm3"]           = shell_.total_weight();
      result["bone"]["shell"]["max_principal_strain"] = quantiles(shell_, 1.);
    }
    return result;
  }

private:
  // Stress at a point; what an inelastic one remembers is counted.
  fem::VoigtVector
  add_stress(const std::size_t      cell,
             const unsigned int     q,
             const unsigned int     body,
             const fem::PointState &point)
  {
    if (points_ == nullptr || !points_->contains(cell))
      return fem::multiply(stiffness_.at(body, point.position), point.strain);
    const double kappa  = points_->state(cell, q).kappa,
                 damage = points_->damage(cell, q);
    BodyStatistics &s   = bodies_[body];
    s.plastic.add(kappa, point.jxw);
    s.damage.add(damage, point.jxw);
    const double shares[3] = {
      kappa > 0. ? 1. : 0., damage >= least_damage ? 1. : 0., damage};
    for (unsigned int k = 0; k < 3; ++k)
      s.inelastic_volumes[k] += shares[k] * point.jxw;
    return points_->stress(cell, q, point.strain);
  }

  void
  add_point(const std::size_t      cell,
            const unsigned int     q,
            const unsigned int     body,
            const fem::PointState &point)
  {
    const auto      stress    = add_stress(cell, q, body, point);
    const auto      principal = fem::principal_strains(point.strain);
    BodyStatistics &s         = bodies_[body];
    energy_ +=
      point.jxw * energy_density(stiffness_, points_, cell, q, body, point);
    s.volume += point.jxw;
    s.von_mises.add(fem::von_mises(stress), point.jxw);
    s.tension.add(principal[0], point.jxw);
    s.compression.add(-principal[2], point.jxw);
    if (body == mesh::screw_id)
      return;
    const double largest =
      std::max(std::abs(principal[0]), std::abs(principal[2]));
    s.windows[std::upper_bound(
                window_ends, window_ends + n_windows - 1, largest) -
              window_ends] += point.jxw;
    const double distance =
      distance_from_screw(model_.surface(),
                          model_.parameters().site.insertion_depth,
                          point.position,
                          2. * shell_outer);
    if (distance >= shell_inner && distance <= shell_outer)
      shell_.add(principal[0], point.jxw);
  }

  // Mean position and displacement of the cell's nodes stand for the cell.
  void
  add_screw_cell(const std::size_t                   c,
                 const linear::Vector<double>       &displacement,
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
      rigid_.add(model_.geometry().node(node),
                 {{displacement.local_element(3 * node),
                   displacement.local_element(3 * node + 1),
                   displacement.local_element(3 * node + 2)}},
                 volume / n);
    }
  }

  void
  add_body(const unsigned int body, Json &result)
  {
    const MPI_Comm  communicator = model_.communicator();
    BodyStatistics &s            = bodies_[body];
    s.volume = dealii::Utilities::MPI::sum(s.volume, communicator);
    for (double &window : s.windows)
      window = dealii::Utilities::MPI::sum(window, communicator);
    s.von_mises.finish(communicator);
    s.tension.finish(communicator);
    s.compression.finish(communicator);
    if (s.von_mises.empty())
      return;
    Json &entry                   = body == mesh::screw_id ? result["screw"]
                                                           : result["bone"][body_names[body]];
    entry["volume_mm3"]           = s.volume;
    entry["von_mises_stress_MPa"] = quantiles(s.von_mises, 1.);
    if (points_ != nullptr)
      add_inelastic(s, entry);
    if (body == mesh::screw_id)
    {
      entry["max_von_mises_MPa"] = s.von_mises.maximum();
      const double yield         = model_.bodies()[body].yield_stress;
      if (yield > 0.)
        entry["yield_ratio"] = s.von_mises.maximum() / yield;
      return;
    }
    entry["max_principal_strain"] = quantiles(s.tension, 1.);
    entry["min_principal_strain"] = quantiles(s.compression, -1.);
    for (unsigned int w = 0; w < n_windows; ++w)
      entry["mechanostat_mm3"][window_names[w]] = s.windows[w];
  }

  void
  add_inelastic(BodyStatistics &s, Json &entry)
  {
    const MPI_Comm communicator = model_.communicator();
    s.plastic.finish(communicator);
    s.damage.finish(communicator);
    if (s.plastic.empty())
      return;
    Json &result = entry["inelastic"];
    for (unsigned int k = 0; k < 3; ++k)
      result[volume_names[k]] =
        dealii::Utilities::MPI::sum(s.inelastic_volumes[k], communicator);
    result["cumulated_plastic_strain"] = quantiles(s.plastic, 1.);
    result["damage"]                   = quantiles(s.damage, 1.);
  }

  const Model                               &model_;
  const fem::MaterialPoints                 *points_;
  fem::StiffnessField                        stiffness_;
  std::array<BodyStatistics, mesh::n_bodies> bodies_;
  fem::WeightedDistribution                  shell_;
  RigidFit                                   rigid_;
  double                                     energy_ = 0.;
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

nlohmann::json
strain_statistics(const Model                  &model,
                  const linear::Vector<double> &displacement,
                  const fem::MaterialPoints    *points)
{
  Collector collector(model, points);
  collector.collect(displacement);
  return collector.finish();
}

double
stored_energy(const Model                  &model,
              const linear::Vector<double> &displacement,
              const fem::MaterialPoints    *points)
{
  const fem::NodeSpace      &space = model.space();
  const fem::StiffnessField  stiffness(model.bodies());
  const fem::StrainEvaluator strain(
    model.geometry(), displacement, space.degree() + 1);
  std::vector<fem::PointState> states;
  double                       energy = 0.;
  for (std::size_t c = 0; c < space.cells().size(); ++c)
  {
    const unsigned int body = space.cells()[c]->material_id();
    strain.evaluate(c, states);
    for (unsigned int q = 0; q < states.size(); ++q)
      energy += states[q].jxw *
                energy_density(stiffness, points, c, q, body, states[q]);
  }
  return dealii::Utilities::MPI::sum(energy, model.communicator());
}
} // namespace miniscrew::stages
