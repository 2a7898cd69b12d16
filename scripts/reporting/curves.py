# SPDX-License-Identifier: LGPL-2.1-or-later
"""Figures of insertion and of the tests: torque and force over their paths."""
import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from reporting.figures import LAYER_COLOURS
from reporting.results import band_of

matplotlib.use("Agg")

# Column of the curve, label, colour.
PARTS = [
    ("near_cortex_friction_N_cm", "friction in the near cortex",
     LAYER_COLOURS["near_cortex"]),
    ("cancellous_friction_N_cm", "friction in cancellous bone",
     LAYER_COLOURS["cancellous"]),
    ("far_cortex_friction_N_cm", "friction in the far cortex",
     LAYER_COLOURS["far_cortex"]),
    ("flanks_N_cm", "normal tractions on the flanks", "#2a5d78"),
    ("cutting_N_cm", "cutting", "#8fb8cc"),
]

# Test, title, column and label of the motion, column and label of the force.
TESTS = [
    ("pullout", "Pull-out", "displacement_mm", "displacement of the head in mm",
     "force_N", "force in N"),
    ("sideways", "Lateral load", "displacement_mm",
     "displacement of the point of load in mm", "force_N", "force in N"),
    ("removal", "Turning back", "angle_deg", "angle in degrees", "torque_N_cm",
     "torque in N cm"),
]

MARKERS = "osD^vPX*<>"


def from_zero(values):
    """Values of a curve, which begins at nothing."""
    values = np.asarray(values, dtype=float)
    return np.concatenate([[0.], values])


def insertion_columns(result):
    """{column: values over depth, from the bone's surface}, or nothing."""
    points = result.value("insertion.curve") or []
    columns = ["depth_mm", "torque_N_cm"] + [part for part, _, _ in PARTS]
    if any(column not in point for point in points for column in columns):
        return {}
    points = sorted(points, key=lambda point: point["depth_mm"])
    values = {column: from_zero([point[column] for point in points])
              for column in columns} if points else {}
    if values and all("low" in point and "high" in point for point in points):
        for bound in ("low", "high"):
            values[bound] = from_zero([point[bound]["torque_N_cm"] for point in points])
    return values


# Band in summary.json, label, colour, opacity.
BANDS = [("recommended_torque_N_cm", "recommended", "#4d9a6a", 0.25),
         ("torque_limits_N_cm", "limits of makers", "#c0392b", 0.12)]


def draw_bands(axes, results, top, bottom=0.):
    """The bands of the literature, and a range of the axis that shows them."""
    top *= 1.06
    for name, label, colour, opacity in BANDS:
        band = band_of(results, name)
        if band:
            axes.axhspan(band.low, band.high, color=colour, alpha=opacity, lw=0,
                         zorder=0, label=f"{label}, {band} N cm ({band.source})")
            top = max(top, 1.04 * band.high)
    axes.set_ylim(1.1 * min(bottom, 0.), top)


def draw_parts(axes, columns):
    """Parts of the torque on top of each other; negative ones downwards."""
    depth = columns["depth_mm"]
    # Finely, for a part that changes its sign between two depths.
    fine = np.unique(np.concatenate([np.linspace(0., depth[-1], 301), depth]))
    up, down = np.zeros_like(fine), np.zeros_like(fine)
    for name, label, colour in PARTS:
        if not np.any(columns[name]):
            continue
        part = np.interp(fine, depth, columns[name])
        more, less = up + np.maximum(part, 0.), down + np.minimum(part, 0.)
        axes.fill_between(fine, up, more, color=colour, lw=0, label=label)
        axes.fill_between(fine, down, less, color=colour, lw=0)
        up, down = more, less
    axes.plot(depth, columns["torque_N_cm"], color="#1f2529", lw=1.2, marker="o",
              markersize=3, label="torque")
    for bound, style in (("low", "--"), ("high", ":")):
        if bound in columns:
            axes.plot(depth, columns[bound], color="#1f2529", lw=1., ls=style,
                      label=f"torque, {bound} bound")
    axes.set_xlim(0., depth[-1])
    highest = columns.get("high", columns["torque_N_cm"])
    return max(up.max(), columns["torque_N_cm"].max(), highest.max()), down.min()


def legend_below(figure, axes):
    """One legend of all panels, each label once, and room for it."""
    entries = {}
    for panel in axes:
        for handle, label in zip(*panel.get_legend_handles_labels()):
            entries.setdefault(label, handle)
    share = (0.2 + 0.1 * len(entries)) / figure.get_figheight()
    figure.set_layout_engine("constrained", rect=(0., share, 1., 1. - share))
    figure.legend(entries.values(), entries.keys(), loc="lower center", ncol=2,
                  fontsize=8)


def torque_parts_figure(results):
    """A panel for each result that was inserted, or None."""
    curves = {result.name: insertion_columns(result) for result in results}
    curves = {name: columns for name, columns in curves.items() if columns}
    if not curves:
        return None
    n_columns = min(len(curves), 3)
    n_rows = -(-len(curves) // n_columns)
    figure, grid = plt.subplots(
        n_rows, n_columns, squeeze=False, sharey=True,
        figsize=(max(5.5, 3.1 * n_columns), 1. + 2.8 * n_rows))
    used, spare = grid.flat[:len(curves)], grid.flat[len(curves):]
    ends = [draw_parts(axes, columns)
            for axes, columns in zip(used, curves.values())]
    failed = {result.name: result.value("insertion.failed_depths") or []
              for result in results}
    for axes, name in zip(used, curves):
        for depth in failed[name]:
            axes.axvline(depth["depth_mm"], color="#c0392b", lw=1., ls=":",
                         label="depth that failed")
        draw_bands(axes, results, max(top for top, _ in ends),
                   min(low for _, low in ends))
        axes.set_title(name, loc="left")
        axes.set_xlabel("depth in mm")
    for axes in grid[:, 0]:
        axes.set_ylabel("torque in N cm")
    for axes in spare:
        axes.set_visible(False)
    legend_below(figure, used)
    return figure


def draw_lines(axes, lines):
    """lines: {name: (x, y)}, each with a colour and marker of its own."""
    for place, (name, (x, y)) in enumerate(lines.items()):
        axes.plot(x, y, lw=1.4, marker=MARKERS[place % len(MARKERS)], markersize=4,
                  color=f"C{place % 10}", label=name,
                  linestyle="-" if place < 10 else "--")
    axes.set_xlim(left=0.)


def line_figure(title, x_label, y_label):
    """An empty figure for curves."""
    figure, axes = plt.subplots(figsize=(7.2, 4.), layout="constrained")
    axes.set_title(title, loc="left")
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    return figure, axes


def torque_figure(results):
    """Torque curves of all results in one figure; None for fewer than two."""
    lines, ranges = {}, {}
    for result in results:
        columns = insertion_columns(result)
        if columns:
            lines[result.name] = columns["depth_mm"], columns["torque_N_cm"]
            if "low" in columns:
                ranges[result.name] = columns["low"], columns["high"]
    if len(lines) < 2:
        return None
    figure, axes = line_figure("Torque of insertion", "depth in mm",
                               "torque in N cm")
    draw_lines(axes, lines)
    for place, name in enumerate(lines):
        if name in ranges:
            axes.fill_between(lines[name][0], *ranges[name], color=f"C{place % 10}",
                              alpha=0.08, lw=0)
    draw_bands(axes, results, max([y.max() for _, y in lines.values()] +
                                  [high.max() for _, high in ranges.values()]),
               min(y.min() for _, y in lines.values()))
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    return figure


def test_figure(results, test):
    """The curves of one test of all results; None without any."""
    name, title, motion, motion_label, force, force_label = test
    lines = {}
    for result in results:
        columns = result.curve(name)
        if motion in columns and force in columns and len(columns[motion]):
            lines[result.name] = (from_zero(columns[motion]),
                                  from_zero(columns[force]))
    if not lines:
        return None
    figure, axes = line_figure(title, motion_label, force_label)
    draw_lines(axes, lines)
    axes.set_ylim(bottom=min(0., min(1.1 * y.min() for _, y in lines.values())))
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    return figure


def stability_figures(results):
    """(file name, caption, figure) of insertion and tests."""
    yield ("insertion_parts", "Torque of insertion over depth and what it is made of: "
           "friction in each layer, moment of the pressure on the flanks (negative "
           "where it turns the screw in), and cutting. Points are computed; the "
           "curve begins at the surface of the bone. Parts are those of the mid; "
           "low and high are the bounds of an assumed residual interference.", torque_parts_figure(results))
    yield ("insertion_torque", "Torque of insertion of all variants, with the band of the "
           "residual interference.",
           torque_figure(results))
    for test in TESTS:
        yield (test[0], f"{test[1]}, from the seated screw to the end of the test.",
               test_figure(results, test))
