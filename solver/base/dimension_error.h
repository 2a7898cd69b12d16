// SPDX-License-Identifier: LGPL-2.1-or-later
// Errors about dimensions, which name them.
#pragma once

#include "solver/base/errors.h"

#include <string>
#include <utility>
#include <vector>

namespace miniscrew
{
/// A dimension that makes no sense, or several that contradict each other.
class DimensionError : public UserError
{
public:
  /// @p dimensions are members of mesh::ScrewGeometry or mesh::BoneSite, the
  /// one that is most probably wrong first.
  DimensionError(const std::string       &sentence,
                 std::vector<std::string> dimensions)
    : UserError(sentence),
      dimensions_(std::move(dimensions))
  {}

  const std::vector<std::string> &
  dimensions() const
  {
    return dimensions_;
  }

private:
  std::vector<std::string> dimensions_;
};
} // namespace miniscrew
