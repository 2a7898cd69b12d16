# SPDX-License-Identifier: LGPL-2.1-or-later
"""A plane section through the fields of a result, as triangles.

Cells of higher order are split into linear ones between their points, which
needs no rendering and so no display.
"""
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from vtkmodules.util.numpy_support import (numpy_to_vtk, numpy_to_vtkIdTypeArray,
                                           vtk_to_numpy)
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import (VTK_HEXAHEDRON, VTK_QUAD, vtkCellArray,
                                           vtkLagrangeHexahedron, vtkPlane,
                                           vtkUnstructuredGrid)
from vtkmodules.vtkFiltersCore import vtkCutter
from vtkmodules.vtkIOHDF import vtkHDFReader
from vtkmodules.vtkIOXML import vtkXMLPUnstructuredGridReader

NEAR_CORTEX, CANCELLOUS, FAR_CORTEX, SCREW = range(4)

# A section through the axis of a symmetric mesh would run along faces of
# cells; this much beside it, in mm, it cuts every cell that it meets.
OFFSET = 1.7e-4


@dataclass
class Piece:
    """The part of a section in one layer: x, z and fields of its points."""
    points: np.ndarray
    triangles: np.ndarray
    fields: dict = field(default_factory=dict)
    mesh_lines: np.ndarray = field(default_factory=lambda: np.zeros((0, 2, 2)))

    def outline(self):
        """Edges with the piece on one side only, as an array of segments.

        Where cells of different levels meet, edges of the finer ones are not
        those of the coarser, so an edge of one triangle may lie within.
        """
        edges = np.sort(np.concatenate(
            [self.triangles[:, pair] for pair in ([0, 1], [1, 2], [2, 0])]), axis=1)
        unique, counts = np.unique(edges, axis=0, return_counts=True)
        segments = self.points[unique[counts == 1]]
        return segments[~doubled(segments)]


def doubled(segments):
    """Which segments run along another one, that of a neighbour's edge."""
    start, along = segments[:, 0], segments[:, 1] - segments[:, 0]
    length = np.maximum(np.linalg.norm(along, axis=1), 1e-12)
    unit, middle = along / length[:, None], segments.mean(axis=1)
    result = np.zeros(len(segments), dtype=bool)
    for i, point in enumerate(middle):
        aside = point - start
        place = (aside * unit).sum(axis=1)
        distance = np.abs(aside[:, 0] * unit[:, 1] - aside[:, 1] * unit[:, 0])
        near = ((place >= -1e-6) & (place <= length + 1e-6) & (distance < 0.1 * length[i])
                & (np.abs(unit @ unit[i]) > 0.9))
        near[i] = False
        result[i] = near.any()
    return result


def read_grid(folder):
    """The fields of a result: the last state of fields.pvd, or results.h5."""
    folder = Path(folder)
    if (folder / "fields.pvd").is_file():
        states = re.findall(r'file="([^"]+)"',
                            (folder / "fields.pvd").read_text(encoding="utf-8"))
        reader = vtkXMLPUnstructuredGridReader()
        reader.SetFileName(str(folder / states[-1]))
    elif (folder / "results.h5").is_file():
        reader = vtkHDFReader()
        reader.SetFileName(str(folder / "results.h5"))
        if not reader.CanReadFile(str(folder / "results.h5")):
            return None
    else:
        return None
    reader.Update()
    grid = reader.GetOutput()
    return grid if grid is not None and grid.GetNumberOfCells() > 0 else None


def lexicographic(degree):
    """Place in VTK's cell of each point i + n j + n n k."""
    n = degree + 1
    order = (degree,) * 3
    return np.array([vtkLagrangeHexahedron.PointIndexFromIJK(i, j, k, order)
                     for k in range(n) for j in range(n) for i in range(n)])


def linear_parts(degree):
    """Lexicographic numbers of the corners of the small hexahedra, and of the
    small quadrilaterals on the cell's six faces."""
    n = degree + 1
    number = np.arange(n ** 3).reshape(n, n, n)  # [k, j, i]
    corners = [(0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0),
               (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0)]
    hexahedra = [[number[k + dk, j + dj, i + di] for dk, dj, di in corners]
                 for k in range(degree) for j in range(degree)
                 for i in range(degree)]
    faces = [number[0], number[-1], number[:, 0], number[:, -1],
             number[:, :, 0], number[:, :, -1]]
    quadrilaterals = [[face[j, i], face[j, i + 1], face[j + 1, i + 1],
                       face[j + 1, i]]
                      for face in faces for j in range(degree)
                      for i in range(degree)]
    return np.array(hexahedra), np.array(quadrilaterals)


def cut(points, cells, cell_type, fields, position):
    """The section of linear cells with the plane y = position."""
    grid = vtkUnstructuredGrid()
    vtk_points = vtkPoints()
    vtk_points.SetData(numpy_to_vtk(points, deep=True))
    grid.SetPoints(vtk_points)
    n_cells, n_corners = cells.shape
    array = vtkCellArray()
    array.SetData(
        numpy_to_vtkIdTypeArray(np.arange(n_cells + 1) * n_corners, deep=True),
        numpy_to_vtkIdTypeArray(np.ascontiguousarray(cells.ravel(), dtype=np.int64),
                                deep=True))
    grid.SetCells(cell_type, array)
    for name, values in fields.items():
        data = numpy_to_vtk(np.ascontiguousarray(values), deep=True)
        data.SetName(name)
        grid.GetPointData().AddArray(data)
    plane = vtkPlane()
    plane.SetOrigin(0, position, 0)
    plane.SetNormal(0, 1, 0)
    cutter = vtkCutter()
    cutter.SetCutFunction(plane)
    cutter.SetInputData(grid)
    cutter.Update()
    return cutter.GetOutput()


def merged(coordinates, cells, fields):
    """Points within a nanometre made one, so that neighbours share them."""
    _, first, number = np.unique(np.round(coordinates, 6), axis=0,
                                 return_index=True, return_inverse=True)
    return (coordinates[first], number.reshape(-1)[cells],
            {name: values[first] for name, values in fields.items()})


def cells_of(array, n_corners):
    """The cells of VTK's cell array that have this many corners."""
    offsets = vtk_to_numpy(array.GetOffsetsArray())
    connectivity = vtk_to_numpy(array.GetConnectivityArray())
    starts = offsets[:-1][np.diff(offsets) == n_corners]
    return connectivity[starts[:, None] + np.arange(n_corners)]


def piece_of(points, connectivity, degree, fields, position):
    """The section through some cells, which are given lexicographically."""
    hexahedra, faces = linear_parts(degree)
    used, local = np.unique(connectivity, return_inverse=True)
    local = local.reshape(connectivity.shape)
    points = points[used]
    fields = {name: values[used] for name, values in fields.items()}

    surface = cut(points, local[:, hexahedra].reshape(-1, 8), VTK_HEXAHEDRON,
                  fields, position)
    if surface.GetNumberOfCells() == 0:
        return None
    lines = cut(points, local[:, faces].reshape(-1, 4), VTK_QUAD, {}, position)
    piece = Piece(*merged(
        vtk_to_numpy(surface.GetPoints().GetData())[:, [0, 2]].astype(float),
        cells_of(surface.GetPolys(), 3),
        {name: vtk_to_numpy(surface.GetPointData().GetArray(name)).astype(float)
         for name in fields}))
    if lines.GetNumberOfLines() > 0:
        ends = vtk_to_numpy(lines.GetPoints().GetData())[:, [0, 2]].astype(float)
        piece.mesh_lines = ends[cells_of(lines.GetLines(), 2)]
    return piece


def read_section(folder, position=OFFSET):
    """{layer: Piece} of the section y = position, empty without fields."""
    grid = read_grid(folder)
    if grid is None:
        return {}
    points = vtk_to_numpy(grid.GetPoints().GetData())
    connectivity = vtk_to_numpy(grid.GetCells().GetConnectivityArray())
    connectivity = connectivity.reshape(grid.GetNumberOfCells(), -1)
    degree = round(connectivity.shape[1] ** (1 / 3)) - 1
    point_data = grid.GetPointData()
    fields = {point_data.GetArrayName(i): vtk_to_numpy(point_data.GetArray(i))
              for i in range(point_data.GetNumberOfArrays())}
    layer = grid.GetCellData().GetArray("layer")
    layers = np.zeros(len(connectivity)) if layer is None else vtk_to_numpy(layer)

    y = points[:, 1][connectivity]
    met = (y.min(axis=1) <= position) & (y.max(axis=1) >= position)
    pieces = {}
    for number in np.unique(layers[met]):
        cells = connectivity[met & (layers == number)][:, lexicographic(degree)]
        piece = piece_of(points, cells, degree, fields, position)
        if piece is not None:
            pieces[int(number)] = piece
    return pieces
