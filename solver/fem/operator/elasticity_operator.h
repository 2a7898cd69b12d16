// SPDX-License-Identifier: LGPL-2.1-or-later
// Matrix-free elasticity and its tangents beyond the elastic range.
#pragma once

#include "solver/fem/operator/cell_kernel.h"
#include "solver/fem/operator/pair_coupling.h"
#include "solver/fem/operator/point_law.h"
#include "solver/fem/operator/stiffness_field.h"
#include "solver/fem/space/geometry.h"
#include "solver/linear/operator.h"

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace miniscrew::fem
{
/// K u = int grad(v) : C : sym grad(u) on the free unknowns of a space, with C
/// the elastic stiffness, or the tangent where one was set: in cells of
/// inelastic materials that have left their elastic range. Others store none.
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

  /// Adds stiffness between the space's pairs of nodes to vmult(), and its
  /// symmetric part @p coupling to the diagonal, in place of what was added
  /// before; not to the forces below, which are those of the bodies.
  /// Collective.
  void set_coupling(const PairCoupling &coupling,
                    const SkewCoupling &skew = {});

  /// Takes the tangents of @p law at a displacement, in place of those before.
  /// The diagonal stays that of the elastic stiffness. Collective.
  void linearise(const linear::Vector<Number> &displacement, PointLaw &law);

  /// Takes tangents into the operator and its diagonal. The field's points are
  /// those of the rule of the space's degree, or more. Not collective but for
  /// the diagonal.
  void set_tangents(const TangentField &tangents);

  void vmult(linear::Vector<Number>       &dst,
             const linear::Vector<Number> &src) const override;

  const linear::Vector<Number> &inverse_diagonal() const override;

  /// Internal forces on the free unknowns of a displacement whose prescribed
  /// entries have their values. Inelastic cells have the stresses of @p law, if
  /// one is given. Collective.
  void internal_forces(linear::Vector<Number>       &forces,
                       const linear::Vector<Number> &displacement,
                       PointLaw                     *law = nullptr) const;

  /// The same at all unknowns: at prescribed ones, the forces that hold them
  /// there (those of hanging nodes are at their masters). Collective.
  void reactions(linear::Vector<Number>       &forces,
                 const linear::Vector<Number> &displacement,
                 PointLaw                     *law = nullptr) const;

  /// Bytes of this rank's tables, and of the tangents among them.
  std::size_t memory_consumption() const;
  std::size_t tangent_bytes() const;

private:
  // Batches [0, overlap) and [exposed, n) touch no ghost node.
  struct Part
  {
    KernelData<Number>         data;
    bool                       is_inelastic = false;
    std::vector<std::uint32_t> cells; ///< of the lanes of all batches
    std::size_t                overlap = 0, exposed = 0;
  };

  // The tangents of a cell; false if it has none.
  using CellTangents = std::function<bool(std::size_t               cell,
                                          unsigned int              lane,
                                          std::vector<VoigtMatrix> &tangents)>;

  void         make_special_lines(const NodeSpace &space);
  void         make_part(Part                                   &part,
                         const std::array<bool, mesh::n_bodies> &members,
                         const Geometry                         &geometry,
                         const BodyMaterials                    &bodies);
  void         fill_part(Part                           &part,
                         const std::vector<std::size_t> &cells,
                         const Geometry                 &geometry,
                         const BodyMaterials            &bodies);
  void         set_varying_stiffness(const Geometry      &geometry,
                                     const BodyMaterials &bodies);
  void         set_batch_tangents(Part               &part,
                                  std::size_t         batch,
                                  const CellTangents &tangents);
  VoigtMatrix  elastic_stiffness(const Part  &part,
                                 std::size_t  batch,
                                 unsigned int lane) const;
  VoigtMatrix  stiffness(const Part  &part,
                         std::size_t  batch,
                         unsigned int lane,
                         unsigned int q) const;
  unsigned int n_in_use(const Part &part, std::size_t batch) const;

  void strains(const Part                            &part,
               std::size_t                            batch,
               const linear::Vector<Number>          &src,
               Prescribed                             prescribed,
               std::vector<std::vector<VoigtVector>> &strains) const;
  void apply_law(const Part                   &part,
                 std::size_t                   first,
                 std::size_t                   last,
                 linear::Vector<Number>       &dst,
                 const linear::Vector<Number> &src,
                 Prescribed                    prescribed,
                 PointLaw                     &law) const;
  void compute_diagonal();
  void invert_diagonal();
  void add_coupling(linear::Vector<Number>       &dst,
                    const linear::Vector<Number> &src) const;
  void apply(linear::Vector<Number>       &dst,
             const linear::Vector<Number> &src,
             Prescribed                    prescribed,
             PointLaw                     *law) const;

  const NodeSpace                    *space_;
  unsigned int                        width_;
  std::unique_ptr<CellKernel<Number>> kernel_;
  std::vector<Part>                   parts_; ///< of one kind of material each
  unsigned int                        n_q_;   ///< points per cell
  KernelData<Number>                  special_lines_;
  std::vector<std::uint32_t>          special_of_node_;
  linear::Vector<Number>              diagonal_, inverse_diagonal_;
  std::vector<std::array<Number, 6>>  coupling_;
  SkewCoupling                        skew_;
};
} // namespace miniscrew::fem
