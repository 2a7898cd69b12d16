// SPDX-License-Identifier: LGPL-2.1-or-later
// Coarse cells of the reference mesh, extruded from its cross-section.
#include "mesh/refine/reference_mesh.h"

#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/tria_description.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace miniscrew::mesh
{
namespace
{
// A quadrilateral of the cross-section; vertices in deal.II's order.
struct Quad
{
  unsigned int vertices[4];
  bool         in_screw;
};

struct CrossSection
{
  std::vector<dealii::Point<2>> points;
  std::vector<Quad>             quads;
};

class CrossSectionBuilder
{
public:
  explicit CrossSectionBuilder(const ScrewBoneMap &map)
  {
    for (int i = -1; i < 1; ++i)
      for (int j = -1; j < 1; ++j)
        add({{{i, j}, {i + 1, j}, {i, j + 1}, {i + 1, j + 1}}}, true);
    const int patch = map.patch_gauge();
    for (int ring = 1; ring < patch; ++ring)
      add_ring(ring);
    add_grid(patch, map.n_outer_x(), map.n_outer_y());
    orient();
  }

  CrossSection result;

private:
  using Corner = std::pair<int, int>;

  unsigned int
  vertex(const Corner &corner)
  {
    const auto [entry, is_new] =
      vertices_.emplace(corner, result.points.size());
    if (is_new)
      result.points.emplace_back(corner.first, corner.second);
    return entry->second;
  }

  void
  add(const std::array<Corner, 4> &corners, const bool in_screw)
  {
    Quad quad;
    for (unsigned int v = 0; v < 4; ++v)
      quad.vertices[v] = vertex(corners[v]);
    quad.in_screw = in_screw;
    result.quads.push_back(quad);
  }

  // Eight trapezoids between the squares of half-size ring and ring + 1.
  void
  add_ring(const int ring)
  {
    const Corner direction[8] = {
      {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
    const auto at = [&](const unsigned int k, const int size) {
      return Corner(direction[k % 8].first * size,
                    direction[k % 8].second * size);
    };
    for (unsigned int k = 0; k < 8; ++k)
      add(
        {{at(k, ring), at(k, ring + 1), at(k + 1, ring), at(k + 1, ring + 1)}},
        ring == 1);
  }

  void
  add_grid(const int patch, const int n_x, const int n_y)
  {
    const auto lines = [patch](const int n) {
      std::vector<int> result{-patch, 0, patch};
      for (int i = 1; i <= n; ++i)
      {
        result.insert(result.begin(), -patch - i);
        result.push_back(patch + i);
      }
      return result;
    };
    const std::vector<int> x = lines(n_x), y = lines(n_y);
    for (std::size_t i = 0; i + 1 < x.size(); ++i)
      for (std::size_t j = 0; j + 1 < y.size(); ++j)
        if (x[i] < -patch || x[i + 1] > patch || y[j] < -patch ||
            y[j + 1] > patch)
          add({{{x[i], y[j]},
                {x[i + 1], y[j]},
                {x[i], y[j + 1]},
                {x[i + 1], y[j + 1]}}},
              false);
  }

  // Opposite sides of all quadrilaterals get the same direction, and so do
  // shared sides. p4est 2.2 loses its way on fine meshes across faces that are
  // turned against each other, and writes beyond its arrays.
  void
  orient()
  {
    std::vector<dealii::CellData<2>> cells(result.quads.size());
    for (std::size_t i = 0; i < cells.size(); ++i)
      cells[i].vertices.assign(result.quads[i].vertices,
                               result.quads[i].vertices + 4);
    dealii::GridTools::consistently_order_cells(cells);
    for (std::size_t i = 0; i < cells.size(); ++i)
      std::copy(cells[i].vertices.begin(),
                cells[i].vertices.end(),
                result.quads[i].vertices);
  }

  std::map<Corner, unsigned int> vertices_;
};

// Numbers the vertices of the extruded mesh; screw and bone have their own
// where the interface is paired.
class Extrusion
{
public:
  Extrusion(const CrossSection &section,
            const ScrewBoneMap &map,
            const InterfaceMesh interface_mesh)
    : section_(section),
      separate_bodies_(interface_mesh == InterfaceMesh::paired)
  {
    for (unsigned int layer = 0; layer < map.n_layers(); ++layer)
      for (const Quad &quad : section.quads)
      {
        const bool screw = quad.in_screw && layer >= map.tip_layer();
        if (!screw && layer >= map.surface_layer())
          continue;
        dealii::CellData<3> cell;
        cell.vertices.resize(8);
        for (unsigned int v = 0; v < 8; ++v)
          cell.vertices[v] = vertex(quad.vertices[v % 4], layer + v / 4, screw);
        cell.material_id =
          screw
            ? screw_id
            : static_cast<dealii::types::material_id>(map.bone_layer(layer));
        cells.push_back(cell);
      }
  }

  std::vector<dealii::Point<3>>    points;
  std::vector<dealii::CellData<3>> cells;

private:
  unsigned int
  vertex(const unsigned int planar, const unsigned int layer, const bool screw)
  {
    const std::array<unsigned int, 3> key{
      {planar, layer, (screw && separate_bodies_) ? 1u : 0u}};
    const auto [entry, is_new] = numbers_.emplace(key, points.size());
    if (is_new)
      points.emplace_back(section_.points[planar][0],
                          section_.points[planar][1],
                          static_cast<double>(layer));
    return entry->second;
  }

  const CrossSection                                 &section_;
  const bool                                          separate_bodies_;
  std::map<std::array<unsigned int, 3>, unsigned int> numbers_;
};

// On coarse faces reference coordinates are exact integers.
dealii::types::boundary_id
boundary_of(const ScrewBoneMap     &map,
            const dealii::Point<3> &centre,
            const bool              screw)
{
  const double x_end = map.patch_gauge() + map.n_outer_x(),
               y_end = map.patch_gauge() + map.n_outer_y();
  const double close = 1e-9;
  if (screw)
  {
    if (centre[2] > map.n_layers() - close)
      return boundary::screw_top;
    const bool in_bone = centre[2] < map.surface_layer();
    return in_bone ? boundary::interface_screw : boundary::screw_side;
  }
  if (centre[2] < close)
    return boundary::bottom;
  if (centre[0] < -x_end + close)
    return boundary::x_lower;
  if (centre[0] > x_end - close)
    return boundary::x_upper;
  if (centre[1] < -y_end + close)
    return boundary::y_lower;
  if (centre[1] > y_end - close)
    return boundary::y_upper;
  return centre[2] > map.surface_layer() - close ? boundary::bone_surface
                                                 : boundary::interface_bone;
}

// The coarse interface faces of both bodies, paired by their centres.
std::vector<dealii::GridTools::PeriodicFacePair<Triangulation::cell_iterator>>
pair_interface(const Triangulation &triangulation)
{
  using Key = std::array<long, 3>;
  std::map<Key, std::pair<Triangulation::cell_iterator, unsigned int>> bone;
  const auto key_of = [](const dealii::Point<3> &p) {
    return Key{
      {std::lround(p[0] * 4.), std::lround(p[1] * 4.), std::lround(p[2] * 4.)}};
  };
  const auto for_faces = [&](const dealii::types::boundary_id id,
                             const auto                      &action) {
    for (const auto &cell : triangulation.cell_iterators_on_level(0))
      for (const unsigned int f : cell->face_indices())
        if (cell->face(f)->at_boundary() && cell->face(f)->boundary_id() == id)
          action(cell, f);
  };
  for_faces(boundary::interface_bone, [&](const auto &cell, unsigned int f) {
    bone[key_of(cell->face(f)->center())] = {cell, f};
  });
  std::vector<dealii::GridTools::PeriodicFacePair<Triangulation::cell_iterator>>
    pairs;
  for_faces(boundary::interface_screw, [&](const auto &cell, unsigned int f) {
    const auto &twin = bone.at(key_of(cell->face(f)->center()));
    dealii::GridTools::PeriodicFacePair<Triangulation::cell_iterator> pair;
    pair.cell[0]     = cell;
    pair.cell[1]     = twin.first;
    pair.face_idx[0] = f;
    pair.face_idx[1] = twin.second;
    const bool match = dealii::GridTools::orthogonal_equality(
      pair.orientation, cell->face(f), twin.first->face(twin.second), 2);
    AssertThrow(match, dealii::ExcInternalError());
    pairs.push_back(pair);
  });
  return pairs;
}
} // namespace

std::unique_ptr<Triangulation>
make_reference_mesh(const ScrewBoneMap &map,
                    const InterfaceMesh interface_mesh,
                    const MPI_Comm      communicator)
{
  const CrossSection section = CrossSectionBuilder(map).result;
  Extrusion          body(section, map, interface_mesh);
  auto               triangulation = std::make_unique<Triangulation>(
    communicator, dealii::Triangulation<3>::limit_level_difference_at_vertices);
  triangulation->create_triangulation(
    body.points, body.cells, dealii::SubCellData());
  for (const auto &cell : triangulation->cell_iterators_on_level(0))
    for (const unsigned int f : cell->face_indices())
      if (cell->face(f)->at_boundary())
        cell->face(f)->set_boundary_id(boundary_of(
          map, cell->face(f)->center(), cell->material_id() == screw_id));
  if (interface_mesh == InterfaceMesh::paired)
    triangulation->add_periodicity(pair_interface(*triangulation));
  return triangulation;
}

double
gauge(const dealii::Point<3> &reference)
{
  return std::max(std::abs(reference[0]), std::abs(reference[1]));
}

bool
at_interface(const Triangulation::cell_iterator &cell, const unsigned int face)
{
  if (cell->at_boundary(face))
  {
    const auto id = cell->face(face)->boundary_id();
    return id == boundary::interface_screw || id == boundary::interface_bone;
  }
  return (cell->material_id() == screw_id) !=
         (cell->neighbor(face)->material_id() == screw_id);
}
} // namespace miniscrew::mesh
