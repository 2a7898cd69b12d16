// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of materials, which are names of the library, own values, or both.
#pragma once

#include "solver/case/tables/parameter.h"

#include <set>
#include <string>
#include <vector>

namespace miniscrew
{
/// A part of the model that has a material.
struct MaterialSlot
{
  std::string         key;              ///< e.g. "materials.near_cortex"
  std::string         default_material; ///< of the library
  materials::Material Case::*material;
};

/// Screw and layers.
const std::vector<MaterialSlot> &material_slots();

/// All keys of @p slot: its own, which takes a name, and those of a table in
/// its place.
std::vector<Parameter> material_parameters(const MaterialSlot &slot);

/// Sets the material of @p slot to what the constants in the file build upon:
/// the named material, or none if the file gives all constants; @p given are
/// the keys of the file. Throws UserError.
void start_material(Draft                       &draft,
                    const MaterialSlot          &slot,
                    const std::set<std::string> &given);

/// Checks and completes the material of @p slot after all keys were read.
/// Throws UserError.
void finish_material(Draft                       &draft,
                     const MaterialSlot          &slot,
                     const std::set<std::string> &given);
} // namespace miniscrew
