// SPDX-License-Identifier: LGPL-2.1-or-later
// From nodes of the finite-element space to points of the files' cells.
#include "solver/result_fields.h"

#include "solver/fem/nodal_means.h"
#include "solver/fem/recovery.h"
#include "solver/output/lagrange_order.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace miniscrew
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

// Stress at the points of the files: from the strain in elastic bodies, from
// the law's points in others.
class StressAtPoints
{
public:
  StressAtPoints(const PointMap           &map,
                 const fem::BodyMaterials &bodies,
                 const fem::NodalMeans    *means)
    : map_(map),
      stiffness_(bodies),
      means_(means)
  {}

  bool
  is_inelastic(const std::size_t point) const
  {
    return means_ != nullptr && means_->contains(map_.body(point));
  }

  // Stress, kappa and damage.
  fem::NodalMeans::Values
  operator()(const std::size_t       point,
             const fem::Vector3     &position,
             const fem::VoigtVector &strain) const
  {
    fem::NodalMeans::Values values{};
    if (is_inelastic(point))
      return map_.interpolate(point,
                              [&](const auto body, const unsigned int node) {
                                return means_->at(body, node);
                              });
    const fem::VoigtVector stress =
      fem::multiply(stiffness_.at(map_.body(point), position), strain);
    std::copy(stress.begin(), stress.end(), values.begin());
    return values;
  }

private:
  const PointMap        &map_;
  fem::StiffnessField    stiffness_;
  const fem::NodalMeans *means_;
};

void
add_point_fields(output::FieldData            &data,
                 const PointMap               &map,
                 const StressAtPoints         &stress_at,
                 const linear::Vector<double> &displacement,
                 const fem::RecoveredStrain   &recovered,
                 const bool                    with_inelastic)
{
  output::Field u{"displacement_mm", 3, {}}, strain{"strain", 6, {}},
    stress{"stress_MPa", 6, {}}, mises{"von_mises_stress_MPa", 1, {}},
    greatest{"max_principal_strain", 1, {}},
    least{"min_principal_strain", 1, {}},
    plastic{"cumulated_plastic_strain", 1, {}}, damage{"damage", 1, {}};
  std::vector<output::Field *> fields = {
    &u, &strain, &stress, &mises, &greatest, &least};
  if (with_inelastic)
    fields.insert(fields.end(), {&plastic, &damage});
  for (auto *const field : fields)
    field->values.reserve(field->n_components * map.n_points());
  const auto append = [](output::Field &field, const auto &values) {
    field.values.insert(field.values.end(), values.begin(), values.end());
  };
  for (std::size_t point = 0; point < map.n_points(); ++point)
  {
    append(u, map.interpolate(point, [&](auto, const unsigned int node) {
      fem::Vector3 value;
      for (unsigned int d = 0; d < 3; ++d)
        value[d] = displacement.local_element(3 * node + d);
      return value;
    }));
    const fem::VoigtVector e =
      map.interpolate(point, [&](const auto body, const unsigned int node) {
        return recovered.at(body, node);
      });
    const auto values = stress_at(
      point,
      {{data.points[point][0], data.points[point][1], data.points[point][2]}},
      e);
    fem::VoigtVector s;
    std::copy_n(values.begin(), s.size(), s.begin());
    const auto principal = fem::principal_strains(e);
    append(strain, fem::tensor_strain(e));
    append(stress, s);
    mises.values.push_back(fem::von_mises(s));
    greatest.values.push_back(principal[0]);
    least.values.push_back(principal[2]);
    plastic.values.push_back(values[fem::NodalMeans::kappa]);
    damage.values.push_back(values[fem::NodalMeans::damage]);
  }
  for (auto *const field : fields)
    data.point_fields.push_back(std::move(*field));
}
} // namespace

output::FieldData
make_fields(const fem::Geometry          &geometry,
            const fem::BodyMaterials     &bodies,
            const linear::Vector<double> &displacement,
            const fem::MaterialPoints    *points)
{
  const fem::NodeSpace          &space = geometry.space();
  const PointMap                 map(geometry);
  const fem::RecoveredStrain     recovered(geometry, displacement);
  std::optional<fem::NodalMeans> means;
  if (points != nullptr)
    means.emplace(geometry, displacement, *points);
  output::FieldData data = map.make_mesh();
  add_point_fields(data,
                   map,
                   StressAtPoints(map, bodies, means ? &*means : nullptr),
                   displacement,
                   recovered,
                   points != nullptr);
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
} // namespace miniscrew
