# SPDX-License-Identifier: LGPL-2.1-or-later
"""A small made-up result, for tests of what is drawn from results."""
import json

import h5py
import numpy as np
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import (VTK_LAGRANGE_HEXAHEDRON,
                                           vtkLagrangeHexahedron,
                                           vtkUnstructuredGrid)
from vtkmodules.vtkIOXML import vtkXMLUnstructuredGridWriter

SUMMARY = {
    "title": "a made-up screw",
    "engagement": {"kind": "monocortical", "near_cortex_mm": 1.5,
                   "cancellous_mm": 4.5, "far_cortex_mm": 0.0},
    "mesh": {"n_cells": 48, "n_dofs": 1500},
    "service": {
        "head_displacement_mm": [0.003, 0.0, 0.004],
        "tip_displacement_mm": [0.001, 0.0, 0.0],
        "strain_energy_change_N_mm": 0.0123,
        "bone": {"near_cortex": {
            "max_principal_strain": {"p99": 8e-4, "p99_9": 1.2e-3, "max_singular": 5e-3},
            "min_principal_strain": {"p99": -9e-4, "p99_9": -2e-3, "max_singular": -7e-3},
        }},
    },
}


INSERTION = {
    "technique": "self-tapping", "max_torque_N_cm": 12.0,
    "torsional_safety_factor": 0.9, "max_axial_force_N": 40.0,
    "failed_depths": [{"depth_mm": 4.5, "reason": "the mesh folds"}],
    "curve": [
        {"depth_mm": depth, "torque_N_cm": 2 * depth,
         "near_cortex_friction_N_cm": 1.5 * depth, "cancellous_friction_N_cm": depth,
         "far_cortex_friction_N_cm": 0.0, "flanks_N_cm": -0.75 * depth,
         "cutting_N_cm": 0.25 * depth} for depth in (3.0, 6.0)],
}

LITERATURE = {
    "recommended_torque_N_cm": {"low": 5.0, "high": 10.0, "source": "Motoyoshi 2006"},
    "torque_limits_N_cm": {"low": 20.0, "high": 40.0, "source": "Baumgaertel 2008"},
}

PULLOUT = {"peak_force_N": 150.0, "displacement_mm_at_peak": 0.02,
           "chapman_force_N": 200.0, "failure_mode": "thread_stripping"}


# With what insertion left: a hundred times the strain of the load.
TOTAL = {
    "strain_energy_N_mm": 3.5,
    "bone": {"near_cortex": {
        "max_principal_strain": {"p99": 0.08, "p99_9": 0.12, "max_singular": 0.5},
        "min_principal_strain": {"p99": -0.09, "p99_9": -0.2, "max_singular": -0.7},
    }},
}


def layer_of(r, z):
    """Screw inside of radius 0.8, near cortex above z = -1.5."""
    if r < 0.8:
        return 3
    return 0 if z > -1.5 else 1


def sample_grid(degree=2):
    """A disc of radius 2.4 and height 6 with a bulging screw in its middle."""
    grid, points = vtkUnstructuredGrid(), vtkPoints()
    n, n_r, n_t, n_z = degree + 1, 3, 8, 4
    layers, strain, stress = [], [], []
    grid.Allocate(n_r * n_t * n_z)
    for cell in range(n_r * n_t * n_z):
        c_r, c_t, c_z = cell % n_r, cell // n_r % n_t, cell // n_r // n_t
        ids = [0] * n ** 3
        layers.append(layer_of((c_r + 0.5) * 0.8, -6 + 1.5 * (c_z + 0.5)))
        for p in range(n ** 3):
            i, j, k = p % n, p // n % n, p // n // n
            r = 0.05 + 0.8 * (c_r + i / degree)
            angle = 2 * np.pi * (c_t + j / degree) / n_t
            z = -6 + 1.5 * (c_z + k / degree)
            place = vtkLagrangeHexahedron.PointIndexFromIJK(i, j, k, (degree,) * 3)
            ids[place] = points.InsertNextPoint(r * np.cos(angle),
                                                r * np.sin(angle), z)
            strain.append(1e-3 * np.exp(-r) * (1 + z / 6))
            stress.append(10 * np.exp(z) * r)
        grid.InsertNextCell(VTK_LAGRANGE_HEXAHEDRON, len(ids), ids)
    grid.SetPoints(points)
    for data, name, values in (
            (grid.GetPointData(), "max_principal_strain", strain),
            (grid.GetPointData(), "von_mises_stress_MPa", stress),
            (grid.GetCellData(), "layer", layers)):
        array = numpy_to_vtk(np.array(values, dtype=float), deep=True)
        array.SetName(name)
        data.AddArray(array)
    return grid


def write_fields(folder, degree=2):
    """fields.pvd with one piece."""
    (folder / "fields").mkdir(parents=True)
    writer = vtkXMLUnstructuredGridWriter()
    writer.SetFileName(str(folder / "fields" / "fields_0000_p0000.vtu"))
    writer.SetInputData(sample_grid(degree))
    writer.Write()
    arrays = "".join(
        f'<{group}><PDataArray type="Float64" Name="{name}"/>{more}</{group}>'
        for group, name, more in (
            ("PPointData", "max_principal_strain",
             '<PDataArray type="Float64" Name="von_mises_stress_MPa"/>'),
            ("PCellData", "layer", "")))
    (folder / "fields" / "fields_0000.pvtu").write_text(
        '<VTKFile type="PUnstructuredGrid" version="2.2"><PUnstructuredGrid>'
        f'{arrays}<PPoints><PDataArray type="Float32" NumberOfComponents="3"/>'
        '</PPoints><Piece Source="fields_0000_p0000.vtu"/>'
        '</PUnstructuredGrid></VTKFile>', encoding="utf-8")
    (folder / "fields.pvd").write_text(
        '<VTKFile type="Collection"><Collection><DataSet timestep="0" '
        'file="fields/fields_0000.pvtu"/></Collection></VTKFile>', encoding="utf-8")


def write_curve(folder, name, columns, rows):
    """A curve as the program writes it into results.h5."""
    with h5py.File(folder / "results.h5", "a") as file:
        table = file.create_dataset(f"curves/{name}", data=np.array(rows, dtype=float))
        table.attrs["columns"] = columns


def write_result(folder, factor=1., fields=True, inserted=False, warnings=()):
    """summary.json, run.json, case.toml and fields; curves if it is inserted."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = json.loads(json.dumps(SUMMARY))
    summary["warnings"] = [{"key": key, "sentence": sentence} for key, sentence in warnings]
    summary["service"]["strain_energy_change_N_mm"] *= factor
    if inserted:
        summary["insertion"], summary["pullout"] = INSERTION, PULLOUT
        summary["literature"] = LITERATURE
        summary["service"]["total"] = TOTAL
        write_curve(folder, "pullout", ["displacement_mm", "force_N"],
                    [[0.01, 100.], [0.02, 150.], [0.03, 120.]])
    (folder / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    (folder / "run.json").write_text('{"version": "0.0", "ranks": 2}',
                                     encoding="utf-8")
    (folder / "case.toml").write_text('title = "<made up>"\n', encoding="utf-8")
    if fields:
        write_fields(folder)
