// SPDX-License-Identifier: LGPL-2.1-or-later
// Depths of the torque curve, one after the other.
#include "solver/stages/insertion.h"

#include "solver/base/errors.h"
#include "solver/model/bone_statistics.h"
#include "solver/stages/insertion_curve.h"
#include "solver/stages/insertion_record.h"
#include "solver/stages/strain_record.h"

#include <algorithm>
#include <optional>

namespace miniscrew::stages
{
namespace
{
constexpr const char *points_list = "points";

// What is known of the curve, kept for a run that goes on later.
class TorqueCurve
{
public:
  TorqueCurve(const StageContext &context, StageResult &result)
    : context_(context),
      result_(result)
  {
    for (const report::Record &row : context.progress.found.rows(points_list))
      points_.push_back(insertion_point_from(row));
  }

  bool
  has(const double depth) const
  {
    return std::any_of(points_.begin(), points_.end(), [&](const auto &point) {
      return point.depth == depth;
    });
  }

  void
  add(const DepthOutcome &outcome)
  {
    const auto by_depth = [](const auto &a, const auto &b) {
      return a.depth < b.depth;
    };
    if (outcome.point)
    {
      points_.push_back(*outcome.point);
      std::sort(points_.begin(), points_.end(), by_depth);
      report::Record kept;
      for (const InsertionPoint &point : points_)
        kept.add_row(points_list) = record_of(point);
      context_.progress.keep(kept);
    }
    else
    {
      failed_.push_back(outcome);
      std::sort(failed_.begin(), failed_.end(), by_depth);
    }
    tell();
  }

  // Numbers and curve so far, with the bodies' at the full depth if there.
  void
  tell()
  {
    result_.numbers = bodies_;
    result_.numbers.merge(
      insertion_record(context_.model, context_.input, points_, failed_));
    result_.curves = {insertion_curve(points_, failed_)};
    if (!failed_.empty())
    {
      result_.status = Status::stopped_early;
      result_.reason = failed_.front().failure;
    }
  }

  void
  set_bodies(const report::Record &bodies)
  {
    bodies_ = bodies;
    tell();
  }

  // Those of @p depths that are not there yet, on groups of ranks.
  void
  insert_to(const std::vector<double> &depths)
  {
    std::vector<double> missing;
    for (const double depth : depths)
      if (!has(depth))
        missing.push_back(depth);
    insertion_points(context_.input,
                     missing,
                     context_.model.space().n_dofs(),
                     context_.log,
                     [&](const DepthOutcome &outcome) { add(outcome); });
  }

  const std::vector<InsertionPoint> &
  points() const
  {
    return points_;
  }

  std::size_t
  n_tried() const
  {
    return points_.size() + failed_.size();
  }

private:
  const StageContext         &context_;
  StageResult                &result_;
  std::vector<InsertionPoint> points_;
  std::vector<DepthOutcome>   failed_;
  report::Record              bodies_;
};

// The full depth, on the run's own mesh.
void
insert_fully(StageContext &context, TorqueCurve &curve, StageResult &result)
{
  equilibrium::EquilibriumProblem &problem = *context.problem;
  linear::Vector<double>           displacement =
    context.model.space().make_vector<double>();
  displacement.update_ghost_values();
  const StageObserver observer{
    [&](const std::string &text) { context.log.progress(text); },
    [&](const equilibrium::StepReport &step) {
      context.log.line(line_of("insertion", step.share, step, problem));
      result.effort.add(step);
      result.measures = step.measures;
    }};
  InsertionPoint point;
  keep_end(context, displacement, result, [&] {
    point =
      insert(context.model, context.input, problem, displacement, observer);
  });
  context.log.line(line_of(point));
  curve.set_bodies(bodies_record(model::strain_statistics(
    context.model, {&result.end.displacement, problem.points()})));
  if (!curve.has(point.depth))
    curve.add({point.depth, point, ""});
}
} // namespace

std::string
InsertionStage::name() const
{
  return "insertion";
}

bool
InsertionStage::is_asked_for(const Case &input) const
{
  return input.is_inserted();
}

bool
InsertionStage::is_preparation() const
{
  return true;
}

std::vector<std::string>
InsertionStage::curve_names() const
{
  return {name()};
}

std::string
InsertionStage::advice() const
{
  return "more insertion.steps, a smaller discretisation.interface_size_mm, "
         "less friction or another depth may help";
}

void
InsertionStage::advance(StageContext &context, StageResult &result) const
{
  const Case &input = context.input;
  TorqueCurve curve(context, result);
  curve.tell();
  curve.insert_to(first_depths(input));
  try
  {
    insert_fully(context, curve, result);
  }
  catch (const ConvergenceError &error)
  {
    const std::string reason = with_advice(error.what());
    curve.add({input.site.insertion_depth, {}, reason});
    result.status = Status::failed;
    result.reason = reason;
    return;
  }
  const std::size_t n_all =
    input.insertion.depths + input.insertion.extra_depths;
  if (curve.n_tried() < n_all)
    curve.insert_to(depths_where_it_bends(
      curve.points(), static_cast<unsigned int>(n_all - curve.n_tried())));
}
} // namespace miniscrew::stages
