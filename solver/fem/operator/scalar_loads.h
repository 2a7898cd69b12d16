// SPDX-License-Identifier: LGPL-2.1-or-later
// Sources, fluxes and prescribed values of a scalar problem.
#pragma once

#include "solver/fem/operator/material_field.h"
#include "solver/fem/space/geometry.h"

#include <functional>
#include <map>

namespace miniscrew::fem
{
/// A value at a point (mm).
using ScalarFunction = std::function<double(const Vector3 &x)>;

/// A flux through a surface into the body at a point of it (mm) with an outward
/// unit normal; n . (k grad u), for heat W/mm^2.
using FluxFunction =
  std::function<double(const Vector3 &x, const Vector3 &normal)>;

/// A source per volume, for heat W/mm^3.
using SourceFunction = std::function<double(const MaterialPlace &place)>;

/// Adds int v f to this rank's entries of @p loads, a scalar vector of the
/// geometry's space; those of other ranks are complete after
/// compress(dealii::VectorOperation::add). Prescribed nodes get nothing,
/// hanging nodes' shares go to their masters. Gauss rule with degree + 2 points
/// per direction. Not collective.
void add_source(const Geometry         &geometry,
                const SourceFunction   &source,
                linear::Vector<double> &loads);

/// The same with int v q over the boundary faces with an id.
void add_inflow(const Geometry            &geometry,
                dealii::types::boundary_id id,
                const FluxFunction        &inflow,
                linear::Vector<double>    &loads);

/// Sets the owned nodes on boundaries to functions of their position; nodes on
/// several boundaries take the lowest id. Nodes that hang keep their value.
/// Collective.
void set_boundary_values(
  const Geometry                                             &geometry,
  const std::map<dealii::types::boundary_id, ScalarFunction> &values,
  linear::Vector<double>                                     &target);
} // namespace miniscrew::fem
