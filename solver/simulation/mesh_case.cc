// SPDX-License-Identifier: LGPL-2.1-or-later
// Meshing alone.
#include "solver/simulation/mesh_case.h"

#include "solver/output/result_folder.h"
#include "solver/output/text_file.h"
#include "solver/output/vtu.h"
#include "solver/report/record_json.h"
#include "solver/report/result_fields.h"
#include "solver/report/result_files.h"
#include "solver/report/summary.h"

#include <deal.II/base/mpi.h>

#include <string>

namespace miniscrew::simulation
{
void
log_mesh(const model::Model &model, const Case &input, Log &log)
{
  const fem::Quality &quality = model.quality();
  log.line(format("  mesh: %llu cells, %llu DoF, scaled Jacobian >= %.2f, "
                  "aspect ratio <= %.1f",
                  static_cast<unsigned long long>(quality.n_cells),
                  static_cast<unsigned long long>(model.space().n_dofs()),
                  quality.min_scaled_jacobian,
                  quality.max_aspect_ratio));
  if (model.interface_size() < input.discretisation.interface_size)
    log.line(format("  cells at the interface are %.3g mm, not %.3g, which "
                    "would be badly shaped at this thread and angle",
                    model.interface_size(),
                    input.discretisation.interface_size));
  for (const std::string &sentence : model.adjustments())
    log.line("  " + sentence);
  const double tilt = 90. - input.site.insertion_angle;
  if (tilt - model.map().tilt_at_screw() > 0.1)
    log.line(format("  the bone's layers are levelled to a tilt of %.1f of "
                    "their %.1f degrees where they meet the thread",
                    model.map().tilt_at_screw(),
                    tilt));
}

report::Record
mesh_case(const Case &input, const RunOptions &options, Log &log)
{
  const MPI_Comm communicator = log.communicator();
  model::refuse_too_large(input, model::Purpose::mesh, communicator);
  output::ResultFolder folder(
    {options.output,
     report::files_of_mesh(
       static_cast<int>(dealii::Utilities::MPI::n_mpi_processes(communicator))),
     options.case_file},
    communicator);
  model::Model model(input, communicator, model::Purpose::mesh);
  log_mesh(model, input, log);
  for (const std::string &line : fem::histogram_lines(model.quality()))
    log.line(line);
  const report::Record summary = report::model_record(model, input);
  output::write_json(
    folder.file("summary.json"), report::to_json(summary), communicator);
  // Without its fields the result would be none: this error ends the command.
  output::write_vtu(folder.file(""),
                    "mesh",
                    report::make_mesh_fields(model.geometry()),
                    communicator);
  log.line("  mesh in " + folder.place());
  folder.commit();
  return summary;
}
} // namespace miniscrew::simulation
