// SPDX-License-Identifier: LGPL-2.1-or-later
// What can be named in a case file, and what results hold.
#pragma once

#include <string>

namespace miniscrew::app
{
/// All systems of the catalogue, with what is assumed about them.
std::string list_screws();

/// All materials of the library and the laws of density, with what is assumed
/// about them.
std::string list_materials();

/// The techniques of insertion and the screws that they are for.
std::string list_techniques();

/// The laws of materials with memory, their constants and what they show.
std::string list_laws();

/// The stages that tests.run may name, with their keys.
std::string list_stages();

/// What results hold: path in summary.json, unit, and what it is.
std::string list_results();
} // namespace miniscrew::app
