// SPDX-License-Identifier: LGPL-2.1-or-later
// Stresses and tangents at the points of inelastic cells.
#include "solver/fem/operator/elasticity_operator.h"

#include <algorithm>

namespace miniscrew::fem
{
namespace
{
template <typename Number>
VoigtMatrix
from_triangle(const Number *triangle, const unsigned int stride)
{
  VoigtMatrix C;
  for (unsigned int i = 0, k = 0; i < 6; ++i)
    for (unsigned int j = i; j < 6; ++j, ++k)
      C[6 * i + j] = C[6 * j + i] = triangle[k * stride];
  return C;
}

template <typename Number>
unsigned int
n_tangent_entries(const KernelData<Number> &data)
{
  return data.symmetric_tangents ? 21 : 36;
}
// The kernel reads the list of blocks whenever it was ever there.
template <typename Number>
void
clear_tangents(KernelData<Number> &data)
{
  data.tangents.clear();
  std::fill(data.tangent_of_batch.begin(),
            data.tangent_of_batch.end(),
            KernelData<Number>::no_tangent);
}
} // namespace

// Cells in a batch; the rest of its lanes are filled up.
template <typename Number>
unsigned int
ElasticityOperator<Number>::n_in_use(const Part       &part,
                                     const std::size_t batch) const
{
  return std::min<std::size_t>(width_, part.cells.size() - batch * width_);
}

template <typename Number>
VoigtMatrix
ElasticityOperator<Number>::elastic_stiffness(const Part        &part,
                                              const std::size_t  batch,
                                              const unsigned int lane) const
{
  const KernelData<Number> &data = part.data;
  if (!data.isotropic)
    return from_triangle(&data.stiffness[batch * 21 * width_ + lane], width_);
  const Number *const lame   = &data.stiffness[batch * 2 * width_ + lane];
  const double        lambda = lame[0], mu = lame[width_];
  VoigtMatrix         C{};
  for (unsigned int i = 0; i < 3; ++i)
  {
    for (unsigned int j = 0; j < 3; ++j)
      C[6 * i + j] = lambda + (i == j ? 2. * mu : 0.);
    C[6 * (i + 3) + i + 3] = mu;
  }
  return C;
}

template <typename Number>
VoigtMatrix
ElasticityOperator<Number>::stiffness(const Part        &part,
                                      const std::size_t  batch,
                                      const unsigned int lane,
                                      const unsigned int q) const
{
  const KernelData<Number> &data  = part.data;
  const std::uint32_t       block = data.tangent_of_batch.empty()
                                      ? KernelData<Number>::no_tangent
                                      : data.tangent_of_batch[batch];
  if (block == KernelData<Number>::no_tangent)
    return elastic_stiffness(part, batch, lane);
  const unsigned int n_entries = n_tangent_entries(data);
  const std::size_t  point     = std::size_t(block) * n_q_ + q;
  const Number      *first = &data.tangents[point * n_entries * width_ + lane];
  if (data.symmetric_tangents)
    return from_triangle(first, width_);
  VoigtMatrix C;
  for (unsigned int i = 0; i < 36; ++i)
    C[i] = first[i * width_];
  return C;
}

// A batch gets a block if any of its cells has tangents; the others in it keep
// their elastic stiffness.
template <typename Number>
void
ElasticityOperator<Number>::set_batch_tangents(Part               &part,
                                               const std::size_t   batch,
                                               const CellTangents &tangents)
{
  std::vector<std::vector<VoigtMatrix>> of_lane(width_);
  std::vector<VoigtMatrix>              C(n_q_);
  bool                                  found = false;
  for (unsigned int lane = 0; lane < n_in_use(part, batch); ++lane)
    if (tangents(part.cells[batch * width_ + lane], lane, C))
    {
      of_lane[lane] = C;
      found         = true;
    }
  if (!found)
    return;
  KernelData<Number> &data      = part.data;
  const unsigned int  n_entries = n_tangent_entries(data);
  const std::size_t   first     = data.tangents.size(),
                    size        = std::size_t(n_q_) * n_entries * width_;
  data.tangents.resize(first + size);
  for (unsigned int q = 0; q < n_q_; ++q)
    for (unsigned int lane = 0; lane < width_; ++lane)
    {
      const VoigtMatrix T = of_lane[lane].empty()
                              ? elastic_stiffness(part, batch, lane)
                              : of_lane[lane][q];
      Number           *entry =
        &data.tangents[first + std::size_t(q) * n_entries * width_ + lane];
      for (unsigned int i = 0; i < 6; ++i)
        for (unsigned int j = data.symmetric_tangents ? i : 0; j < 6;
             ++j, entry += width_)
          *entry = static_cast<Number>(T[6 * i + j]);
    }
  data.tangent_of_batch.resize(data.n_batches, KernelData<Number>::no_tangent);
  data.tangent_of_batch[batch] = first / size;
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
  std::vector<Number> buffer(std::size_t(n_q_) * 6 * width_);
  kernel_->strains(part.data, batch, buffer.data(), src.begin(), prescribed);
  result.resize(width_);
  for (unsigned int lane = 0; lane < n_in_use(part, batch); ++lane)
  {
    result[lane].resize(n_q_);
    for (unsigned int q = 0; q < n_q_; ++q)
      for (unsigned int i = 0; i < 6; ++i)
        result[lane][q][i] = buffer[(q * 6 + i) * width_ + lane];
  }
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
  std::vector<Number>                   buffer(std::size_t(n_q_) * 6 * width_);
  for (std::size_t b = first; b < last; ++b)
  {
    strains(part, b, src, prescribed, strain);
    std::fill(buffer.begin(), buffer.end(), Number(0));
    for (unsigned int lane = 0; lane < n_in_use(part, b); ++lane)
    {
      law.stresses(part.cells[b * width_ + lane], strain[lane], stress);
      for (unsigned int q = 0; q < n_q_; ++q)
        for (unsigned int i = 0; i < 6; ++i)
          buffer[(q * 6 + i) * width_ + lane] =
            static_cast<Number>(stress[q][i]);
    }
    kernel_->add_forces(part.data, b, dst.begin(), buffer.data(), prescribed);
  }
}

template <typename Number>
void
ElasticityOperator<Number>::linearise(
  const linear::Vector<Number> &displacement,
  PointLaw                     &law)
{
  displacement.update_ghost_values();
  std::vector<std::vector<VoigtVector>> strain;
  for (Part &part : parts_)
  {
    if (!part.is_inelastic)
      continue;
    part.data.symmetric_tangents = law.has_symmetric_tangents();
    clear_tangents(part.data);
    for (std::size_t b = 0; b < part.data.n_batches; ++b)
    {
      strains(part, b, displacement, Prescribed::as_set, strain);
      set_batch_tangents(part,
                         b,
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
  for (Part &part : parts_)
  {
    if (!part.is_inelastic)
      continue;
    clear_tangents(part.data);
    for (std::size_t b = 0; b < part.data.n_batches; ++b)
      set_batch_tangents(
        part,
        b,
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
    compute_diagonal();
    invert_diagonal();
  }
}

// Materials whose axes turn have a stiffness of their own at each point.
template <typename Number>
void
ElasticityOperator<Number>::set_varying_stiffness(const Geometry      &geometry,
                                                  const BodyMaterials &bodies)
{
  const StiffnessField field(bodies);
  if (std::none_of(bodies.begin(), bodies.end(), [](const auto &body) {
        return body.varies_in_space();
      }))
    return;
  const CubeQuadrature gauss(space_->degree() + 1);
  const ShapeTable     table(geometry.space().degree(), gauss.points);
  for (Part &part : parts_)
    for (std::size_t b = 0; !part.is_inelastic && b < part.data.n_batches; ++b)
      set_batch_tangents(
        part,
        b,
        [&](const std::size_t cell, unsigned int, std::vector<VoigtMatrix> &C) {
          const auto body = space_->cells()[cell]->material_id();
          if (!field.varies(body))
            return false;
          const auto nodes = geometry.cell_nodes(cell);
          for (unsigned int q = 0; q < n_q_; ++q)
            C[q] = field.at(body, Geometry::point(nodes, table, q));
          return true;
        });
}

template <typename Number>
std::size_t
ElasticityOperator<Number>::tangent_bytes() const
{
  std::size_t bytes = 0;
  for (const Part &part : parts_)
    bytes += part.data.tangent_of_batch.size() * sizeof(std::uint32_t) +
             part.data.tangents.size() * sizeof(Number);
  return bytes;
}

// The members that other units use.
#define MINISCREW_INSTANTIATE(Number)                              \
  template VoigtMatrix ElasticityOperator<Number>::stiffness(      \
    const Part &, std::size_t, unsigned int, unsigned int) const;  \
  template void ElasticityOperator<Number>::apply_law(             \
    const Part &,                                                  \
    std::size_t,                                                   \
    std::size_t,                                                   \
    linear::Vector<Number> &,                                      \
    const linear::Vector<Number> &,                                \
    Prescribed,                                                    \
    PointLaw &) const;                                             \
  template void ElasticityOperator<Number>::linearise(             \
    const linear::Vector<Number> &, PointLaw &);                   \
  template void ElasticityOperator<Number>::set_tangents(          \
    const TangentField &);                                         \
  template void ElasticityOperator<Number>::set_varying_stiffness( \
    const Geometry &, const BodyMaterials &);                      \
  template std::size_t ElasticityOperator<Number>::tangent_bytes() const;

MINISCREW_INSTANTIATE(float)
MINISCREW_INSTANTIATE(double)
#undef MINISCREW_INSTANTIATE
} // namespace miniscrew::fem
