// SPDX-License-Identifier: LGPL-2.1-or-later
// Heights of the layers of the reference mesh, at the screw and far from it.
#include "mesh/map/grid_lines.h"
#include "mesh/map/screw_bone_map.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::mesh
{
double
ScrewBoneMap::layer_density(const double z) const
{
  const double radius =
    std::max(column_radius(z), options_.smallest_layer * shaft_radius_);
  const double height = options_.layer_ratio * std::min(radius, shaft_radius_);
  const double deep   = -depth_ - options_.deep_start * shaft_radius_ - z;
  return 1. / (deep > 0. ? std::clamp(height + options_.deep_growth * deep,
                                      height,
                                      std::max(height, options_.far_size))
                         : height);
}

// Between two anchors (bone planes, tip, top) the layers at the screw are
// equidistributed for the density; those at the block's faces are even between
// bone planes.
void
ScrewBoneMap::make_layers()
{
  const double top = surface_->height() - depth_;
  // The planes that this mesh has beside the screw, and the true ones.
  const double        beside[4] = {0.,
                                   fitted_.planes.near_cortex_end,
                                   fitted_.planes.cancellous_end,
                                   fitted_.planes.far_cortex_end};
  std::vector<double> anchors{beside[3], beside[1], 0., top, -depth_};
  if (beside[2] > beside[3])
    anchors.push_back(beside[2]);
  std::sort(anchors.begin(), anchors.end());
  const double same = 1e-6;
  anchors.erase(
    std::unique(anchors.begin(),
                anchors.end(),
                [same](double a, double b) { return b - a < same; }),
    anchors.end());

  inner_z_ = {anchors.front()};
  for (std::size_t i = 0; i + 1 < anchors.size(); ++i)
  {
    const double        a = anchors[i], b = anchors[i + 1];
    const unsigned int  n_samples = 200;
    std::vector<double> cumulated(n_samples + 1, 0.);
    for (unsigned int k = 0; k < n_samples; ++k)
      cumulated[k + 1] =
        cumulated[k] +
        layer_density(a + (b - a) * (k + .5) / n_samples) * (b - a) / n_samples;
    check_number_of_lines(cumulated.back() + inner_z_.size());
    const unsigned int n =
      std::max(1, static_cast<int>(std::lround(cumulated.back())));
    for (unsigned int j = 1, k = 0; j < n; ++j)
    {
      const double target = cumulated.back() * j / n;
      while (cumulated[k + 1] < target)
        ++k;
      const double part =
        (target - cumulated[k]) / (cumulated[k + 1] - cumulated[k]);
      inner_z_.push_back(a + (b - a) * (k + part) / n_samples);
    }
    inner_z_.push_back(b);
  }

  place_outer_lines(beside);
}

// Lines of the layers at the block's faces, given the bone's planes beside the
// screw: even between the true planes, or as at the screw where those grow.
void
ScrewBoneMap::place_outer_lines(const double (&beside)[4])
{
  const auto line_of = [&](const double z) {
    const auto nearest = std::min_element(
      inner_z_.begin(), inner_z_.end(), [z](double a, double b) {
        return std::abs(a - z) < std::abs(b - z);
      });
    return static_cast<unsigned int>(nearest - inner_z_.begin());
  };
  tip_layer_     = line_of(-depth_);
  surface_layer_ = line_of(0.);

  outer_z_ = inner_z_;
  layers_.assign(surface_layer_, Layer::cancellous);
  for (unsigned int p = 3; p > 0; --p)
  {
    const unsigned int first = line_of(beside[p]),
                       last  = line_of(beside[p - 1]);
    const double height      = options_.layer_ratio * shaft_radius_;
    const bool   grows       = layer_density(beside[p]) * height < 1. - 1e-9;
    for (unsigned int j = first; j < last; ++j)
    {
      const double share =
        grows ? (inner_z_[j] - beside[p]) / (beside[p - 1] - beside[p])
              : static_cast<double>(j - first) / (last - first);
      layers_[j]  = static_cast<Layer>(p - 1);
      outer_z_[j] = planes_[p] + (planes_[p - 1] - planes_[p]) * share;
    }
  }
}
} // namespace miniscrew::mesh
