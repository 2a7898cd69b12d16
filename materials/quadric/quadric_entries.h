// SPDX-License-Identifier: LGPL-2.1-or-later
// The quadric law and its special cases, as case files name them.
#pragma once

#include "materials/law_library.h"

namespace miniscrew::materials
{
/// Different strengths in tension and compression.
LawEntry quadric_entry();

/// The quadric with interaction 1/2, a cone.
LawEntry drucker_prager_entry();

/// The cone with equal strengths, a cylinder.
LawEntry von_mises_entry();
} // namespace miniscrew::materials
