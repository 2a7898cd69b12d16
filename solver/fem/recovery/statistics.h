// SPDX-License-Identifier: LGPL-2.1-or-later
// Volume-weighted statistics of a field that is spread over the ranks.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <vector>

namespace miniscrew::fem
{
/// The distribution of a quantity over weights (volumes, say). Every rank adds
/// the values of its own cells; the values are never brought together. For the
/// statistics of the least values add the negated ones.
class WeightedDistribution
{
public:
  /// Takes up a finite value with a weight >= 0. Not collective.
  void add(double value, double weight);

  /// Makes room for @p n values.
  void reserve(std::size_t n);

  /// Finds range and total weight of all ranks; nothing may be added
  /// afterwards. Collective; must precede everything below.
  void finish(MPI_Comm communicator);

  /// Whether no rank added a value of positive weight.
  bool empty() const;

  /// Sum of the weights, and the least and greatest value; 0 if empty().
  double total_weight() const;
  double minimum() const;
  double maximum() const;

  /// The least of the values v such that the share @p share (0 to 1) of the
  /// weight lies at values <= v; 0 if empty(). It is one of the values that
  /// were added, and apart from rounding in sums of weights it does not depend
  /// on the number of ranks. Collective.
  double quantile(double share) const;

private:
  struct Entry
  {
    double value, weight;
  };

  MPI_Comm           communicator_ = MPI_COMM_NULL;
  std::vector<Entry> entries_;
  double             total_ = 0., minimum_ = 0., maximum_ = 0.;
};
} // namespace miniscrew::fem
