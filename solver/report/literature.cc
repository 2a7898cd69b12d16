// SPDX-License-Identifier: LGPL-2.1-or-later
// The literature's values in summaries and texts.
#include "solver/report/literature.h"

#include "solver/base/log.h"

namespace miniscrew::report
{
namespace
{
nlohmann::json
entry(const Band &band)
{
  return {{"low", band.low}, {"high", band.high}, {"source", band.source}};
}
} // namespace

nlohmann::json
literature_summary()
{
  return {
    {"recommended_torque_N_cm", entry(literature::recommended_torque)},
    {"torque_limits_N_cm", entry(literature::torque_limits)},
    {"loosening_micromotion_um", entry(literature::loosening_micromotion)},
    {"critical_micromotion_um", entry(literature::critical_micromotion)}};
}

std::string
text_of(const Band &band)
{
  return (band.low < band.high ? format("%g to %g", band.low, band.high)
                               : format("%g", band.low)) +
         ", " + band.source;
}
} // namespace miniscrew::report
