// SPDX-License-Identifier: LGPL-2.1-or-later
// Tangents of cells beyond their elastic range.
#include "solver/fem/operator/point_law.h"

#include "solver/fem/space/reference_element.h"

#include <algorithm>
#include <map>

namespace miniscrew::fem
{
namespace
{
// Share of each of the points of a fine Gauss rule in the interval that a point
// of a coarse rule stands for: intervals as long as the weights, end to end.
std::vector<double>
make_overlaps(const unsigned int n_coarse, const unsigned int n_fine)
{
  const Basis1D       coarse(1, n_coarse), fine(1, n_fine);
  std::vector<double> result(n_coarse * n_fine);
  double              begin = 0.;
  for (unsigned int i = 0; i < n_coarse; ++i)
  {
    const double end        = begin + coarse.weights[i];
    double       fine_begin = 0.;
    for (unsigned int j = 0; j < n_fine; ++j)
    {
      const double fine_end = fine_begin + fine.weights[j];
      result[i * n_fine + j] =
        std::max(0., std::min(end, fine_end) - std::max(begin, fine_begin)) /
        coarse.weights[i];
      fine_begin = fine_end;
    }
    begin = end;
  }
  return result;
}

// Made once: points ask one after the other.
const std::vector<double> &
overlaps(const unsigned int n_coarse, const unsigned int n_fine)
{
  static std::map<std::array<unsigned int, 2>, std::vector<double>> known;
  auto &entry = known[{{n_coarse, n_fine}}];
  if (entry.empty())
    entry = make_overlaps(n_coarse, n_fine);
  return entry;
}
} // namespace

TangentField::TangentField(const std::size_t n_cells, const unsigned int n)
  : n_(n),
    block_(n_cells, none)
{}

void
TangentField::add(const std::size_t               cell,
                  const std::vector<VoigtMatrix> &tangents)
{
  block_[cell] = entries_.size() / (tangents.size() * n_entries);
  for (const VoigtMatrix &C : tangents)
    for (unsigned int i = 0; i < 6; ++i)
      for (unsigned int j = i; j < 6; ++j)
        entries_.push_back(
          static_cast<float>(0.5 * (C[6 * i + j] + C[6 * j + i])));
}

bool
TangentField::contains(const std::size_t cell) const
{
  return block_[cell] != none;
}

VoigtMatrix
TangentField::at(const std::size_t  cell,
                 const unsigned int q,
                 const unsigned int n) const
{
  std::array<double, n_entries> sum{};
  const float *const            first =
    entries_.data() + std::size_t(block_[cell]) * n_ * n_ * n_ * n_entries;
  const auto add = [&](const unsigned int point, const double weight) {
    for (unsigned int e = 0; e < n_entries; ++e)
      sum[e] += weight * first[point * n_entries + e];
  };
  if (n == n_)
    add(q, 1.);
  else
  {
    const std::vector<double> &share  = overlaps(n, n_);
    const auto                 weight = [&](const unsigned int coarse,
                            const unsigned int fine) {
      return share[coarse * n_ + fine];
    };
    for (unsigned int p = 0; p < n_ * n_ * n_; ++p)
      add(p,
          weight(q % n, p % n_) * weight(q / n % n, p / n_ % n_) *
            weight(q / (n * n), p / (n_ * n_)));
  }
  VoigtMatrix C;
  for (unsigned int i = 0, k = 0; i < 6; ++i)
    for (unsigned int j = i; j < 6; ++j, ++k)
      C[6 * i + j] = C[6 * j + i] = sum[k];
  return C;
}

std::size_t
TangentField::memory_consumption() const
{
  return block_.size() * sizeof(std::uint32_t) +
         entries_.size() * sizeof(float);
}
} // namespace miniscrew::fem
