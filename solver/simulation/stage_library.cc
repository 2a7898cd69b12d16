// SPDX-License-Identifier: LGPL-2.1-or-later
// One line for each stage.
#include "solver/simulation/stage_library.h"

#include "solver/report/quantities.h"
#include "solver/stages/insertion.h"
#include "solver/stages/lateral_load.h"
#include "solver/stages/press_fit.h"
#include "solver/stages/pull_out.h"
#include "solver/stages/relaxation.h"
#include "solver/stages/removal.h"
#include "solver/stages/service.h"

#include <utility>

namespace miniscrew::simulation
{
namespace
{
using Library = std::vector<std::unique_ptr<const stages::Stage>>;

void
declare(const stages::Stage &stage)
{
  if (const auto entry = stage.entry())
    declare_stage(*entry);
}

Library &
library()
{
  static Library all = [] {
    Library list;
    list.push_back(std::make_unique<stages::InsertionStage>());
    list.push_back(std::make_unique<stages::Seating>());
    list.push_back(std::make_unique<stages::Relaxation>());
    list.push_back(std::make_unique<stages::PressFit>());
    list.push_back(std::make_unique<stages::Service>());
    list.push_back(std::make_unique<stages::Unloading>());
    list.push_back(std::make_unique<stages::Removal>());
    list.push_back(std::make_unique<stages::PullOut>());
    list.push_back(std::make_unique<stages::LateralLoad>());
    for (const auto &stage : list)
      declare(*stage);
    return list;
  }();
  return all;
}
} // namespace

const Library &
stage_library()
{
  return library();
}

void
add_stage(std::unique_ptr<const stages::Stage> stage)
{
  declare(*stage);
  library().push_back(std::move(stage));
}

std::vector<const stages::Stage *>
stages_of(const Case &input)
{
  std::vector<const stages::Stage *> list;
  for (const auto &stage : library())
    if (stage->is_asked_for(input))
      list.push_back(stage.get());
  return list;
}

report::ResultContents
contents_of(const Case &input)
{
  report::ResultContents contents;
  contents.tables = {
    report::part::mesh, report::part::solver, report::part::screw};
  if (input.output.vtu)
    contents.fields = {"fields"};
  if (input.output.vtu && input.interface.is_contact())
    contents.fields.push_back("interface");
  for (const stages::Stage *stage : stages_of(input))
  {
    if (stage->place().find('.') == std::string::npos)
      contents.tables.push_back(stage->place());
    for (const std::string &name : stage->curve_names())
      contents.curves.push_back(name);
    const std::string fields = stage->fields_name();
    if (input.output.vtu && !fields.empty())
      contents.fields.push_back(fields);
  }
  return contents;
}
} // namespace miniscrew::simulation
