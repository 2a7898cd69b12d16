// SPDX-License-Identifier: LGPL-2.1-or-later
// Stresses and tangents at the points of inelastic cells.
#include "solver/fem/operator/elasticity_operator.h"

#include <algorithm>

namespace miniscrew::fem
{
namespace
{
// Constants of any layout of elasticity as a matrix.
VoigtMatrix
voigt_matrix(const MaterialLayout layout, const double *constants)
{
  VoigtMatrix C{};
  if (layout == MaterialLayout::lame)
  {
    const double lambda = constants[0], mu = constants[1];
    for (unsigned int i = 0; i < 3; ++i)
    {
      for (unsigned int j = 0; j < 3; ++j)
        C[6 * i + j] = lambda + (i == j ? 2. * mu : 0.);
      C[6 * (i + 3) + i + 3] = mu;
    }
    return C;
  }
  const bool is_full = layout == MaterialLayout::full;
  for (unsigned int i = 0, k = 0; i < 6; ++i)
    for (unsigned int j = is_full ? 0 : i; j < 6; ++j, ++k)
      C[6 * i + j] = (is_full ? C[6 * i + j] : C[6 * j + i]) = constants[k];
  return C;
}

// The kernel reads the list of blocks whenever it was ever there.
template <typename Number>
void
clear_tangents(KernelData<Number> &data, const MaterialLayout layout)
{
  data.point_layout = layout;
  data.point_constants.clear();
  std::fill(data.block_of_batch.begin(),
            data.block_of_batch.end(),
            KernelData<Number>::no_block);
}
} // namespace

// At all points of a cell.
template <typename Number>
void
ElasticityOperator<Number>::elastic_stiffness(
  const std::size_t         cell,
  const FieldEvaluator     &elastic,
  std::vector<VoigtMatrix> &stiffness) const
{
  const auto           nodes  = geometry_->cell_nodes(cell);
  const MaterialLayout layout = elastic.layout(cell);
  double               constants[max_constants];
  if (!elastic.varies(cell))
  {
    elastic.at_centre(cell, nodes, constants);
    stiffness.assign(n_q_, voigt_matrix(layout, constants));
    return;
  }
  stiffness.resize(n_q_);
  for (unsigned int q = 0; q < n_q_; ++q)
  {
    elastic.at_point(cell, nodes, q, constants);
    stiffness[q] = voigt_matrix(layout, constants);
  }
}

// A batch gets a block if any of its cells has tangents or varies; the others
// in it keep their elastic stiffness.
template <typename Number>
void
ElasticityOperator<Number>::set_batch_tangents(Part                 &part,
                                               const std::size_t     batch,
                                               const FieldEvaluator &elastic,
                                               const CellTangents   &tangents)
{
  const unsigned int                    n_lanes = n_in_use(part, batch);
  std::vector<std::vector<VoigtMatrix>> of_lane(width_);
  std::vector<VoigtMatrix>              C(n_q_);
  bool                                  found = false;
  for (unsigned int lane = 0; lane < n_lanes; ++lane)
  {
    const std::size_t cell = part.cells[batch * width_ + lane];
    if (tangents(cell, lane, C))
      of_lane[lane] = C;
    found |= !of_lane[lane].empty() || elastic.varies(cell);
  }
  if (!found)
    return;
  const bool         is_full   = part.data.point_layout == MaterialLayout::full;
  const unsigned int n_entries = n_constants(part.data.point_layout);
  Number *const      block     = this->add_block(part, batch);
  for (unsigned int lane = 0; lane < width_; ++lane)
  {
    if (of_lane[lane].empty())
      elastic_stiffness(
        part.cells[batch * width_ + (lane < n_lanes ? lane : 0)],
        elastic,
        of_lane[lane]);
    for (unsigned int q = 0; q < n_q_; ++q)
    {
      const VoigtMatrix &T = of_lane[lane][q];
      Number *entry        = block + std::size_t(q) * n_entries * width_ + lane;
      for (unsigned int i = 0; i < 6; ++i)
        for (unsigned int j = is_full ? 0 : i; j < 6; ++j, entry += width_)
          *entry = static_cast<Number>(T[6 * i + j]);
    }
  }
}

// Strains of the cells of a batch; the gaps of lanes that are filled up do not
// count.
template <typename Number>
void
ElasticityOperator<Number>::strains(
  const Part                            &part,
  const std::size_t                      batch,
  const linear::Vector<Number>          &src,
  const Prescribed                       prescribed,
  std::vector<std::vector<VoigtVector>> &result) const
{
  std::vector<Number> buffer(std::size_t(n_q_) * 9 * width_);
  kernel_->gradients(part.data, batch, buffer.data(), src.begin(), prescribed);
  result.resize(width_);
  for (unsigned int lane = 0; lane < n_in_use(part, batch); ++lane)
  {
    result[lane].resize(n_q_);
    for (unsigned int q = 0; q < n_q_; ++q)
    {
      const auto H = [&](const unsigned int c, const unsigned int e) {
        return buffer[(q * 9 + 3 * c + e) * width_ + lane];
      };
      result[lane][q] = {{H(0, 0),
                          H(1, 1),
                          H(2, 2),
                          H(1, 2) + H(2, 1),
                          H(0, 2) + H(2, 0),
                          H(0, 1) + H(1, 0)}};
    }
  }
}

// Stresses of a lane as fluxes, [q][component][direction].
template <typename Number>
void
ElasticityOperator<Number>::set_fluxes(const std::vector<VoigtVector> &stresses,
                                       const unsigned int              lane,
                                       std::vector<Number> &fluxes) const
{
  constexpr unsigned int voigt[3][3] = {{0, 5, 4}, {5, 1, 3}, {4, 3, 2}};
  for (unsigned int q = 0; q < n_q_; ++q)
    for (unsigned int c = 0; c < 3; ++c)
      for (unsigned int e = 0; e < 3; ++e)
        fluxes[(q * 9 + 3 * c + e) * width_ + lane] =
          static_cast<Number>(stresses[q][voigt[c][e]]);
}

template <typename Number>
void
ElasticityOperator<Number>::apply_law(const Part                   &part,
                                      const std::size_t             first,
                                      const std::size_t             last,
                                      linear::Vector<Number>       &dst,
                                      const linear::Vector<Number> &src,
                                      const Prescribed              prescribed,
                                      PointLaw                     &law) const
{
  std::vector<std::vector<VoigtVector>> strain;
  std::vector<VoigtVector>              stress(n_q_);
  std::vector<Number>                   buffer(std::size_t(n_q_) * 9 * width_);
  for (std::size_t b = first; b < last; ++b)
  {
    strains(part, b, src, prescribed, strain);
    std::fill(buffer.begin(), buffer.end(), Number(0));
    for (unsigned int lane = 0; lane < n_in_use(part, b); ++lane)
    {
      law.stresses(part.cells[b * width_ + lane], strain[lane], stress);
      set_fluxes(stress, lane, buffer);
    }
    kernel_->add_fluxes(part.data, b, dst.begin(), buffer.data(), prescribed);
  }
}

template <typename Number>
bool
ElasticityOperator<Number>::has_wanted(const Part       &part,
                                       const std::size_t batch,
                                       const CellFilter &wanted) const
{
  const auto first = part.cells.begin() + batch * width_;
  return !part.is_linear &&
         std::any_of(first, first + n_in_use(part, batch), wanted);
}

template <typename Number>
void
ElasticityOperator<Number>::visit_strains(
  const linear::Vector<Number> &displacement,
  const CellFilter             &wanted,
  const StrainWork             &work) const
{
  std::vector<std::vector<VoigtVector>> strain;
  for (const Part &part : parts_)
    for (std::size_t b = 0; b < part.data.n_batches; ++b)
    {
      if (!has_wanted(part, b, wanted))
        continue;
      strains(part, b, displacement, Prescribed::zero, strain);
      for (unsigned int lane = 0; lane < n_in_use(part, b); ++lane)
        if (wanted(part.cells[b * width_ + lane]))
          work(part.cells[b * width_ + lane], strain[lane]);
    }
}

template <typename Number>
void
ElasticityOperator<Number>::add_stresses(linear::Vector<Number> &forces,
                                         const CellFilter       &wanted,
                                         const StressSource     &stresses) const
{
  std::vector<VoigtVector> stress(n_q_);
  std::vector<Number>      buffer(std::size_t(n_q_) * 9 * width_);
  for (const Part &part : parts_)
    for (std::size_t b = 0; b < part.data.n_batches; ++b)
    {
      if (!has_wanted(part, b, wanted))
        continue;
      std::fill(buffer.begin(), buffer.end(), Number(0));
      for (unsigned int lane = 0; lane < n_in_use(part, b); ++lane)
        if (wanted(part.cells[b * width_ + lane]))
        {
          stresses(part.cells[b * width_ + lane], stress);
          set_fluxes(stress, lane, buffer);
        }
      kernel_->add_fluxes(
        part.data, b, forces.begin(), buffer.data(), Prescribed::zero);
    }
}

template <typename Number>
void
ElasticityOperator<Number>::linearise(
  const linear::Vector<Number> &displacement,
  PointLaw                     &law)
{
  displacement.update_ghost_values();
  const FieldEvaluator elastic(*geometry_, *field_, space_->degree() + 1);
  std::vector<std::vector<VoigtVector>> strain;
  for (Part &part : parts_)
  {
    if (part.is_linear)
      continue;
    clear_tangents(part.data,
                   law.has_symmetric_tangents() ? MaterialLayout::triangle
                                                : MaterialLayout::full);
    for (std::size_t b = 0; b < part.data.n_batches; ++b)
    {
      strains(part, b, displacement, Prescribed::as_set, strain);
      set_batch_tangents(part,
                         b,
                         elastic,
                         [&](const std::size_t         cell,
                             const unsigned int        lane,
                             std::vector<VoigtMatrix> &tangents) {
                           return law.tangents(cell, strain[lane], tangents);
                         });
    }
  }
  displacement.zero_out_ghost_values();
}

template <typename Number>
void
ElasticityOperator<Number>::set_tangents(const TangentField &tangents)
{
  const FieldEvaluator elastic(*geometry_, *field_, space_->degree() + 1);
  for (Part &part : parts_)
  {
    if (part.is_linear)
      continue;
    clear_tangents(part.data, MaterialLayout::triangle);
    for (std::size_t b = 0; b < part.data.n_batches; ++b)
      set_batch_tangents(
        part,
        b,
        elastic,
        [&](const std::size_t cell, unsigned int, std::vector<VoigtMatrix> &C) {
          if (!tangents.contains(cell))
            return false;
          for (unsigned int q = 0; q < n_q_; ++q)
            C[q] = tangents.at(cell, q, space_->degree() + 1);
          return true;
        });
  }
  if (diagonal_.size() > 0)
  {
    this->compute_diagonal();
    invert_with_coupling();
  }
}

template <typename Number>
std::size_t
ElasticityOperator<Number>::tangent_bytes() const
{
  std::size_t bytes = 0;
  for (const Part &part : parts_)
    bytes += part.data.block_of_batch.size() * sizeof(std::uint32_t) +
             part.data.point_constants.size() * sizeof(Number);
  return bytes;
}

// The members that other units use.
#define MINISCREW_INSTANTIATE(Number)                                          \
  template void ElasticityOperator<Number>::apply_law(                         \
    const Part &,                                                              \
    std::size_t,                                                               \
    std::size_t,                                                               \
    linear::Vector<Number> &,                                                  \
    const linear::Vector<Number> &,                                            \
    Prescribed,                                                                \
    PointLaw &) const;                                                         \
  template void ElasticityOperator<Number>::linearise(                         \
    const linear::Vector<Number> &, PointLaw &);                               \
  template void ElasticityOperator<Number>::visit_strains(                     \
    const linear::Vector<Number> &, const CellFilter &, const StrainWork &)    \
    const;                                                                     \
  template void ElasticityOperator<Number>::add_stresses(                      \
    linear::Vector<Number> &, const CellFilter &, const StressSource &) const; \
  template void ElasticityOperator<Number>::set_tangents(                      \
    const TangentField &);                                                     \
  template std::size_t ElasticityOperator<Number>::tangent_bytes() const;

MINISCREW_INSTANTIATE(float)
MINISCREW_INSTANTIATE(double)
#undef MINISCREW_INSTANTIATE
} // namespace miniscrew::fem
