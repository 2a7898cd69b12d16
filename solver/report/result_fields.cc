// SPDX-License-Identifier: LGPL-2.1-or-later
// From nodes of the finite-element space to points of the files' cells.
#include "solver/report/result_fields.h"

#include "solver/fem/recovery/nodal_means.h"
#include "solver/fem/recovery/recovery.h"
#include "solver/output/lagrange_order.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace miniscrew::report
{
namespace
{
// The points of the files' cells: equidistant, while the nodes of the space are
// Gauss-Lobatto points (the same up to degree 2). A point of a cell and the
// node of the same number lie on the same vertex, edge or face, so that cells
// share points exactly where they share nodes.
class PointMap
{
public:
  explicit PointMap(const fem::Geometry &geometry)
    : geometry_(&geometry),
      space_(&geometry.space()),
      table_(space_->degree(), equidistant_points(space_->degree()))
  {
    const unsigned int n = space_->n_nodes_per_cell();
    for (auto &body : slots_)
      body.assign(space_->n_local_nodes(), none);
    for (std::size_t cell = 0; cell < space_->cells().size(); ++cell)
      for (unsigned int i = 0; i < n; ++i)
      {
        std::int64_t &point = slot(cell, i);
        if (point != none)
          continue;
        point = sources_.size();
        sources_.push_back({cell, i});
      }
  }

  std::size_t
  n_points() const
  {
    return sources_.size();
  }

  dealii::types::material_id
  body(const std::size_t point) const
  {
    return space_->cells()[sources_[point].cell]->material_id();
  }

  // Interpolates what value(body, node) returns, an array, at a point.
  template <typename Value>
  auto
  interpolate(const std::size_t point, const Value &value) const
  {
    const Source      &source = sources_[point];
    const unsigned int n      = table_.n_nodes;
    const auto *const  nodes =
      space_->cell_nodes().data() + source.cell * std::size_t(n);
    const double *const weights =
      table_.values.data() + source.number * std::size_t(n);
    decltype(value(body(point), 0u)) result{};
    for (unsigned int i = 0; i < n; ++i)
      // Most weights vanish but for rounding: points on faces, low degrees.
      if (std::abs(weights[i]) > 1e-14)
      {
        const auto nodal = value(body(point), nodes[i]);
        for (unsigned int c = 0; c < nodal.size(); ++c)
          result[c] += weights[i] * nodal[c];
      }
    return result;
  }

  // Cells and points, no fields.
  output::FieldData
  make_mesh() const
  {
    output::FieldData  data;
    const unsigned int n = space_->n_nodes_per_cell();
    const auto order     = output::lagrange_hexahedron_order(space_->degree());
    data.degree          = space_->degree();
    data.connectivity.resize(space_->cells().size() * n);
    for (std::size_t cell = 0; cell < space_->cells().size(); ++cell)
      for (unsigned int i = 0; i < n; ++i)
        data.connectivity[cell * n + order[i]] = slot(cell, i);
    data.points.reserve(n_points());
    for (std::size_t point = 0; point < n_points(); ++point)
      data.points.push_back(interpolate(
        point, [&](auto, unsigned int node) { return geometry_->node(node); }));
    return data;
  }

private:
  static constexpr std::int64_t none = -1;

  struct Source
  {
    std::size_t  cell;
    unsigned int number; // of the point in the cell, lexicographic
  };

  static std::vector<std::array<double, 3>>
  equidistant_points(const unsigned int degree)
  {
    const double                       k = degree;
    std::vector<std::array<double, 3>> points;
    for (unsigned int c = 0; c <= degree; ++c)
      for (unsigned int b = 0; b <= degree; ++b)
        for (unsigned int a = 0; a <= degree; ++a)
          points.push_back({{a / k, b / k, c / k}});
    return points;
  }

  const std::int64_t &
  slot(const std::size_t cell, const unsigned int i) const
  {
    return slots_[space_->cells()[cell]->material_id()]
                 [space_->cell_nodes()[cell * table_.n_nodes + i]];
  }

  std::int64_t &
  slot(const std::size_t cell, const unsigned int i)
  {
    return const_cast<std::int64_t &>(std::as_const(*this).slot(cell, i));
  }

  const fem::Geometry                                  *geometry_;
  const fem::NodeSpace                                 *space_;
  fem::ShapeTable                                       table_;
  std::array<std::vector<std::int64_t>, mesh::n_bodies> slots_;
  std::vector<Source>                                   sources_;
};

// Numbers of the distinct materials, in the order of the bodies.
std::array<unsigned int, mesh::n_bodies>
number_materials(const fem::BodyMaterials &bodies)
{
  std::array<unsigned int, mesh::n_bodies> numbers{};
  unsigned int                             n = 0;
  for (unsigned int b = 0; b < mesh::n_bodies; ++b)
  {
    unsigned int same = 0;
    while (same < b && !(bodies[same].name == bodies[b].name &&
                         bodies[same].stiffness() == bodies[b].stiffness()))
      ++same;
    numbers[b] = same < b ? numbers[same] : n++;
  }
  return numbers;
}

template <typename Value>
void
add_cell_field(output::FieldData    &data,
               const std::string    &name,
               const fem::NodeSpace &space,
               const Value          &value)
{
  output::Field field{name, 1, {}};
  field.values.reserve(space.cells().size());
  for (const auto &cell : space.cells())
    field.values.push_back(static_cast<double>(value(cell)));
  data.cell_fields.push_back(std::move(field));
}

void
add_layer(output::FieldData &data, const fem::NodeSpace &space)
{
  add_cell_field(
    data, "layer", space, [](const auto &cell) { return cell->material_id(); });
}

void
add_level_and_subdomain(output::FieldData &data, const fem::NodeSpace &space)
{
  add_cell_field(
    data, "level", space, [](const auto &cell) { return cell->level(); });
  add_cell_field(data, "subdomain", space, [](const auto &cell) {
    return cell->subdomain_id();
  });
}

// What is known at a point of the files.
struct PointValues
{
  fem::Vector3        displacement{};
  fem::VoigtVector    strain{}, stress{}; // engineering strain
  std::vector<double> observables;        // as of NodalMeans

  PointValues &
  operator-=(const PointValues &other)
  {
    for (unsigned int d = 0; d < 3; ++d)
      displacement[d] -= other.displacement[d];
    for (unsigned int i = 0; i < strain.size(); ++i)
    {
      strain[i] -= other.strain[i];
      stress[i] -= other.stress[i];
    }
    for (std::size_t k = 0; k < other.observables.size(); ++k)
      observables[k] -= other.observables[k];
    return *this;
  }
};

// The observables that have fields, in the order of NodalMeans.
std::vector<materials::Observable>
observables_of(const fem::BodyState &state)
{
  std::vector<materials::Observable> result;
  if (state.points != nullptr)
    for (const unsigned int k : state.points->value_observables())
      result.push_back(state.points->observables()[k]);
  return result;
}

// A state at the points of the files: stress from the strain in elastic bodies,
// from the law's points in others.
class StateAtPoints
{
public:
  StateAtPoints(const fem::Geometry      &geometry,
                const PointMap           &map,
                const fem::BodyMaterials &bodies,
                const fem::BodyState     &state)
    : map_(map),
      displacement_(*state.displacement),
      stiffness_(bodies),
      recovered_(geometry, *state.displacement)
  {
    if (state.points == nullptr)
      return;
    means_.emplace(geometry, *state.displacement, *state.points);
    n_observables_ = state.points->value_observables().size();
  }

  PointValues
  operator()(const std::size_t point, const fem::Vector3 &position) const
  {
    PointValues values;
    values.displacement =
      map_.interpolate(point, [&](auto, const unsigned int node) {
        fem::Vector3 value;
        for (unsigned int d = 0; d < 3; ++d)
          value[d] = displacement_.local_element(3 * node + d);
        return value;
      });
    values.strain =
      map_.interpolate(point, [&](const auto body, const unsigned int node) {
        return recovered_.at(body, node);
      });
    values.observables.resize(n_observables_);
    if (!means_ || !means_->contains(map_.body(point)))
    {
      values.stress =
        fem::multiply(stiffness_.at(map_.body(point), position), values.strain);
      return values;
    }
    values.stress =
      map_.interpolate(point, [&](const auto body, const unsigned int node) {
        return means_->stress(body, node);
      });
    for (unsigned int k = 0; k < n_observables_; ++k)
      values.observables[k] =
        map_.interpolate(point, [&](const auto body, const unsigned int node) {
          return std::array<double, 1>{{means_->observable(body, node, k)}};
        })[0];
    return values;
  }

private:
  const PointMap                &map_;
  const linear::Vector<double>  &displacement_;
  fem::StiffnessField            stiffness_;
  fem::RecoveredStrain           recovered_;
  std::optional<fem::NodalMeans> means_;
  unsigned int                   n_observables_ = 0;
};

// The fields of one kind of values.
class PointFields
{
public:
  // Tensors of strain are left out of totals: files would grow by as much as
  // by all other totals but stress.
  PointFields(const std::string                        &prefix,
              const bool                                with_strain,
              const std::vector<materials::Observable> &observables,
              const std::size_t                         n_points)
    : with_strain_(with_strain),
      u_{prefix + "displacement_mm", 3, {}},
      strain_{prefix + "strain", 6, {}},
      stress_{prefix + "stress_MPa", 6, {}},
      mises_{prefix + "von_mises_stress_MPa", 1, {}},
      greatest_{prefix + "max_principal_strain", 1, {}},
      least_{prefix + "min_principal_strain", 1, {}},
      used_{&u_, &stress_, &mises_, &greatest_, &least_}
  {
    if (with_strain)
      used_.insert(used_.begin() + 1, &strain_);
    for (const materials::Observable &observable : observables)
      observables_.push_back({prefix + observable.key(), 1, {}});
    for (output::Field &field : observables_)
      used_.push_back(&field);
    for (auto *const field : used_)
      field->values.reserve(field->n_components * n_points);
  }

  PointFields(const PointFields &) = delete;

  void
  add(const PointValues &values)
  {
    const auto principal = fem::principal_strains(values.strain);
    append(u_, values.displacement);
    append(stress_, values.stress);
    mises_.values.push_back(fem::von_mises(values.stress));
    greatest_.values.push_back(principal[0]);
    least_.values.push_back(principal[2]);
    if (with_strain_)
      append(strain_, fem::tensor_strain(values.strain));
    for (std::size_t k = 0; k < observables_.size(); ++k)
      observables_[k].values.push_back(values.observables[k]);
  }

  void
  move_to(output::FieldData &data)
  {
    for (auto *const field : used_)
      data.point_fields.push_back(std::move(*field));
  }

private:
  template <typename Values>
  static void
  append(output::Field &field, const Values &values)
  {
    field.values.insert(field.values.end(), values.begin(), values.end());
  }

  bool                         with_strain_;
  output::Field                u_, strain_, stress_, mises_, greatest_, least_;
  std::vector<output::Field>   observables_;
  std::vector<output::Field *> used_;
};
} // namespace

output::FieldData
make_fields(const fem::Geometry      &geometry,
            const fem::BodyMaterials &bodies,
            const fem::BodyState     &now,
            const fem::BodyState     *before)
{
  const fem::NodeSpace        &space = geometry.space();
  const PointMap               map(geometry);
  const StateAtPoints          state(geometry, map, bodies, now);
  std::optional<StateAtPoints> earlier;
  if (before != nullptr)
    earlier.emplace(geometry, map, bodies, *before);
  output::FieldData data        = map.make_mesh();
  const auto        observables = observables_of(now);
  PointFields       fields("", true, observables, map.n_points()),
    totals("total_", false, observables, before ? map.n_points() : 0);
  for (std::size_t point = 0; point < map.n_points(); ++point)
  {
    const fem::Vector3 position{
      {data.points[point][0], data.points[point][1], data.points[point][2]}};
    PointValues values = state(point, position);
    if (earlier)
    {
      totals.add(values);
      values -= (*earlier)(point, position);
    }
    fields.add(values);
  }
  fields.move_to(data);
  if (earlier)
    totals.move_to(data);
  add_layer(data, space);
  const auto numbers = number_materials(bodies);
  add_cell_field(data, "material", space, [&](const auto &cell) {
    return numbers[cell->material_id()];
  });
  add_level_and_subdomain(data, space);
  return data;
}

output::FieldData
make_mesh_fields(const fem::Geometry &geometry)
{
  const fem::NodeSpace &space = geometry.space();
  output::FieldData     data  = PointMap(geometry).make_mesh();
  add_layer(data, space);
  add_level_and_subdomain(data, space);
  output::Field jacobian{"scaled_jacobian", 1, {}},
    aspect{"aspect_ratio", 1, {}};
  const fem::CellGauge gauge(space.degree());
  for (std::size_t cell = 0; cell < space.cells().size(); ++cell)
  {
    const fem::CellShape shape = gauge.measure(geometry.cell_nodes(cell));
    jacobian.values.push_back(shape.scaled_jacobian);
    aspect.values.push_back(shape.aspect_ratio);
  }
  data.cell_fields.push_back(std::move(jacobian));
  data.cell_fields.push_back(std::move(aspect));
  return data;
}
} // namespace miniscrew::report
