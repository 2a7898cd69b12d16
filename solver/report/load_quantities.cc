// SPDX-License-Identifier: LGPL-2.1-or-later
// What results say about a state under a load.
#include "solver/report/quantities.h"

namespace miniscrew::report
{
namespace
{
std::vector<Quantity> &
load_table()
{
  static std::vector<Quantity> all;
  return all;
}

// Remembers a quantity in the order of the tables.
Quantity
of_load(Quantity quantity)
{
  load_table().push_back(quantity);
  return quantity;
}
} // namespace

namespace quantity
{
const Quantity head_displacement =
  of_load({"**",
           "head_displacement_mm",
           "mm",
           "head displacement",
           "Displacement vector of the point of load",
           {"service"},
           {"µm", 1e3}});
const Quantity head_rotation =
  of_load({"**",
           "head_rotation_rad",
           "rad",
           "head rotation",
           "Rotation vector of the head at the point of load"});
const Quantity tip_displacement = of_load({"**",
                                           "tip_displacement_mm",
                                           "mm",
                                           "tip displacement",
                                           "Displacement vector of the tip",
                                           {"service"},
                                           {"µm", 1e3}});
const Quantity axis_rotation =
  of_load({"**",
           "axis_rotation_deg",
           "degrees",
           "axis rotation",
           "Rotation of the straight line from the tip to the point of load",
           {"service"}});
const Quantity screw_rotation =
  of_load({"**",
           "screw_rotation_rad",
           "rad",
           "rotation of the screw",
           "Rotation vector of the rigid motion that fits that of the whole "
           "screw best, by volume"});
const Quantity lateral_stiffness =
  of_load({"service",
           "lateral_stiffness_N_per_mm",
           "N/mm",
           "lateral stiffness",
           "Lateral force by lateral displacement at the point of load",
           {"service"}});
const Quantity energy_change =
  of_load({"**",
           "strain_energy_change_N_mm",
           "N mm",
           "change of strain energy",
           "Elastic energy that bone and screw take up",
           {"service"}});
const Quantity strain_energy = of_load({"**",
                                        "strain_energy_N_mm",
                                        "N mm",
                                        "strain energy",
                                        "Elastic energy of bone and screw",
                                        {"service.total"}});
const Quantity force =
  of_load({"service", "force_N", "N", "force", "Force of the load, a vector"});
const Quantity moment =
  of_load({"service",
           "moment_N_mm",
           "N mm",
           "moment",
           "Moment of the load about its point, a vector"});
const Quantity load_point = of_load({"service",
                                     "load_point_mm",
                                     "mm",
                                     "point of load",
                                     "Point of load on the axis"});
const Quantity axis_length =
  of_load({"service",
           "axis_length_mm",
           "mm",
           "tip to point of load",
           "Distance from the tip to the point of load"});
const Quantity reaction_force =
  of_load({"service",
           "reaction_force_N",
           "N",
           "reaction force",
           "Sum of the forces at the held faces, a vector"});
const Quantity reaction_moment = of_load(
  {"service",
   "reaction_moment_N_mm",
   "N mm",
   "reaction moment",
   "Moment of the forces at the held faces about the origin, a vector"});
const Quantity force_balance =
  of_load({"service.balance_error",
           "force",
           "",
           "balance of forces",
           "What reaction and load lack to balance, by the load"});
const Quantity moment_balance =
  of_load({"service.balance_error",
           "moment",
           "",
           "balance of moments",
           "What the moments of reaction and load lack to balance, by that of "
           "the load"});
const Quantity external_work = of_load(
  {"**", "external_work_N_mm", "N mm", "work of the load", "Work of the load"});
const Quantity returned_work =
  of_load({"service.unloaded",
           "returned_work_N_mm",
           "N mm",
           "returned work",
           "Work that the load gets back when it is taken off"});
const Quantity reached_load_share = of_load(
  {"service",
   "reached_load_share",
   "",
   "share of the load reached",
   "Share of the load that equilibrium was found for, if not for all of it"});
const Quantity open_area    = of_load({"**",
                                       "open_area_mm2",
                                       "mm2",
                                       "open interface",
                                       "Area of the interface that is open",
                                       {"service.contact"}});
const Quantity slip_area    = of_load({"**",
                                       "slip_area_mm2",
                                       "mm2",
                                       "slipping interface",
                                       "Area of the interface that slips",
                                       {"service.contact"}});
const Quantity stick_area   = of_load({"**",
                                       "stick_area_mm2",
                                       "mm2",
                                       "sticking interface",
                                       "Area of the interface that sticks"});
const Quantity max_pressure = of_load({"**",
                                       "max_pressure_MPa",
                                       "MPa",
                                       "maximum pressure",
                                       "Largest contact pressure",
                                       {"service.contact"}});
const Quantity max_penetration =
  of_load({"**",
           "max_penetration_mm",
           "mm",
           "maximum penetration",
           "Largest overlap, or gap under pressure, that is left"});
const Quantity max_micromotion =
  of_load({"**",
           "max_micromotion_um",
           "µm",
           "maximum micromotion",
           "Largest tangential jump of the interface since before the load",
           {"service.contact"}});
const Quantity micromotion_place =
  of_load({"service.contact",
           "max_micromotion_place_mm",
           "mm",
           "place of it",
           "Where the micromotion is largest"});
const Quantity mean_micromotion =
  of_load({"service.contact",
           "mean_micromotion_um",
           "µm",
           "mean micromotion",
           "Mean tangential jump by area since before the load",
           {"service.contact"}});
const Quantity seated_max_pressure =
  of_load({"service.contact",
           "seated_max_pressure_MPa",
           "MPa",
           "maximum pressure before the load",
           "Largest contact pressure after insertion or press fit"});
const Quantity interface_balance =
  of_load({"service.contact",
           "force_balance_error",
           "",
           "balance of the interface",
           "Sum of interface forces on the screw and load, by the load"});
const Quantity frictional_work =
  of_load({"service.contact",
           "frictional_work_N_mm",
           "N mm",
           "frictional work",
           "Work lost in friction under the load"});
const Quantity contact_energy_change =
  of_load({"service.contact",
           "elastic_energy_change_N_mm",
           "N mm",
           "change of elastic energy",
           "Elastic energy that bone and screw take up under the load"});
const Quantity regularising_share =
  of_load({"service.contact",
           "regularising_share",
           "",
           "share of springs",
           "Share of the load that springs carry which stand in for friction"});
const Quantity dissipated =
  of_load({"service.inelastic",
           "dissipated_N_mm",
           "N mm",
           "dissipated",
           "Work of the load that is neither stored nor lost in friction"});
const Quantity bytes_per_dof =
  of_load({"service.inelastic",
           "bytes_per_dof",
           "bytes",
           "memory of histories",
           "Memory of histories and tangents, per degree of freedom"});
const Quantity viscous_materials = of_load(
  {"service.inelastic",
   "viscous_materials",
   "",
   "viscous materials",
   "Materials whose law makes the answer depend on the duration of the load"});
const Quantity load_share    = of_load({"**",
                                        "load_share",
                                        "",
                                        "share of the load",
                                        "Share of the load after a step"});
const Quantity augmentations = of_load(
  {"**", "augmentations", "", "augmentations", "Augmentations of a step"});
const Quantity step_cg_iterations = of_load(
  {"**", "cg_iterations", "", "CG iterations", "Linear iterations of a step"});
const Quantity newton_iterations =
  of_load({"**",
           "newton_iterations",
           "",
           "Newton iterations",
           "Newton iterations of all steps, or of one"});
const Quantity linear_iterations =
  of_load({"**",
           "linear_iterations",
           "",
           "linear iterations",
           "Linear iterations of all steps, or of one"});
const Quantity yielding_share =
  of_load({"**",
           "yielding_share",
           "",
           "yielding share",
           "Share of the inelastic points whose plastic strain grew"});
const Quantity top_displacement =
  of_load({"benchmark",
           "mean_top_displacement_x_mm",
           "mm",
           "mean top displacement x",
           "Mean x displacement of the screw's top face, where the load is a "
           "traction there",
           {"benchmark"},
           {"µm", 1e3}});
const Quantity volume = of_load(
  {"**",
   "volume_mm3",
   "mm3",
   "volume",
   "Volume of a layer, or of the shell from 0.5 to 1 mm beside the screw"});
const Quantity tension_p99_9 =
  of_load({"**.bone.*.max_principal_strain",
           "p99_9",
           "",
           "maximum principal strain 99.9 %",
           "Maximum principal strain that 99.9 % of the volume does not exceed",
           {"service.bone.*.max_principal_strain",
            "service.total.bone.*.max_principal_strain"},
           {"µε", 1e6}});
const Quantity compression_p99_9 = of_load(
  {"**.bone.*.min_principal_strain",
   "p99_9",
   "",
   "minimum principal strain 99.9 %",
   "Minimum principal strain that 99.9 % of the volume does not fall below",
   {"service.bone.*.min_principal_strain",
    "service.total.bone.*.min_principal_strain"},
   {"µε", 1e6}});
const Quantity yielded_bone_volume =
  of_load({"**.bone.*.inelastic",
           "yielded_mm3",
           "mm3",
           "yielded",
           "Volume whose plastic strain is not zero",
           {"service.bone.*.inelastic", "service.total.bone.*.inelastic"}});
const Quantity damaged_bone_volume =
  of_load({"**.bone.*.inelastic",
           "damaged_mm3",
           "mm3",
           "damaged",
           "Volume with damage of 0.01 or more",
           {"service.bone.*.inelastic", "service.total.bone.*.inelastic"}});
const Quantity yielded_screw_volume =
  of_load({"**.screw.inelastic",
           "yielded_mm3",
           "mm3",
           "screw, yielded",
           "Volume of the screw whose plastic strain is not zero",
           {"service.screw.inelastic", "service.total.screw.inelastic"}});
const Quantity max_von_mises =
  of_load({"**",
           "max_von_mises_MPa",
           "MPa",
           "screw, maximum stress",
           "Largest von Mises stress in the screw",
           {"service.screw", "service.total.screw"}});
const Quantity yield_ratio =
  of_load({"**.screw",
           "yield_ratio",
           "",
           "screw, stress by yield stress",
           "Largest von Mises stress in the screw by its yield stress"});
const Quantity p99 =
  of_load({"**",
           "p99",
           "",
           "99 %",
           "What 99 % of the volume does not exceed, in size"});
const Quantity p99_9 =
  of_load({"**",
           "p99_9",
           "",
           "99.9 %",
           "What 99.9 % of the volume does not exceed, in size"});
const Quantity max_singular =
  of_load({"**",
           "max_singular",
           "",
           "maximum at a point",
           "Largest value at any quadrature point, which grows with every "
           "refinement at sharp edges"});
const Quantity window_disuse =
  of_load({"**.mechanostat_mm3",
           "disuse",
           "mm3",
           "disuse",
           "Volume with a principal strain below 100 µε"});
const Quantity window_adapted =
  of_load({"**.mechanostat_mm3",
           "adapted",
           "mm3",
           "adapted",
           "Volume with a principal strain from 100 to 1500 µε"});
const Quantity window_mild_overload =
  of_load({"**.mechanostat_mm3",
           "mild_overload",
           "mm3",
           "mild overload",
           "Volume with a principal strain from 1500 to 3000 µε"});
const Quantity window_overload =
  of_load({"**.mechanostat_mm3",
           "overload",
           "mm3",
           "overload",
           "Volume with a principal strain from 3000 to 4000 µε"});
const Quantity window_pathologic =
  of_load({"**.mechanostat_mm3",
           "pathologic",
           "mm3",
           "pathologic",
           "Volume with a principal strain above 4000 µε"});
const Quantity observable_lost = of_load({"**.inelastic",
                                          "lost_mm3",
                                          "mm3",
                                          "lost",
                                          "Damage integrated over the volume"});
} // namespace quantity

const std::vector<Quantity> &
load_quantities()
{
  return load_table();
}
} // namespace miniscrew::report
