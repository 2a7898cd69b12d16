// SPDX-License-Identifier: LGPL-2.1-or-later
// The effective case of what was read.
#pragma once

#include "solver/case/effective_case.h"
#include "solver/case/tables/draft.h"

namespace miniscrew
{
/// Every key with the value in force, and the numbers of [expected].
[[nodiscard]] EffectiveCase effective_case(Draft draft);
} // namespace miniscrew
