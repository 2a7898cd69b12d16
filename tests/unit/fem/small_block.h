// SPDX-License-Identifier: LGPL-2.1-or-later
// A small block with a pin and hanging nodes, and vectors on it.
#pragma once

#include "tests/verification/discretisation.h"

namespace miniscrew::fem
{
/// Refines the cells around the pin's lower half.
inline void
refine_beside_pin(mesh::Triangulation &triangulation,
                  const mesh::ScrewBoneMap &)
{
  for (const auto &cell : triangulation.active_cell_iterators())
    if (cell->is_locally_owned() && mesh::gauge(cell->center()) < 3. &&
        cell->center()[0] > 0. && cell->center()[2] < 3.)
      cell->set_refine_flag();
  triangulation.execute_coarsening_and_refinement();
}

inline verification::Discretisation
small_block(const unsigned int degree)
{
  return verification::Discretisation(
    std::make_shared<verification::Pin>(0.7, 2.5),
    verification::site(0.8, 1.2, 4., 1.4),
    refine_beside_pin,
    degree);
}

/// Lateral faces held, the bottom on rollers.
inline void
prescribe_rollers(NodeSpace &space)
{
  space.prescribe([](const dealii::types::boundary_id id) {
    return id < mesh::boundary::bottom    ? 7
           : id == mesh::boundary::bottom ? 4
                                          : 0;
  });
}

/// An arbitrary value in [-1, 1] for every unknown, the same on any number of
/// ranks that number the nodes alike; zero at constrained unknowns.
template <typename Number>
linear::Vector<Number>
arbitrary_vector(const NodeSpace &space, const unsigned int seed)
{
  auto v = space.make_vector<Number>();
  verification::for_unknowns(
    space, false, [&](const unsigned int node, const unsigned int c) {
      const double phase = 3. * space.global_node(node) + c + 0.37 * seed;
      v.local_element(3 * node + c) = static_cast<Number>(
        std::sin(12.9898 * phase + 78.233 * std::sin(0.7 * phase)));
    });
  return v;
}

/// |a - b| relative to |b|, in the Euclidean norm. Collective.
template <typename Number>
double
relative_difference(const linear::Vector<double> &a,
                    const linear::Vector<Number> &b)
{
  auto difference = a;
  for (unsigned int i = 0; i < a.locally_owned_size(); ++i)
    difference.local_element(i) -= b.local_element(i);
  return difference.l2_norm() / b.l2_norm();
}
} // namespace miniscrew::fem
