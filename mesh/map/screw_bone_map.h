// SPDX-License-Identifier: LGPL-2.1-or-later
// The map from the reference mesh to the screw and the bone around it.
#pragma once

#include "mesh/map/plane_fit.h"
#include "mesh/screw/screw_surface.h"
#include "mesh/site/bone_site.h"

#include <array>
#include <memory>
#include <vector>

namespace miniscrew::mesh
{
/// How coarse the reference mesh is made, relative to the screw's radius.
struct MapOptions
{
  /// Half-width of the square patch around the screw per largest mean radius of
  /// the screw in the bone.
  double patch_ratio = 2.4;
  /// Radii grow geometrically through the rings between screw and patch; a
  /// second ring is made if they would grow by more than this in one. A
  /// quadratic cell degenerates at a growth of 9, where its middle node comes
  /// to the quarter point.
  double largest_growth = 4.;
  /// Height of coarse cells per local mean radius, on the shaft.
  double layer_ratio = 0.85;
  /// Height of coarse cells is at least this share of the shaft's.
  double smallest_layer = 0.35;
  /// Share of the (logarithmic) growth that the first of two rings takes.
  double first_ring_share = 0.7;
  /// Length over which the thread fades in the bone cells, per its amplitude.
  double fading_ratio = 1.3;
  /// Largest slope of tilted planes along the screw's surface; steeper ones
  /// would cross the thread's flanks at too sharp an angle.
  double steepest_lift = 0.55;
  /// The lift of tilted planes at the screw's surface vanishes at its level
  /// ends; it grows by these shares of the height from there.
  double lift_change_at_tip = 0.3;
  double lift_change_at_top = 0.5;
  /// Distance from the screw over which planes regain their full tilt, per
  /// radius of the screw.
  double levelled_ratio = 1.2;
  /// Steep planes need more room to regain their tilt: by how much the patch
  /// and the levelled zone grow (in radii of the screw), and the first ring's
  /// share of the growth shrinks, from a tilt of 30 to one of 50 degrees.
  double steep_widening   = 0.8;
  double steep_ring_share = 0.1;
  /// Half-width of the square core of the screw's cross-section per radius.
  double core_square = 0.42;
  /// Share by which the corners of that square are nearer to the axis.
  double core_rounding = 0.16;
  /// Size of the cells far from the screw, mm. If it is larger than the patch
  /// cells grow from there on, to the sides and below the tip; if not, as when
  /// it is 0, they stay about as wide as the patch.
  double far_size = 0.;
  /// Growth of cells from one to the next on their way to far_size.
  double far_growth = 1.5;
  /// From this many radii below the tip on layers grow, by this share of the
  /// distance.
  double deep_start  = 26.;
  double deep_growth = 0.3;
};

/// Lines of the reference mesh and the map x = Phi(X).
///
/// Reference coordinates. The cross-section is made of concentric squares:
/// gauge nu = max(|X|, |Y|) is 0..1 in the square core of the screw, 1..2 in
/// the ring between core and screw surface (nu = 2), from there to P =
/// patch_gauge() in the rings between the surface and the patch; beyond, a grid
/// of rectangles at |X|, |Y| = P, P + 1 ... up to the block's lateral faces. Z
/// counts coarse layers. All kinks of Phi lie on lines of the coarse mesh, so
/// Phi is as smooth as the screw's surface within every coarse cell.
class ScrewBoneMap
{
public:
  /// The surface must outlive the map. Throws UserError if the screw does not
  /// fit into the block.
  ScrewBoneMap(const RadialSurface &surface,
               const BoneSite      &site,
               const MapOptions    &options = MapOptions());

  /// Physical position (mm) of the reference point @p reference.
  std::array<double, 3> position(const std::array<double, 3> &reference) const;

  /// Number of coarse layers in all; the bone's are [0, surface_layer()), the
  /// screw's [tip_layer(), n_layers()).
  unsigned int n_layers() const;
  unsigned int tip_layer() const;
  unsigned int surface_layer() const;

  /// Bone layer that coarse layer @p layer < surface_layer() lies in.
  Layer bone_layer(unsigned int layer) const;

  /// Gauge of the patch's boundary: 3 or 4.
  unsigned int patch_gauge() const;

  /// Number of grid cells between the patch and the lateral faces, in x and y.
  unsigned int n_outer_x() const;
  unsigned int n_outer_y() const;

  /// Height of the coarse layers at the screw, mm; for the choice of levels.
  double layer_height(unsigned int layer) const;

  /// Half-width of the patch, mm.
  double patch_half_width() const;

  /// Width of the coarse cell at @p reference, mm; in the column and in the
  /// patch that of the widest cell beside it.
  double cell_width(const std::array<double, 3> &reference) const;

  /// Where the bone's planes are beside the screw, and what that changes.
  const FittedPlanes &planes() const;

  /// Tilt in degrees of the bone's planes where they meet the screw; less than
  /// 90 - insertion_angle where a thread forbids it.
  double tilt_at_screw() const;

  /// Whether the bone's layers are inclined to the screw's axis.
  bool is_tilted() const;

  /// Largest mean radius of the screw in the bone, mm.
  double largest_radius() const;

  /// Whether the reference gauge @p nu is so near to the screw's surface that
  /// the thread's ripple is felt there; cells that reach into this zone must
  /// resolve the thread.
  bool feels_thread(double nu) const;

  /// Mean radius of the column at height z: the screw's in the screw, and
  /// below the tip that of the bone column which continues it. mm.
  double column_radius(double z) const;

private:
  struct Planar
  {
    std::array<double, 2> mean{};   ///< position without thread and lift
    std::array<double, 2> circle{}; ///< unit vector of the azimuth
    double                theta = 0.;
    double weight    = 0.; ///< 0 at the screw, 1 at the lateral faces
    double taper     = 0.; ///< share of a change of mean radius that is felt
    double thread    = 0.; ///< share of the thread's ripple that is felt
    double tilted_x  = 0.; ///< x that the tilted planes see
    double level     = 0.; ///< share of the radial levelling of tilted planes
    bool   in_column = true;
  };

  Planar planar(double X, double Y, double mean_radius) const;
  void   measure_ripple();
  double ring_growth(double nu, double mean_radius) const;
  void   make_layers();
  double layer_density(double z) const;
  void   place_outer_lines(const double (&beside)[4]);
  void   make_lift();
  double wall_height(double cosine, double layer) const;
  double wall_radius(double theta, double layer, double z) const;
  double lift(const Planar &point, double layer, double mean_radius) const;
  static double interpolate(const std::vector<double> &lines,
                            double                     coordinate);

  const RadialSurface *surface_;
  BoneSite             site_;
  MapOptions           options_;
  double               depth_, tilt_, shaft_radius_, fading_, patch_, levelled_,
    first_ring_share_;
  /// How far the line between two rings is vertical, rather than parallel to
  /// the screw's mean surface: 0 to 1.
  double              upright_;
  std::vector<double> lines_x_, lines_y_; ///< outer grid, from the patch on
  std::vector<double> inner_z_, outer_z_; ///< layer lines at screw and block
  /// Height of each layer line at the screw's surface in direction +x above
  /// that on the axis.
  std::vector<double> lift_;
  std::vector<Layer>  layers_;
  unsigned int        tip_layer_ = 0, surface_layer_ = 0, n_rings_ = 1;
  double              planes_[4]; ///< axial z of the bone layers' ends
  FittedPlanes        fitted_;    ///< ... and beside the screw
};
} // namespace miniscrew::mesh
