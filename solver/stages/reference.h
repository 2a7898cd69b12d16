// SPDX-License-Identifier: LGPL-2.1-or-later
// What loads and tests start from, to tell what is due to them.
#pragma once

#include "solver/fem/operator/body_state.h"
#include "solver/stages/service.h"

#include <optional>

namespace miniscrew::stages
{
/// The state after insertion and seating or after the press fit. Its points are
/// copies, since those of the problem go on.
class Reference
{
public:
  /// @p state must outlive the reference.
  explicit Reference(const ServiceState &state);

  /// nullptr if nothing came before the load: then what is due to the load is
  /// all that there is.
  const fem::BodyState *get() const;

private:
  std::optional<fem::MaterialPoints> points_;
  std::optional<fem::BodyState>      seated_;
};

/// The points of a problem with states that they had before; nothing if all
/// bodies are elastic.
std::optional<fem::MaterialPoints> points_at(const fem::MaterialPoints *points,
                                             const std::vector<double> &states);
} // namespace miniscrew::stages
