// SPDX-License-Identifier: LGPL-2.1-or-later
// Products of a few vectors with one.
#pragma once

#include "solver/linear/operator.h"

#include <Eigen/Dense>

#include <vector>

namespace miniscrew::linear
{
/// Products of vector_of(item) with @p v, for each of the items. One reduction
/// for all. Collective.
template <typename Item, typename VectorOf>
Eigen::VectorXd
products(const std::vector<Item> &items,
         const Vector<double>    &v,
         const VectorOf          &vector_of)
{
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(items.size());
  for (std::size_t k = 0; k < items.size(); ++k)
  {
    const Vector<double> &w = vector_of(items[k]);
    for (unsigned int i = 0; i < w.locally_owned_size(); ++i)
      sums[k] += w.local_element(i) * v.local_element(i);
  }
  MPI_Allreduce(MPI_IN_PLACE,
                sums.data(),
                static_cast<int>(sums.size()),
                MPI_DOUBLE,
                MPI_SUM,
                v.get_mpi_communicator());
  return sums;
}
} // namespace miniscrew::linear
