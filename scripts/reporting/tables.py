# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tables that compare results."""
from reporting.figures import percentile
from reporting.results import LAYERS, flatten

# Label, unit, dotted path in summary.json, factor from the file's unit.
ROWS = [
    ("Displacement of the head", "µm", "service.head_displacement_mm", 1e3),
    ("Displacement of the tip", "µm", "service.tip_displacement_mm", 1e3),
    ("Rotation of the axis, tip to point of load", "°", "service.axis_rotation_deg", 1),
    ("Lateral stiffness", "N/mm", "service.lateral_stiffness_N_per_mm", 1),
    ("Change of strain energy", "N mm", "service.strain_energy_change_N_mm", 1),
    ("Strain energy in all", "N mm", "service.total.strain_energy_N_mm", 1),
    ("Pressure of the press fit, mean", "MPa", "press_fit.mean_pressure_MPa", 1),
    ("Maximum principal strain 0.5–1 mm from the screw, 99 %", "µε",
     "service.bone.shell.max_principal_strain.p99", 1e6),
    ("Greatest stress in the screw", "MPa", "service.screw.max_von_mises_MPa", 1),
    ("\u2003as a share of its yield stress", "%", "service.screw.yield_ratio", 100),
]

# What stands below a quantity that is due to the load: the same with what
# insertion or the press fit had left.
IN_ALL = "\u2003in all, with insertion or press fit"

# Of inelastic bodies; other results have none of these numbers.
INELASTIC_ROWS = [
    row
    for layer, label in {**{f"bone.{key}": name for key, name in LAYERS.items()},
                         "screw": "Screw"}.items()
    for row in (
        (f"{label}, yielded", "mm³", f"service.{layer}.inelastic.yielded_mm3", 1),
        (f"{label}, damaged", "mm³", f"service.{layer}.inelastic.damaged_mm3", 1),
        (f"{label}, accumulated plastic strain, 99.9 %", "µε",
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
    """The change from the first result, as a text; none between signs."""
    if value is None or first is None or first == 0 or value * first < 0:
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
    """Lines for a list such as ROWS, each with the total where it differs."""
    lines = []
    for label, unit, path, factor in rows:
        for text, place in ((label, path), (IN_ALL, total_of(path))):
            lines += row_of(text, unit, [scaled(result.number(place), factor)
                                         for result in results])
    return lines


def total_of(path):
    """Where the total of something due to the load stands."""
    part, _, rest = path.partition(".")
    return f"{part}.total.{rest}"


def strain_rows(results):
    """The strains of each layer that 1 % and 0.1 % of its volume exceed."""
    lines = []
    for layer, label in LAYERS.items():
        for quantity, sign in (("max_principal_strain", "maximum"),
                               ("min_principal_strain", "minimum")):
            for which, share in (("p99", "99 %"), ("p99_9", "99.9 %")):
                for text, part in (
                        (f"{label}, {sign} principal strain, {share}", "service"),
                        (IN_ALL, "service.total")):
                    lines += row_of(text, "µε", [
                        scaled(percentile(result, layer, quantity, which, part), 1e6)
                        for result in results])
    return lines


def further_rows(results, shown):
    """Lines for what the program compares results by and no list here has: results
    of new stages, for instance. Their words come from results.h5."""
    rows = {}
    for result in results:
        for path, label, unit, factor in result.compared():
            rows.setdefault(path, (label[:1].upper() + label[1:], unit, path, factor))
    return [line for path, (label, unit, _, factor) in rows.items()
            if path not in shown
            for line in row_of(label, unit, [scaled(result.number(path), factor)
                                             for result in results])]


def strain_paths():
    """Paths of what strain_rows() shows."""
    return {f"{part}.bone.{layer}.{which}_principal_strain.{share}"
            for part in ("service", "service.total") for layer in LAYERS
            for which in ("max", "min") for share in ("p99", "p99_9")}


def comparison(results, shown_elsewhere=()):
    """Groups of lines: what the study compares. What is shown elsewhere, by dotted
    paths, is not repeated."""
    own = [path for rows in (ROWS, INELASTIC_ROWS, ENGAGEMENT_ROWS, COST_ROWS)
           for _, _, path, _ in rows]
    shown = {*own, *map(total_of, own), *strain_paths(), *shown_elsewhere}
    groups = [("Screw", rows_of(results, ROWS)),
              ("Bone", strain_rows(results)),
              ("Yielding and damage", rows_of(results, INELASTIC_ROWS)),
              ("Engagement", rows_of(results, ENGAGEMENT_ROWS)),
              ("Further results", further_rows(results, shown)),
              ("Mesh and solver", rows_of(results, COST_ROWS))]
    return [(title, lines) for title, lines in groups if lines]


def warnings_of(results):
    """(name, sentences) of each result that has warnings."""
    named = [(result.name, [warning["sentence"]
                            for warning in result.summary.get("warnings", [])])
             for result in results]
    return [(name, sentences) for name, sentences in named if sentences]


def all_numbers(results):
    """Every entry of all summaries but the warnings, side by side."""
    tables = [{path: value for path, value in flatten(result.summary)
               if path.split(".")[0] != "warnings"} for result in results]
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
