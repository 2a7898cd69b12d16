#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints results of one problem at several resolutions as a table.

    benchmark_table.py FOLDER
"""
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
# pylint: disable=wrong-import-position
from reporting.results import read_results

# Heading, width, format, path in summary.json.
COLUMNS = [
    ("DoF", 10, ",.0f", "mesh.n_dofs"),
    ("top ux / mm", 13, ".6e", "benchmark.mean_top_displacement_x_mm"),
    ("energy / N mm", 14, ".6e", "service.strain_energy_change_N_mm"),
    ("CG", 5, ".0f", "solver.cg_iterations"),
    ("solve / s", 10, ".1f", "solver.seconds"),
    ("memory / MB", 12, ",.0f", "solver.memory_MB"),
]


def cell(value, width, pattern):
    """One entry of the table."""
    return "–".rjust(width) if value is None else format(value, pattern).rjust(width)


def change(value, finest):
    """Difference from the finest result in per cent."""
    if value is None or not finest:
        return "–".rjust(10)
    return f"{100 * (value / finest - 1):+.3f} %".rjust(10)


def main():
    """Reads the results, coarsest first, and prints them."""
    results = read_results(sys.argv[1])
    if not results:
        sys.exit(f"benchmark_table: there are no results in '{sys.argv[1]}'")
    results.sort(key=lambda result: result.number("mesh.n_dofs") or 0)
    energy = "service.strain_energy_change_N_mm"
    finest = results[-1].number(energy)
    width = max(len(result.name) for result in results)
    print(" ".join(["".ljust(width)] +
                   [heading.rjust(size) for heading, size, *_ in COLUMNS] +
                   ["to finest".rjust(10)]))
    for result in results:
        numbers = [cell(result.number(path), size, pattern)
                   for _, size, pattern, path in COLUMNS]
        print(" ".join([result.name.ljust(width), *numbers,
                        change(result.number(energy), finest)]))


if __name__ == "__main__":
    main()
