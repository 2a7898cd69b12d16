// SPDX-License-Identifier: LGPL-2.1-or-later
// The matrix-free operator of a physics.
#pragma once

#include "solver/fem/operator/cell_kernel.h"
#include "solver/fem/operator/conduction.h"
#include "solver/fem/operator/elasticity.h"
#include "solver/fem/operator/field_evaluator.h"
#include "solver/linear/operator.h"

#include <functional>
#include <memory>
#include <vector>

namespace miniscrew::fem
{
/// A u = int grad(v) : flux(grad u) + int v c u on the free unknowns of a
/// space, with the flux and c of a Physics (physics.h) and the constants of a
/// field at the points of the Gauss rule with degree + 1 points per direction.
/// Vectors are those of NodeSpace::make_vector(n_components): no rank holds
/// more than its own nodes and the ghosts around them, and any number of ranks
/// has the same operator but for rounding. Communication of ghost values
/// overlaps with work on interior cells.
template <int n_components, class Physics, typename Number>
class CellOperator : public linear::Operator<Number>
{
  static_assert(n_components == Physics::n_components);

public:
  using Field = std::shared_ptr<const MaterialField>;

  /// @p space may be of lower degree than the geometry's space (a multigrid
  /// level on the same cells); both must outlive the operator. What the space
  /// prescribes is taken as it is now; of a scalar that is bit 0. The diagonal
  /// is only computed if asked for. Throws dealii::ExcNotImplemented if the
  /// physics does not accept a layout of the field. Collective.
  CellOperator(const NodeSpace &space,
               const Geometry  &geometry,
               const Field     &field,
               bool             with_diagonal);

  /// Prescribed components count as zero and get nothing. Collective.
  void vmult(linear::Vector<Number>       &dst,
             const linear::Vector<Number> &src) const override;

  const linear::Vector<Number> &inverse_diagonal() const override;

  /// Loads on the free unknowns that hold @p values, whose prescribed entries
  /// have their values. Collective.
  void internal_loads(linear::Vector<Number>       &loads,
                      const linear::Vector<Number> &values) const;

  /// The same at all unknowns: at prescribed ones what holds them there (that
  /// of hanging nodes is at their masters). Collective.
  void reactions(linear::Vector<Number>       &loads,
                 const linear::Vector<Number> &values) const;

  /// Bytes of this rank's tables.
  std::size_t memory_consumption() const;

protected:
  // Cells of one layout and kind. Batches [0, overlap) and [exposed, n) touch
  // no ghost node.
  struct Part
  {
    KernelData<Number>         data;
    bool                       is_linear = true;
    std::vector<std::uint32_t> cells; ///< of the lanes of all batches
    std::size_t                overlap = 0, exposed = 0;
  };

  // Adds what some batches of a part do to a vector.
  using Work =
    std::function<void(const Part &part, std::size_t first, std::size_t last)>;

  // Work on all cells; ghosts of @p src are known from @p between on.
  void loop(linear::Vector<Number>       &dst,
            const linear::Vector<Number> &src,
            const Work                   &work,
            const std::function<void()>  &between = {}) const;

  void apply(const Part                   &part,
             std::size_t                   first,
             std::size_t                   last,
             linear::Vector<Number>       &dst,
             const linear::Vector<Number> &src,
             Prescribed                    prescribed) const;

  unsigned int n_in_use(const Part &part, std::size_t batch) const;

  // Opens a block of constants for the points of a batch.
  Number *add_block(Part &part, std::size_t batch) const;

  void compute_diagonal();
  void invert_diagonal(const linear::Vector<Number> &diagonal);

  const NodeSpace                    *space_;
  const Geometry                     *geometry_;
  Field                               field_;
  unsigned int                        width_;
  std::unique_ptr<CellKernel<Number>> kernel_;
  std::vector<Part>                   parts_;
  unsigned int                        n_q_; ///< points per cell
  linear::Vector<Number>              diagonal_, inverse_diagonal_;

private:
  void make_special_lines(KernelData<Number> &data);
  void make_part(Part &part);
  void fill_part(Part &part, const std::vector<std::size_t> &cells);
  void set_point_constants(Part &part, const FieldEvaluator &field);

  std::vector<std::uint32_t> special_of_node_;
};

template <typename Number>
using ConductionOperator = CellOperator<1, Conduction, Number>;
} // namespace miniscrew::fem
