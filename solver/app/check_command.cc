// SPDX-License-Identifier: LGPL-2.1-or-later
// The command check: the effective cases, what they cost, and whether they can
// be meshed.
#include "solver/app/run_command.h"

#include "solver/base/guard.h"
#include "solver/base/log.h"
#include "solver/case/case_file.h"
#include "solver/model/model.h"
#include "solver/output/collective.h"
#include "solver/report/table.h"
#include "solver/simulation/simulation.h"
#include "solver/stages/insertion_curve.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <map>

namespace miniscrew::app
{
namespace
{
// Meshes are made on trial while they are small, and as long as this takes no
// longer; check must answer at once.
constexpr double largest_trial = 2e5; // unknowns per rank
constexpr double trial_seconds = 4.;

// Cells that are looked at to estimate the sizes of all meshes together.
constexpr unsigned int all_samples = 200000, most_samples = 1500,
                       fewest_samples = 200;

/// Lines of the values of @p other that are not those of @p base.
std::string
differences(const EffectiveCase &base, const EffectiveCase &other)
{
  std::string result;
  for (const std::string &key : other.difference(base))
    if (const auto text = other.text(key))
      result += EffectiveCase::Value{key, *text}.line() + "\n";
  return result;
}

/// The effective cases: the first in full, of the others what differs.
void
print_cases(const std::vector<Case> &cases, Log &log)
{
  for (const Case &parameters : cases)
  {
    const bool is_first = &parameters == &cases.front();
    if (!parameters.variant.empty())
      log.line("\n# variant " + parameters.variant +
               (is_first ? "" : ", where it differs from the first"));
    log.line(is_first
               ? parameters.effective.to_toml()
               : differences(cases.front().effective, parameters.effective));
  }
}

/// All of a case that its mesh depends on.
std::string
mesh_key(const Case &parameters)
{
  const std::string key =
    parameters.interface.is_contact() ? "paired" : "shared";
  return key + "\n" +
         parameters.effective.only({"screw", "site", "discretisation"})
           .to_toml();
}

std::string
time_text(const double seconds)
{
  const std::pair<const char *, double> units[] = {
    {"days", 86400.}, {"h", 3600.}, {"min", 60.}};
  for (const auto &[unit, length] : units)
    if (seconds >= 1.5 * length)
      return format("%.2g %s", seconds / length, unit);
  return format("%.2g s", seconds);
}

/// A number of cells or unknowns: as it is, or to two digits if estimated.
std::string
number_text(const double number, const bool is_exact)
{
  if (is_exact)
    return format("%.0f", number);
  const double digit = std::pow(10., std::floor(std::log10(number)) - 1.);
  return format("~%.0f", digit * std::round(number / digit));
}

/// Sizes and meshes of the cases; equal meshes are looked at once.
class Checker
{
public:
  Checker(const std::vector<Case> &cases, const MPI_Comm communicator)
    : cases_(cases),
      communicator_(communicator)
  {
    MPI_Comm_size(communicator, &n_ranks_);
    for (const Case &parameters : cases)
      sizes_.emplace(mesh_key(parameters), Known());
    estimate();
  }

  /// Says what is moved in the meshes of all depths, and makes them while there
  /// is time. Throws UserError for those that fold.
  void
  try_meshes(Log &log)
  {
    std::string folds;
    for (const Case &parameters : cases_)
    {
      Known &known = sizes_.at(mesh_key(parameters));
      if (known.is_tried && !parameters.is_inserted())
        continue;
      std::vector<double> depths{parameters.site.insertion_depth};
      if (parameters.is_inserted())
        for (const double depth : stages::first_depths(parameters))
          depths.push_back(depth);
      const mesh::ScrewSurface surface(parameters.screw);
      for (const double depth : depths)
      {
        const Case partial = stages::at_depth(parameters, depth);
        for (const std::string &sentence :
             mesh::fit_planes(surface, partial.site).changes)
          log.line(variant_prefix(parameters) + sentence);
        ++n_meshes_;
        if (!is_time_for(known.size))
          continue;
        ++n_tried_;
        try
        {
          mesh_at(partial, depth == depths.front(), known);
        }
        catch (const UserError &error)
        {
          folds += (folds.empty() ? "" : "\n") + variant_prefix(parameters) +
                   error.what();
        }
      }
    }
    if (!folds.empty())
      throw UserError(folds);
  }

  /// The table of costs and what it is worth.
  std::string
  report() const
  {
    report::Table table(
      "variant",
      {"cells", "degrees of freedom", "memory, MB", "time of a run"});
    bool all_exact = true;
    for (const Case &parameters : cases_)
    {
      const Known &known = sizes_.at(mesh_key(parameters));
      all_exact          = all_exact && known.is_exact;
      table.add(
        parameters.variant.empty() ? parameters.name : parameters.variant,
        {number_text(known.size.n_cells, known.is_exact),
         number_text(known.size.n_dofs, known.is_exact),
         format("%.0f",
                model::estimate_memory(
                  parameters, known.size, model::Purpose::run, n_ranks_)),
         time_text(model::estimate_seconds(parameters, known.size, n_ranks_))});
    }
    std::string text = "estimated cost\n" + table.text();
    text += format("Memory and time are rough estimates, time for %d rank%s on "
                   "an idle machine.",
                   n_ranks_,
                   n_ranks_ == 1 ? "" : "s");
    if (!all_exact)
      text += "\nNumbers with ~ are estimated within a third, without meshing.";
    if (n_tried_ < n_meshes_)
      text += format("\n%u of %u meshes of variants and depths were made and "
                     "are valid; \"miniscrew mesh\" looks at the others.",
                     n_tried_,
                     n_meshes_);
    return text;
  }

  void
  refuse_what_is_too_large() const
  {
    for (const Case &parameters : cases_)
      try
      {
        model::refuse_too_large(parameters,
                                sizes_.at(mesh_key(parameters)).size,
                                model::Purpose::run,
                                communicator_);
      }
      catch (const UserError &error)
      {
        throw UserError(variant_prefix(parameters) + error.what());
      }
  }

private:
  struct Known
  {
    model::MeshSize size;
    bool            is_exact = false, is_tried = false;
  };

  void
  estimate()
  {
    const unsigned int n_samples =
      std::clamp(all_samples / static_cast<unsigned int>(sizes_.size()),
                 fewest_samples,
                 most_samples);
    for (const Case &parameters : cases_)
    {
      Known &known = sizes_.at(mesh_key(parameters));
      if (known.size.n_cells > 0.)
        continue;
      const mesh::ScrewSurface surface(parameters.screw);
      const mesh::ScrewBoneMap map(
        surface, parameters.site, model::map_options(parameters));
      known.size = model::estimate_size(
        map, parameters, parameters.discretisation.interface_size, n_samples);
    }
  }

  /// The same answer on all ranks.
  bool
  is_time_for(const model::MeshSize &size) const
  {
    const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_)
        .count();
    int is_time = seconds < trial_seconds ? 1 : 0;
    MPI_Bcast(&is_time, 1, MPI_INT, 0, communicator_);
    return is_time == 1 && size.n_dofs < largest_trial * n_ranks_;
  }

  void
  mesh_at(const Case &parameters, const bool is_full, Known &known) const
  {
    if (is_full)
      known.is_tried = true;
    const model::Model model(parameters, communicator_, model::Purpose::mesh);
    if (!is_full)
      return;
    known.is_exact     = true;
    known.size.n_cells = static_cast<double>(model.quality().n_cells);
    known.size.n_dofs  = static_cast<double>(model.space().n_dofs());
  }

  const std::vector<Case>                    &cases_;
  const MPI_Comm                              communicator_;
  const std::chrono::steady_clock::time_point start_ =
    std::chrono::steady_clock::now();
  int                          n_ranks_ = 1;
  std::map<std::string, Known> sizes_;
  unsigned int                 n_meshes_ = 0, n_tried_ = 0;
};
} // namespace


ExitCode
check_command(const CaseRequest &request, MPI_Comm communicator)
{
  Log           log(communicator);
  const Outcome outcome = run_guarded(communicator, [&] {
    const std::vector<Case> cases = requested_cases(request);
    print_cases(cases, log);
    Checker     checker(cases, communicator);
    std::string folds;
    try
    {
      checker.try_meshes(log);
    }
    catch (const UserError &error)
    {
      folds = error.what();
    }
    log.line(checker.report());
    if (!folds.empty())
      throw UserError(folds);
    checker.refuse_what_is_too_large();
  });
  if (outcome.code != ExitCode::success && output::rank_in(communicator) == 0)
    std::cerr << outcome.message << std::endl;
  return outcome.code;
}
} // namespace miniscrew::app
