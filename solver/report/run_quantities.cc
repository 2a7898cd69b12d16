// SPDX-License-Identifier: LGPL-2.1-or-later
// What results say about case, screw, mesh and cost.
#include "solver/report/quantities.h"

namespace miniscrew::report
{
namespace
{
std::vector<Quantity> &
table()
{
  static std::vector<Quantity> all;
  return all;
}

// Remembers a quantity in the order of the tables.
Quantity
declared(Quantity quantity)
{
  table().push_back(quantity);
  return quantity;
}
} // namespace

namespace quantity
{
const Quantity title =
  declared({"", "title", "", "title", "Title of the case"});
const Quantity case_name =
  declared({"", "case", "", "case", "Name of the case"});
const Quantity variant =
  declared({"",
            "variant",
            "",
            "variant",
            "Name of the variant; empty if the case has none"});
const Quantity incomplete = declared(
  {"", "incomplete", "", "incomplete", "Stages that failed or ended early"});
const Quantity not_finite_keys =
  declared({"",
            "not_finite",
            "",
            "not finite",
            "Numbers that are not finite and stand as null"});
const Quantity not_written = declared(
  {"", "not_written", "", "not written", "Files that could not be written"});
const Quantity warning_key =
  declared({"warnings.*", "key", "", "warning", "Kind of a warning"});
const Quantity warning_sentence = declared(
  {"warnings.*", "sentence", "", "warning", "What speaks against the result"});
const Quantity band_low  = declared({"literature.*",
                                     "low",
                                     "",
                                     "lower end",
                                     "Lower end of what the literature says"});
const Quantity band_high = declared({"literature.*",
                                     "high",
                                     "",
                                     "upper end",
                                     "Upper end of what the literature says"});
const Quantity band_source =
  declared({"literature.*", "source", "", "source", "Where it is published"});
const Quantity screw_name =
  declared({"screw",
            "name",
            "",
            "screw",
            "System of the screw, or what a custom screw is called"});
const Quantity screw_diameter = declared({"screw",
                                          "diameter_mm",
                                          "mm",
                                          "outer diameter",
                                          "Outer diameter of the thread"});
const Quantity core_diameter  = declared({"screw",
                                          "core_diameter_mm",
                                          "mm",
                                          "core diameter",
                                          "Core diameter of the thread"});
const Quantity core_taper     = declared(
  {"screw",
       "core_taper",
       "",
       "core taper",
       "Share of its diameter that the core loses from the head to the tip"});
const Quantity screw_length =
  declared({"screw", "length_mm", "mm", "length", "Length of the shaft"});
const Quantity pitch =
  declared({"screw", "pitch_mm", "mm", "pitch", "Pitch of the thread"});
const Quantity thread_depth =
  declared({"screw",
            "thread_depth_mm",
            "mm",
            "thread depth",
            "Half the difference of outer and core diameter"});
const Quantity tip_shape =
  declared({"screw", "tip", "", "tip", "Shape of the tip"});
const Quantity head_shape =
  declared({"screw", "head", "", "head", "Shape of the head"});
const Quantity assumed = declared(
  {"screw", "assumed", "", "assumed", "Dimensions that no source gives"});
const Quantity engagement_kind = declared(
  {"engagement", "kind", "", "engagement", "Monocortical or bicortical"});
const Quantity near_cortex_length =
  declared({"engagement",
            "near_cortex_mm",
            "mm",
            "engaged in the near cortex",
            "Length of the axis in the near cortex, as the mesh has it beside "
            "the screw"});
const Quantity cancellous_length =
  declared({"engagement",
            "cancellous_mm",
            "mm",
            "engaged in cancellous bone",
            "Length of the axis in cancellous bone, as the mesh has it beside "
            "the screw"});
const Quantity far_cortex_length =
  declared({"engagement",
            "far_cortex_mm",
            "mm",
            "engaged in the far cortex",
            "Length of the axis in the far cortex, as the mesh has it beside "
            "the screw"});
const Quantity n_dofs = declared({"mesh",
                                  "n_dofs",
                                  "",
                                  "degrees of freedom",
                                  "Unknown components of the displacement",
                                  {"mesh"}});
const Quantity n_cells =
  declared({"mesh", "n_cells", "", "cells", "Cells of the mesh"});
const Quantity degree = declared(
  {"mesh", "degree", "", "degree", "Polynomial degree of the elements"});
const Quantity min_scaled_jacobian =
  declared({"mesh",
            "min_scaled_jacobian",
            "",
            "smallest scaled Jacobian",
            "Scaled Jacobian of the worst cell"});
const Quantity max_aspect_ratio = declared({"mesh",
                                            "max_aspect_ratio",
                                            "",
                                            "largest aspect ratio",
                                            "Aspect ratio of the worst cell"});
const Quantity interface_size =
  declared({"mesh",
            "interface_size_mm",
            "mm",
            "cell size at the interface",
            "Cell size aimed at beside the screw"});
const Quantity screw_volume = declared({"mesh",
                                        "screw_volume_mm3",
                                        "mm3",
                                        "volume of the screw",
                                        "Volume of the cells of the screw"});
const Quantity cycle_n_dofs = declared({"mesh.adaptive_cycles.*",
                                        "n_dofs",
                                        "",
                                        "degrees of freedom",
                                        "Unknowns of a cycle of refinement"});
const Quantity cycle_error =
  declared({"mesh.adaptive_cycles.*",
            "relative_error",
            "",
            "estimated error",
            "Estimated relative error in the energy norm"});
const Quantity cg_iterations =
  declared({"solver",
            "cg_iterations",
            "",
            "CG iterations",
            "Linear iterations at the full depth, up to the full load",
            {"solver"}});
const Quantity solver_residual =
  declared({"solver",
            "residual",
            "",
            "relative residual",
            "Last residual by the first; of nonlinear runs that of the last "
            "Newton iteration by the forces"});
const Quantity solver_seconds = declared(
  {"solver", "seconds", "s", "time", "Wall time of the whole run", {"solver"}});
const Quantity setup_seconds =
  declared({"solver",
            "setup_seconds",
            "s",
            "time of setting up",
            "Wall time of setting up operators and multigrid"});
const Quantity solve_seconds = declared(
  {"solver", "solve_seconds", "s", "time of solving", "Wall time of solving"});
const Quantity memory = declared({"solver",
                                  "memory_MB",
                                  "MB",
                                  "memory",
                                  "Peak resident memory of all ranks together",
                                  {"solver"}});
} // namespace quantity

const std::vector<Quantity> &
run_quantities()
{
  return table();
}
} // namespace miniscrew::report
