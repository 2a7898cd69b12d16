// SPDX-License-Identifier: LGPL-2.1-or-later
// What overlaps between a screw and the bore that it makes.
#pragma once

#include "solver/contact/contact_interface.h"
#include "solver/model/model.h"

#include <array>
#include <vector>

namespace miniscrew::model
{
/// The way along which interference grows, from 0 to 1: the low, the mid and
/// the high bound of the band are places on it, so that all three are states
/// of one march. Without a band all are at its end.
struct BandPlaces
{
  double low = 1., mid = 1., high = 1.;

  bool
  has_band() const
  {
    return low < high;
  }
};

/// Places of an insertion's bounds: by residual interference, at equal distance
/// if that is the same for all.
BandPlaces band_places(const Insertion &insertion);

/// The gap between the screw and the bore that it makes, along the normal, for
/// a screw that stands at its depth (solver/README.md):
///   g = -(R - max(R_cut, r_pilot)) n_r - min(delta, max(0, R_cut - r_pilot)),
/// where R_cut is what cutting edges have removed, delta the residual
/// interference, and the rest of R is formed. Of what is cut no more can be
/// left than was there. With a cut fraction, that of the bore alone.
class BoreGaps
{
public:
  /// @p points as of the interface.
  BoreGaps(const mesh::ScrewSurface                   &surface,
           const mesh::BoneSite                       &site,
           const Insertion                            &insertion,
           const std::vector<contact::InterfacePoint> &points);

  /// Gaps in mm at a place of the way. What is formed has been so at the low
  /// bound; gaps that are open are so everywhere.
  std::vector<double> at(double place) const;

  /// Coulomb's coefficients of the layers while the screw turns.
  std::array<double, mesh::n_layers> friction(double place) const;

  const BandPlaces &places() const;

private:
  struct Point
  {
    double formed = 0.; ///< gap, mm; negative where bone is displaced
    double cut    = 0.; ///< thickness that edges have removed, mm
    double porous = 0.; ///< share in cancellous bone
  };

  double residual(const BoneCutting &bone, double place) const;

  Insertion          insertion_;
  BandPlaces         places_;
  std::vector<Point> points_;
};

/// Greatest tractions of friction by layer, MPa: given, or the shear strength;
/// infinite where there is none.
std::array<double, mesh::n_layers> friction_limits(const Model     &model,
                                                   const Insertion &insertion);

/// The largest overlap of these gaps, mm, over all ranks. Collective.
double greatest_interference(const Model               &model,
                             const std::vector<double> &gaps);
} // namespace miniscrew::model
