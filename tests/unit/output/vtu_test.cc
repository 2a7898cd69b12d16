// SPDX-License-Identifier: LGPL-2.1-or-later
// VTU files are read back by VTK with the cells and values that were written.
#include "sample_fields.h"
#include "test_folder.h"

#include "solver/base/errors.h"
#include "solver/output/vtu.h"

#include <gtest/gtest.h>

#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkGenericCell.h>
#include <vtkLagrangeHexahedron.h>
#include <vtkLagrangeQuadrilateral.h>
#include <vtkMath.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLPUnstructuredGridReader.h>

namespace miniscrew::output
{
namespace
{
/// Gauss points and weights on [0, 1], exact for degree 5.
const std::array<double, 3> gauss_points{
  {0.5 - std::sqrt(0.15), 0.5, 0.5 + std::sqrt(0.15)}};
const std::array<double, 3> gauss_weights{{5. / 18., 8. / 18., 5. / 18.}};

/// Volume of a cell by VTK's own shape functions.
double
volume(vtkCell &cell)
{
  auto     &nonlinear  = dynamic_cast<vtkNonLinearCell &>(cell);
  auto     &hexahedron = dynamic_cast<vtkLagrangeHexahedron &>(nonlinear);
  const int n          = cell.GetNumberOfPoints();
  std::vector<double> derivatives(3 * n);
  double              sum = 0.;
  for (int q = 0; q < 27; ++q)
  {
    const double point[3] = {
      gauss_points[q % 3], gauss_points[q / 3 % 3], gauss_points[q / 9]};
    hexahedron.InterpolateDerivs(point, derivatives.data());
    double jacobian[3][3] = {};
    for (int p = 0; p < n; ++p)
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
          jacobian[i][j] +=
            cell.GetPoints()->GetPoint(p)[i] * derivatives[3 * p + j];
    sum += gauss_weights[q % 3] * gauss_weights[q / 3 % 3] *
           gauss_weights[q / 9] * vtkMath::Determinant3x3(jacobian);
  }
  return sum;
}


/// Checks that a point inside each cell is where the map puts it.
void
expect_curved_cells(vtkUnstructuredGrid &grid, unsigned int degree)
{
  vtkNew<vtkGenericCell> generic;
  vtkDataArray          *reference = grid.GetPointData()->GetArray("reference");
  vtkDataArray          *number    = grid.GetCellData()->GetArray("number");
  ASSERT_NE(reference, nullptr);
  ASSERT_NE(number, nullptr);
  for (vtkIdType c = 0; c < grid.GetNumberOfCells(); ++c)
  {
    vtkCell *cell = grid.GetCell(c);
    ASSERT_EQ(cell->GetCellType(), VTK_LAGRANGE_HEXAHEDRON);
    EXPECT_NEAR(volume(*cell), 1., 1e-12);
    EXPECT_EQ(number->GetTuple1(c), double(c));

    const double        local[3] = {0.3, 0.6, 0.8};
    std::vector<double> weights(cell->GetNumberOfPoints());
    double              x[3];
    int                 part = 0;
    cell->EvaluateLocation(part, local, x, weights.data());
    std::array<double, 3> X{};
    for (vtkIdType p = 0; p < cell->GetNumberOfPoints(); ++p)
      for (int i = 0; i < 3; ++i)
        X[i] += weights[p] * reference->GetComponent(cell->GetPointId(p), i);
    EXPECT_NEAR(X[0], c + 0.3, 1e-6);
    const std::array<double, 3> expected =
      curved({{c + 0.3, 0.6, 0.8}}, degree);
    for (int i = 0; i < 3; ++i)
      EXPECT_NEAR(x[i], expected[i], 1e-12);
  }
}
} // namespace


TEST(LagrangeOrder, OfTheHexahedronIsThatOfVtk)
{
  const auto order = lagrange_hexahedron_order(2);
  ASSERT_EQ(order.size(), 27u);
  EXPECT_EQ(order[0], 0u);
  EXPECT_EQ(order[2], 1u);
  EXPECT_EQ(order[8], 2u);   // corner (1, 1, 0)
  EXPECT_EQ(order[6], 3u);   // corner (0, 1, 0)
  EXPECT_EQ(order[26], 6u);  // corner (1, 1, 1)
  EXPECT_EQ(order[1], 8u);   // middle of the first edge
  EXPECT_EQ(order[17], 18u); // upright edge at (1, 1): new in VTK 9.1
  EXPECT_EQ(order[15], 19u); // upright edge at (0, 1)
  EXPECT_EQ(order[13], 26u); // centre
}


TEST(LagrangeOrder, EveryPlaceIsTakenOnce)
{
  for (unsigned int degree = 1; degree <= 4; ++degree)
    for (auto order : {lagrange_hexahedron_order(degree),
                       lagrange_quadrilateral_order(degree)})
    {
      std::sort(order.begin(), order.end());
      for (unsigned int i = 0; i < order.size(); ++i)
        EXPECT_EQ(order[i], i);
    }
}


TEST(LagrangeOrder, PutsPointsWhereVtkExpectsThem)
{
  for (unsigned int degree = 1; degree <= 3; ++degree)
  {
    const unsigned int               n = degree + 1;
    vtkNew<vtkLagrangeHexahedron>    hexahedron;
    vtkNew<vtkLagrangeQuadrilateral> quadrilateral;
    hexahedron->GetPointIds()->SetNumberOfIds(n * n * n);
    hexahedron->GetPoints()->SetNumberOfPoints(n * n * n);
    quadrilateral->GetPointIds()->SetNumberOfIds(n * n);
    quadrilateral->GetPoints()->SetNumberOfPoints(n * n);
    hexahedron->SetUniformOrderFromNumPoints(n * n * n);
    quadrilateral->SetUniformOrderFromNumPoints(n * n);
    const double *in_hexahedron    = hexahedron->GetParametricCoords();
    const double *in_quadrilateral = quadrilateral->GetParametricCoords();
    const auto    hexahedral       = lagrange_hexahedron_order(degree);
    const auto    quadrilateral_   = lagrange_quadrilateral_order(degree);
    for (unsigned int p = 0; p < n * n * n; ++p)
    {
      const double *x = in_hexahedron + 3 * hexahedral[p];
      EXPECT_NEAR(x[0], double(p % n) / degree, 1e-14);
      EXPECT_NEAR(x[1], double(p / n % n) / degree, 1e-14);
      EXPECT_NEAR(x[2], double(p / n / n) / degree, 1e-14);
    }
    for (unsigned int p = 0; p < n * n; ++p)
    {
      const double *x = in_quadrilateral + 3 * quadrilateral_[p];
      EXPECT_NEAR(x[0], double(p % n) / degree, 1e-14);
      EXPECT_NEAR(x[1], double(p / n) / degree, 1e-14);
    }
  }
}


TEST(Vtu, IsReadBackByVtkForAllDegrees)
{
  int n_ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &n_ranks);
  int n_cells = 0;
  for (int rank = 0; rank < n_ranks; ++rank)
    n_cells += sample_cells_of(rank);

  const TestFolder folder("vtu");
  for (unsigned int degree = 1; degree <= 3; ++degree)
  {
    const std::string name = "degree" + std::to_string(degree);
    write_vtu(folder.path(),
              name,
              sample_piece(degree, rank_in(MPI_COMM_WORLD)),
              MPI_COMM_WORLD);

    vtkNew<vtkXMLPUnstructuredGridReader> reader;
    const std::string                     state =
      folder.path() + "/" + name + "/" + name + "_0000.pvtu";
    reader->SetFileName(state.c_str());
    reader->Update();
    ASSERT_EQ(reader->GetOutput()->GetNumberOfCells(), n_cells);
    expect_curved_cells(*reader->GetOutput(), degree);
  }
}


TEST(Vtu, WritesQuadrilaterals)
{
  const TestFolder folder("quadrilaterals");
  FieldData        data;
  data.kind        = CellKind::lagrange_quadrilateral;
  data.degree      = 2;
  data.cell_fields = {{"number", 1, {}}};
  if (rank_in(MPI_COMM_WORLD) == 0)
  {
    const auto order = lagrange_quadrilateral_order(2);
    data.connectivity.resize(9);
    for (unsigned int p = 0; p < 9; ++p)
    {
      data.points.push_back({{p % 3 * 0.5, p / 3 * 0.5, 0.}});
      data.connectivity[order[p]] = p;
    }
    data.cell_fields[0].values = {7.};
  }
  write_vtu(folder.path(), "faces", data, MPI_COMM_WORLD);

  vtkNew<vtkXMLPUnstructuredGridReader> reader;
  const std::string state = folder.path() + "/faces/faces_0000.pvtu";
  reader->SetFileName(state.c_str());
  reader->Update();
  ASSERT_EQ(reader->GetOutput()->GetNumberOfCells(), 1);
  EXPECT_EQ(reader->GetOutput()->GetCellType(0), VTK_LAGRANGE_QUADRILATERAL);
}


TEST(Vtu, HasAPieceEvenIfNoRankHasCells)
{
  const TestFolder folder("no_cells");
  write_vtu(folder.path(), "fields", sample_hexahedra(2, 0, 0), MPI_COMM_WORLD);
  vtkNew<vtkXMLPUnstructuredGridReader> reader;
  const std::string state = folder.path() + "/fields/fields_0000.pvtu";
  reader->SetFileName(state.c_str());
  reader->Update();
  EXPECT_EQ(reader->GetOutput()->GetNumberOfCells(), 0);
}


TEST(Vtu, ListsTheStatesOfASeries)
{
  const TestFolder folder("series");
  VtuSeries        series(folder.path(), "fields", MPI_COMM_WORLD);
  const FieldData  piece = sample_piece(1, rank_in(MPI_COMM_WORLD));
  series.write(0., piece);
  series.write(0.25, piece);
  const std::string list = folder.read("fields.pvd");
  EXPECT_NE(list.find("timestep=\"0\""), std::string::npos);
  EXPECT_NE(list.find("timestep=\"0.25\" part=\"0\" "
                      "file=\"fields/fields_0001.pvtu\""),
            std::string::npos);
}


TEST(Vtu, FailsOnAllRanksWhereThereIsNoFolder)
{
  const TestFolder folder("blocked");
  folder.write("fields", "a file where a folder must be");
  EXPECT_THROW(write_vtu(folder.path(),
                         "fields",
                         sample_piece(1, rank_in(MPI_COMM_WORLD)),
                         MPI_COMM_WORLD),
               IoError);
}
} // namespace miniscrew::output
