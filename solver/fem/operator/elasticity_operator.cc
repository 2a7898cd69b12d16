// SPDX-License-Identifier: LGPL-2.1-or-later
// Forces of bodies and of the coupling between them.
#include "solver/fem/operator/elasticity_operator.h"

namespace miniscrew::fem
{
template <typename Number>
ElasticityOperator<Number>::ElasticityOperator(const NodeSpace &space,
                                               const Geometry  &geometry,
                                               const Field     &stiffness,
                                               const bool       with_diagonal)
  : Base(space, geometry, stiffness, with_diagonal)
{}

template <typename Number>
ElasticityOperator<Number>::ElasticityOperator(const NodeSpace     &space,
                                               const Geometry      &geometry,
                                               const BodyMaterials &bodies,
                                               const bool with_diagonal)
  : Base(space,
         geometry,
         std::make_shared<StiffnessField>(bodies),
         with_diagonal)
{}

template <typename Number>
void
ElasticityOperator<Number>::set_coupling(const PairCoupling &coupling,
                                         const SkewCoupling &skew)
{
  skew_ = skew;
  AssertThrow(coupling.size() == space_->pairs().size(),
              dealii::ExcInternalError());
  coupling_.resize(coupling.size());
  for (std::size_t k = 0; k < coupling.size(); ++k)
    for (unsigned int i = 0; i < 6; ++i)
      coupling_[k][i] = static_cast<Number>(coupling[k][i]);
  if (diagonal_.size() > 0)
    invert_with_coupling();
}

template <typename Number>
void
ElasticityOperator<Number>::invert_with_coupling()
{
  linear::Vector<Number> sum = diagonal_;
  for (std::size_t k = 0; k < coupling_.size(); ++k)
    for (const unsigned int node :
         {space_->pairs()[k].screw, space_->pairs()[k].bone})
      for (unsigned int c = 0; c < 3; ++c)
        if (!((space_->constraints().prescribed[node] >> c) & 1))
          sum.local_element(3 * node + c) += coupling_[k][c];
  sum.compress(dealii::VectorOperation::add);
  this->invert_diagonal(sum);
}

template <typename Number>
void
ElasticityOperator<Number>::add_coupling(
  linear::Vector<Number>       &dst,
  const linear::Vector<Number> &src) const
{
  for (std::size_t k = 0; k < coupling_.size(); ++k)
  {
    const NodePair &pair  = space_->pairs()[k];
    const auto      jump  = jump_of_pair(pair, src);
    auto            force = multiply_block(coupling_[k], jump);
    if (!skew_.empty())
    {
      const auto  &right = skew_[k].right;
      const double along =
        right[0] * jump[0] + right[1] * jump[1] + right[2] * jump[2];
      for (unsigned int c = 0; c < 3; ++c)
        force[c] += static_cast<Number>(along * skew_[k].left[c]);
    }
    add_pair_force(*space_, pair, force, dst);
  }
}

template <typename Number>
void
ElasticityOperator<Number>::apply_cells(linear::Vector<Number>       &dst,
                                        const linear::Vector<Number> &src,
                                        const Prescribed prescribed,
                                        PointLaw        *law) const
{
  const auto work =
    [&](const Part &part, const std::size_t first, const std::size_t last) {
      if (law != nullptr && !part.is_linear)
        apply_law(part, first, last, dst, src, prescribed, *law);
      else
        this->apply(part, first, last, dst, src, prescribed);
    };
  this->loop(dst, src, work, [&] {
    if (prescribed == Prescribed::zero)
      add_coupling(dst, src);
  });
}

template <typename Number>
void
ElasticityOperator<Number>::vmult(linear::Vector<Number>       &dst,
                                  const linear::Vector<Number> &src) const
{
  apply_cells(dst, src, Prescribed::zero, nullptr);
}

template <typename Number>
void
ElasticityOperator<Number>::internal_forces(
  linear::Vector<Number>       &forces,
  const linear::Vector<Number> &displacement,
  PointLaw                     *law) const
{
  apply_cells(forces, displacement, Prescribed::as_set, law);
}

template <typename Number>
void
ElasticityOperator<Number>::reactions(
  linear::Vector<Number>       &forces,
  const linear::Vector<Number> &displacement,
  PointLaw                     *law) const
{
  apply_cells(forces, displacement, Prescribed::reactions, law);
}

template class ElasticityOperator<float>;
template class ElasticityOperator<double>;
} // namespace miniscrew::fem
