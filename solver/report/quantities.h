// SPDX-License-Identifier: LGPL-2.1-or-later
// The quantities of the program by name. Their units, labels and sentences are
// in the sources beside.
#pragma once

#include "solver/report/quantity.h"

namespace miniscrew::report
{
/// Names of records inside others, as of Record::part() and rows().
namespace part
{
constexpr const char *mesh = "mesh", *screw = "screw", *solver = "solver",
                     *engagement = "engagement", *literature = "literature",
                     *warnings        = "warnings",
                     *adaptive_cycles = "adaptive_cycles", *bone = "bone",
                     *shell = "shell", *total = "total",
                     *inelastic = "inelastic", *contact = "contact",
                     *steps = "steps", *balance_error = "balance_error",
                     *unloaded             = "unloaded",
                     *max_principal_strain = "max_principal_strain",
                     *min_principal_strain = "min_principal_strain",
                     *von_mises_stress     = "von_mises_stress_MPa",
                     *mechanostat = "mechanostat_mm3", *cortex = "cortex",
                     *cancellous          = "cancellous",
                     *parts_of_max_torque = "parts_of_max_torque", *low = "low",
                     *high    = "high", ///< bounds of a band
                       *curve = "curve", *failed_depths = "failed_depths";
} // namespace part

namespace quantity
{
/// @name Case, screw, mesh and cost
/// @{
extern const Quantity title, case_name, variant, incomplete, not_finite_keys,
  not_written, warning_key, warning_sentence, band_low, band_high, band_source,
  screw_name, screw_diameter, core_diameter, core_taper, screw_length, pitch,
  thread_depth, tip_shape, head_shape, assumed, engagement_kind,
  near_cortex_length, cancellous_length, far_cortex_length, n_dofs, n_cells,
  degree, min_scaled_jacobian, max_aspect_ratio, interface_size, screw_volume,
  cycle_n_dofs, cycle_error, cg_iterations, solver_residual, solver_seconds,
  setup_seconds, solve_seconds, memory;
/// @}

/// @name Motions, balances, contact and statistics of a state
/// @{
extern const Quantity head_displacement, head_rotation, tip_displacement,
  axis_rotation, screw_rotation, lateral_stiffness, energy_change,
  strain_energy, force, moment, load_point, axis_length, reaction_force,
  reaction_moment, force_balance, moment_balance, external_work, returned_work,
  reached_load_share, open_area, slip_area, stick_area, max_pressure,
  max_penetration, max_micromotion, micromotion_place, mean_micromotion,
  seated_max_pressure, interface_balance, frictional_work,
  contact_energy_change, regularising_share, dissipated, bytes_per_dof,
  viscous_materials, load_share, augmentations, step_cg_iterations,
  newton_iterations, linear_iterations, yielding_share, top_displacement,
  volume, tension_p99_9, compression_p99_9, yielded_bone_volume,
  damaged_bone_volume, yielded_screw_volume, max_von_mises, yield_ratio, p99,
  p99_9, max_singular, window_disuse, window_adapted, window_mild_overload,
  window_overload, window_pathologic, observable_lost;
/// @}

/// @name Insertion, seating and driven motions
/// @{
extern const Quantity technique, pilot_diameter, pilot_depth, cutting_length,
  driver_force, residual_interference, friction_range, is_led, cut_fraction,
  removal_ratio, friction_coefficient, cutting_energy, max_torque,
  depth_of_max_torque, final_torque, safety_factor, max_axial_force,
  torsional_strength, torsional_first_yield, below_20, below_40,
  insertion_balance, torque, near_friction, cancellous_friction, far_friction,
  flanks, cutting, depth, axial_force, contact_area, max_interference,
  yielded_bone, point_n_dofs, reason, mean_pressure, seated_pressure,
  press_fit_pressure, relaxed_pressure, relaxation_time, kept_force_share,
  insertion_force, normal_force, elastic_energy, removal_torque, pullout_force,
  chapman_force, lateral_force, lateral_test_stiffness, peak_force, peak_torque,
  displacement_at_peak, angle_at_peak, reached_displacement, reached_angle,
  final_force, final_torque_of_test, test_stiffness, passed_peak, is_flat,
  failure_mode, stopped_because;
/// @}

} // namespace quantity

/// The parts that quantity_library() is made of.
/// @{
const std::vector<Quantity> &run_quantities();
const std::vector<Quantity> &load_quantities();
const std::vector<Quantity> &insertion_quantities();
/// @}
} // namespace miniscrew::report
