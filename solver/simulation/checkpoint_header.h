// SPDX-License-Identifier: LGPL-2.1-or-later
// What a checkpoint says besides the records of its cells.
#pragma once

#include "solver/case/effective_case.h"
#include "solver/stages/service.h"

#include <optional>
#include <string>
#include <vector>

namespace miniscrew::simulation
{
/// What was measured when the screw had been seated. It cannot be measured
/// again later: whether a point sticks or slips is judged against the start of
/// its step.
struct SeatedNumbers
{
  contact::InterfaceMeasures seated, final_measures;
  unsigned int               newton_iterations = 0, linear_iterations = 0;
};

/// The numbers of a run so far that belong to no cell.
struct CheckpointHeader
{
  std::string                         insertion; ///< see insertion_key()
  std::vector<stages::InsertionPoint> points;    ///< of the torque curve
  std::optional<SeatedNumbers>        seated;    ///< once the screw is
};

/// The values of an effective case that decide about insertion and seating: all
/// but the title, tests, outputs, expected values, and the load except for its
/// duration, which viscous bone is inserted into within.
std::string insertion_key(const EffectiveCase &effective);

/// Every number by its name, as JSON.
std::string header_text(const CheckpointHeader &header);

/// Throws IoError, without the file's name, if @p text is not such a header to
/// the last name.
CheckpointHeader read_header(const std::string &text);
} // namespace miniscrew::simulation
