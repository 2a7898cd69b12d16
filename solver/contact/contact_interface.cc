// SPDX-License-Identifier: LGPL-2.1-or-later
// Pairs of nodes: set-up, forces and stiffness.
#include "solver/contact/contact_interface.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace miniscrew::contact
{
namespace
{
// Mean of the stiffnesses against extension in three directions.
double
modulus(const materials::Material &material)
{
  const auto C = material.stiffness();
  return (C[0] + C[7] + C[14]) / 3.;
}

// Area vectors and areas of pairs. The motion at a node differs a little from
// that on the surface around it; what the vectors are then off in its direction
// is put right, so that a pressure at the node does the work of that pressure
// on the surface.
std::vector<fem::PairSurface>
surfaces_of(const fem::NodeSpace      &space,
            const fem::Geometry       &geometry,
            const InterfaceParameters &parameters)
{
  std::vector<fem::PairSurface> surfaces;
  if (!parameters.exact_surface)
  {
    for (const Vector3 &area : fem::pair_areas(space, geometry))
      surfaces.push_back({area, norm(area), 0.});
    return surfaces;
  }
  surfaces = fem::pair_surfaces(
    space, geometry, parameters.exact_surface, parameters.motion);
  for (std::size_t k = 0; k < surfaces.size(); ++k)
  {
    Vector3      &vector = surfaces[k].vector;
    const Vector3 v = parameters.motion(geometry.node(space.pairs()[k].screw));
    const double  speed = dot(v, v);
    const double  lacking =
      speed > 0. ? (surfaces[k].swept - dot(vector, v)) / speed : 0.;
    for (unsigned int d = 0; d < 3; ++d)
      vector[d] += lacking * v[d];
  }
  return surfaces;
}
} // namespace

ContactInterface::ContactInterface(const fem::NodeSpace      &space,
                                   const fem::Geometry       &geometry,
                                   const fem::BodyMaterials  &bodies,
                                   const InterfaceParameters &parameters)
  : space_(&space),
    geometry_(&geometry),
    parameters_(parameters)
{
  const auto surfaces = surfaces_of(space, geometry, parameters);
  const auto layers   = fem::pair_layers(space, geometry);
  for (std::size_t k = 0; k < surfaces.size(); ++k)
  {
    const Vector3 &vector = surfaces[k].vector;
    const double   area   = norm(vector);
    areas_.push_back(area);
    // A ratio below 1 comes of places without weight, such as hanging nodes.
    surface_ratios_.push_back(std::max(1., surfaces[k].area / area));
    points_.push_back({geometry.node(space.pairs()[k].screw),
                       {{vector[0] / area, vector[1] / area, vector[2] / area}},
                       layers[k]});
    gaps_.push_back(parameters.initial_gap ? parameters.initial_gap(points_[k])
                                           : 0.);
  }
  friction_.assign(areas_.size(), parameters.friction);
  friction_limits_.assign(areas_.size(),
                          std::numeric_limits<double>::infinity());
  has_friction_ = parameters.friction > 0.;
  jumps_.resize(areas_.size());
  reference_.resize(areas_.size());
  histories_.resize(areas_.size());
  responses_.resize(areas_.size());
  make_penalties(bodies);
}

// A penalty is the bone's modulus over the size of the faces around a node.
void
ContactInterface::make_penalties(const fem::BodyMaterials &bodies)
{
  linear::Vector<double> sums    = space_->make_vector<double>();
  const unsigned int     n_nodes = space_->n_nodes_per_cell();
  for (const fem::InterfaceFace &place : fem::interface_faces(*space_))
  {
    const auto               &cell  = space_->cells()[place.cell];
    const auto                twin  = cell->periodic_neighbor(place.face);
    const auto                nodes = geometry_->cell_nodes(place.cell);
    const fem::FaceQuadrature rule(1, place.face);
    const fem::ShapeTable     table(geometry_->space().degree(), rule.points);
    const fem::Matrix3        J    = fem::Geometry::jacobian(nodes, table, 0);
    const fem::Matrix3        G    = fem::inverse(J);
    const auto               &axis = G[place.face / 2];
    const double              area = std::abs(fem::determinant(J)) * norm(axis);
    const double              stiffness =
      modulus(bodies[twin->material_id()]) / std::sqrt(area);
    for (const unsigned int i :
         fem::nodes_on_face(space_->degree(), place.face))
    {
      const unsigned int node = space_->cell_nodes()[place.cell * n_nodes + i];
      sums.local_element(3 * node) += area * stiffness;
      sums.local_element(3 * node + 1) += area;
    }
  }
  sums.compress(dealii::VectorOperation::add);
  for (const fem::NodePair &pair : space_->pairs())
    stiffness_.push_back(parameters_.penalty_factor *
                         sums.local_element(3 * pair.screw) /
                         sums.local_element(3 * pair.screw + 1));
}

void
ContactInterface::set_interference_share(const double share)
{
  interference_share_ = share;
}

void
ContactInterface::set_gaps(const std::vector<double> &gaps)
{
  gaps_               = gaps;
  interference_share_ = 1.;
}

std::vector<double>
ContactInterface::gaps() const
{
  std::vector<double> result;
  for (std::size_t k = 0; k < areas_.size(); ++k)
    result.push_back(gap_in_force(k));
  return result;
}

void
ContactInterface::set_friction(
  const std::array<double, mesh::n_layers> &friction)
{
  has_friction_ = std::any_of(
    friction.begin(), friction.end(), [](const double f) { return f > 0.; });
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    friction_[k] = 0.;
    for (unsigned int l = 0; l < mesh::n_layers; ++l)
      friction_[k] += points_[k].layers[l] * friction[l];
  }
}

// A point of two layers slides on both; what one of them carries without end,
// the other does not.
void
ContactInterface::set_friction_limits(
  const std::array<double, mesh::n_layers> &limits)
{
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    friction_limits_[k] = 0.;
    for (unsigned int l = 0; l < mesh::n_layers; ++l)
      if (points_[k].layers[l] > 0.)
        friction_limits_[k] += points_[k].layers[l] * limits[l];
  }
}

bool
ContactInterface::has_friction() const
{
  return has_friction_;
}

std::vector<double>
ContactInterface::stiffnesses(const double share) const
{
  std::vector<double> result;
  for (std::size_t k = 0; k < areas_.size(); ++k)
    result.push_back(share * areas_[k] * stiffness_[k]);
  return result;
}

double
ContactInterface::stiffness_norm() const
{
  double sum = 0.;
  for (std::size_t k = 0; k < areas_.size(); ++k)
    sum += std::pow(areas_[k] * stiffness_[k], 2);
  return std::sqrt(dealii::Utilities::MPI::sum(sum, space_->communicator()));
}

void
ContactInterface::set_known_slip(
  const std::function<Vector3(const Vector3 &)> &velocity)
{
  slip_.clear();
  is_slip_known_ = static_cast<bool>(velocity);
  if (!velocity)
    return;
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    Vector3 v = tangential(velocity(points_[k].position), points_[k].normal);
    const double size = norm(v);
    for (double &component : v)
      component = size > 0. ? component / size : 0.;
    slip_.push_back(v);
  }
}

bool
ContactInterface::slips_as_known() const
{
  return is_slip_known_;
}

void
ContactInterface::set_friction_share(const double share)
{
  friction_share_ = share;
}

// Gap of a pair before any jump, mm.
double
ContactInterface::gap_in_force(const std::size_t k) const
{
  return gaps_[k] < 0. ? interference_share_ * gaps_[k] : gaps_[k];
}

void
ContactInterface::evaluate(const linear::Vector<double> &displacement)
{
  n_changes_ = 0;
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    const fem::NodePair &pair = space_->pairs()[k];
    jumps_[k]                 = fem::jump_of_pair(pair, displacement);
    LawParameters law;
    law.friction          = friction_share_ * surface_ratios_[k] * friction_[k];
    law.friction_limit    = surface_ratios_[k] * friction_limits_[k];
    law.normal_stiffness  = stiffness_[k];
    law.tangent_stiffness = stiffness_[k];
    law.regularisation    = parameters_.regularisation_factor * stiffness_[k];
    const double        gap = gap_in_force(k);
    const PointResponse response =
      !is_slip_known_
        ? respond(law, histories_[k], points_[k].normal, gap, jumps_[k])
        : slide(
            law, histories_[k], points_[k].normal, gap, jumps_[k], slip_[k]);
    if (response.status != responses_[k].status)
      ++n_changes_;
    responses_[k] = response;
  }
}

void
ContactInterface::add_forces(linear::Vector<double> &forces) const
{
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    Vector3 force;
    for (unsigned int c = 0; c < 3; ++c)
      force[c] =
        areas_[k] * (responses_[k].traction[c] + responses_[k].spring[c]);
    fem::add_pair_force(*space_, space_->pairs()[k], force, forces);
  }
  forces.compress(dealii::VectorOperation::add);
}

fem::PairCoupling
ContactInterface::tangent() const
{
  fem::PairCoupling result(areas_.size());
  for (std::size_t k = 0; k < areas_.size(); ++k)
    for (unsigned int i = 0; i < 6; ++i)
      result[k][i] = areas_[k] * responses_[k].tangent[i];
  return result;
}

fem::SkewCoupling
ContactInterface::friction_tangent() const
{
  fem::SkewCoupling result(areas_.size());
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    result[k].right = points_[k].normal;
    for (unsigned int d = 0; d < 3; ++d)
      result[k].left[d] = areas_[k] * responses_[k].bound_tangent[d];
  }
  return result;
}

void
ContactInterface::augment()
{
  for (std::size_t k = 0; k < areas_.size(); ++k)
    histories_[k].traction = responses_[k].traction;
}

void
ContactInterface::extrapolate(const State &before, const double ratio)
{
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    Vector3       &traction = histories_[k].traction;
    const Vector3 &now      = histories_[k].accepted,
                  &old = before.histories[k].accepted, &n = points_[k].normal;
    for (unsigned int d = 0; d < 3; ++d)
      traction[d] += ratio * (now[d] - old[d]);
    // Contact does not pull.
    const double pull = std::max(0., dot(traction, n));
    for (unsigned int d = 0; d < 3; ++d)
      traction[d] -= pull * n[d];
  }
}

// The normal multiplier of points in contact stays as it is: with the pressure
// in its place, the same jump would give another pressure, and the next step
// would begin out of balance.
void
ContactInterface::accept()
{
  for (std::size_t k = 0; k < areas_.size(); ++k)
  {
    PointHistory  &history  = histories_[k];
    const Vector3 &traction = responses_[k].traction, &n = points_[k].normal;
    if (responses_[k].status == Status::stick)
      for (unsigned int d = 0; d < 3; ++d)
        reference_[k][d] += jumps_[k][d] - history.jump[d];
    const double kept = responses_[k].status == Status::open
                          ? 0.
                          : dot(history.traction, n) - dot(traction, n);
    history.jump      = jumps_[k];
    history.accepted  = traction;
    for (unsigned int d = 0; d < 3; ++d)
      history.traction[d] = traction[d] + kept * n[d];
  }
}

void
ContactInterface::set_reference()
{
  augment();
  accept();
  reference_ = jumps_;
  for (std::size_t k = 0; k < areas_.size(); ++k)
    gaps_[k] = responses_[k].status == Status::open
                 ? gap_in_force(k)
                 : dot(jumps_[k], points_[k].normal);
  interference_share_ = 1.;
}

ContactInterface::State
ContactInterface::state() const
{
  return {histories_, reference_, gaps_};
}

void
ContactInterface::restore(const State &state)
{
  histories_ = state.histories;
  reference_ = state.reference;
  gaps_      = state.gaps;
}

const std::vector<PointResponse> &
ContactInterface::responses() const
{
  return responses_;
}

const std::vector<double> &
ContactInterface::areas() const
{
  return areas_;
}

double
ContactInterface::surface(const std::size_t k) const
{
  return surface_ratios_[k] * areas_[k];
}

const std::vector<InterfacePoint> &
ContactInterface::points() const
{
  return points_;
}

// Slip of a point that sticks is within the tolerance and none: it is not
// counted while the step lasts, and becomes part of the reference afterwards.
Vector3
ContactInterface::micromotion(const std::size_t k) const
{
  const bool     sticks = responses_[k].status == Status::stick;
  const Vector3 &jump   = sticks ? histories_[k].jump : jumps_[k];
  Vector3        moved;
  for (unsigned int d = 0; d < 3; ++d)
    moved[d] = jump[d] - reference_[k][d];
  return tangential(moved, points_[k].normal);
}
} // namespace miniscrew::contact
