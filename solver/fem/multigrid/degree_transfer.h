// SPDX-License-Identifier: LGPL-2.1-or-later
// Embedding of a space of lower degree into one of higher degree.
#pragma once

#include "solver/fem/space/node_space.h"

#include <vector>

namespace miniscrew::fem
{
/// Interpolation between two spaces on the same cells. Only free unknowns take
/// part: hanging nodes of the coarse space are replaced by their masters.
class DegreeTransfer : public linear::Transfer<float>
{
public:
  /// For vectors of @p n_components, 1 or 3. What both spaces prescribe is
  /// taken as it is now. Collective.
  DegreeTransfer(const NodeSpace &fine,
                 const NodeSpace &coarse,
                 unsigned int     n_components = 3);

  void prolongate_and_add(linear::Vector<float>       &fine,
                          const linear::Vector<float> &coarse) const override;

  void restrict_to(linear::Vector<float>       &coarse,
                   const linear::Vector<float> &fine) const override;

  /// coarse = |P|^T fine, for densities that must not change their sign.
  /// Collective.
  void restrict_densities(linear::Vector<float>       &coarse,
                          const linear::Vector<float> &fine) const;

private:
  // With the number of components at compile time.
  template <unsigned int n>
  void prolongate(linear::Vector<float>       &fine,
                  const linear::Vector<float> &coarse) const;
  template <unsigned int n>
  void restrict_values(linear::Vector<float>       &coarse,
                       const linear::Vector<float> &fine) const;

  unsigned int n_components_;
  // Rows of the owned fine nodes that are free.
  std::vector<unsigned int>  row_node_, row_begin_{0}, column_;
  std::vector<float>         weight_;
  std::vector<unsigned char> row_mask_, column_mask_;
};
} // namespace miniscrew::fem
