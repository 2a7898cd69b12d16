// SPDX-License-Identifier: LGPL-2.1-or-later
// Weighted quantiles by histograms that are refined where they matter.
#include "solver/fem/recovery/statistics.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace miniscrew::fem
{
namespace
{
// Values in [lower, upper] by equal bins. The number of the bin grows with the
// value also in floating-point arithmetic, so a bin's values are an interval.
class Bins
{
public:
  static constexpr unsigned int n = 4096;

  Bins(const double lower, const double upper)
    : lower_(lower),
      range_(upper - lower)
  {}

  unsigned int
  operator()(const double value) const
  {
    return std::min(static_cast<unsigned int>((value - lower_) / range_ * n),
                    n - 1);
  }

private:
  double lower_, range_;
};

// Global minimum and maximum of [lower, upper] in one message.
void
share_range(double &lower, double &upper, const MPI_Comm communicator)
{
  const double mine[2] = {-lower, upper};
  double       all[2];
  MPI_Allreduce(mine, all, 2, MPI_DOUBLE, MPI_MAX, communicator);
  lower = -all[0];
  upper = all[1];
}

// First bin that is not empty up to which there is at least the weight
// @p target, or the last that is not empty; adds the weight of the bins before
// it to @p weight_below.
unsigned int
choose_bin(const std::vector<double> &histogram,
           const double               target,
           double                    &weight_below)
{
  unsigned int chosen = 0;
  double       before = 0., sum = 0.;
  for (unsigned int i = 0; i < histogram.size(); ++i)
    if (histogram[i] > 0.)
    {
      before = sum;
      sum += histogram[i];
      chosen = i;
      if (sum >= target)
        break;
    }
  weight_below += before;
  return chosen;
}
} // namespace

void
WeightedDistribution::add(const double value, const double weight)
{
  AssertThrow(
    communicator_ == MPI_COMM_NULL && std::isfinite(value) && weight >= 0.,
    dealii::ExcMessage("a distribution takes finite values and "
                       "weights >= 0, and only until it is finished"));
  if (weight > 0.)
    entries_.push_back({value, weight});
}

void
WeightedDistribution::reserve(const std::size_t n)
{
  entries_.reserve(n);
}

void
WeightedDistribution::finish(const MPI_Comm communicator)
{
  communicator_ = communicator;
  double sum    = 0.;
  double lower = std::numeric_limits<double>::max(), upper = -lower;
  for (const Entry &entry : entries_)
  {
    sum += entry.weight;
    lower = std::min(lower, entry.value);
    upper = std::max(upper, entry.value);
  }
  total_ = dealii::Utilities::MPI::sum(sum, communicator);
  share_range(lower, upper, communicator);
  if (!empty())
  {
    minimum_ = lower;
    maximum_ = upper;
  }
}

bool
WeightedDistribution::empty() const
{
  return !(total_ > 0.);
}

double
WeightedDistribution::total_weight() const
{
  return total_;
}

double
WeightedDistribution::minimum() const
{
  return minimum_;
}

double
WeightedDistribution::maximum() const
{
  return maximum_;
}

// Each pass finds the bin that the quantile lies in; the next divides the
// range of that bin's values. Three or four passes single out one value, since
// each divides the range by at least the number of bins.
double
WeightedDistribution::quantile(const double share) const
{
  if (empty())
    return 0.;
  // A little less, so that rounding in the sums of weights does not pass over
  // the value at which the share is met exactly.
  const double        target = share * total_ * (1. - 1e-12);
  double              lower = minimum_, upper = maximum_, weight_below = 0.;
  std::vector<double> histogram(Bins::n);
  while (lower < upper)
  {
    const Bins bin(lower, upper);
    std::fill(histogram.begin(), histogram.end(), 0.);
    for (const Entry &entry : entries_)
      if (entry.value >= lower && entry.value <= upper)
        histogram[bin(entry.value)] += entry.weight;
    MPI_Allreduce(MPI_IN_PLACE,
                  histogram.data(),
                  Bins::n,
                  MPI_DOUBLE,
                  MPI_SUM,
                  communicator_);
    const unsigned int chosen =
      choose_bin(histogram, target - weight_below, weight_below);

    double next_lower = std::numeric_limits<double>::max(),
           next_upper = -next_lower;
    for (const Entry &entry : entries_)
      if (entry.value >= lower && entry.value <= upper &&
          bin(entry.value) == chosen)
      {
        next_lower = std::min(next_lower, entry.value);
        next_upper = std::max(next_upper, entry.value);
      }
    share_range(next_lower, next_upper, communicator_);
    lower = next_lower;
    upper = next_upper;
  }
  return upper;
}
} // namespace miniscrew::fem
