# SPDX-License-Identifier: LGPL-2.1-or-later
"""The table of primary stability: insertion, tests, and service."""
from reporting.literature import (LIMITS_BY, MICROMOTION, MICROMOTION_BY,
                                  MICROMOTION_RANGE, MICROMOTION_RANGE_BY,
                                  RECOMMENDED_BY, RECOMMENDED_TORQUE,
                                  TORQUE_LIMITS)
from reporting.results import LAYERS
from reporting.tables import scaled, text_of


def span(limits):
    """Two limits as a text."""
    return "–".join(f"{limit:g}" for limit in limits)


def torque_note(result, torque):
    """Where a torque of insertion lies."""
    del result
    if torque < RECOMMENDED_TORQUE[0]:
        return "below what is recommended"
    if torque <= RECOMMENDED_TORQUE[1]:
        return "as recommended"
    if torque < TORQUE_LIMITS[0]:
        return "above what is recommended"
    if torque <= TORQUE_LIMITS[1]:
        return "within the makers’ limits"
    return "above the makers’ limits"


def safety_note(result, factor):
    """Whether the shaft carries the torque."""
    del result
    return "the shaft would break" if factor < 1. else ""


def micromotion_note(result, micromotion):
    """Where a micromotion lies."""
    del result
    if micromotion <= MICROMOTION:
        return "below both"
    if micromotion < MICROMOTION_RANGE[0]:
        return f"above {MICROMOTION:g}"
    return ("within " if micromotion <= MICROMOTION_RANGE[1] else "above ") + \
        span(MICROMOTION_RANGE)


def end_of_test(result, test):
    """What says how far a test's force can be relied on."""
    notes = []
    if result.value(f"{test}.failure_mode") == "none":
        notes.append("still rising")
    if result.value(f"{test}.stopped_because"):
        notes.append("ended early")
    return notes


def peak_note(test):
    """Notes on the greatest force of a test: where it is, and Chapman's."""
    def note(result, _):
        notes = []
        for key, unit in (("displacement_mm", "\u2009mm"), ("angle_deg", "°")):
            motion = result.number(f"{test}.{key}_at_peak")
            if motion is not None:
                notes.append(f"at {motion:.3g}{unit}")
        chapman = result.number(f"{test}.chapman_force_N")
        if chapman is not None:
            notes.append(f"Chapman {chapman:.4g}")
        return "; ".join(notes + end_of_test(result, test))
    return note


TORQUE_THRESHOLD = (f"{span(RECOMMENDED_TORQUE)} ({RECOMMENDED_BY}); limits of makers "
                    f"{span(TORQUE_LIMITS)} ({LIMITS_BY})")
MICROMOTION_THRESHOLD = (f"{MICROMOTION:g} ({MICROMOTION_BY}); {span(MICROMOTION_RANGE)} "
                         f"({MICROMOTION_RANGE_BY})")

# Label, unit, dotted path in summary.json, factor from the file's unit,
# threshold, and what to note beside a number (a function, or None).
ROWS = [
    ("Maximum insertion torque", "N cm", "insertion.max_torque_N_cm", 1,
     TORQUE_THRESHOLD, torque_note),
    ("Torsional safety factor", "", "insertion.torsional_safety_factor", 1,
     "1 (fully plastic section)", safety_note),
    ("Push of the driver", "N", "insertion.max_axial_force_N", 1, "", None),
] + [
    (f"Yielded bone after insertion, {label}", "mm³",
     f"insertion.bone.{layer}.inelastic.yielded_mm3", 1, "", None)
    for layer, label in LAYERS.items()
] + [
    ("Seated pressure, mean", "MPa", "seating.mean_pressure_MPa", 1, "", None),
    ("Pull-out force", "N", "pullout.peak_force_N", 1,
     "Chapman’s formula (1996), beside each", peak_note("pullout")),
    ("Sideways force", "N", "sideways.peak_force_N", 1, "", peak_note("sideways")),
    ("Sideways stiffness", "N/mm", "sideways.stiffness_N_per_mm", 1, "", None),
    ("Removal torque", "N cm", "removal.peak_torque_N_cm", 1, "",
     peak_note("removal")),
    ("Head displacement in service", "µm", "service.head_displacement_mm", 1e3,
     "", None),
    ("Micromotion in service, greatest", "µm",
     "service.contact.max_micromotion_um", 1, MICROMOTION_THRESHOLD,
     micromotion_note),
]

PARTS = ("insertion", "seating", "pullout", "sideways", "removal")


def stability(results):
    """Lines of the table; none if no screw is inserted or tested."""
    if not any(result.value(part) for result in results for part in PARTS):
        return []
    lines = []
    for label, unit, path, factor, threshold, note in ROWS:
        values = [scaled(result.number(path), factor) for result in results]
        if all(value is None for value in values):
            continue
        cells = [{"text": text_of(value),
                  "note": note(result, value) if note and value is not None else ""}
                 for result, value in zip(results, values)]
        lines.append({"label": label, "unit": unit, "threshold": threshold,
                      "cells": cells})
    return lines
