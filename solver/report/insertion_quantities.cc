// SPDX-License-Identifier: LGPL-2.1-or-later
// What results say about insertion and driven motions.
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
const Quantity technique = declared({"insertion",
                                     "technique",
                                     "",
                                     "technique",
                                     "How the screw gets into the bone"});
const Quantity pilot_diameter =
  declared({"insertion",
            "pilot_diameter_mm",
            "mm",
            "pilot hole, diameter",
            "Diameter of the pilot hole; 0 without one"});
const Quantity pilot_depth =
  declared({"insertion",
            "pilot_depth_mm",
            "mm",
            "pilot hole, depth",
            "Depth of the pilot hole along the axis; 0 without one"});
const Quantity cutting_length =
  declared({"insertion",
            "cutting_length_mm",
            "mm",
            "cutting length",
            "Length from the tip that has cutting edges; 0: the screw forms "
            "its thread"});
const Quantity driver_force =
  declared({"insertion",
            "driver_force_N",
            "N",
            "force of the driver",
            "Force of the driver along the axis into the bone"});
const Quantity residual_interference =
  declared({"insertion.*",
            "residual_interference_um",
            "um",
            "residual interference",
            "What cutting edges leave standing of the bone, along the normal: "
            "low, mid and high"});
const Quantity friction_range =
  declared({"insertion.*",
            "friction_range",
            "",
            "range of friction",
            "Coulomb's coefficients of the low and the high bound"});
const Quantity is_led =
  declared({"insertion.**",
            "is_led",
            "",
            "led by the driver",
            "Whether the driver had to lead the screw along its helix, since "
            "its thread did not carry it"});
const Quantity cut_fraction =
  declared({"insertion.*",
            "cut_fraction",
            "",
            "cut fraction",
            "Share of the displaced bone that is cut away as chips, if given "
            "in place of cutting edges"});
const Quantity friction_coefficient =
  declared({"insertion.*",
            "friction_coefficient",
            "",
            "coefficient of friction",
            "Coulomb's coefficient from insertion on"});
const Quantity cutting_energy =
  declared({"insertion.*",
            "cutting_energy_MPa",
            "MPa",
            "cutting energy",
            "Work of cutting per volume of chips"});
const Quantity max_torque          = declared({"insertion",
                                               "max_torque_N_cm",
                                               "N cm",
                                               "maximum insertion torque",
                                               "Largest torque over depth",
                                               {"insertion"}});
const Quantity depth_of_max_torque = declared({"insertion",
                                               "depth_of_max_torque_mm",
                                               "mm",
                                               "depth of it",
                                               "Depth of the largest torque"});
const Quantity final_torque        = declared({"insertion",
                                               "final_torque_N_cm",
                                               "N cm",
                                               "torque at the full depth",
                                               "Torque at the full depth"});
const Quantity safety_factor =
  declared({"insertion",
            "torsional_safety_factor",
            "",
            "torsional safety factor",
            "Smallest ratio of a section's plastic torque to what it carries",
            {"insertion"}});
const Quantity max_axial_force =
  declared({"insertion",
            "max_axial_force_N",
            "N",
            "axial insertion force",
            "Largest force along the axis into the bone",
            {"insertion"}});
const Quantity torsional_strength =
  declared({"insertion",
            "torsional_strength_N_cm",
            "N cm",
            "torsional strength",
            "Fully plastic torque of the thinnest section of the shaft"});
const Quantity torsional_first_yield = declared(
  {"insertion",
   "torsional_first_yield_N_cm",
   "N cm",
   "torque of first yield",
   "Torque at which the thinnest section of the shaft begins to yield"});
const Quantity below_20 =
  declared({"insertion",
            "below_20_N_cm",
            "",
            "below 20 N cm",
            "Whether the torque is below the lower of the makers' limits"});
const Quantity below_40 =
  declared({"insertion",
            "below_40_N_cm",
            "",
            "below 40 N cm",
            "Whether the torque is below the higher of the makers' limits"});
const Quantity insertion_balance =
  declared({"insertion.**",
            "balance_error",
            "",
            "balance of insertion",
            "What interface and driver lack to balance, by the normal forces"});
const Quantity torque = declared(
  {"insertion.**", "torque_N_cm", "N cm", "torque", "Torque at a depth"});
const Quantity near_friction       = declared({"insertion.**",
                                               "near_cortex_friction_N_cm",
                                               "N cm",
                                               "friction in the near cortex",
                                               "Part of the torque"});
const Quantity cancellous_friction = declared({"insertion.**",
                                               "cancellous_friction_N_cm",
                                               "N cm",
                                               "friction in cancellous bone",
                                               "Part of the torque"});
const Quantity far_friction        = declared({"insertion.**",
                                               "far_cortex_friction_N_cm",
                                               "N cm",
                                               "friction in the far cortex",
                                               "Part of the torque"});
const Quantity flanks =
  declared({"insertion.**",
            "flanks_N_cm",
            "N cm",
            "normal tractions",
            "Part of the torque: that of the normal tractions on the flanks"});
const Quantity cutting =
  declared({"insertion.**",
            "cutting_N_cm",
            "N cm",
            "cutting",
            "Part of the torque: that of cutting chips"});
const Quantity depth = declared({"insertion.**",
                                 "depth_mm",
                                 "mm",
                                 "depth",
                                 "Depth of the tip along the axis"});
const Quantity axial_force =
  declared({"insertion.**",
            "axial_force_N",
            "N",
            "axial force",
            "Force along the axis into the bone; negative if the thread pulls "
            "the screw in"});
const Quantity contact_area = declared({"insertion.**",
                                        "contact_area_mm2",
                                        "mm2",
                                        "area in contact",
                                        "Area of the interface in contact"});
const Quantity max_interference =
  declared({"insertion.**",
            "max_interference_mm",
            "mm",
            "maximum interference",
            "Largest overlap of screw and bore"});
const Quantity yielded_bone = declared({"insertion.**",
                                        "yielded_bone_mm3",
                                        "mm3",
                                        "yielded bone",
                                        "Volume of bone that has yielded"});
const Quantity point_n_dofs = declared({"insertion.**",
                                        "n_dofs",
                                        "",
                                        "degrees of freedom",
                                        "Unknowns of the mesh at a depth"});
const Quantity reason       = declared(
  {"insertion.failed_depths.*", "reason", "", "reason", "Why a depth failed"});
const Quantity mean_pressure =
  declared({"**",
            "mean_pressure_MPa",
            "MPa",
            "mean pressure",
            "Normal force by the area in contact"});
const Quantity seated_pressure =
  declared({"seating",
            "mean_pressure_MPa",
            "MPa",
            "pressure after seating",
            "Normal force by the area in contact, when the driver is let go",
            {"seating"}});
const Quantity press_fit_pressure =
  declared({"press_fit",
            "mean_pressure_MPa",
            "MPa",
            "pressure of the press fit",
            "Normal force by the area in contact",
            {"press_fit"}});
const Quantity removal_ratio =
  declared({"removal",
            "removal_over_insertion",
            "",
            "removal over insertion torque",
            "Removal torque by the insertion torque at the full depth",
            {"removal"}});
const Quantity insertion_force =
  declared({"insertion",
            "normal_force_N",
            "N",
            "contact force of insertion",
            "Sum of the normal forces of the interface at the full depth",
            {"insertion"}});
const Quantity relaxed_pressure =
  declared({"relaxation",
            "mean_pressure_MPa",
            "MPa",
            "pressure after relaxation",
            "Normal force by the area in contact, when the bone has relaxed",
            {"relaxation"}});
const Quantity relaxation_time =
  declared({"relaxation",
            "time_s",
            "s",
            "time after insertion",
            "Time in which the bone has relaxed"});
const Quantity kept_force_share =
  declared({"relaxation",
            "kept_force_share",
            "",
            "contact force that is kept",
            "Total contact force after relaxation by that before"});
const Quantity normal_force =
  declared({"**",
            "normal_force_N",
            "N",
            "total contact force",
            "Sum of the normal forces of the interface"});
const Quantity elastic_energy = declared({"**",
                                          "elastic_energy_N_mm",
                                          "N mm",
                                          "elastic energy",
                                          "Elastic energy of bone and screw"});
const Quantity removal_torque =
  declared({"removal",
            "peak_torque_N_cm",
            "N cm",
            "removal torque",
            "Largest torque when the screw is turned back",
            {"removal"}});
const Quantity pullout_force =
  declared({"pullout",
            "peak_force_N",
            "N",
            "pull-out force",
            "Largest force when the head is pulled along the axis",
            {"pullout"}});
const Quantity chapman_force =
  declared({"pullout",
            "chapman_force_N",
            "N",
            "Chapman's pull-out force",
            "Pull-out force by the formula of Chapman et al. 1996, J. Biomech. "
            "Eng. 118:391",
            {"pullout"}});
const Quantity lateral_force =
  declared({"sideways",
            "final_force_N",
            "N",
            "lateral load",
            "Force on the point of load at the end of the lateral displacement",
            {"sideways"}});
const Quantity lateral_test_stiffness =
  declared({"sideways",
            "stiffness_N_per_mm",
            "N/mm",
            "lateral stiffness of the test",
            "Force by displacement of the first step of the lateral load",
            {"sideways"}});
const Quantity peak_force  = declared({"**",
                                       "peak_force_N",
                                       "N",
                                       "largest force",
                                       "Largest force of a driven motion"});
const Quantity peak_torque = declared({"**",
                                       "peak_torque_N_cm",
                                       "N cm",
                                       "largest torque",
                                       "Largest torque of a driven motion"});
const Quantity displacement_at_peak =
  declared({"**",
            "displacement_mm_at_peak",
            "mm",
            "displacement at the peak",
            "Displacement at the largest force"});
const Quantity angle_at_peak = declared({"**",
                                         "angle_deg_at_peak",
                                         "degrees",
                                         "angle at the peak",
                                         "Angle at the largest torque"});
const Quantity reached_displacement =
  declared({"**",
            "reached_displacement_mm",
            "mm",
            "displacement reached",
            "Displacement where the motion ended"});
const Quantity reached_angle = declared({"**",
                                         "reached_angle_deg",
                                         "degrees",
                                         "angle reached",
                                         "Angle where the motion ended"});
const Quantity final_force   = declared({"**",
                                         "final_force_N",
                                         "N",
                                         "force at the end",
                                         "Force where the motion ended"});
const Quantity final_torque_of_test =
  declared({"**",
            "final_torque_N_cm",
            "N cm",
            "torque at the end",
            "Torque where the motion ended"});
const Quantity test_stiffness =
  declared({"**",
            "stiffness_N_per_mm",
            "N/mm",
            "stiffness",
            "Force by displacement of the first step"});
const Quantity passed_peak =
  declared({"**",
            "passed_peak",
            "",
            "passed its peak",
            "Whether the force has fallen well below its peak"});
const Quantity is_flat = declared({"**",
                                   "is_flat",
                                   "",
                                   "levelled off",
                                   "Whether the force rises hardly any more"});
const Quantity failure_mode =
  declared({"**",
            "failure_mode",
            "",
            "what gave way",
            "thread_stripping, bone_crushing, slip, screw_bending, "
            "screw_yield, or none if the force still rises"});
const Quantity stopped_because =
  declared({"**",
            "stopped_because",
            "",
            "ended early",
            "Why the stage ended early; empty if it did not"});
} // namespace quantity

const std::vector<Quantity> &
insertion_quantities()
{
  return table();
}
} // namespace miniscrew::report
