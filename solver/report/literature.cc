// SPDX-License-Identifier: LGPL-2.1-or-later
// The literature's values in summaries and texts.
#include "solver/report/literature.h"

#include "solver/base/log.h"

namespace miniscrew::report
{
std::string
text_of(const Band &band)
{
  return (band.low < band.high ? format("%g to %g", band.low, band.high)
                               : format("%g", band.low)) +
         ", " + band.source;
}
} // namespace miniscrew::report
