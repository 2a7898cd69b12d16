// SPDX-License-Identifier: LGPL-2.1-or-later
// A weighted part of the surface: where loads act and motions are measured.
#pragma once

#include "solver/fem/space/geometry.h"

#include <array>
#include <functional>
#include <vector>

namespace miniscrew::model
{
/// A force and a moment, or a displacement and a rotation vector.
using Wrench = std::array<double, 6>;

/// Faces of cells with a weight at their quadrature points. Loads that are
/// put on it and motions that are read from it are conjugate: the work of
/// load() on a displacement is the product of the wrench with motion().
class FacePatch
{
public:
  /// Chooses faces of locally owned cells.
  using Selector =
    std::function<bool(const fem::NodeSpace::CellIterator &, unsigned int)>;
  /// Weight of a point, >= 0.
  using Weight = std::function<double(const fem::Vector3 &)>;

  /// @p centre is the point that moments are about and motions refer to.
  /// Collective.
  FacePatch(const fem::Geometry &geometry,
            const Selector      &selector,
            const Weight        &weight,
            const fem::Vector3  &centre);

  /// Adds to @p forces the nodal forces of the traction w (a + b x r) whose
  /// resultant about the centre is @p wrench. Prescribed entries get none.
  /// Collective.
  void add_load(linear::Vector<double> &forces, const Wrench &wrench) const;

  /// The rigid motion about the centre that fits @p displacement (ghosts
  /// updated, hanging nodes distributed) best in the weighted mean square.
  /// Collective.
  Wrench motion(const linear::Vector<double> &displacement) const;

  /// Weighted mean displacement. Collective.
  fem::Vector3 mean(const linear::Vector<double> &displacement) const;

  /// Integral of the weight, mm^2.
  double area() const;

  /// Point that moments are about, mm.
  const fem::Vector3 &centre() const;

private:
  struct Point
  {
    std::size_t         cell;
    double              weight; ///< times area
    fem::Vector3        arm;    ///< from the centre
    std::vector<double> shape;  ///< of the cell's nodes
  };

  fem::Vector3 value(const Point &point, const linear::Vector<double> &v) const;
  Wrench       solve(const Wrench &right_hand_side) const;

  const fem::Geometry                 *geometry_;
  fem::Vector3                         centre_;
  std::vector<Point>                   points_;
  std::array<std::array<double, 6>, 6> moments_{}; ///< of weight, all ranks
};
} // namespace miniscrew::model
