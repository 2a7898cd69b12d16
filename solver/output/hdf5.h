// SPDX-License-Identifier: LGPL-2.1-or-later
// results.h5: case, numbers, curves and fields of a run in one HDF5 file.
#pragma once

#include "solver/output/curve.h"
#include "solver/output/field_data.h"

#include <mpi.h>

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace miniscrew::output
{
/// What a number means, as attributes of its dataset.
struct ScalarMeaning
{
  std::string unit, label, sentence;
  /// Place among the rows of tables that compare results; negative if it has
  /// none. Tables show scale times the value in the unit of display.
  int         row = -1;
  std::string display_unit;
  double      scale = 1.;
};

/// What results.h5 holds besides fields. Read on rank 0 only.
struct Hdf5Content
{
  std::string        effective_case; ///< TOML
  nlohmann::json     summary;        ///< summary.json
  nlohmann::json     run;            ///< run.json
  std::vector<Curve> curves;
  /// Of the number at a dotted path of the summary; nothing if it is not known.
  std::function<std::optional<ScalarMeaning>(const std::string &path)> meaning =
    {};
};

/// Writes a new file with
/// - /case, /summary, /run: the texts of case.toml, summary.json, run.json;
/// - /scalars/<path>: each number, and each array of numbers, of the summary,
///   under its path there ("service.strain_energy_N_mm" is
///   /scalars/service/strain_energy_N_mm), with the attributes unit, label,
///   sentence, and, if tables compare it, row, display_unit and scale;
/// - /curves/<name>: a table with the attribute "columns".
///
/// IoError on all ranks if the file cannot be written. Collective.
void write_hdf5(const std::string &path,
                const Hdf5Content &content,
                MPI_Comm           communicator);

/// Adds the fields to a file of write_hdf5() as @p group, an unstructured grid
/// of VTKHDF version 1.0 with one part for each rank that has cells; ParaView
/// and VTK open that in /VTKHDF directly. All ranks write together; points are
/// in double, fields in single precision, counts in 64 bit. IoError on all
/// ranks if the file cannot be written. Collective.
void append_fields_to_hdf5(const std::string &path,
                           const FieldData   &data,
                           MPI_Comm           communicator,
                           const std::string &group = "VTKHDF");
} // namespace miniscrew::output
