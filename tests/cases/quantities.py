# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks of a result that hold whatever the case: what is due to the load fits
together, and with the fields."""
import math

import h5py
import numpy as np

SCREW = 3


def lateral(a, b):
    """Length of the difference of two vectors, seen along the axis."""
    return math.hypot(a[0] - b[0], a[1] - b[1])


def check_rotation(test, service):
    """Rotation by lever is how far the point of load moves against the tip."""
    for state in (service, service.get("total"), service.get("unloaded")):
        if state is not None:
            moved = lateral(state["head_displacement_mm"], state["tip_displacement_mm"])
            turned = math.radians(state["axis_rotation_deg"]) * service["axis_length_mm"]
            test.assertAlmostEqual(turned, moved, delta=0.05 * moved)


def mean_motion(points, displacement, height):
    """Mean displacement of the screw's points around a height."""
    chosen = np.abs(points[:, 2] - height) < 0.31
    return displacement[chosen].mean(axis=0)


def check_fields(test, service, folder):
    """The displacement in the file turns the axis by as much."""
    with h5py.File(folder / "results.h5") as file:
        grid = file["VTKHDF"]
        n_nodes = round(len(grid["Connectivity"]) / len(grid["CellData/layer"]))
        screw = np.repeat(grid["CellData/layer"][:] == SCREW, n_nodes)
        # Connectivity counts from 0 in each part.
        first = np.repeat(np.cumsum(grid["NumberOfPoints"][:]) - grid["NumberOfPoints"][:],
                          grid["NumberOfConnectivityIds"][:])
        nodes = np.unique((grid["Connectivity"][:] + first)[screw])
        points = grid["Points"][:][nodes]
        moved = grid["PointData/displacement_mm"][:][nodes]
        has_totals = "total_displacement_mm" in grid["PointData"]
    top = service["load_point_mm"][2]
    tip = points[:, 2].min()
    turned = math.degrees(lateral(mean_motion(points, moved, top),
                                  mean_motion(points, moved, tip)) / (top - tip))
    test.assertAlmostEqual(service["axis_rotation_deg"], turned, delta=0.05 * turned)
    test.assertEqual(has_totals, "total" in service)


def check_energy(test, service, tolerance):
    """What the load gives is stored, lost in friction or dissipated."""
    contact, inelastic = service.get("contact", {}), service.get("inelastic", {})
    taken = (service["strain_energy_change_N_mm"]
             + contact.get("frictional_work_N_mm", 0.)
             + inelastic.get("dissipated_N_mm", 0.))
    work = service["external_work_N_mm"]
    test.assertAlmostEqual(taken, work, delta=tolerance * abs(work))


def check_yielding(test, before, state):
    """Volumes that yield come on top of those that had yielded before."""
    for body, total in state["total"]["bone"].items():
        if "inelastic" not in total:
            continue
        for key in ("yielded_mm3", "damaged_mm3", "lost_mm3"):
            parts = [s["bone"][body]["inelastic"][key] for s in (before, state)]
            test.assertGreaterEqual(parts[1], 0.)
            test.assertAlmostEqual(sum(parts), total["inelastic"][key],
                                   delta=1e-6 * total["volume_mm3"])
