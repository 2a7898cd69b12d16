// SPDX-License-Identifier: LGPL-2.1-or-later
// What can be named in a case file: screws, materials, techniques.
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
} // namespace miniscrew::app
