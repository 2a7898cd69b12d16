// SPDX-License-Identifier: LGPL-2.1-or-later
// Mini-implant systems by name, read from catalogue.toml.
#pragma once

#include "mesh/screw/screw_geometry.h"

#include <optional>
#include <string>
#include <vector>

namespace miniscrew::mesh
{
/// A diameter that is sold, with the lengths it is sold in (mm).
struct CatalogueSize
{
  double              diameter = 0.;
  std::vector<double> lengths;
};

/// One row of the catalogue.
struct CatalogueSystem
{
  std::string                system; ///< e.g. "Dual Top"
  std::string                maker;
  std::vector<std::string>   shapes;     ///< "cylindrical", "conical"
  std::vector<std::string>   techniques; ///< "self-drilling", "self-tapping"
  std::vector<CatalogueSize> sizes;
  std::string                head;         ///< as published
  HeadShape                  head_shape;   ///< the outline that is modelled
  std::vector<double>        pilot_drills; ///< mm; empty if not given
  /// Length with cutting edges, mm; that of its tip if not given.
  std::optional<double> cutting_length;
  std::string           source;
  /// Names of the dimensions (fields of ScrewGeometry) that are assumed.
  std::vector<std::string> assumed;
};

/// All rows, in the order of the data file.
[[nodiscard]] const std::vector<CatalogueSystem> &catalogue();

/// The row called @p system (case-insensitive). Throws UserError with the list
/// of names and a suggestion if there is none.
[[nodiscard]] const CatalogueSystem &find_system(const std::string &system);

/// Dimensions of one screw. An empty @p shape takes the row's first shape. The
/// tip cuts unless the row is only self-tapping. What the row does not give is
/// taken from assumed_dimensions() and named in ScrewGeometry::assumed.
/// Throws UserError if the row has no such diameter, length or shape, naming
/// those it has.
[[nodiscard]] ScrewGeometry catalogue_screw(const std::string &system,
                                            double             diameter,
                                            double             length,
                                            const std::string &shape = "");

/// Dimensions that follow from diameter, length, shape and cutting or blunt
/// tip by the assumptions in catalogue.toml, for screws without a published
/// drawing; ScrewGeometry::assumed names them. @p shape is "cylindrical" or
/// "conical". Throws UserError for another shape.
[[nodiscard]] ScrewGeometry assumed_dimensions(double             diameter,
                                               double             length,
                                               const std::string &shape,
                                               TipShape           tip);

/// Length with cutting edges that is assumed for a cutting tip of this length,
/// mm.
[[nodiscard]] double edges_of_cutting_tip(double tip_length);

/// Why the assumed dimensions are what they are, with sources.
[[nodiscard]] const std::string &source_of_assumptions();
} // namespace miniscrew::mesh
