// SPDX-License-Identifier: LGPL-2.1-or-later
// Cases and templates as TOML text.
#pragma once

#include "solver/case/tables/draft.h"

#include <string>

namespace miniscrew
{
/// Every key with the value in force.
std::string effective_toml(Draft draft);
} // namespace miniscrew
