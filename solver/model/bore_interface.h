// SPDX-License-Identifier: LGPL-2.1-or-later
// What overlaps between a screw and the bore that it makes.
#pragma once

#include "solver/contact/contact_interface.h"
#include "solver/model/model.h"

#include <array>
#include <functional>

namespace miniscrew::model
{
/// The gap between the screw and the bore that it makes, along the normal, for
/// a screw that stands at its depth (solver/README.md). The model must
/// outlive the function.
std::function<double(const contact::InterfacePoint &)>
bore_gap(const Model &model, const Insertion &insertion);

/// Coulomb's coefficients of the layers while the screw turns.
std::array<double, mesh::n_layers>
insertion_friction(const Insertion &insertion);

/// The largest overlap of screw and bore, mm, over all ranks. Collective.
double greatest_interference(const Model                     &model,
                             const Insertion                 &insertion,
                             const contact::ContactInterface &interface);
} // namespace miniscrew::model
