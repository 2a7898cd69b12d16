#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Numbers of the README are those that the studies must reproduce."""
import re
import tomllib
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"


def table(first_column, *columns):
    """{text of the first column: numbers of the named ones} of a README table."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    start = next(i for i, row in enumerate(cells)
                 if row[0] == first_column and set(columns) <= set(row))
    places = [cells[start].index(column) for column in columns]
    rows = {}
    for row in cells[start + 2:]:
        if len(row) < len(cells[start]):
            break
        rows[row[0]] = [row[place] for place in places]
    return rows


def expected(case):
    """{variant: [expected] of it}, nested by key."""
    content = tomllib.loads((CASES / case / "case.toml").read_text("utf-8"))
    return {variant["name"]: variant["expected"] for variant in content["variant"]}


class Readme(unittest.TestCase):
    """Tables against case files."""

    def assert_reads(self, text, value):
        """The text is the value, rounded to as many digits as it has."""
        digits = len(text.partition(".")[2])
        self.assertAlmostEqual(float(text), value, delta=0.501 * 10 ** -digits)

    def test_pictures_and_files_are_there(self):
        """What it links to is in the repository, not only in a working copy."""
        text = (ROOT / "README.md").read_text("utf-8")
        links = [link for link in re.findall(r"\]\(([^)#:]+)\)", text)]
        self.assertTrue(any(link.endswith(".png") for link in links))
        for link in links:
            with self.subTest(link=link):
                self.assertTrue((ROOT / link).exists())

    def test_main_result(self):
        """Torque, normal force and displacement of each variant."""
        rows = table("", "torque, N cm", "seated normal force, N", "head in service, µm")
        variants = expected("studies/insertion_comparison")
        self.assertEqual({name.replace(", ", "-") for name in rows}, set(variants))
        for name, (torque, force, head) in rows.items():
            values = variants[name.replace(", ", "-")]
            self.assert_reads(torque, values["insertion"]["max_torque_N_cm"]["value"])
            self.assert_reads(force, values["seating"]["normal_force_N"]["value"])
            self.assert_reads(
                head, 1e3 * values["service"]["head_displacement_mm"]["0"]["value"])

    def test_claims_and_measurements(self):
        """Torques and pull-out forces that the texts of the tables give."""
        text = re.sub(r"\s+", " ", (ROOT / "README.md").read_text("utf-8"))
        thickness = expected("studies/cortical_thickness")
        pilot = expected("validation/cortex_and_pilot")
        foam = expected("validation/foam_pullout")
        tests = expected("studies/primary_stability")

        def torques(values, *names):
            return [values[name]["insertion"]["max_torque_N_cm"]["value"] for name in names]

        def pullouts(values, *names):
            return [values[name]["pullout"]["peak_force_N"]["value"] for name in names]

        drilled, tapped = ([f"{kind}-{cortex}mm" for cortex in ("0.7", "1", "2")]
                           for kind in ("drilled", "tapped"))
        widths = ["pilot-1.5mm", "pilot-1.36mm", "pilot-1.5mm-wide"]
        for words in (
                "{:.0f}, {:.0f} and {:.0f} N cm; with a pilot hole {:.0f}, {:.0f} and "
                "{:.0f}".format(*torques(thickness, *drilled), *torques(thickness, *tapped)),
                "{:.0f}, {:.0f}, {:.0f} N and {:.0f}, {:.0f}, {:.0f} N".format(
                    *pullouts(thickness, *drilled), *pullouts(thickness, *tapped)),
                "{:.1f}, {:.1f}, {:.1f} N cm with a pilot hole; {:.0f} and {:.0f} "
                "without".format(
                    *torques(pilot, "pilot-1.5mm", "pilot-2mm", "pilot-2.5mm",
                             "drilled-1.5mm", "drilled-2.5mm")),
                "{:.1f}, {:.1f} and {:.1f} N cm; {:.0f}, {:.0f} and {:.0f} N".format(
                    *torques(pilot, *widths), *pullouts(pilot, *widths)),
                "{:.1f}, {:.1f}, {:.1f}, {:.1f} N".format(
                    *pullouts(foam, "5pcf", "10pcf", "15pcf", "20pcf")),
                "pull-out {:.0f} against {:.0f} N".format(
                    *pullouts(tests, "tapped-bi", "tapped-mono"))):
            self.assertTrue(words in text, words)


if __name__ == "__main__":
    unittest.main()
