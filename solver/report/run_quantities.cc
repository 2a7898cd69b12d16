// SPDX-License-Identifier: LGPL-2.1-or-later
// What results say about case, screw, mesh and cost.
#include "solver/report/quantities.h"

namespace miniscrew::report
{
namespace
{
std::vector<Quantity> &
run_table()
{
  static std::vector<Quantity> all;
  return all;
}

// Remembers a quantity in the order of the tables.
Quantity
of_run(Quantity quantity)
{
  run_table().push_back(quantity);
  return quantity;
}
} // namespace

namespace quantity
{
const Quantity title = of_run({"", "title", "", "title", "Title of the case"});
const Quantity case_name = of_run({"", "case", "", "case", "Name of the case"});
const Quantity variant =
  of_run({"",
          "variant",
          "",
          "variant",
          "Name of the variant; empty if the case has none"});
const Quantity incomplete = of_run(
  {"", "incomplete", "", "incomplete", "Stages that failed or ended early"});
const Quantity not_finite_keys =
  of_run({"",
          "not_finite",
          "",
          "not finite",
          "Numbers that are not finite and stand as null"});
const Quantity not_written = of_run(
  {"", "not_written", "", "not written", "Files that could not be written"});
const Quantity warning_key =
  of_run({"warnings.*", "key", "", "warning", "Kind of a warning"});
const Quantity warning_sentence = of_run(
  {"warnings.*", "sentence", "", "warning", "What speaks against the result"});
const Quantity band_low  = of_run({"literature.*",
                                   "low",
                                   "",
                                   "lower end",
                                   "Lower end of what the literature says"});
const Quantity band_high = of_run({"literature.*",
                                   "high",
                                   "",
                                   "upper end",
                                   "Upper end of what the literature says"});
const Quantity band_source =
  of_run({"literature.*", "source", "", "source", "Where it is published"});
const Quantity screw_name =
  of_run({"screw",
          "name",
          "",
          "screw",
          "System of the screw, or what a custom screw is called"});
const Quantity screw_diameter = of_run({"screw",
                                        "diameter_mm",
                                        "mm",
                                        "outer diameter",
                                        "Outer diameter of the thread"});
const Quantity core_diameter  = of_run({"screw",
                                        "core_diameter_mm",
                                        "mm",
                                        "core diameter",
                                        "Core diameter of the thread"});
const Quantity core_taper     = of_run(
  {"screw",
       "core_taper",
       "",
       "core taper",
       "Share of its diameter that the core loses from the head to the tip"});
const Quantity screw_length =
  of_run({"screw", "length_mm", "mm", "length", "Length of the shaft"});
const Quantity pitch =
  of_run({"screw", "pitch_mm", "mm", "pitch", "Pitch of the thread"});
const Quantity thread_depth =
  of_run({"screw",
          "thread_depth_mm",
          "mm",
          "thread depth",
          "Half the difference of outer and core diameter"});
const Quantity tip_shape =
  of_run({"screw", "tip", "", "tip", "Shape of the tip"});
const Quantity head_shape =
  of_run({"screw", "head", "", "head", "Shape of the head"});
const Quantity assumed = of_run(
  {"screw", "assumed", "", "assumed", "Dimensions that no source gives"});
const Quantity engagement_kind = of_run(
  {"engagement", "kind", "", "engagement", "Monocortical or bicortical"});
const Quantity near_cortex_length =
  of_run({"engagement",
          "near_cortex_mm",
          "mm",
          "engaged in the near cortex",
          "Length of the axis in the near cortex, as the mesh has it beside "
          "the screw"});
const Quantity cancellous_length =
  of_run({"engagement",
          "cancellous_mm",
          "mm",
          "engaged in cancellous bone",
          "Length of the axis in cancellous bone, as the mesh has it beside "
          "the screw"});
const Quantity far_cortex_length =
  of_run({"engagement",
          "far_cortex_mm",
          "mm",
          "engaged in the far cortex",
          "Length of the axis in the far cortex, as the mesh has it beside "
          "the screw"});
const Quantity n_dofs = of_run({"mesh",
                                "n_dofs",
                                "",
                                "degrees of freedom",
                                "Unknown components of the displacement",
                                {"mesh"}});
const Quantity n_cells =
  of_run({"mesh", "n_cells", "", "cells", "Cells of the mesh"});
const Quantity degree =
  of_run({"mesh", "degree", "", "degree", "Polynomial degree of the elements"});
const Quantity min_scaled_jacobian =
  of_run({"mesh",
          "min_scaled_jacobian",
          "",
          "smallest scaled Jacobian",
          "Scaled Jacobian of the worst cell"});
const Quantity max_aspect_ratio = of_run({"mesh",
                                          "max_aspect_ratio",
                                          "",
                                          "largest aspect ratio",
                                          "Aspect ratio of the worst cell"});
const Quantity interface_size   = of_run({"mesh",
                                          "interface_size_mm",
                                          "mm",
                                          "cell size at the interface",
                                          "Cell size aimed at beside the screw"});
const Quantity screw_volume     = of_run({"mesh",
                                          "screw_volume_mm3",
                                          "mm3",
                                          "volume of the screw",
                                          "Volume of the cells of the screw"});
const Quantity cycle_n_dofs     = of_run({"mesh.adaptive_cycles.*",
                                          "n_dofs",
                                          "",
                                          "degrees of freedom",
                                          "Unknowns of a cycle of refinement"});
const Quantity cycle_error =
  of_run({"mesh.adaptive_cycles.*",
          "relative_error",
          "",
          "estimated error",
          "Estimated relative error in the energy norm"});
const Quantity cg_iterations =
  of_run({"solver",
          "cg_iterations",
          "",
          "CG iterations",
          "Linear iterations at the full depth, up to the full load",
          {"solver"}});
const Quantity solver_residual =
  of_run({"solver",
          "residual",
          "",
          "relative residual",
          "Last residual by the first; of nonlinear runs that of the last "
          "Newton iteration by the forces"});
const Quantity solver_seconds = of_run(
  {"solver", "seconds", "s", "time", "Wall time of the whole run", {"solver"}});
const Quantity setup_seconds =
  of_run({"solver",
          "setup_seconds",
          "s",
          "time of setting up",
          "Wall time of setting up operators and multigrid"});
const Quantity solve_seconds = of_run(
  {"solver", "solve_seconds", "s", "time of solving", "Wall time of solving"});
const Quantity memory = of_run({"solver",
                                "memory_MB",
                                "MB",
                                "memory",
                                "Peak resident memory of all ranks together",
                                {"solver"}});
} // namespace quantity

const std::vector<Quantity> &
run_quantities()
{
  return run_table();
}
} // namespace miniscrew::report
