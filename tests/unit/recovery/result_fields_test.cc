// SPDX-License-Identifier: LGPL-2.1-or-later
// Cells and fields for the files, read back by their own interpolation.
#include "solver/report/result_fields.h"

#include "solver/fem/space/strain.h"

#include "solver/output/lagrange_order.h"
#include "tests/unit/recovery/pin_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace miniscrew
{
namespace
{
using fem::PinBlock;
using fem::Vector3;

// Lagrange basis on equidistant points: value, or derivative, of function i.
double
equidistant(const unsigned int degree,
            const unsigned int i,
            const double       x,
            const bool         derivative)
{
  const double k   = degree;
  double       sum = 0., product = 1.;
  for (unsigned int m = 0; m <= degree; ++m)
  {
    if (m == i)
      continue;
    product *= (x - m / k) / ((double(i) - m) / k);
    double term = 1. / ((double(i) - m) / k);
    for (unsigned int j = 0; j <= degree; ++j)
      if (j != i && j != m)
        term *= (x - j / k) / ((double(i) - j) / k);
    sum += term;
  }
  return derivative ? sum : product;
}

// Volume of a cell as a reader of the file sees it.
double
volume(const output::FieldData &data, const std::size_t cell)
{
  const unsigned int        degree = data.degree, n = degree + 1;
  const auto                order = output::lagrange_hexahedron_order(degree);
  const fem::CubeQuadrature gauss(degree + 1);
  double                    result = 0.;
  for (unsigned int q = 0; q < gauss.points.size(); ++q)
  {
    fem::Matrix3 J{};
    for (unsigned int i = 0; i < order.size(); ++i)
    {
      const auto &x =
        data.points[data.connectivity[cell * order.size() + order[i]]];
      const unsigned int index[3] = {i % n, i / n % n, i / (n * n)};
      for (unsigned int b = 0; b < 3; ++b)
      {
        double gradient = 1.;
        for (unsigned int d = 0; d < 3; ++d)
          gradient *= equidistant(degree, index[d], gauss.points[q][d], d == b);
        for (unsigned int a = 0; a < 3; ++a)
          J[a][b] += x[a] * gradient;
      }
    }
    result += gauss.weights[q] * fem::determinant(J);
  }
  return result;
}

const output::Field &
field(const std::vector<output::Field> &fields, const std::string &name)
{
  const auto found =
    std::find_if(fields.begin(), fields.end(), [&](const auto &f) {
      return f.name == name;
    });
  if (found == fields.end())
    throw std::runtime_error("there is no field " + name);
  return *found;
}

fem::BodyMaterials
materials_of_layers()
{
  fem::BodyMaterials bodies;
  for (unsigned int b = 0; b < mesh::n_bodies; ++b)
  {
    bodies[b].name      = b == 1 ? "soft" : b == 3 ? "metal" : "hard";
    bodies[b].isotropic = {b == 1 ? 100. : b == 3 ? 1e5 : 1e3, 0.3};
  }
  return bodies;
}

TEST(ResultFields, CellsHaveTheVolumesOfTheGeometry)
{
  for (const unsigned int degree : {1u, 2u, 3u})
  {
    const PinBlock       block(degree, 0, true);
    const auto           data = report::make_mesh_fields(*block.geometry);
    const fem::CellGauge gauge(degree);
    ASSERT_EQ(data.n_cells(), block.space->cells().size());
    double sum = 0.;
    for (std::size_t cell = 0; cell < data.n_cells(); ++cell)
    {
      const double exact =
        gauge.measure(block.geometry->cell_nodes(cell)).volume;
      sum += volume(data, cell);
      EXPECT_NEAR(volume(data, cell), exact, 1e-12 + 1e-10 * exact);
    }
    const auto quality = fem::measure_quality(*block.geometry);
    double     exact   = 0.;
    for (const double v : quality.volume)
      exact += v;
    EXPECT_NEAR(
      dealii::Utilities::MPI::sum(sum, MPI_COMM_WORLD), exact, 1e-9 * exact);

    const auto  &jacobian = field(data.cell_fields, "scaled_jacobian").values;
    const double worst =
      jacobian.empty() ? 2.
                       : *std::min_element(jacobian.begin(), jacobian.end());
    EXPECT_EQ(dealii::Utilities::MPI::min(worst, MPI_COMM_WORLD),
              quality.min_scaled_jacobian);
  }
}

TEST(ResultFields, DisplacementIsInterpolatedToTheSamePointsAsPositions)
{
  for (const unsigned int degree : {1u, 2u, 3u})
  {
    const PinBlock block(degree, 0, true);
    // The field that moves every node by its own position: at any other
    // point too, it is the position there.
    const auto u = block.interpolate([](const Vector3 &x) { return x; });
    const auto data =
      report::make_fields(*block.geometry, materials_of_layers(), {&u});
    const auto &values = field(data.point_fields, "displacement_mm").values;
    ASSERT_EQ(values.size(), 3 * data.points.size());
    for (std::size_t p = 0; p < data.points.size(); ++p)
      for (unsigned int d = 0; d < 3; ++d)
        EXPECT_NEAR(values[3 * p + d], data.points[p][d], 1e-12);
  }
}

// Along a straight vertical edge of the block the points of a cubic cell must
// be equidistant, which its Gauss-Lobatto nodes are not.
TEST(ResultFields, CubicCellsHaveEquidistantPoints)
{
  const PinBlock block(3, 0, false);
  const auto     data  = report::make_mesh_fields(*block.geometry);
  const auto     order = output::lagrange_hexahedron_order(3);
  for (std::size_t cell = 0; cell < data.n_cells(); ++cell)
  {
    double z[4];
    bool   on_edge = true;
    for (unsigned int k = 0; k < 4; ++k)
    {
      const auto &x = data.points[data.connectivity[64 * cell + order[16 * k]]];
      z[k]          = x[2];
      on_edge =
        on_edge && std::abs(x[0] + 3.5) < 1e-9 && std::abs(x[1] + 3.5) < 1e-9;
    }
    if (on_edge)
    {
      EXPECT_NEAR(z[1] - z[0], (z[3] - z[0]) / 3., 1e-9);
      EXPECT_NEAR(z[2] - z[0], (z[3] - z[0]) * 2. / 3., 1e-9);
    }
  }
}

TEST(ResultFields, StressJumpsBetweenLayersAndStrainFollowsTheReadme)
{
  const PinBlock block(2, 0, false);
  const auto     bodies = materials_of_layers();
  const auto     u      = block.interpolate([](const Vector3 &x) {
    return Vector3{{2e-3 * x[1], 0., 1e-3 * x[2]}};
  });
  const auto     data   = report::make_fields(*block.geometry, bodies, {&u});
  const auto    &strain = field(data.point_fields, "strain").values;
  const auto    &stress = field(data.point_fields, "stress_MPa").values;
  const auto    &layer  = field(data.cell_fields, "layer").values;
  const auto    &number = field(data.cell_fields, "material").values;
  const auto &mises = field(data.point_fields, "von_mises_stress_MPa").values;
  const auto &greatest =
    field(data.point_fields, "max_principal_strain").values;
  const double exact[6] = {0., 0., 1e-3, 0., 0., 1e-3};
  std::array<std::set<std::int64_t>, mesh::n_bodies> points;
  std::size_t                                        n_points = 0;
  for (std::size_t cell = 0; cell < data.n_cells(); ++cell)
  {
    const unsigned int body = layer[cell];
    EXPECT_EQ(number[cell], body == 3 ? 2. : body == 1 ? 1. : 0.);
    const fem::VoigtVector expected =
      fem::multiply(bodies[body].stiffness(), {{0., 0., 1e-3, 0., 0., 2e-3}});
    for (unsigned int i = 0; i < 27; ++i)
    {
      const std::int64_t p = data.connectivity[27 * cell + i];
      points[body].insert(p);
      for (unsigned int c = 0; c < 6; ++c)
      {
        EXPECT_NEAR(strain[6 * p + c], exact[c], 1e-12);
        EXPECT_NEAR(stress[6 * p + c], expected[c], 1e-6);
      }
      EXPECT_NEAR(mises[p], fem::von_mises(expected), 1e-6);
      EXPECT_NEAR(greatest[p], 1e-3, 1e-9);
    }
  }
  for (const auto &set : points)
    n_points += set.size();
  // No point is in two bodies or in none, and cells of a body share theirs.
  EXPECT_EQ(n_points, data.points.size());
  EXPECT_LT(n_points, 20 * data.n_cells() + 1);
}

TEST(ResultFields, IncrementsStandBesideTotals)
{
  const PinBlock block(2, 0, true);
  const auto     stretched = [&](const double along) {
    return block.interpolate([along](const Vector3 &x) {
      return Vector3{{0., 0., along * x[2]}};
    });
  };
  const auto           before = stretched(0.1), now = stretched(0.1 + 1e-3);
  const fem::BodyState start{&before};
  const auto           data =
    report::make_fields(*block.geometry, materials_of_layers(), {&now}, &start);
  const auto values = [&](const std::string &name) {
    return field(data.point_fields, name).values;
  };
  for (const auto &[prefix, strain] : {std::pair{std::string(), 1e-3},
                                       std::pair{std::string("total_"), 0.101}})
  {
    const auto &u        = values(prefix + "displacement_mm");
    const auto &stress   = values(prefix + "stress_MPa");
    const auto &mises    = values(prefix + "von_mises_stress_MPa");
    const auto &greatest = values(prefix + "max_principal_strain");
    const auto &least    = values(prefix + "min_principal_strain");
    ASSERT_EQ(greatest.size(), data.points.size());
    for (std::size_t p = 0; p < data.points.size(); ++p)
    {
      EXPECT_NEAR(u[3 * p + 2], strain * data.points[p][2], 1e-12);
      EXPECT_NEAR(greatest[p], strain, 1e-7 * strain);
      EXPECT_NEAR(least[p], 0., 1e-7 * strain);
      EXPECT_NEAR(
        mises[p], stress[6 * p + 2] - stress[6 * p], 1e-6 * stress[6 * p + 2]);
    }
  }
  EXPECT_EQ(values("strain").size(), 6 * data.points.size());
  for (const output::Field &field : data.point_fields)
    EXPECT_NE(field.name, "total_strain");
}
} // namespace
} // namespace miniscrew
