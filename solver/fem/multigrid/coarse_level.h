// SPDX-License-Identifier: LGPL-2.1-or-later
// The assembled Q1 level of the multigrid.
#pragma once

#include "solver/fem/operator/elasticity_operator.h"
#include "solver/linear/algebraic_multigrid.h"

#include <memory>

namespace miniscrew::fem
{
/// Assembles the Q1 operator of a physics on the cells of @p geometry (with the
/// quadrature of the geometry's degree: the Galerkin restriction of the fine
/// operator) and sets up algebraic multigrid: blocks of three with rigid
/// motions for Elasticity, single values with constants for Conduction. @p
/// space is of degree 1. Elasticity alone has @p coupling, the stiffness
/// between the space's pairs, if any, and @p tangents in place of the elastic
/// stiffness of cells that have some. Throws UserError if @p petsc_options do
/// not go together. Collective.
template <class Physics>
std::unique_ptr<linear::AlgebraicMultigrid>
make_coarse_level(const NodeSpace               &space,
                  const Geometry                &geometry,
                  const MaterialField           &field,
                  const linear::PetscOptionList &petsc_options,
                  const PairCoupling            &coupling = {},
                  const TangentField            *tangents = nullptr);

/// That of elasticity with the stiffness of materials. Collective.
std::unique_ptr<linear::AlgebraicMultigrid>
make_coarse_level(const NodeSpace               &space,
                  const Geometry                &geometry,
                  const BodyMaterials           &bodies,
                  const linear::PetscOptionList &petsc_options,
                  const PairCoupling            &coupling = {},
                  const TangentField            *tangents = nullptr);
} // namespace miniscrew::fem
