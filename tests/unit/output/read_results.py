#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads a results.h5 of hdf5_test.cc with h5py and with VTK's own reader."""
import json
import sys

import h5py
import numpy
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonDataModel import VTK_LAGRANGE_HEXAHEDRON
from vtkmodules.vtkIOHDF import vtkHDFReader


def check_contents(path):
    """Case, numbers and curves."""
    with h5py.File(path) as file:
        assert file["case"][()].decode() == 'title = "µ-strain"\n'
        assert json.loads(file["summary"][()])["mesh"]["n_cells"] == 55000
        assert json.loads(file["run"][()])["ranks"] == 2
        assert file["scalars/mesh/n_cells"][()] == 55000
        assert list(file["scalars/service/force_N"]) == [2, 0, 1 / 3]
        assert file["scalars/service/layers/0/depth_mm"][()] == 1.5
        assert "engagement" not in file["scalars"]
        curve = file["curves/pull_out"]
        names = [name.decode() for name in curve.attrs["columns"]]
        assert names == ["displacement_mm", "force_N"]
        assert curve[2, names.index("force_N")] == 30
        assert file["curves/no_rows"].shape == (0, 1)


def check_fields(path, n_ranks):
    """Cells and values; rank 1 has none, the others rank + 1 cells."""
    cells = [rank + 1 for rank in range(n_ranks) if rank != 1]
    with h5py.File(path) as file:
        assert list(file["VTKHDF/NumberOfCells"]) == cells
        assert file["VTKHDF/Points"].dtype == numpy.float64
    reader = vtkHDFReader()
    reader.SetFileName(path)
    reader.Update()
    grid = reader.GetOutput()
    assert grid.GetNumberOfCells() == sum(cells)
    assert grid.GetCellType(0) == VTK_LAGRANGE_HEXAHEDRON
    number = vtk_to_numpy(grid.GetCellData().GetArray("number"))
    assert list(number) == list(range(sum(cells)))
    points = vtk_to_numpy(grid.GetPoints().GetData())
    reference = vtk_to_numpy(grid.GetPointData().GetArray("reference"))
    expected = reference.astype(float)
    expected[:, 0] += 0.2 * reference[:, 1] ** 2
    expected[:, 1] += 0.1 * reference[:, 2] ** 2
    assert numpy.allclose(points, expected, atol=1e-6)


if __name__ == "__main__":
    check_contents(sys.argv[1])
    check_fields(sys.argv[1], int(sys.argv[2]))
