// SPDX-License-Identifier: LGPL-2.1-or-later
// Model -> stages -> results.
#include "solver/simulation/simulation.h"

#include "solver/model/model.h"
#include "solver/simulation/checkpoint.h"
#include "solver/simulation/result_writer.h"
#include "solver/simulation/stage_library.h"
#include "solver/simulation/stage_runner.h"

namespace miniscrew::simulation
{
report::Record
run_case(const Case &input, const RunOptions &options, Log &log)
{
  model::refuse_too_large(input, model::Purpose::run, log.communicator());
  ResultWriter results(input, options, log);
  model::Model model(input, log.communicator());
  results.begin(model);
  Checkpoint checkpoint(
    results.beside(".checkpoint.h5"), input, options.resume, log);

  StageRunner runner(input, model, results, log);
  runner.prepare(checkpoint);
  for (const stages::Stage *stage : stages_of(input))
    if (!stage->is_preparation())
      runner.run(*stage);

  const report::Record summary = results.finish(model);
  // What is incomplete may be gone on with, such as with other load steps.
  if (results.is_complete())
    checkpoint.finish();
  return summary;
}
} // namespace miniscrew::simulation
