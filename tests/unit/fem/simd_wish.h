// SPDX-License-Identifier: LGPL-2.1-or-later
// The instruction set of kernels, chosen for a scope.
#pragma once

#include <cstdlib>

namespace miniscrew::fem
{
/// An instruction set that kernels of this scope are made for, if the machine
/// has it.
class SimdWish
{
public:
  explicit SimdWish(const char *name)
  {
    setenv("MINISCREW_SIMD", name, 1);
  }
  ~SimdWish()
  {
    unsetenv("MINISCREW_SIMD");
  }
};
} // namespace miniscrew::fem
