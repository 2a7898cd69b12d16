// SPDX-License-Identifier: LGPL-2.1-or-later
// The surface of a screw as a radial graph r = R(theta, s).
#pragma once

#include "mesh/screw/screw_geometry.h"

#include "solver/base/vector3.h"

#include <vector>

namespace miniscrew::mesh
{
/// A body whose surface is a radial graph about its axis. s = 0 is the flat
/// tip end, s = height() the flat top. Implementations are immutable; all
/// functions are thread-safe. Lengths in mm, angles in rad.
class RadialSurface
{
public:
  virtual ~RadialSurface() = default;

  /// Radius at azimuth @p theta (any real number, period 2 pi) and axial
  /// coordinate @p s; s outside [0, height()] takes the value at the end.
  virtual double radius(double theta, double s) const = 0;

  /// A smooth function of s alone near the azimuthal mean of radius(), without
  /// the thread's ripple: where mesh lines should run.
  virtual double mean_radius(double s) const = 0;

  virtual double height() const = 0;

  /// Axial stations at which the surface changes its kind (end of the tip,
  /// of the thread, of the collar ...), ascending, without 0 and height().
  virtual std::vector<double> stations() const = 0;

  /// Exact volume in mm^3: integral of R^2/2 over theta and s, by adaptive
  /// quadrature to the relative @p tolerance.
  double volume(double tolerance = 1e-8) const;
};

/// The surface of a catalogue or user-defined mini-implant: cylindrical or
/// conical core, right-handed thread with crest, flanks and fillets, tip,
/// collar, head. R is continuously differentiable: the corners of the thread
/// and of the head are circular arcs, the others parabolas or cubics; only the
/// edges of the two end discs are sharp.
///
/// The thread is right-handed: with theta counter-clockwise from +x seen from
/// the head, the crest rises by one pitch per turn of theta, so that the phase
/// of the thread is s / pitch - theta / (2 pi); phase 0 is the middle of the
/// root, the leading flank follows, then the crest and the trailing flank.
class ScrewSurface : public RadialSurface
{
public:
  /// Throws UserError with one sentence if the dimensions do not make a screw.
  /// A fillet too large for its crest, root or flank is reduced until it fits.
  explicit ScrewSurface(const ScrewGeometry &geometry);

  double              radius(double theta, double s) const override;
  double              mean_radius(double s) const override;
  double              height() const override;
  std::vector<double> stations() const override;

  const ScrewGeometry &
  geometry() const
  {
    return geometry_;
  }

  /// The shaft's core, tip included, without thread, collar and head.
  double core_radius(double s) const;

  /// Radial height of the thread at one axial section, as a function of the
  /// phase in [0, 1) of one pitch; 0 between the threads, 1 on the crest.
  double thread_profile(double phase) const;

  /// Mean of thread_profile() over a pitch. Root and crest fillets are alike,
  /// so it is that of the profile with sharp corners.
  double
  mean_thread_profile() const
  {
    return mean_profile_;
  }

  /// Factor in [0, 1] that fades the thread at the collar and at the tip.
  double thread_fade(double s) const;

private:
  /// A flank between root and crest, with its fillets.
  struct Flank
  {
    double run     = 0.; ///< axial length between the sharp corners
    double slope   = 0.; ///< radial height per axial length
    double tangent = 0.; ///< from a sharp corner to the end of its fillet ...
    double inset   = 0.; ///< ... along root or crest, and axially on the flank
  };

  void set_up_thread();
  void set_up_tip();
  void set_up_head();

  double flank_height(const Flank &flank, double distance) const;
  double head_radius(double theta) const;
  /// Blends shaft, collar and head, given the radii of shaft and head.
  double above_shaft(double s, double shaft_radius, double head_radius) const;

  ScrewGeometry geometry_;

  double height_ = 0.;

  // Thread.
  double depth_        = 0.;
  double fillet_       = 0.;
  Flank  leading_      = {};
  Flank  trailing_     = {};
  double crest_middle_ = 0.; ///< axial, from the middle of the root
  double leading_root_ = 0., trailing_root_ = 0.; ///< sharp corners, likewise
  double mean_profile_ = 0.;

  // Core: two lines that meet at tip_end_, rounded over tip_rounding_.
  double tip_end_ = 0., tip_rounding_ = 0.;
  double tip_end_radius_ = 0., tip_slope_ = 0., shaft_slope_ = 0.;

  // Collar and head.
  double collar_transition_ = 0., head_transition_ = 0.;
  double head_sector_   = 0.; ///< half the angle of one side; 0 if round
  double corner_centre_ = 0., corner_radius_ = 0., corner_angle_ = 0.;
  double mean_head_radius_ = 0.;
};

/// Velocity at @p x (mm) of a screw that is turned in along the z axis, in mm
/// per radian: clockwise seen from the head, one pitch (mm) per turn.
Vector3 helical_velocity(double pitch, const Vector3 &x);

/// A piece of the surface of a screw.
struct MantlePiece
{
  Vector3 area{};  ///< mm^2 times the normal out of the screw
  Vector3 place{}; ///< mm
};

/// The piece of mantle that has the azimuths and sections of a small plane
/// piece of @p area (mm^2) at @p x (mm), for a screw with its tip at z =
/// -@p depth: what faces of cells that follow the surface stand for. The plane
/// piece itself at the ends, whose edges are sharp.
MantlePiece piece_of_mantle(const RadialSurface &surface,
                            double               depth,
                            const Vector3       &x,
                            const Vector3       &area);
} // namespace miniscrew::mesh
