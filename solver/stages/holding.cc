// SPDX-License-Identifier: LGPL-2.1-or-later
// Shares of a load by motion of the screw.
#include "solver/stages/holding.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::stages
{
namespace
{
// Moment about @p centre of a force and moment about @p point.
fem::Vector3
moment_about(const fem::Vector3  &centre,
             const model::Wrench &wrench,
             const fem::Vector3  &point)
{
  fem::Vector3 arm, moment;
  for (unsigned int d = 0; d < 3; ++d)
    arm[d] = point[d] - centre[d];
  for (unsigned int d = 0; d < 3; ++d)
    moment[d] = wrench[3 + d] + arm[(d + 1) % 3] * wrench[(d + 2) % 3] -
                arm[(d + 2) % 3] * wrench[(d + 1) % 3];
  return moment;
}
} // namespace

SpringShare
spring_share(const model::Model              &model,
             const contact::ContactInterface &interface,
             const model::Wrench             &load,
             const fem::Vector3              &point)
{
  const double depth  = model.site().insertion_depth,
               radius = 0.5 * model.surface().geometry().diameter;
  const fem::Vector3  centre{{0., 0., -0.5 * depth}};
  const model::Wrench springs = interface.spring_wrench();
  const fem::Vector3  turned  = moment_about(centre, load, point),
                     held     = moment_about(centre, springs, {});
  const double moment         = norm(turned),
               force          = std::max(std::hypot(load[0], load[1], load[2]),
                                moment / std::max(depth, radius));
  const auto share            = [](const double part, const double whole) {
    return whole > 0. ? part / whole : 0.;
  };
  const SpringShare all[] = {
    {share(std::abs(springs[2]), force), "moving along its axis"},
    {share(std::hypot(springs[0], springs[1]), force), "moving sideways"},
    {share(std::abs(held[2]), std::max(moment, force * radius)),
     "turning about its axis"},
    {share(std::hypot(held[0], held[1]), std::max(moment, force * depth)),
     "tilting"}};
  return *std::max_element(
    std::begin(all), std::end(all), [](const auto &a, const auto &b) {
      return a.value < b.value;
    });
}

void
refuse_unheld_screw(const model::Model              &model,
                    const contact::ContactInterface &interface,
                    const model::Wrench             &load,
                    const fem::Vector3              &point,
                    const std::string               &stage)
{
  if (std::all_of(
        load.begin(), load.end(), [](const double f) { return f == 0.; }))
    return;
  if (interface.measures().contact_force == 0.)
    throw ConvergenceError(stage +
                           ": the screw touches the bone nowhere, so nothing "
                           "holds it");
  const SpringShare share = spring_share(model, interface, load, point);
  if (share.value > largest_spring_share)
    throw ConvergenceError(
      format("%s: contact without friction does not keep the screw from %s; "
             "springs that stand in for friction would carry %.3g %% of the "
             "load, allowed is %g %%. Give the interface friction "
             "(interface.condition = \"frictional\") or load it otherwise",
             stage.c_str(),
             share.motion.c_str(),
             100. * share.value,
             100. * largest_spring_share));
}
} // namespace miniscrew::stages
