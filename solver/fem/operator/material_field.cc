// SPDX-License-Identifier: LGPL-2.1-or-later
// Fields from constants and from functions.
#include "solver/fem/operator/material_field.h"

#include <deal.II/base/exceptions.h>

#include <algorithm>

namespace miniscrew::fem
{
UniformField::UniformField(const MaterialLayout layout,
                           const Constants     &constants)
  : layout_(layout),
    constants_(constants)
{
  for (const auto &of_body : constants)
    AssertThrow(
      of_body.size() == n_constants(layout),
      dealii::ExcDimensionMismatch(of_body.size(), n_constants(layout)));
}

MaterialLayout
UniformField::layout(unsigned int) const
{
  return layout_;
}

bool
UniformField::varies_in_cells(unsigned int) const
{
  return false;
}

void
UniformField::evaluate(const MaterialPlace &place, double *constants) const
{
  const auto &of_body = constants_[place.body];
  std::copy(of_body.begin(), of_body.end(), constants);
}

FunctionField::FunctionField(const MaterialLayout layout,
                             const Function      &function)
  : layout_(layout),
    function_(function)
{}

MaterialLayout
FunctionField::layout(unsigned int) const
{
  return layout_;
}

bool
FunctionField::varies_in_cells(unsigned int) const
{
  return true;
}

void
FunctionField::evaluate(const MaterialPlace &place, double *constants) const
{
  function_(place, constants);
}
} // namespace miniscrew::fem
