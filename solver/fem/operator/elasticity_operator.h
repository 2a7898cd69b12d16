// SPDX-License-Identifier: LGPL-2.1-or-later
// Matrix-free elasticity and its tangents beyond the elastic range.
#pragma once

#include "solver/fem/operator/cell_operator.h"
#include "solver/fem/operator/pair_coupling.h"
#include "solver/fem/operator/point_law.h"
#include "solver/fem/operator/stiffness_field.h"

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace miniscrew::fem
{
/// K u = int grad(v) : C : sym grad(u) on the free unknowns of a space, with C
/// the elastic stiffness, or the tangent where one was set: in cells of
/// inelastic materials that have left their elastic range. Others store none.
template <typename Number>
class ElasticityOperator : public CellOperator<3, Elasticity, Number>
{
public:
  using Base  = CellOperator<3, Elasticity, Number>;
  using Field = typename Base::Field;

  /// As CellOperator's; what is not linear in @p stiffness are cells that may
  /// be given tangents. Collective.
  ElasticityOperator(const NodeSpace &space,
                     const Geometry  &geometry,
                     const Field     &stiffness,
                     bool             with_diagonal);

  /// With the stiffness of materials. Collective.
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

  /// @name Strains and stresses of some of the inelastic cells
  /// @{
  using CellFilter = std::function<bool(std::size_t cell)>;
  using StrainWork =
    std::function<void(std::size_t                     cell,
                       const std::vector<VoigtVector> &strains)>;
  using StressSource =
    std::function<void(std::size_t cell, std::vector<VoigtVector> &stresses)>;

  /// Calls @p work for the cells that are @p wanted, with the strains of
  /// @p displacement, whose ghosts are updated; its prescribed entries count as
  /// zero.
  void visit_strains(const linear::Vector<Number> &displacement,
                     const CellFilter             &wanted,
                     const StrainWork             &work) const;

  /// Adds the forces of stresses in the cells that are @p wanted, on the free
  /// unknowns; ghosts are to be compressed.
  void add_stresses(linear::Vector<Number> &forces,
                    const CellFilter       &wanted,
                    const StressSource     &stresses) const;
  /// @}

  /// Bytes of this rank's tangents and of stiffness that differs from point to
  /// point.
  std::size_t tangent_bytes() const;

private:
  using Part = typename Base::Part;
  using Base::diagonal_;
  using Base::field_;
  using Base::geometry_;
  using Base::inverse_diagonal_;
  using Base::kernel_;
  using Base::n_in_use;
  using Base::n_q_;
  using Base::parts_;
  using Base::space_;
  using Base::width_;

  // The tangents of a cell; false if it has none.
  using CellTangents = std::function<bool(std::size_t               cell,
                                          unsigned int              lane,
                                          std::vector<VoigtMatrix> &tangents)>;

  void set_batch_tangents(Part                 &part,
                          std::size_t           batch,
                          const FieldEvaluator &elastic,
                          const CellTangents   &tangents);
  void elastic_stiffness(std::size_t               cell,
                         const FieldEvaluator     &elastic,
                         std::vector<VoigtMatrix> &stiffness) const;

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
  bool has_wanted(const Part       &part,
                  std::size_t       batch,
                  const CellFilter &wanted) const;
  void set_fluxes(const std::vector<VoigtVector> &stresses,
                  unsigned int                    lane,
                  std::vector<Number>            &fluxes) const;
  void invert_with_coupling();
  void add_coupling(linear::Vector<Number>       &dst,
                    const linear::Vector<Number> &src) const;
  void apply_cells(linear::Vector<Number>       &dst,
                   const linear::Vector<Number> &src,
                   Prescribed                    prescribed,
                   PointLaw                     *law) const;

  std::vector<std::array<Number, 6>> coupling_;
  SkewCoupling                       skew_;
};
} // namespace miniscrew::fem
