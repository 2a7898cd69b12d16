// SPDX-License-Identifier: LGPL-2.1-or-later
// Matrix-free linear elasticity.
#pragma once

#include "materials/elastic.h"
#include "solver/fem/cell_kernel.h"
#include "solver/fem/geometry.h"
#include "solver/fem/pair_coupling.h"
#include "solver/linear/operator.h"

#include <array>
#include <memory>
#include <vector>

namespace miniscrew::fem
{
/// The material of each body (bone layers, screw), by material id.
using BodyMaterials = std::array<materials::Material, mesh::n_bodies>;

/// K u = int grad(v) : C : sym grad(u) on the free unknowns of a space.
/// Communication of ghost values overlaps with work on interior cells.
template <typename Number>
class ElasticityOperator : public linear::Operator<Number>
{
public:
  /// @p space may be of lower degree than the geometry's space (a multigrid
  /// level on the same cells). What the space prescribes is taken as it is
  /// now. The diagonal is only computed if asked for. Collective.
  ElasticityOperator(const NodeSpace     &space,
                     const Geometry      &geometry,
                     const BodyMaterials &bodies,
                     bool                 with_diagonal);

  /// Adds stiffness between the space's pairs of nodes to vmult() and to the
  /// diagonal, in place of what was added before; not to the forces below,
  /// which are those of the bodies. Collective.
  void set_coupling(const PairCoupling &coupling);

  void vmult(linear::Vector<Number>       &dst,
             const linear::Vector<Number> &src) const override;

  const linear::Vector<Number> &inverse_diagonal() const override;

  /// Internal forces on the free unknowns of a displacement whose prescribed
  /// entries have their values. Collective.
  void internal_forces(linear::Vector<Number>       &forces,
                       const linear::Vector<Number> &displacement) const;

  /// The same at all unknowns: at prescribed ones, the forces that hold them
  /// there (those of hanging nodes are at their masters). Collective.
  void reactions(linear::Vector<Number>       &forces,
                 const linear::Vector<Number> &displacement) const;

  /// Bytes of this rank's tables.
  std::size_t memory_consumption() const;

private:
  // Batches [0, overlap) and [exposed, n) touch no ghost node.
  struct Part
  {
    KernelData<Number> data;
    std::size_t        overlap = 0, exposed = 0;
  };

  void make_special_lines(const NodeSpace &space);
  void fill_part(Part                           &part,
                 const std::vector<std::size_t> &cells,
                 const NodeSpace                &space,
                 const Geometry                 &geometry,
                 const BodyMaterials            &bodies);
  void compute_diagonal();
  void invert_diagonal();
  void add_coupling(linear::Vector<Number>       &dst,
                    const linear::Vector<Number> &src) const;
  void apply(linear::Vector<Number>       &dst,
             const linear::Vector<Number> &src,
             Prescribed                    prescribed) const;

  const NodeSpace                    *space_;
  unsigned int                        width_;
  std::unique_ptr<CellKernel<Number>> kernel_;
  std::array<Part, 2>                 parts_; ///< isotropic, anisotropic
  std::vector<std::uint32_t>          special_of_node_;
  linear::Vector<Number>              diagonal_, inverse_diagonal_;
  std::vector<std::array<Number, 6>>  coupling_;
};
} // namespace miniscrew::fem
