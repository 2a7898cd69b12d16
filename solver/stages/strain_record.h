// SPDX-License-Identifier: LGPL-2.1-or-later
// Statistics of strain and stress as records.
#pragma once

#include "solver/model/bone_statistics.h"
#include "solver/report/record.h"

namespace miniscrew::stages
{
/// Numbers of the bodies, and of what they are in all beside those of an
/// increment.
report::Record bodies_record(const model::StrainStatistics &statistics);

/// The same with energies and the rotation of the screw.
report::Record strain_record(const model::StrainStatistics &statistics);
} // namespace miniscrew::stages
