#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is installed works, also after it was moved.

    install_test.py BUILD CMAKE
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BUILD, CMAKE = Path(sys.argv[1]), sys.argv[2]
# CI containers run as root, where Open MPI asks for leave.
ENVIRONMENT = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1",
               "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


def run(*words):
    """A finished process in an empty folder, from which nothing can be read."""
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([str(word) for word in words], cwd=folder, env=ENVIRONMENT,
                              capture_output=True, text=True, timeout=300, check=False)


class Installed(unittest.TestCase):
    """A tree that was installed into one place and moved to another."""

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        first = Path(cls.holder.name, "first")
        cls.tree = Path(cls.holder.name, "moved here")
        done = run(CMAKE, "--install", BUILD, "--prefix", first)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)
        shutil.move(first, cls.tree)
        cls.program = cls.tree / "bin" / "miniscrew"
        cls.share = cls.tree / "share" / "miniscrew"

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def test_has_its_catalogue_and_materials(self):
        """They are inside the program."""
        for what in ("screws", "materials", "results"):
            done = run(self.program, "list", what)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertGreater(len(done.stdout.splitlines()), 20, what)

    def test_runs_a_case_that_came_with_it(self):
        """From case to summary, and a report of that."""
        case = self.share / "cases" / "tutorials" / "01_first_screw" / "case.toml"
        output = self.tree / "result"
        done = run(self.program, "run", case, "--output", output,
                   "--set", "discretisation.interface_size_mm=0.8",
                   "--set", "discretisation.degree=1")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertTrue((output / "summary.json").is_file())
        done = run("/usr/bin/python3", self.share / "scripts" / "report", output)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertTrue((output / "report.html").is_file())

    def test_names_no_folder_of_the_build(self):
        """Nothing in it refers to where it was built or first installed."""
        for path in self.tree.rglob("*"):
            if path.is_file() and path.name in ("miniscrew", "report"):
                self.assertNotIn(str(BUILD).encode(), path.read_bytes(), path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
