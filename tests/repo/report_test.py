#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reports, pictures and tables are made from results, whatever these hold."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
SCRIPTS = Path(__file__).parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))
sys.path.insert(0, str(Path(__file__).parent))
# pylint: disable=wrong-import-position
import h5py
import numpy as np

from reporting.curves import insertion_columns
from reporting.results import ResultError, read_results
from reporting.section import OFFSET, SCREW, read_section
from reporting.stability import stability
from reporting.tables import change_of, comparison, text_of
from sample_result import write_fields, write_result


def area_of(piece):
    """Sum over the triangles of a piece."""
    a, b, c = (piece.points[piece.triangles[:, i]] for i in range(3))
    return 0.5 * np.abs(np.cross(b - a, c - a)).sum()


def run(*command):
    """Runs a script and keeps what it prints."""
    return subprocess.run([str(word) for word in command], text=True,
                          capture_output=True, check=False)


class WithFolder(unittest.TestCase):
    """A temporary folder for each test."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = Path(self.temporary.name)


class Section(WithFolder):
    """The section y = 0 through curved cells."""

    def test_has_the_area_of_each_layer(self):
        """Screw 2 x 0.8 by 6 wide, cortex 2 x 1.6 by 1.5, cancellous the rest."""
        for degree in (1, 2, 3):
            write_fields(self.folder / str(degree), degree)
            pieces = read_section(self.folder / str(degree))
            for layer, area in ((SCREW, 1.6 * 6), (0, 3.2 * 1.5), (1, 3.2 * 4.5)):
                self.assertAlmostEqual(area_of(pieces[layer]), area,
                                       delta=2e-3 * area)

    def test_interpolates_fields(self):
        """Values at the points of the section are those of the field."""
        write_fields(self.folder)
        for piece in read_section(self.folder).values():
            r = np.hypot(piece.points[:, 0], OFFSET)
            z = piece.points[:, 1]
            np.testing.assert_allclose(
                piece.fields["max_principal_strain"],
                1e-3 * np.exp(-r) * (1 + z / 6), atol=4e-5)

    def test_has_lines_of_the_mesh_and_an_outline(self):
        """The outline has the perimeter's length; lines lie within."""
        write_fields(self.folder)
        screw = read_section(self.folder)[SCREW]
        outline = screw.outline()
        length = np.hypot(*(outline[:, 1] - outline[:, 0]).T).sum()
        self.assertAlmostEqual(length, 2 * 2 * (0.8 + 6), delta=0.01)
        for lines in (screw.mesh_lines, screw.outline()):
            self.assertGreater(len(lines), 8)
            self.assertLess(np.abs(lines[..., 0]).max(), 0.8 + 0.051)


class Results(WithFolder):
    """Folders and tables."""

    def test_are_whole_ones_in_the_order_of_their_runs(self):
        """Hidden and failed folders are left out."""
        for name in ("b", "a", "a.failed", ".c.partial-1"):
            write_result(self.folder / name, fields=False)
        names = [result.name for result in read_results(self.folder)]
        self.assertEqual(["b", "a"], names)

    def test_damaged_tables_are_refused(self):
        """Whatever stands there instead of a table."""
        write_result(self.folder, fields=False)
        for name in ("summary.json", "run.json"):
            whole = (self.folder / name).read_bytes()
            for text in (b"", b"7", b"null", b"[]", b"{", b"\0", b"\xff", whole[:-1],
                         b"[" * 100000):
                with self.subTest(name=name, text=text[:5]):
                    (self.folder / name).write_bytes(text)
                    with self.assertRaisesRegex(ResultError, name):
                        read_results(self.folder)
            (self.folder / name).write_bytes(whole)

    def test_numbers_read_well(self):
        """Digits, thousands, changes."""
        self.assertEqual("–", text_of(None))
        self.assertEqual("1\u2009234\u2009567", text_of(1234567))
        self.assertEqual("0.01235", text_of(0.0123456))
        self.assertEqual("−50.0 %", change_of(1, 2))
        self.assertEqual("", change_of(-1, 2))

    def test_are_compared_in_readable_units(self):
        """Vectors by their length, strains in microstrain."""
        write_result(self.folder / "a", fields=False)
        write_result(self.folder / "b", factor=1.1, fields=False)
        lines = {line["label"]: line["cells"]
                 for _, group in comparison(read_results(self.folder))
                 for line in group}
        self.assertEqual("5", lines["Displacement of the head"][0]["text"])
        self.assertEqual("+10.0 %", lines["Change of strain energy"][1]["change"])
        self.assertEqual(
            "800", lines["near cortex, maximum principal strain, 99 %"][0]["text"])
        self.assertFalse([label for label in lines if "in all" in label])

    def test_what_no_list_has_is_shown_with_the_words_of_the_program(self):
        """A number of a new stage, with label, unit and place from results.h5."""
        write_result(self.folder / "a", fields=False)
        summary = json.loads((self.folder / "a" / "summary.json").read_text("utf-8"))
        summary["cyclic"] = {"lost_N_mm": 0.002}
        (self.folder / "a" / "summary.json").write_text(json.dumps(summary), "utf-8")
        with h5py.File(self.folder / "a" / "results.h5", "a") as file:
            for path, row, label in (("cyclic/lost_N_mm", 3.0, "work lost in a cycle"),
                                     ("service/strain_energy_change_N_mm", 1.0, "energy"),
                                     ("service/tip_displacement_mm", 2.0, "tip")):
                scalar = file.require_group("scalars").create_dataset(path, data=0.002)
                scalar.attrs.update({"row": row, "label": label, "scale": 1e3,
                                     "display_unit": "µJ"})
        groups = dict(comparison(read_results(self.folder)))
        lines = groups["Further results"]
        self.assertEqual([("Work lost in a cycle", "µJ", "2")],
                         [(line["label"], line["unit"], line["cells"][0]["text"])
                          for line in lines])

    def test_totals_stand_below_what_is_due_to_the_load(self):
        """Only of screws that were inserted, where the two differ."""
        write_result(self.folder / "bonded", fields=False)
        write_result(self.folder / "inserted", fields=False, inserted=True)
        lines = [line for title, group in comparison(read_results(self.folder))
                 for line in group if title == "Bone"]
        self.assertEqual("near cortex, maximum principal strain, 99 %", lines[0]["label"])
        self.assertEqual(["800", "800"], [cell["text"] for cell in lines[0]["cells"]])
        self.assertIn("in all", lines[1]["label"])
        self.assertEqual(["–", "80 000"],
                         [cell["text"].replace("\u2009", " ") for cell in lines[1]["cells"]])


class Stability(WithFolder):
    """The table of primary stability."""

    def lines(self, **options):
        """{label: its line} of one result."""
        write_result(self.folder / "a", fields=False, **options)
        return {line["label"]: line
                for line in stability(read_results(self.folder))}

    def test_is_empty_without_insertion(self):
        """A screw that is only loaded has none."""
        self.assertEqual({}, self.lines())

    def test_judges_by_the_literature(self):
        """Numbers, notes and thresholds; only of tests that were run."""
        lines = self.lines(inserted=True)
        torque = lines["Maximum insertion torque"]
        self.assertEqual("12", torque["cells"][0]["text"])
        self.assertEqual("above what is recommended", torque["cells"][0]["note"])
        self.assertIn("20–40", torque["threshold"])
        pullout = lines["Pull-out force"]["cells"][0]
        self.assertEqual("150", pullout["text"])
        self.assertIn("Chapman 200", pullout["note"])
        self.assertNotIn("Removal torque", lines)

    def test_curves_begin_at_nothing(self):
        """The curve of torque begins at the surface of the bone."""
        write_result(self.folder / "a", fields=False, inserted=True)
        columns = insertion_columns(read_results(self.folder)[0])
        np.testing.assert_allclose(columns["depth_mm"], [0., 3., 6.])
        np.testing.assert_allclose(columns["torque_N_cm"], [0., 6., 12.])


class Programs(WithFolder):
    """The scripts as they are called."""

    def test_report_is_one_file_with_its_pictures(self):
        """Variants side by side; texts are escaped."""
        write_result(self.folder / "a")
        write_result(self.folder / "b", factor=2., fields=False)
        done = run(SCRIPTS / "report", self.folder)
        self.assertEqual(0, done.returncode, done.stderr)
        text = (self.folder / "report.html").read_text("utf-8")
        self.assertIn("a made-up screw", text)
        self.assertIn("&lt;made up&gt;", text)
        self.assertEqual(5, text.count("data:image/png;base64,"))
        self.assertNotIn('src="figures', text)
        self.assertTrue((self.folder / "figures" / "section_a.png").is_file())

    def test_report_has_insertion_and_tests(self):
        """Torque in parts, all torques, the pull-out; thresholds beside them."""
        write_result(self.folder / "a", fields=False, inserted=True)
        write_result(self.folder / "b", fields=False, inserted=True)
        done = run(SCRIPTS / "report", self.folder)
        self.assertEqual(0, done.returncode, done.stderr)
        text = (self.folder / "report.html").read_text("utf-8")
        self.assertIn("Primary stability", text)
        self.assertIn("Motoyoshi", text)
        self.assertIn("the shaft would break", text)
        for name in ("insertion_parts", "insertion_torque", "pullout",
                     "total_max_principal_strain"):
            self.assertTrue((self.folder / "figures" / f"{name}.png").is_file(), name)
        self.assertFalse((self.folder / "figures" / "sideways.png").exists())

    def test_report_begins_with_warnings(self):
        """Those of each variant, above the comparison; no section without any."""
        write_result(self.folder / "a", fields=False,
                     warnings=[("screw_yields", "service: the <screw> yields")])
        write_result(self.folder / "b", fields=False)
        self.assertEqual(0, run(SCRIPTS / "report", self.folder).returncode)
        text = (self.folder / "report.html").read_text("utf-8")
        self.assertIn("service: the &lt;screw&gt; yields", text)
        section = text[text.index("<h2>Warnings"):text.index("<h2>Comparison")]
        self.assertIn("<h3>a</h3>", section)
        self.assertNotIn("<h3>b</h3>", section)
        self.assertNotIn("warnings.0", text)
        write_result(self.folder / "a", fields=False)
        self.assertEqual(0, run(SCRIPTS / "report", self.folder).returncode)
        self.assertNotIn("<h2>Warnings", (self.folder / "report.html").read_text("utf-8"))

    def test_report_replaces_only_its_own(self):
        """What it writes is in the manifest; anything else stays as it is."""
        write_result(self.folder / "a", fields=False)
        for _ in range(2):
            self.assertEqual(0, run(SCRIPTS / "report", self.folder).returncode)
        listed = json.loads((self.folder / "manifest.json").read_text("utf-8"))["files"]
        self.assertIn("report.html", listed)
        self.assertEqual(sorted(listed), sorted(
            str(path.relative_to(self.folder)) for path in self.folder.rglob("*")
            if path.is_file() and path.name != "manifest.json"
            and "a" not in path.relative_to(self.folder).parts))

        (self.folder / "manifest.json").unlink()
        (self.folder / "report.html").write_text("mine", "utf-8")
        done = run(SCRIPTS / "report", self.folder)
        self.assertEqual(1, done.returncode)
        self.assertIn("report.html' is there", done.stderr)
        self.assertEqual("mine", (self.folder / "report.html").read_text("utf-8"))

    def test_report_refuses_what_is_no_result(self):
        """Damaged files end in one sentence with the file's name."""
        for name, text in (("summary.json", "7"), ("run.json", "{"), ("results.h5", "x")):
            with self.subTest(name=name):
                folder = self.folder / name
                write_result(folder, fields=False)
                (folder / name).write_text(text, encoding="utf-8")
                done = run(SCRIPTS / "report", folder)
                self.assertEqual(1, done.returncode, done.stdout)
                self.assertEqual(1, done.stderr.count("\n"), done.stderr)
                self.assertIn(f"{name}'", done.stderr)

    def test_report_says_that_there_is_nothing(self):
        """An empty folder is an error with a sentence."""
        done = run(SCRIPTS / "report", self.folder)
        self.assertEqual(1, done.returncode)
        self.assertIn("no whole results", done.stderr)

    def test_picture(self):
        """A PNG file is made."""
        write_fields(self.folder / "a")
        done = run(SCRIPTS / "picture", self.folder / "a", self.folder / "p.png")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(b"\x89PNG", (self.folder / "p.png").read_bytes()[:4])

    def test_benchmark_table(self):
        """The finest result is the reference."""
        write_result(self.folder / "coarse", fields=False)
        done = run(sys.executable, SCRIPTS / "reporting" / "benchmark_table.py",
                   self.folder)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("1,500", done.stdout)
        self.assertIn("+0.000 %", done.stdout)


if __name__ == "__main__":
    unittest.main()
