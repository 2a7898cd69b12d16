// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of PETSc's options that a case may give.
#include "solver/case/tables/petsc_options.h"

namespace miniscrew
{
namespace
{
using Kind  = PetscOption::Kind;
using Names = std::vector<std::string>;

const std::string prefix = "coarse_";

/// A condition: an option, and its values.
struct When
{
  std::string name;
  Names       values;
};

const When always   = {};
const When on_gamg  = {"pc_type", {"gamg"}};
const When on_hypre = {"pc_type", {"hypre"}};

PetscOption
option(const std::string &name, const Kind kind, const When &when)
{
  PetscOption result;
  result.name             = prefix + name;
  result.kind             = kind;
  result.condition        = when.name.empty() ? "" : prefix + when.name;
  result.condition_values = when.values;
  return result;
}

PetscOption
number(const std::string &name,
       const Kind         kind,
       const double       min,
       const double       max,
       const When        &when)
{
  PetscOption result = option(name, kind, when);
  result.min         = min;
  result.max         = max;
  return result;
}

/// One of @p names, the first if the case says nothing.
PetscOption
petsc_choice(const std::string &name, const Names &names, const When &when)
{
  PetscOption result = option(name, Kind::choice, when);
  result.names       = names;
  result.in_force    = names.front();
  return result;
}

/// Aggregation and the cycle of PETSc's own multigrid.
std::vector<PetscOption>
gamg_options()
{
  return {
    petsc_choice("pc_gamg_type", {"agg", "classical"}, on_gamg),
    number("pc_gamg_threshold", Kind::reals, -1., 1., on_gamg),
    number("pc_gamg_threshold_scale", Kind::real, 0., 1., on_gamg),
    number(
      "pc_gamg_agg_nsmooths", Kind::whole, 0, 4, {"pc_gamg_type", {"agg"}}),
    number("pc_gamg_aggressive_coarsening",
           Kind::whole,
           0,
           10,
           {"pc_gamg_type", {"agg"}}),
    number("pc_gamg_coarse_eq_limit", Kind::whole, 1, 1e6, on_gamg),
    number("pc_gamg_process_eq_limit", Kind::whole, 1, 1e6, on_gamg),
    option("pc_gamg_repartition", Kind::flag, on_gamg),
    option("pc_gamg_use_sa_esteig", Kind::flag, on_gamg),
    number("pc_mg_levels", Kind::whole, 1, 30, on_gamg),
    petsc_choice(
      "pc_mg_type", {"multiplicative", "additive", "full", "kaskade"}, on_gamg),
    petsc_choice("pc_mg_cycle_type", {"v", "w"}, on_gamg),
    number("pc_mg_multiplicative_cycles",
           Kind::whole,
           1,
           20,
           {"pc_mg_type", {"multiplicative"}})};
}

/// Smoothers of PETSc's own multigrid, and the solver on its coarsest level.
std::vector<PetscOption>
level_options()
{
  const When on_chebyshev  = {"mg_levels_ksp_type", {"chebyshev"}},
             on_richardson = {"mg_levels_ksp_type", {"richardson"}},
             on_sor        = {"mg_levels_pc_type", {"sor"}},
             on_jacobi     = {"mg_levels_pc_type", {"jacobi"}};
  return {
    petsc_choice("mg_levels_ksp_type", {"chebyshev", "richardson"}, on_gamg),
    number("mg_levels_ksp_max_it", Kind::whole, 1, 50, on_gamg),
    number(
      "mg_levels_ksp_chebyshev_esteig", Kind::reals, 0., 10., on_chebyshev),
    number(
      "mg_levels_ksp_richardson_scale", Kind::real, 1e-3, 2., on_richardson),
    petsc_choice("mg_levels_pc_type",
                 {"jacobi", "pbjacobi", "sor", "bjacobi", "none"},
                 on_gamg),
    petsc_choice(
      "mg_levels_pc_jacobi_type", {"diagonal", "rowmax", "rowsum"}, on_jacobi),
    number("mg_levels_pc_sor_its", Kind::whole, 1, 20, on_sor),
    number("mg_levels_pc_sor_lits", Kind::whole, 1, 20, on_sor),
    number("mg_levels_pc_sor_omega", Kind::real, 1e-3, 1.999, on_sor),
    petsc_choice("mg_coarse_pc_type",
                 {"bjacobi", "lu", "cholesky", "redundant", "jacobi"},
                 on_gamg),
    petsc_choice("mg_coarse_sub_pc_type",
                 {"lu", "cholesky"},
                 {"mg_coarse_pc_type", {"bjacobi"}}),
    petsc_choice("mg_coarse_pc_factor_mat_solver_type",
                 {"petsc", "mumps"},
                 {"mg_coarse_pc_type", {"lu", "cholesky"}})};
}

/// hypre's multigrid in place of PETSc's.
std::vector<PetscOption>
hypre_options()
{
  const std::string b = "pc_hypre_boomeramg_";
  return {petsc_choice("pc_hypre_type", {"boomeramg"}, on_hypre),
          number(b + "strong_threshold", Kind::real, 0., 1., on_hypre),
          number(b + "max_levels", Kind::whole, 2, 50, on_hypre),
          number(b + "max_iter", Kind::whole, 1, 20, on_hypre),
          number(b + "max_row_sum", Kind::real, 0., 1., on_hypre),
          number(b + "truncfactor", Kind::real, 0., 1., on_hypre),
          number(b + "P_max", Kind::whole, 0, 100, on_hypre),
          number(b + "agg_nl", Kind::whole, 0, 20, on_hypre),
          number(b + "agg_num_paths", Kind::whole, 1, 20, on_hypre),
          number(b + "grid_sweeps_all", Kind::whole, 1, 20, on_hypre),
          number(b + "nodal_coarsen", Kind::whole, 0, 6, on_hypre),
          number(b + "relax_weight_all", Kind::real, 0., 2., on_hypre),
          petsc_choice(b + "cycle_type", {"V", "W"}, on_hypre),
          petsc_choice(b + "coarsen_type",
                       {"CLJP",
                        "Ruge-Stueben",
                        "modifiedRuge-Stueben",
                        "Falgout",
                        "PMIS",
                        "HMIS"},
                       on_hypre),
          petsc_choice(b + "interp_type",
                       {"classical",
                        "direct",
                        "multipass",
                        "ext+i",
                        "ext+i-cc",
                        "standard",
                        "FF",
                        "FF1"},
                       on_hypre),
          petsc_choice(b + "relax_type_all",
                       {"Jacobi",
                        "SOR/Jacobi",
                        "backward-SOR/Jacobi",
                        "symmetric-SOR/Jacobi",
                        "l1scaled-SOR/Jacobi",
                        "Chebyshev",
                        "l1scaled-Jacobi"},
                       on_hypre)};
}

/// What may stand in place of a multigrid, mostly to compare it with.
std::vector<PetscOption>
other_options()
{
  return {
    petsc_choice("pc_type",
                 {"gamg",
                  "hypre",
                  "jacobi",
                  "pbjacobi",
                  "bjacobi",
                  "sor",
                  "redundant",
                  "lu",
                  "cholesky",
                  "none"},
                 always),
    petsc_choice("sub_pc_type",
                 {"ilu", "icc", "lu", "cholesky"},
                 {"pc_type", {"bjacobi"}}),
    petsc_choice(
      "redundant_pc_type", {"lu", "cholesky"}, {"pc_type", {"redundant"}}),
    petsc_choice("pc_factor_mat_solver_type",
                 {"petsc", "mumps"},
                 {"pc_type", {"lu", "cholesky"}}),
    number("pc_sor_its", Kind::whole, 1, 20, {"pc_type", {"sor"}}),
    number("pc_sor_omega", Kind::real, 1e-3, 1.999, {"pc_type", {"sor"}})};
}
} // namespace


const std::vector<PetscOption> &
known_petsc_options()
{
  static const std::vector<PetscOption> all = [] {
    std::vector<PetscOption> result = other_options();
    for (const auto &part : {gamg_options(), level_options(), hypre_options()})
      result.insert(result.end(), part.begin(), part.end());
    return result;
  }();
  return all;
}
} // namespace miniscrew
