// SPDX-License-Identifier: LGPL-2.1-or-later
// Fields for ParaView: VTU pieces of all ranks, tied together by PVTU and PVD.
#include "solver/output/vtu.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"
#include "solver/output/collective.h"
#include "solver/output/text_file.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkCellType.h>
#include <vtkDoubleArray.h>
#include <vtkErrorCode.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkObject.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkTypeInt64Array.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLUnstructuredGridWriter.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>

namespace miniscrew::output
{
namespace
{
int
vtk_cell_type(CellKind kind)
{
  return kind == CellKind::lagrange_hexahedron ? VTK_LAGRANGE_HEXAHEDRON
                                               : VTK_LAGRANGE_QUADRILATERAL;
}


/// Names of the components of a symmetric tensor, in Voigt's order.
const std::array<const char *, 6> tensor_components{
  {"xx", "yy", "zz", "yz", "xz", "xy"}};


void
add_fields(const std::vector<Field> &fields, vtkFieldData &target)
{
  for (const Field &field : fields)
  {
    vtkNew<vtkFloatArray> array;
    array->SetName(field.name.c_str());
    array->SetNumberOfComponents(field.n_components);
    array->SetNumberOfTuples(field.values.size() / field.n_components);
    std::copy(field.values.begin(), field.values.end(), array->GetPointer(0));
    target.AddArray(array);
  }
}


/// The piece as VTK's object. Points and connectivity are not copied, so that
/// @p data must outlive @p grid.
void
fill_grid(const FieldData &data, vtkUnstructuredGrid &grid)
{
  vtkNew<vtkDoubleArray> coordinates;
  coordinates->SetNumberOfComponents(3);
  if (!data.points.empty())
    coordinates->SetArray(const_cast<double *>(data.points.front().data()),
                          3 * data.points.size(),
                          1);
  vtkNew<vtkPoints> points;
  points->SetData(coordinates);
  grid.SetPoints(points);

  vtkNew<vtkTypeInt64Array> offsets, connectivity;
  offsets->SetNumberOfValues(data.n_cells() + 1);
  for (std::size_t cell = 0; cell <= data.n_cells(); ++cell)
    offsets->SetValue(cell, cell * data.n_points_per_cell());
  if (!data.connectivity.empty())
    connectivity->SetArray(
      const_cast<vtkTypeInt64 *>(
        reinterpret_cast<const vtkTypeInt64 *>(data.connectivity.data())),
      data.connectivity.size(),
      1);
  vtkNew<vtkCellArray> cells;
  cells->SetData(offsets, connectivity);
  grid.SetCells(vtk_cell_type(data.kind), cells);

  add_fields(data.point_fields, *grid.GetPointData());
  add_fields(data.cell_fields, *grid.GetCellData());
}


void
write_piece(const std::string &path, const FieldData &data)
{
  vtkNew<vtkUnstructuredGrid> grid;
  fill_grid(data, *grid);

  vtkNew<vtkXMLUnstructuredGridWriter> writer;
  writer->SetFileName(path.c_str());
  writer->SetInputData(grid);
  writer->SetDataModeToAppended();
  writer->EncodeAppendedDataOff();
  writer->SetHeaderTypeToUInt64();
  writer->SetCompressorTypeToZLib();
  writer->SetCompressionLevel(1); // nearly as small as 9, many times faster
  writer->SetBlockSize(1 << 20);
  // What fails is said below, in one sentence instead of VTK's many lines.
  const int is_loud = vtkObject::GetGlobalWarningDisplay();
  vtkObject::SetGlobalWarningDisplay(0);
  const bool          written = writer->Write() == 1;
  const unsigned long error   = writer->GetErrorCode();
  vtkObject::SetGlobalWarningDisplay(is_loud);
  if (!written || error != vtkErrorCode::NoError)
    throw IoError("cannot write '" + path + "': " +
                  (error > 0 && error < vtkErrorCode::FirstVTKErrorCode
                     ? std::strerror(int(error))
                     : "is the disk full?"));
}


std::string
field_list(const std::vector<Field> &fields, const std::string &group)
{
  std::string text = "    <P" + group + ">\n";
  for (const Field &field : fields)
  {
    text += "      <PDataArray type=\"Float32\" Name=\"" + field.name +
            "\" NumberOfComponents=\"" + std::to_string(field.n_components) +
            "\"";
    if (field.n_components == tensor_components.size())
      for (unsigned int i = 0; i < tensor_components.size(); ++i)
        text += " ComponentName" + std::to_string(i) + "=\"" +
                tensor_components[i] + "\"";
    text += "/>\n";
  }
  return text + "    </P" + group + ">\n";
}


/// The PVTU file's text: what every piece has, then the pieces.
std::string
list_of_pieces(const FieldData &data, const std::vector<std::string> &pieces)
{
  std::string text = "<?xml version=\"1.0\"?>\n"
                     "<VTKFile type=\"PUnstructuredGrid\" version=\"2.2\" "
                     "byte_order=\"LittleEndian\" header_type=\"UInt64\">\n"
                     "  <PUnstructuredGrid GhostLevel=\"0\">\n" +
                     field_list(data.point_fields, "PointData") +
                     field_list(data.cell_fields, "CellData") +
                     "    <PPoints>\n"
                     "      <PDataArray type=\"Float64\" Name=\"Points\" "
                     "NumberOfComponents=\"3\"/>\n"
                     "    </PPoints>\n";
  for (const std::string &piece : pieces)
    text += "    <Piece Source=\"" + piece + "\"/>\n";
  return text + "  </PUnstructuredGrid>\n</VTKFile>\n";
}


/// Which ranks have cells; rank 0 if none has.
std::vector<int>
ranks_with_cells(const FieldData &data, MPI_Comm communicator)
{
  int n_ranks = 1;
  MPI_Comm_size(communicator, &n_ranks);
  const int        mine = data.n_cells() > 0 ? 1 : 0;
  std::vector<int> all(n_ranks), ranks;
  MPI_Allgather(&mine, 1, MPI_INT, all.data(), 1, MPI_INT, communicator);
  for (int rank = 0; rank < n_ranks; ++rank)
    if (all[rank] != 0)
      ranks.push_back(rank);
  return ranks.empty() ? std::vector<int>{0} : ranks;
}
} // namespace


VtuSeries::VtuSeries(const std::string &folder,
                     const std::string &name,
                     MPI_Comm           communicator)
  : folder_(folder),
    name_(name),
    communicator_(communicator)
{}


void
VtuSeries::write(double time, const FieldData &data)
{
  const std::string subfolder = folder_ + "/" + name_ + "/";
  const std::string state     = name_ + format("_%04d", int(states_.size()));
  on_first_rank(communicator_,
                [&] { std::filesystem::create_directories(subfolder); });

  const std::vector<int>   ranks = ranks_with_cells(data, communicator_);
  std::vector<std::string> pieces;
  for (const int rank : ranks)
    pieces.push_back(state + format("_p%04d.vtu", rank));
  on_all_ranks(communicator_, [&] {
    const auto mine =
      std::find(ranks.begin(), ranks.end(), rank_in(communicator_));
    if (mine != ranks.end())
      write_piece(subfolder + pieces[mine - ranks.begin()], data);
  });
  write_text(
    subfolder + state + ".pvtu", list_of_pieces(data, pieces), communicator_);

  states_.emplace_back(time, name_ + "/" + state + ".pvtu");
  write_list();
}


void
VtuSeries::write_list() const
{
  std::string text =
    "<?xml version=\"1.0\"?>\n"
    "<VTKFile type=\"Collection\" version=\"0.1\">\n  <Collection>\n";
  for (const auto &[time, file] : states_)
    text += format("    <DataSet timestep=\"%.17g\" part=\"0\" file=\"", time) +
            file + "\"/>\n";
  text += "  </Collection>\n</VTKFile>\n";
  write_text(folder_ + "/" + name_ + ".pvd", text, communicator_);
}


std::vector<std::string>
vtu_files(const std::string &name, const int n_ranks, const int n_states)
{
  std::vector<std::string> files = {name + ".pvd"};
  for (int state = 0; state < n_states; ++state)
  {
    const std::string path = name + "/" + name + format("_%04d", state);
    files.push_back(path + ".pvtu");
    for (int rank = 0; rank < n_ranks; ++rank)
      files.push_back(path + format("_p%04d.vtu", rank));
  }
  return files;
}


void
write_vtu(const std::string &folder,
          const std::string &name,
          const FieldData   &data,
          MPI_Comm           communicator)
{
  VtuSeries(folder, name, communicator).write(0., data);
}
} // namespace miniscrew::output
