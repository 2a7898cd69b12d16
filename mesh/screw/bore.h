// SPDX-License-Identifier: LGPL-2.1-or-later
// The bore that a screw leaves when it is turned in along its helix.
#pragma once

#include "mesh/screw/screw_surface.h"

namespace miniscrew::mesh
{
/// Largest radius in mm that has passed a point of the bone which is now beside
/// section @p s at azimuth @p theta.
///
/// A turn that advances the screw by one pitch moves it along its own helix. So
/// the sections s' < s, nearer to the tip, passed the point before with the
/// phase of the thread that it meets now, s / pitch - theta / (2 pi), and the
/// result is the largest of core(s') + fade(s') depth profile(phase) over s' in
/// [0, s]. Beside collar and head it is that of the whole shaft or, if larger,
/// the radius there. Below the tip (s < 0) it is taken as at s = 0.
double swept_radius(const ScrewSurface &surface, double theta, double s);

/// Largest radius in mm of the sections with cutting edges, s' in [0,
/// min(s, ScrewGeometry::cutting_length)], that have passed there: this is how
/// far bone is cut. 0 if the screw has no cutting edges.
double cut_radius(const ScrewSurface &surface, double theta, double s);

/// Radius in mm of the bore just before the bone springs back, where a radius
/// @p swept has passed: cutting edges take the share @p cut_fraction, in
/// [0, 1], of the section displaced beyond a pilot hole as chips,
/// R_h^2 = r_p^2 + c max(0, R^2 - r_p^2) (mesh/README.md).
double bore_radius(double swept, double pilot_radius, double cut_fraction);

/// Area in mm^2 that the screw has displaced around its section @p s beyond a
/// pilot hole, A(s; r_p) = int max(0, R^2 - r_p^2) / 2 dtheta with the swept
/// radius R, to about 1e-8; 0 below the tip (s < 0). It never falls along the
/// shaft.
double
displaced_area(const ScrewSurface &surface, double pilot_radius, double s);

/// Volume in mm^3 per mm of advance that a screw with its tip at @p depth newly
/// displaces between the heights @p top >= @p bottom (axial coordinate z: 0 at
/// the bone's surface, towards the head), with a pilot hole of @p pilot_radius
/// down to z = -@p pilot_depth.
///
/// Bone at the height z is beside the section s = z + d of a screw at depth d.
/// The displaced volume of a layer with one pilot radius is therefore
/// V(d) = int_bottom^top A(z + d; r_p) dz, which advances by
/// dV/dd = A(top + d; r_p) - A(bottom + d; r_p).
/// Bone is displaced only where A grows: at the tip's flat end, where A jumps
/// from 0 to A(0) and which counts while it is in the layer since A(s < 0) = 0,
/// on the tip's cone and the beginning thread, on a tapered core, and at a
/// collar. A layer in which the pilot ends is two, with r_p above and 0 below.
double displacement_rate(const ScrewSurface &surface,
                         double              depth,
                         double              top,
                         double              bottom,
                         double              pilot_radius,
                         double              pilot_depth);

/// The part of displacement_rate() that cutting edges remove: only sections up
/// to ScrewGeometry::cutting_length count, so A is A(min(s, cutting_length)).
/// 0 for a screw without cutting edges.
double cutting_rate(const ScrewSurface &surface,
                    double              depth,
                    double              top,
                    double              bottom,
                    double              pilot_radius,
                    double              pilot_depth);
} // namespace miniscrew::mesh
