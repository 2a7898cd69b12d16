# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks the commands of miniscrew from outside.

    commands_test.py MINISCREW CASES MPIRUN [FLAG]...
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM, CASES, MPIRUN = "", Path(), []
COARSE = ["--set", "discretisation.interface_size_mm=0.5",
          "--set", "discretisation.far_size_mm=3",
          "--set", "discretisation.degree=1"]


def miniscrew(*arguments, ranks=1, folder=None):
    """The finished process of one call."""
    launcher = [] if ranks == 1 else [*MPIRUN, "-np", str(ranks)]
    return subprocess.run([*launcher, PROGRAM, *map(str, arguments)],
                          cwd=folder, capture_output=True, text=True,
                          timeout=300, check=False)


class Texts(unittest.TestCase):
    """Commands that only print."""

    def test_version(self):
        answer = miniscrew("--version")
        self.assertEqual(answer.returncode, 0)
        self.assertRegex(answer.stdout, r"^miniscrew \d+\.\d+\.\d+ \(commit")

    def test_help_names_all_commands(self):
        answer = miniscrew("--help")
        self.assertEqual(answer.returncode, 0)
        for command in ("run", "check", "mesh", "compare", "list",
                        "template", "schema"):
            self.assertIn(command, answer.stdout)

    def test_prints_once_under_mpirun(self):
        answer = miniscrew("--version", ranks=2)
        self.assertEqual(answer.stdout.count("miniscrew"), 1)

    def test_lists(self):
        screws = miniscrew("list", "screws").stdout
        for system in ("Lomas", "Tomas", "Ortho Implant", "Dual Top",
                       "Spider Screw K1", "Ortho Anchor", "AbsoAnchor"):
            self.assertIn(system, screws)
        self.assertIn("assumed", screws)
        materials = miniscrew("list", "materials").stdout
        for text in ("Ti-6Al-4V", "yield tension 88 MPa (assumed)",
                     "Morgan 2003 femoral neck", "E = 6850 rho^1.49"):
            self.assertIn(text, materials)
        self.assertIn("self-drilling", miniscrew("list", "techniques").stdout)

    def test_template_is_a_case(self):
        text = miniscrew("template").stdout
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "template.toml"
            path.write_text(text, encoding="utf-8")
            self.assertEqual(miniscrew("check", path, *COARSE).returncode, 0)

    def test_schema_is_json(self):
        schema = json.loads(miniscrew("schema").stdout)
        self.assertIn("screw", schema["properties"])


class Usage(unittest.TestCase):
    """Arguments that make no sense."""

    def assert_refused(self, message, *arguments, ranks=1):
        answer = miniscrew(*arguments, ranks=ranks)
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn(message, answer.stderr)

    def test_commands_and_options(self):
        self.assert_refused("did you mean 'run'?", "rn", "case.toml")
        self.assert_refused("subcommand is required")
        self.assert_refused("did you mean '--set'?", "run", "x", "--sot=1")
        self.assert_refused("did you mean 'screws'?", "list", "screw")

    def test_case_files(self):
        first = CASES / "tutorials" / "01_first_screw" / "case.toml"
        wrong = first.with_name("cse.toml")
        self.assert_refused(f"did you mean '{first}'?", "check", wrong)
        self.assert_refused("is a folder", "run", CASES)
        self.assert_refused("does not exist", "run", "no.toml", ranks=2)

    def test_results(self):
        self.assert_refused("does not exist", "compare", "no_such_folder")
        with tempfile.TemporaryDirectory() as folder:
            self.assert_refused("holds no result", "compare", folder)


class Cases(unittest.TestCase):
    """The cases that come with the program."""

    def test_all_are_valid(self):
        cases = sorted(CASES.glob("*/*/case.toml"))
        self.assertGreater(len(cases), 15)
        for path in cases:
            with self.subTest(case=path.parent.name):
                answer = miniscrew("check", path, *COARSE)
                self.assertEqual(answer.returncode, 0, answer.stderr)
                self.assertIn("degrees of freedom", answer.stdout)


class Runs(unittest.TestCase):
    """Runs of a coarse case with two variants."""

    def setUp(self):
        self.holder = tempfile.TemporaryDirectory()
        self.folder = Path(self.holder.name)
        self.case = CASES / "tutorials" / "02_variants" / "case.toml"

    def tearDown(self):
        self.holder.cleanup()

    def test_run_resume_compare(self):
        answer = miniscrew("run", self.case, *COARSE, ranks=2,
                           folder=self.folder)
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        self.assertIn("head displacement", answer.stdout)
        self.assertNotIn("\033", answer.stdout)
        results = self.folder / "results" / "02_variants"
        self.assertIn(f"results: {results.relative_to(self.folder)}",
                      answer.stdout)
        for variant in ("perpendicular", "tilted"):
            for name in ("case.toml", "summary.json", "run.json", "log.txt"):
                self.assertTrue((results / variant / name).is_file(), name)

        again = miniscrew("run", self.case, *COARSE, "--resume",
                          folder=self.folder)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(again.stdout.count("complete already"), 2)

        table = self.folder / "table.csv"
        compared = miniscrew("compare", results, "--csv", table)
        self.assertEqual(compared.returncode, 0, compared.stderr)
        self.assertIn("service.axis_rotation_deg", compared.stdout)
        self.assertIn("key,perpendicular,tilted", table.read_text())

    def test_effective_case_runs_to_the_same_numbers(self):
        options = [*COARSE, "--variant", "tilted", "--output"]
        one, two = self.folder / "one", self.folder / "two"
        self.assertEqual(
            miniscrew("run", self.case, *options, one).returncode, 0)
        self.assertEqual(
            miniscrew("run", one / "tilted" / "case.toml", "--output",
                      two).returncode, 0)
        numbers = [json.loads((path / "summary.json").read_text())["service"]
                   for path in (one / "tilted", two)]
        self.assertAlmostEqual(numbers[0]["axis_rotation_deg"],
                               numbers[1]["axis_rotation_deg"], delta=1e-9)

    def test_missed_value(self):
        key = "expected.service.axis_rotation_deg"
        answer = miniscrew(
            "run", self.case, *COARSE, "--variant", "tilted",
            "--set", key + ".value=-1", "--set", key + ".source=nonsense",
            "--set", key + ".relative_tolerance=0.01", folder=self.folder)
        self.assertEqual(answer.returncode, 3, answer.stderr)
        self.assertRegex(answer.stdout,
                         r"axis_rotation_deg: got .*expected -1 .*nonsense")

    def test_no_convergence(self):
        answer = miniscrew("run", self.case, *COARSE, "--variant", "tilted",
                           "--set", "solver.max_iterations=1",
                           folder=self.folder)
        self.assertEqual(answer.returncode, 2, answer.stdout + answer.stderr)
        self.assertIn("FAILED", answer.stdout)

    def test_interruption(self):
        fine = ["--set", "discretisation.interface_size_mm=0.1"]
        with subprocess.Popen([PROGRAM, "run", self.case, *fine],
                              cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as process:
            process.stdout.readline()
            time.sleep(1)
            os.kill(process.pid, signal.SIGINT)
            _, message = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertTrue(re.search("Stopped by a signal", message), message)
        self.assertNotIn("--resume", message)

    def test_interrupted_insertion_says_how_to_go_on(self):
        case = CASES / "tutorials" / "06_insertion" / "case.toml"
        with subprocess.Popen([PROGRAM, "run", case],
                              cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as process:
            while not process.stdout.readline().startswith("  depth"):
                pass
            os.kill(process.pid, signal.SIGINT)
            _, message = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertTrue(re.search("With --resume the insertion of 06_insertion goes on",
                                  message), message)


if __name__ == "__main__":
    PROGRAM, CASES = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    MPIRUN = sys.argv[3:]
    unittest.main(argv=sys.argv[:1])
