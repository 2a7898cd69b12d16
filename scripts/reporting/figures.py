# SPDX-License-Identifier: LGPL-2.1-or-later
"""Figures that compare results."""
import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from reporting.results import LAYERS
from reporting.section_plot import (add_colour_bars, draw_section, extent,
                                    scales_of)

matplotlib.use("Agg")

LAYER_COLOURS = {"near_cortex": "#b3541e", "cancellous": "#e0a458",
                 "far_cortex": "#6b3a1a"}
SCREW_COLOURS = {"head": "#2a5d78", "tip": "#8fb8cc"}

STYLE = {
    "font.size": 9, "axes.titlesize": 10, "axes.titleweight": "bold",
    "axes.spines.top": False, "axes.spines.right": False,
    "axes.axisbelow": True, "axes.grid": True, "grid.color": "#e4e4e4",
    "legend.frameon": False, "figure.dpi": 110, "savefig.dpi": 160,
}


def percentile(result, layer, quantity, which, part="service"):
    """A strain or stress of a layer: which is "p99", "p99_9" or "max"."""
    values = result.value(f"{part}.bone.{layer}.{quantity}") or {}
    for key, value in values.items():
        if key == which or (which == "max" and key.startswith("max")):
            return value
    return None


def horizontal_bars(axes, names, groups, unit):
    """One group of bars for each name. groups: {label: (values, colour)}."""
    height = 0.8 / len(groups)
    for index, (label, (values, colour)) in enumerate(groups.items()):
        places = np.arange(len(names)) + (index + 0.5) * height - 0.4
        lengths = [np.nan if value is None else value for value in values]
        bars = axes.barh(places, lengths, height * 0.92, color=colour, label=label)
        texts = ["" if value is None else f"{value:.3g}" for value in values]
        axes.bar_label(bars, texts, padding=3, fontsize=7, color="#444444")
    axes.set_yticks(np.arange(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlabel(unit)
    axes.grid(axis="y", visible=False)
    axes.margins(x=0.15)
    if len(groups) > 1:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)


def has_values(groups):
    """True if there is anything to draw."""
    return any(value is not None for values, _ in groups.values()
               for value in values)


def bar_figure(results, groups, title, unit):
    """A figure of bars, or None without values."""
    if not has_values(groups):
        return None
    rows = len(results) * (0.5 + len(groups)) * 0.2
    figure, axes = plt.subplots(figsize=(7.2, 1.1 + rows), layout="constrained")
    horizontal_bars(axes, [result.name for result in results], groups, unit)
    axes.set_title(title, loc="left")
    return figure


def scaled(value, factor):
    """A number in another unit; nothing stays nothing."""
    return None if value is None else value * factor


def displacement_figure(results):
    """Head and tip."""
    groups = {part: ([scaled(result.number(f"service.{part}_displacement_mm"), 1e3)
                      for result in results], colour)
              for part, colour in SCREW_COLOURS.items()}
    return bar_figure(results, groups, "Displacement of the screw", "µm")


def strain_figure(results, quantity, title, part="service"):
    """The 99 % strain of each layer, due to the load or in all (where it differs)."""
    results = [result for result in results if result.value(part)]
    groups = {}
    for layer, label in LAYERS.items():
        values = [scaled(percentile(result, layer, quantity, "p99", part), 1e6)
                  for result in results]
        if any(value is not None for value in values):
            groups[label] = (values, LAYER_COLOURS[layer])
    return bar_figure(results, groups, title, "µε (99 % of the layer's volume is below)"
                      if quantity.startswith("max") else
                      "µε (99 % of the layer's volume is above)")


def engagement_figure(results):
    """How much of the screw sits in which layer, from the surface downwards."""
    engaged = [[result.number(f"engagement.{layer}_mm") or 0. for layer in LAYERS]
               for result in results]
    if not np.any(engaged):
        return None
    figure, axes = plt.subplots(figsize=(max(3.2, 1.1 + 0.95 * len(results)), 3.4),
                                layout="constrained")
    for place, (result, lengths) in enumerate(zip(results, engaged)):
        depth = 0.
        for layer, length in zip(LAYERS, lengths):
            axes.bar(place, length, 0.55, bottom=depth, color=LAYER_COLOURS[layer],
                     label=LAYERS[layer] if place == 0 else None)
            if length > 0.3:
                axes.text(place, depth + length / 2, f"{length:.2g}", ha="center",
                          va="center", fontsize=7, color="white")
            depth += length
        axes.text(place, depth, str(result.value("engagement.kind") or ""),
                  ha="center", va="top", fontsize=7)
    axes.set_xticks(range(len(results)), [result.name for result in results],
                    rotation=30, ha="right")
    axes.set_ylim(1.12 * max(map(sum, engaged)), 0)
    axes.set_ylabel("engaged length in mm, from the surface")
    axes.grid(axis="x", visible=False)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    axes.set_title("Engagement", loc="left")
    return figure


def section_figure(pieces, scales, title):
    """The section, whole and around the neck of the screw."""
    whole = extent(pieces)
    half = (whole[2] - whole[0]) / 2
    close = (-0.55 * half, -1.0 * half, 0.55 * half, 0.25 * half)
    shape = (whole[3] - whole[1]) / (whole[2] - whole[0])
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(9.5, max(3.6, min(3.1 * shape, 7.5))), layout="constrained")
    bone, screw = draw_section(left, pieces, scales)
    draw_section(right, pieces, scales, window=close)
    for axes in (left, right):
        axes.grid(False)
    left.set_title(title, loc="left")
    add_colour_bars(figure, [left, right], bone, screw)
    return figure


def section_figures(results, sections):
    """{name: figure} of all results with fields, in the same colours."""
    scales = scales_of(sections.values())
    return {result.name: section_figure(sections[result.name], scales, result.name)
            for result in results if sections.get(result.name)}
