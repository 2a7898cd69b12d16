// SPDX-License-Identifier: LGPL-2.1-or-later
// Whether deal.II and Miniscrew check their preconditions.
#pragma once

namespace miniscrew::verification
{
/// They do in Debug, and make meshes twenty times slower there: tests over many
/// meshes take a part of them.
#ifdef DEBUG
inline constexpr bool has_assertions = true;
#else
inline constexpr bool has_assertions = false;
#endif
} // namespace miniscrew::verification
