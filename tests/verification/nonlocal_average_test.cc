// SPDX-License-Identifier: LGPL-2.1-or-later
// Averages over the surroundings against closed forms.
#include "solver/fem/multigrid/nonlocal_average.h"

#include "tests/verification/integrals.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <functional>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double width = 3., height = 3., depth = 1., length = 0.35;

using Value = std::function<double(const Vector3 &)>;

/// A block with a pin that reaches above it.
struct Block : Discretisation
{
  explicit Block(const unsigned int times,
                 const MPI_Comm     communicator = MPI_COMM_WORLD)
    : Discretisation(std::make_shared<Pin>(0.5, depth + 0.5),
                     site(1., height - 1., width, depth),
                     globally(times),
                     2,
                     communicator)
  {}
};

/// Values at the points, and their integral over the bodies with a length.
struct PointValues
{
  PointValues(const Discretisation      &block,
              const fem::AveragedPoints &points,
              const Value               &f)
    : values(points.size())
  {
    for_cell_points(block.geometry,
                    fem::CubeQuadrature(3),
                    [&](const std::size_t cell,
                        const fem::ShapeTable &,
                        const unsigned int q,
                        const Vector3     &x,
                        const Matrix3 &,
                        const double weight) {
                      if (!points.contains(cell))
                        return;
                      values[points.place(cell) + q] = f(x);
                      weights.push_back(weight);
                    });
  }

  std::vector<double> values, weights;
};

double
weighted(const Discretisation      &block,
         const std::vector<double> &weights,
         const std::vector<double> &values)
{
  double sum = 0.;
  for (std::size_t i = 0; i < values.size(); ++i)
    sum += weights[i] * values[i];
  return total(block.space, sum);
}

fem::InternalLengths
lengths(const bool with_screw)
{
  fem::InternalLengths result;
  result.fill(length);
  if (!with_screw)
    result[mesh::screw_id] = 0.;
  return result;
}

// A wave along the axis that has no flux through the block's faces and is level
// in the pin above, times 1 and a hump around the pin that touches neither the
// pin nor the faces.
struct Wave
{
  explicit Wave(const Vector3 &x)
  {
    const double r = std::hypot(x[0], x[1]), k = std::acos(-1.) / height;
    const double p = r - 0.5, q = 1.5 - r;
    double       G = 1., laplacian = 0.;
    if (p > 0. && q > 0.)
    {
      const double A = 10.;
      G += A * std::pow(p * q, 3);
      laplacian = A * (6. * p * q * (q * q - 3. * p * q + p * p) +
                       3. * p * p * q * q * (q - p) / r);
    }
    const double Z = x[2] < 0. ? std::cos(k * x[2]) : 1.;
    average        = Z * G;
    value          = average - length * length *
                        (Z * laplacian - (x[2] < 0. ? k * k * Z * G : 0.));
  }

  double average, value;
};

double
wave(const Vector3 &x)
{
  return Wave(x).value;
}

struct Errors
{
  double       l2         = 0.;
  unsigned int iterations = 0;
};

Errors
error_of_wave(const unsigned int times)
{
  const Block                block(times);
  const fem::AveragedPoints  points(block.space, lengths(true));
  const fem::NonlocalAverage average(block.geometry, points);
  const PointValues          at(block, points, wave);
  auto                       field   = average.make_field();
  const auto                 verdict = average.solve(at.values, field, 1e-10);
  EXPECT_TRUE(verdict.converged);
  std::vector<double> averages;
  average.evaluate(field, averages);
  const PointValues exact(
    block, points, [](const Vector3 &x) { return Wave(x).average; });
  for (std::size_t i = 0; i < averages.size(); ++i)
    averages[i] = std::pow(averages[i] - exact.values[i], 2);
  return {std::sqrt(weighted(block, at.weights, averages)), verdict.iterations};
}
} // namespace

// Linear elements are of second order, on curved cells of second degree too.
TEST(NonlocalAverage, DampsWavesByTheirLength)
{
  Errors coarse = error_of_wave(1);
  for (unsigned int times = 2; times < 4; ++times)
  {
    const Errors fine  = error_of_wave(times);
    const double order = std::log2(coarse.l2 / fine.l2);
    if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
      std::printf("L2 error %.3e, order %.2f, %u iterations\n",
                  fine.l2,
                  order,
                  fine.iterations);
    EXPECT_GT(order, times == 2 ? 1.5 : 1.75);
    EXPECT_LT(fine.iterations, 250u);
    coarse = fine;
  }
}

// Without flux through the boundary, the screw's surface included, a constant
// stays one and nothing is lost of other fields.
TEST(NonlocalAverage, KeepsConstantsAndIntegralsInTheBoneAlone)
{
  const Block                block(1);
  const fem::AveragedPoints  points(block.space, lengths(false));
  const fem::NonlocalAverage average(block.geometry, points);
  for (std::size_t c = 0; c < block.space.cells().size(); ++c)
    EXPECT_EQ(points.contains(c),
              block.space.cells()[c]->material_id() != mesh::screw_id);
  auto                field = average.make_field();
  std::vector<double> averages;
  const PointValues   constant(
    block, points, [](const Vector3 &) { return 0.02; });
  EXPECT_TRUE(average.solve(constant.values, field, 1e-12).converged);
  average.evaluate(field, averages);
  for (const double value : averages)
    EXPECT_NEAR(value, 0.02, 1e-12);

  // Near the pin alone.
  const PointValues peak(block, points, [](const Vector3 &x) {
    return std::exp(-10. * (x[0] * x[0] + x[1] * x[1] - 0.25));
  });
  EXPECT_TRUE(average.solve(peak.values, field, 1e-12).converged);
  average.evaluate(field, averages);
  const double before = weighted(block, peak.weights, peak.values),
               after  = weighted(block, peak.weights, averages);
  EXPECT_NEAR(after, before, 2e-3 * before);
  double greatest = 0., greatest_average = 0.;
  for (std::size_t i = 0; i < averages.size(); ++i)
  {
    greatest         = std::max(greatest, peak.values[i]);
    greatest_average = std::max(greatest_average, averages[i]);
  }
  const auto max = [](const double value) {
    return dealii::Utilities::MPI::max(value, MPI_COMM_WORLD);
  };
  EXPECT_LT(max(greatest_average), 0.8 * max(greatest));
}

TEST(NonlocalAverage, AllRanksTogetherFindWhatEachFindsAlone)
{
  double sums[2];
  for (const bool alone : {false, true})
  {
    const Block                block(1, alone ? MPI_COMM_SELF : MPI_COMM_WORLD);
    const fem::AveragedPoints  points(block.space, lengths(false));
    const fem::NonlocalAverage average(block.geometry, points);
    const PointValues          at(block, points, wave);
    auto                       field = average.make_field();
    EXPECT_TRUE(average.solve(at.values, field, 1e-13).converged);
    std::vector<double> averages;
    average.evaluate(field, averages);
    for (double &value : averages)
      value *= value;
    sums[alone] = weighted(block, at.weights, averages);
  }
  EXPECT_NEAR(sums[0] / sums[1], 1., 1e-10);
}
