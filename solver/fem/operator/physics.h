// SPDX-License-Identifier: LGPL-2.1-or-later
// What a physics is to the operators, and its use with plain numbers.
//
// A Physics says what happens at a point, from gradient to flux. Everything
// else (numbering, hanging nodes, geometry, SIMD, multigrid, communication) is
// common to all. It is a struct of static members alone:
//
//   n_components     unknowns of a node, 1 or 3
//   has_reaction     whether values, too, cause something: the term c u
//   accepts(layout)  whether the material's constants may have this layout
//   flux<layout, Pack>(constants, gradient, flux)
//                    flux[c][e] from gradient[c][e] = du_c/dx_e; linear, the
//                    operator is int grad(v) : flux(grad u)
//   reaction<layout, Pack>(constants)
//                    c, if has_reaction
//
// Pack::type is what is worked on: a number, or one of each cell in a batch. It
// tells instruction sets apart, so both functions must be templates of it, call
// no inline function that is not, and be always inlined (cell_kernel_impl.h
// says why). Fluxes with layouts other than `full` must be symmetric and
// positive semi-definite in the gradient.
#pragma once

#include "solver/fem/operator/material_layout.h"

namespace miniscrew::fem
{
/// Plain numbers as a Pack.
struct PlainNumbers
{
  using type = double;
};

/// Flux (and the coefficient of the reaction, or 0) at a point, with the layout
/// chosen at run time; one that the physics does not accept gives zero.
template <class Physics>
struct PointPhysics
{
  static constexpr int n_components = Physics::n_components;
  using Gradient                    = double[n_components][3];

  static void
  flux(const MaterialLayout layout,
       const double        *constants,
       const Gradient      &gradient,
       Gradient            &result)
  {
    switch (layout)
    {
      case MaterialLayout::lame:
        return flux<MaterialLayout::lame>(constants, gradient, result);
      case MaterialLayout::triangle:
        return flux<MaterialLayout::triangle>(constants, gradient, result);
      case MaterialLayout::full:
        return flux<MaterialLayout::full>(constants, gradient, result);
      case MaterialLayout::conductivity:
        return flux<MaterialLayout::conductivity>(constants, gradient, result);
      case MaterialLayout::conductivity_and_reaction:
        return flux<MaterialLayout::conductivity_and_reaction>(
          constants, gradient, result);
    }
  }

  static double
  reaction(const MaterialLayout layout, const double *constants)
  {
    if constexpr (Physics::has_reaction)
      if (layout == MaterialLayout::conductivity_and_reaction)
        return Physics::template reaction<
          MaterialLayout::conductivity_and_reaction,
          PlainNumbers>(constants);
    return 0.;
  }

private:
  template <MaterialLayout layout>
  static void
  flux(const double *constants, const Gradient &gradient, Gradient &result)
  {
    if constexpr (Physics::accepts(layout))
      Physics::template flux<layout, PlainNumbers>(constants, gradient, result);
    else
      for (auto &row : result)
        for (double &value : row)
          value = 0.;
  }
};
} // namespace miniscrew::fem
