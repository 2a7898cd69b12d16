// SPDX-License-Identifier: LGPL-2.1-or-later
// Weighted quantiles against sorting.
#include "solver/fem/recovery/statistics.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace miniscrew::fem
{
namespace
{
using Sample = std::vector<std::pair<double, double>>;

// Every rank adds its share of a sample that all ranks know.
WeightedDistribution
distribute(const Sample &sample)
{
  const unsigned int n =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
  const unsigned int rank =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  WeightedDistribution result;
  for (std::size_t i = rank; i < sample.size(); i += n)
    result.add(sample[i].first, sample[i].second);
  result.finish(MPI_COMM_WORLD);
  return result;
}

double
quantile_by_sorting(Sample sample, const double share)
{
  std::sort(sample.begin(), sample.end());
  double total = 0., sum = 0.;
  for (const auto &entry : sample)
    total += entry.second;
  for (const auto &entry : sample)
  {
    sum += entry.second;
    if (entry.second > 0. && sum >= share * total * (1. - 1e-12))
      return entry.first;
  }
  return sample.back().first;
}

void
expect_as_sorted(const Sample &sample)
{
  const WeightedDistribution distribution = distribute(sample);
  for (const double share : {0., 0.01, 0.5, 0.9, 0.99, 0.999, 1.})
    EXPECT_EQ(distribution.quantile(share), quantile_by_sorting(sample, share))
      << share;
}

TEST(WeightedDistribution, HasTheQuantilesOfTheSortedSample)
{
  std::mt19937                           random(1);
  std::uniform_real_distribution<double> uniform(0., 1.);
  Sample                                 even, singular, negative;
  for (unsigned int i = 0; i < 20000; ++i)
  {
    const double weight = 0.1 + uniform(random);
    even.emplace_back(uniform(random), weight);
    // As strain near an edge: a few values far beyond all others.
    singular.emplace_back(1e-3 * std::pow(uniform(random) + 1e-12, -1.5),
                          weight);
    negative.emplace_back(-singular.back().first, weight);
  }
  expect_as_sorted(even);
  expect_as_sorted(singular);
  expect_as_sorted(negative);
}

TEST(WeightedDistribution, CountsByWeight)
{
  const Sample sample{{1., 98.}, {2., 1.5}, {3., 0.5}, {9., 0.}};
  const auto   distribution = distribute(sample);
  EXPECT_DOUBLE_EQ(distribution.total_weight(), 100.);
  EXPECT_EQ(distribution.minimum(), 1.);
  EXPECT_EQ(distribution.maximum(), 3.);
  EXPECT_EQ(distribution.quantile(0.98), 1.);
  EXPECT_EQ(distribution.quantile(0.99), 2.);
  EXPECT_EQ(distribution.quantile(0.999), 3.);
}

TEST(WeightedDistribution, MeetsSharesExactly)
{
  Sample sample;
  for (unsigned int i = 1; i <= 1000; ++i)
    sample.emplace_back(i, 0.1);
  expect_as_sorted(sample);
  EXPECT_EQ(distribute(sample).quantile(0.99), 990.);
}

TEST(WeightedDistribution, OfEqualValues)
{
  const auto distribution = distribute({{7., 1.}, {7., 2.}, {7., 3.}});
  EXPECT_EQ(distribution.quantile(0.99), 7.);
  EXPECT_EQ(distribution.minimum(), 7.);
}

TEST(WeightedDistribution, OfNothing)
{
  const auto distribution = distribute({});
  EXPECT_TRUE(distribution.empty());
  EXPECT_EQ(distribution.quantile(0.99), 0.);
  EXPECT_EQ(distribution.maximum(), 0.);
}

TEST(WeightedDistribution, RefusesWhatIsNotANumber)
{
  WeightedDistribution distribution;
  EXPECT_ANY_THROW(distribution.add(std::nan(""), 1.));
  EXPECT_ANY_THROW(distribution.add(1., -1.));
}
} // namespace
} // namespace miniscrew::fem
