# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tables that compare results."""
from reporting.figures import percentile
from reporting.results import LAYERS, flatten

# Label, unit, dotted path in summary.json, factor from the file's unit.
ROWS = [
    ("Displacement of the head", "µm", "service.head_displacement_mm", 1e3),
    ("Displacement of the tip", "µm", "service.tip_displacement_mm", 1e3),
    ("Rotation of the axis", "°", "service.axis_rotation_deg", 1),
    ("Lateral stiffness", "N/mm", "service.lateral_stiffness_N_per_mm", 1),
    ("Strain energy", "N mm", "service.strain_energy_N_mm", 1),
    ("Strain 0.5–1 mm from the screw, 99 %", "µε",
     "service.bone.shell.max_principal_strain.p99", 1e6),
    ("Greatest stress in the screw", "MPa", "service.screw.max_von_mises_MPa", 1),
    ("  as a share of its yield stress", "%", "service.screw.yield_ratio", 100),
]

# Of inelastic bodies; other results have none of these numbers.
INELASTIC_ROWS = [
    row
    for layer, label in {**{f"bone.{key}": name for key, name in LAYERS.items()},
                         "screw": "Screw"}.items()
    for row in (
        (f"{label}, yielded", "mm³", f"service.{layer}.inelastic.yielded_mm3", 1),
        (f"{label}, damaged", "mm³", f"service.{layer}.inelastic.damaged_mm3", 1),
        (f"{label}, plastic strain, 99.9 %", "µε",
         f"service.{layer}.inelastic.cumulated_plastic_strain.p99_9", 1e6))
] + [
    ("Dissipated", "N mm", "service.inelastic.dissipated_N_mm", 1),
    ("Displacement of the head after unloading", "µm",
     "service.unloaded.head_displacement_mm", 1e3),
]

ENGAGEMENT_ROWS = [(f"Engaged in the {label}", "mm", f"engagement.{layer}_mm", 1)
                   for layer, label in LAYERS.items()]

COST_ROWS = [
    ("Cells", "", "mesh.n_cells", 1),
    ("Degrees of freedom", "", "mesh.n_dofs", 1),
    ("Smallest scaled Jacobian", "", "mesh.min_scaled_jacobian", 1),
    ("Greatest aspect ratio", "", "mesh.max_aspect_ratio", 1),
    ("CG iterations", "", "solver.cg_iterations", 1),
    ("Relative residual", "", "solver.residual", 1),
    ("Time of the solver", "s", "solver.seconds", 1),
    ("Memory", "MB", "solver.memory_MB", 1),
]


def text_of(value):
    """A number for people: four digits, thousands apart; nothing is a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(text_of(entry) for entry in value)
    if float(value).is_integer() and abs(value) < 1e12:
        return f"{int(value):,}".replace(",", "\u2009")
    if 1e-3 <= abs(value) < 1e5:
        return f"{value:.4g}"
    return f"{value:.3e}"


def change_of(value, first):
    """The change from the first result, as a text."""
    if value is None or first is None or first == 0:
        return ""
    return f"{100 * (value / first - 1):+.1f} %".replace("-", "−")


def row_of(label, unit, values):
    """One line of a table; empty if no result has the number."""
    if all(value is None for value in values):
        return []
    cells = [{"text": text_of(value),
              "change": change_of(value, values[0]) if place > 0 else ""}
             for place, value in enumerate(values)]
    return [{"label": label, "unit": unit, "cells": cells}]


def scaled(value, factor):
    """A number in another unit; nothing stays nothing."""
    return None if value is None else value * factor


def rows_of(results, rows):
    """Lines for a list such as ROWS."""
    lines = []
    for label, unit, path, factor in rows:
        lines += row_of(label, unit, [scaled(result.number(path), factor)
                                      for result in results])
    return lines


def strain_rows(results):
    """The strains of each layer that 1 % and 0.1 % of its volume exceed."""
    lines = []
    for layer, label in LAYERS.items():
        for quantity, sign in (("max_principal_strain", "greatest"),
                               ("min_principal_strain", "least")):
            for which, share in (("p99", "99 %"), ("p99_9", "99.9 %")):
                lines += row_of(
                    f"{label}, {sign} principal strain, {share}", "µε",
                    [scaled(percentile(result, layer, quantity, which), 1e6)
                     for result in results])
    return lines


def comparison(results):
    """Groups of lines: what the study compares."""
    groups = [("Screw", rows_of(results, ROWS)),
              ("Bone", strain_rows(results)),
              ("Yielding and damage", rows_of(results, INELASTIC_ROWS)),
              ("Engagement", rows_of(results, ENGAGEMENT_ROWS)),
              ("Mesh and solver", rows_of(results, COST_ROWS))]
    return [(title, lines) for title, lines in groups if lines]


def all_numbers(results):
    """Every entry of all summaries, side by side."""
    tables = [dict(flatten(result.summary)) for result in results]
    paths = list(dict.fromkeys(path for table in tables for path in table))
    return [{"path": path,
             "cells": [text_of(table.get(path)) for table in tables]}
            for path in paths]


def run_records(results):
    """Every entry of all run records, side by side."""
    tables = [dict(flatten(result.run)) for result in results]
    paths = list(dict.fromkeys(path for table in tables for path in table))
    return [{"path": path,
             "cells": [text_of(table.get(path)) for table in tables]}
            for path in paths]
