# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pictures of a section: strain in bone, stress in the screw, the mesh."""
import math

import matplotlib
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import Normalize

from reporting.section import SCREW

matplotlib.use("Agg")

BONE_FIELD = "max_principal_strain"
SCREW_FIELD = "von_mises_stress_MPa"
BONE_COLOURS = "inferno_r"
SCREW_COLOURS = "GnBu"
MICRO = 1e6


def round_up(value):
    """The next number of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten."""
    if not value > 0:
        return 1.
    power = 10. ** math.floor(math.log10(value))
    for digit in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10):
        if digit * power >= value * (1 - 1e-9):
            return digit * power
    return 10 * power


def scales_of(sections):
    """Upper ends of both colour scales that suit all sections: all but the
    highest half per cent of the values, which are local peaks."""
    bone, screw = [0.], [0.]
    for pieces in sections:
        for layer, piece in pieces.items():
            name = SCREW_FIELD if layer == SCREW else BONE_FIELD
            if name in piece.fields:
                top = np.nanpercentile(piece.fields[name], 99.5)
                (screw if layer == SCREW else bone).append(top)
    return round_up(max(bone) * MICRO), round_up(max(screw))


def extent(pieces):
    """What to show: the screw with some bone around."""
    points = np.concatenate([piece.points for piece in pieces.values()])
    least, greatest = points.min(axis=0), points.max(axis=0)
    if SCREW not in pieces:
        return (*least, *greatest)
    screw = pieces[SCREW].points
    margin = 0.75 * np.ptp(screw[:, 0])
    left, bottom = np.maximum(screw.min(axis=0) - margin, least)
    right = min(screw[:, 0].max() + margin, greatest[0])
    return left, bottom, right, greatest[1] + 0.2


def draw_section(axes, pieces, scales, mesh=True, window=None):
    """Draws a section; returns what the two colour bars need."""
    shown = {}
    for layer, piece in sorted(pieces.items()):
        is_screw = layer == SCREW
        values = piece.fields.get(SCREW_FIELD if is_screw else BONE_FIELD)
        if values is None:
            values = np.zeros(len(piece.points))
        shown[is_screw] = axes.tripcolor(
            piece.points[:, 0], piece.points[:, 1], piece.triangles,
            values if is_screw else values * MICRO, shading="gouraud",
            cmap=SCREW_COLOURS if is_screw else BONE_COLOURS,
            norm=Normalize(0, scales[1] if is_screw else scales[0]),
            rasterized=True)
        if mesh:
            axes.add_collection(LineCollection(
                piece.mesh_lines, colors="black", linewidths=0.25, alpha=0.35))
        axes.add_collection(LineCollection(
            piece.outline(), colors="black", linewidths=0.7, capstyle="round"))
    left, bottom, right, top = window or extent(pieces)
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.set_aspect("equal")
    axes.set_xlabel("x in mm")
    axes.set_ylabel("z in mm")
    return shown.get(False), shown.get(True)


def add_colour_bars(figure, axes, bone, screw):
    """The two scales beside the picture."""
    if bone is not None:
        figure.colorbar(bone, ax=axes, shrink=0.7, aspect=30, extend="max",
                        label="bone: maximum principal strain in µε")
    if screw is not None:
        figure.colorbar(screw, ax=axes, shrink=0.7, aspect=30, extend="max",
                        label="screw: von Mises stress in MPa")
