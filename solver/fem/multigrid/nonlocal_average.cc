// SPDX-License-Identifier: LGPL-2.1-or-later
// Averages of point values over their surroundings.
#include "solver/fem/multigrid/nonlocal_average.h"

namespace miniscrew::fem
{
namespace
{
constexpr unsigned int max_iterations = 1000;

/// l^2 and 1 in bodies that average, nothing in others.
class HelmholtzField : public MaterialField
{
public:
  explicit HelmholtzField(const InternalLengths &lengths)
    : lengths_(lengths)
  {}

  MaterialLayout
  layout(unsigned int) const override
  {
    return MaterialLayout::conductivity_and_reaction;
  }

  bool
  varies_in_cells(unsigned int) const override
  {
    return false;
  }

  void
  evaluate(const MaterialPlace &place, double *constants) const override
  {
    const double length = lengths_[place.body];
    constants[0]        = length * length;
    constants[1]        = length > 0. ? 1. : 0.;
  }

private:
  InternalLengths lengths_;
};

class ByDiagonal : public linear::Preconditioner<double>
{
public:
  explicit ByDiagonal(const linear::Operator<double> &A)
    : inverse_(&A.inverse_diagonal())
  {}

  void
  vmult(linear::Vector<double>       &dst,
        const linear::Vector<double> &src) const override
  {
    dst = src;
    dst.scale(*inverse_);
  }

private:
  const linear::Vector<double> *inverse_;
};
} // namespace


NonlocalAverage::NonlocalAverage(const Geometry       &geometry,
                                 const AveragedPoints &points)
  : space_(geometry.space().triangulation(),
           1,
           geometry.space().interface_nodes()),
    points_(points),
    shape_(1, CubeQuadrature(geometry.space().degree() + 1).points)
{
  space_.prescribe([](dealii::types::boundary_id) { return 0; });
  system_ = std::make_unique<ConductionOperator<double>>(
    space_, geometry, std::make_shared<HelmholtzField>(points.lengths()), true);

  const CubeQuadrature rule(geometry.space().degree() + 1);
  const ShapeTable     curved(geometry.space().degree(), rule.points);
  weights_.reserve(points.size());
  for (std::size_t cell = 0; cell < space_.cells().size(); ++cell)
  {
    if (!points.contains(cell))
      continue;
    const auto nodes = geometry.cell_nodes(cell);
    for (unsigned int q = 0; q < curved.n_points; ++q)
      weights_.push_back(determinant(Geometry::jacobian(nodes, curved, q)) *
                         rule.weights[q]);
  }

  linear::Vector<double> ones = make_field(), loads(ones);
  ones                        = 1.;
  balance_                    = make_field();
  system_->vmult(balance_, ones);
  add_loads(std::vector<double>(points.size(), 1.), loads);
  for (unsigned int i = 0; i < loads.locally_owned_size(); ++i)
    if (loads.local_element(i) != 0.)
      balance_.local_element(i) /= loads.local_element(i);
}


linear::Vector<double>
NonlocalAverage::make_field() const
{
  return space_.make_vector<double>(1);
}


void
NonlocalAverage::add_loads(const std::vector<double> &values,
                           linear::Vector<double>    &loads) const
{
  const NodeConstraints &constraints = space_.constraints();
  for (std::size_t cell = 0; cell < space_.cells().size(); ++cell)
  {
    if (!points_.contains(cell))
      continue;
    const std::size_t first = points_.place(cell);
    for (unsigned int i = 0; i < shape_.n_nodes; ++i)
    {
      double sum = 0.;
      for (unsigned int q = 0; q < shape_.n_points; ++q)
        sum += values[first + q] * weights_[first + q] *
               shape_.values[q * shape_.n_nodes + i];
      if (sum != 0.)
        constraints.for_masters(
          space_.cell_nodes()[cell * shape_.n_nodes + i],
          [&](const unsigned int node, const double weight) {
            loads.local_element(node) += weight * sum;
          });
    }
  }
  loads.compress(dealii::VectorOperation::add);
}


linear::Verdict
NonlocalAverage::solve(const std::vector<double> &values,
                       linear::Vector<double>    &field,
                       const double               tolerance) const
{
  linear::Vector<double> loads = make_field();
  add_loads(values, loads);
  loads.scale(balance_);
  field.zero_out_ghost_values();
  // Hanging nodes are no unknowns of the system.
  for (unsigned int node = 0; node < space_.n_owned_nodes(); ++node)
    if (space_.constraints().is_hanging(node))
      field.local_element(node) = 0.;
  linear::CgOptions options;
  options.relative_tolerance = 0.;
  options.absolute_tolerance =
    std::max(tolerance * loads.l2_norm(), options.absolute_tolerance);
  options.max_iterations = max_iterations;
  const linear::Verdict verdict =
    linear::solve_cg(*system_, field, loads, ByDiagonal(*system_), options);
  field.update_ghost_values();
  space_.distribute(field, 1);
  return verdict;
}


void
NonlocalAverage::evaluate(const linear::Vector<double> &field,
                          const std::size_t             cell,
                          double                       *values) const
{
  const unsigned int *nodes = &space_.cell_nodes()[cell * shape_.n_nodes];
  for (unsigned int q = 0; q < shape_.n_points; ++q)
  {
    double sum = 0.;
    for (unsigned int i = 0; i < shape_.n_nodes; ++i)
      sum +=
        shape_.values[q * shape_.n_nodes + i] * field.local_element(nodes[i]);
    values[q] = sum;
  }
}


void
NonlocalAverage::evaluate(const linear::Vector<double> &field,
                          std::vector<double>          &values) const
{
  values.resize(points_.size());
  for (std::size_t cell = 0; cell < space_.cells().size(); ++cell)
    if (points_.contains(cell))
      evaluate(field, cell, &values[points_.place(cell)]);
}


const AveragedPoints &
NonlocalAverage::points() const
{
  return points_;
}
} // namespace miniscrew::fem
