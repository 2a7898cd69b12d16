# SPDX-License-Identifier: LGPL-2.1-or-later
"""The table of primary stability: insertion, tests, and service."""
from reporting.results import LAYERS, band_of
from reporting.tables import scaled, text_of


def torque_note(result, torque):
    """Where a torque of insertion lies."""
    recommended = result.band("recommended_torque_N_cm")
    limits = result.band("torque_limits_N_cm")
    if not recommended or not limits:
        return ""
    if torque < recommended.low:
        return "below what is recommended"
    if torque <= recommended.high:
        return "as recommended"
    if torque < limits.low:
        return "above what is recommended"
    if torque <= limits.high:
        return "within the makers’ limits"
    return "above the makers’ limits"


def safety_note(result, factor):
    """What the safety factor of the shaft means."""
    del result
    return "the shaft would break" if factor < 1. else ""


def micromotion_note(result, micromotion):
    """Where a micromotion lies."""
    loosening = result.band("loosening_micromotion_um")
    critical = result.band("critical_micromotion_um")
    if not loosening or not critical:
        return ""
    if micromotion <= loosening.high:
        return "below both"
    if micromotion < critical.low:
        return f"above {loosening}"
    return ("within " if micromotion <= critical.high else "above ") + str(critical)


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


def bands(*entries):
    """A threshold of bands: (name in summary.json, words in front of it) each."""
    def text(results):
        texts = []
        for name, words in entries:
            band = band_of(results, name)
            if band:
                texts.append(f"{words}{band} ({band.source})")
        return "; ".join(texts)
    return text


def always(text):
    """A threshold that is no number."""
    return lambda results: text


# Label, unit, dotted path in summary.json, factor from the file's unit,
# threshold (a function of the results, or None), and what to note beside a
# number (a function, or None).
ROWS = [
    ("Maximum insertion torque", "N cm", "insertion.max_torque_N_cm", 1,
     bands(("recommended_torque_N_cm", ""), ("torque_limits_N_cm", "limits of makers ")),
     torque_note),
    ("Torsional safety factor", "", "insertion.torsional_safety_factor", 1,
     always("1 (fully plastic section)"), safety_note),
    ("Total contact force at the full depth", "N", "insertion.normal_force_N", 1,
     None, None),
    ("Axial insertion force", "N", "insertion.max_axial_force_N", 1, None, None),
] + [
    (f"Yielded bone after insertion, {label}", "mm³",
     f"insertion.bone.{layer}.inelastic.yielded_mm3", 1, None, None)
    for layer, label in LAYERS.items()
] + [
    ("Contact pressure after seating, mean", "MPa", "seating.mean_pressure_MPa", 1, None, None),
    ("Contact pressure after relaxation, mean", "MPa", "relaxation.mean_pressure_MPa", 1,
     None, None),
    ("Pull-out force", "N", "pullout.peak_force_N", 1,
     always("Chapman’s formula (1996), beside each"), peak_note("pullout")),
    ("Lateral load", "N", "sideways.peak_force_N", 1, None, peak_note("sideways")),
    ("Lateral stiffness", "N/mm", "sideways.stiffness_N_per_mm", 1, None, None),
    ("Removal torque", "N cm", "removal.peak_torque_N_cm", 1, None,
     peak_note("removal")),
    ("Removal over insertion torque", "", "removal.removal_over_insertion", 1, None,
     None),
    ("Head displacement in service", "µm", "service.head_displacement_mm", 1e3,
     None, None),
    ("Micromotion in service, greatest", "µm",
     "service.contact.max_micromotion_um", 1,
     bands(("loosening_micromotion_um", ""), ("critical_micromotion_um", "")),
     micromotion_note),
]

def with_band(result, path, factor, value):
    """A number, and the bounds of its band if it has one: 15.7 (7.8 to 21.3)."""
    place, key = path.rsplit(".", 1)
    low, high = (scaled(result.number(f"{place}.{bound}.{key}"), factor)
                 for bound in ("low", "high"))
    if value is None or low is None or high is None:
        return text_of(value)
    return f"{text_of(value)} ({text_of(low)} to {text_of(high)})"


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
        cells = [{"text": with_band(result, path, factor, value),
                  "note": note(result, value) if note and value is not None else ""}
                 for result, value in zip(results, values)]
        lines.append({"label": label, "unit": unit, "cells": cells,
                      "threshold": threshold(results) if threshold else ""})
    return lines
