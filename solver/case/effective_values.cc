// SPDX-License-Identifier: LGPL-2.1-or-later
// The effective case of what was read.
#include "solver/case/effective_values.h"

#include "solver/case/expected.h"
#include "solver/case/tables/parameters.h"

namespace miniscrew
{
EffectiveCase
effective_case(Draft draft)
{
  EffectiveCase result;
  for (const Parameter &parameter : parameters())
  {
    const std::string value = parameter.write(draft);
    if (!value.empty())
      result.add(parameter.key, value);
  }
  add_expected(result, draft.result.expected);
  return result;
}
} // namespace miniscrew
