# SPDX-License-Identifier: LGPL-2.1-or-later
"""What fails costs itself only: depths, stages, variants.

    incomplete_test.py MINISCREW CASES MPIRUN [FLAG]...
"""
import csv
import json
import math
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
# pylint: disable=wrong-import-position
from program import Program, WithFolder

PROGRAM = None

# Half way in, a thread this coarse folds the mesh of a tilted site.
FOLDS = """
[screw]
diameter_mm = 4
length_mm = 8
core_diameter_mm = 3
pitch_mm = 3
crest_width_mm = 0.2
tip = "blunt"
leading_flank_angle_deg = 45
trailing_flank_angle_deg = 20
head = "none"
[site]
near_cortex_mm = 3
cancellous_mm = 9
insertion_angle_deg = 30
insertion_depth_mm = 5
[load]
force_N = [2, 0, 0]
[discretisation]
degree = 1
interface_size_mm = 1.5
far_size_mm = 4
[[variant]]
name = "folds"
materials.law = "quadric"
interface.condition = "frictional"
interface.friction_coefficient = 0.3
insertion.technique = "self-tapping"
insertion.pilot_diameter_mm = 3.4
insertion.depths = 2
insertion.extra_depths = 0
insertion.steps = 1
insertion.relative_tolerance = 0.2
tests.run = []
[[variant]]
name = "fine"
"""

INSERTED = ["--set", "insertion.depths=2", "--set", "insertion.extra_depths=0",
            "--set", "insertion.steps=2", "--set", "insertion.relative_tolerance=0.2",
            "--set", "insertion.cortex.residual_interference_um=5",
            "--set", "insertion.cancellous.residual_interference_um=5"]


class WithRuns(WithFolder):
    """Runs in a folder, and what they leave."""

    def run_case(self, code, *arguments, ranks=1):
        """The output of a run that must end with this exit code."""
        done = PROGRAM("run", *arguments, ranks=ranks, folder=self.folder, timeout=400)
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        return done.stdout

    def summary(self, name):
        """summary.json of a result."""
        return json.loads((self.folder / name / "summary.json").read_text("utf-8"))


class Depths(WithRuns):
    """Depths of insertion."""

    def test_a_depth_that_fails_costs_itself_on_any_number_of_ranks(self):
        case = self.folder / "case.toml"
        case.write_text(FOLDS, encoding="utf-8")
        found = []
        for ranks in (1, 2):
            name = f"np{ranks}"
            output = self.run_case(2, case, "--output", name, ranks=ranks)
            insertion = self.summary(f"{name}/folds")["insertion"]
            self.assertEqual(["insertion"], self.summary(f"{name}/folds")["incomplete"])
            failed = [depth["depth_mm"] for depth in insertion["failed_depths"]]
            self.assertTrue(failed)
            self.assertEqual(2, len(failed) + len(insertion["curve"]))
            self.assertGreater(insertion["final_torque_N_cm"], 0.)
            with open(self.folder / name / "folds" / "curves" / "insertion.csv",
                      encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(failed, [float(row["depth_mm"]) for row in rows
                                      if math.isnan(float(row["torque_N_cm"]))])
            self.assertEqual(2, len(rows))
            # The other variant and the table are there, with a mark.
            self.assertGreater(
                self.summary(f"{name}/fine")["service"]["strain_energy_N_mm"], 0.)
            table = (self.folder / name / "comparison.csv").read_text("utf-8")
            self.assertIn("incomplete,insertion,-", table)
            self.assertIn(f"insertion to {failed[0]:.2f} mm failed", table)
            self.assertIn(f"depth {failed[0]:.2f} mm FAILED: the mesh folds", output)
            self.assertIn("failed: folds: incomplete (insertion)", output)
            self.assertIn("interface_size_mm", output)
            found.append(insertion["max_torque_N_cm"])
        self.assertAlmostEqual(found[0], found[1], delta=0.02 * found[0])


class Stages(WithRuns):
    """Stages at the full depth."""

    def test_a_service_that_fails_leaves_insertion_and_tests(self):
        case = PROGRAM.cases / "tutorials" / "06_insertion" / "case.toml"
        output = self.run_case(
            2, case, *INSERTED, "--set", "load.force_N=[0,0,10000]",
            "--set", "materials.near_cortex=\"foam 10 pcf\"",
            "--set", "materials.cancellous=\"foam 10 pcf\"", "--set",
            "tests.run=[\"service\",\"removal\"]", "--set", "tests.removal_steps=2",
            "--output", "pulled")
        summary = self.summary("pulled")
        self.assertEqual(["service"], summary["incomplete"])
        self.assertGreater(summary["insertion"]["max_torque_N_cm"], 0.)
        self.assertGreater(summary["seating"]["normal_force_N"], 0.)
        self.assertGreater(summary["removal"]["peak_torque_N_cm"], 0.)
        self.assertIn("load.steps", summary["service"]["stopped_because"])
        self.assertLess(summary["service"]["reached_load_share"], 1.)
        self.assertNotIn("head_displacement_mm", summary["service"])
        self.assertIn("service came to no end", output)
        self.assertTrue((self.folder / "pulled" / "last_converged.pvd").exists())
        self.assertFalse((self.folder / "pulled" / "fields.pvd").exists())

    def test_a_run_of_which_nothing_is_left_fails(self):
        output = self.run_case(
            2, PROGRAM.cases / "tutorials" / "04_contact" / "case.toml", "--set",
            "interface.interference_mm=0", "--set", "solver.max_iterations=1", "--set",
            "discretisation.degree=1", "--output", "pulled")
        self.assertIn("FAILED: 04_contact: service", output)
        self.assertIn("more load.steps", output)
        self.assertFalse((self.folder / "pulled").exists())
        self.assertTrue((self.folder / "pulled.failed" / "last_converged.pvd").exists())

    def test_residual_of_a_nonlinear_run_is_told(self):
        self.run_case(0, PROGRAM.cases / "tutorials" / "04_contact" / "case.toml", "--set",
                      "discretisation.degree=1", "--output", "contact")
        solver = self.summary("contact")["solver"]
        self.assertGreater(solver["residual"], 0.)
        self.assertLess(solver["residual"], 1e-5)
        log = (self.folder / "contact" / "log.txt").read_text("utf-8")
        self.assertRegex(log, r"\n  service 0\.500: \d+ Newton")


class Numbers(WithRuns):
    """Numbers that a computer cannot hold."""

    def test_overflow_is_no_success(self):
        for force in ("1e308", "1e200"):
            for condition in ("bonded", "frictional"):
                with self.subTest(force=force, condition=condition):
                    done = PROGRAM(
                        "run", PROGRAM.first_case, "--set",
                        "discretisation.interface_size_mm=0.8", "--set",
                        "discretisation.degree=1", "--set",
                        f"interface.condition=\"{condition}\"", "--set",
                        f"load.force_N=[{force},0,0]", "--output", "huge",
                        folder=self.folder, timeout=400)
                    self.assertIn(done.returncode, (1, 2), done.stdout + done.stderr)
                    self.assertFalse((self.folder / "huge").exists())


class Warnings(WithRuns):
    """The list of warnings in all its places."""

    def test_good_tutorials_have_none_but_assumptions(self):
        for name in ("01_first_screw", "04_contact"):
            self.run_case(0, PROGRAM.cases / "tutorials" / name / "case.toml", "--output", name)
            keys = [warning["key"] for warning in self.summary(name)["warnings"]]
            self.assertEqual(["assumed_values"], keys)

    def test_are_in_summary_log_and_comparison(self):
        output = self.run_case(
            0, PROGRAM.cases / "tutorials" / "02_variants" / "case.toml", "--set",
            "discretisation.interface_size_mm=1", "--set", "discretisation.degree=1",
            "--set", "load.force_N=[200,0,0]", "--output", "strong")
        summary = self.summary("strong/tilted")
        sentences = {warning["key"]: warning["sentence"]
                     for warning in summary["warnings"]}
        for key in ("thread_not_resolved", "coarse_mesh", "unlikely_units",
                    "screw_yields", "assumed_values"):
            self.assertIn(key, sentences)
        self.assertIn("modelled as elastic", sentences["screw_yields"])
        log = (self.folder / "strong" / "tilted" / "log.txt").read_text("utf-8")
        self.assertIn("  warnings:\n", log)
        table = (self.folder / "strong" / "comparison.csv").read_text("utf-8")
        for sentence in sentences.values():
            self.assertIn(sentence, log)
            self.assertIn(sentence, output)
            self.assertIn(sentence.replace('"', '""'), table)
        self.assertRegex(table, r"\nwarnings,\d,\d\n")


if __name__ == "__main__":
    PROGRAM = Program(sys.argv[1:])
    unittest.main(argv=sys.argv[:1], verbosity=2)
