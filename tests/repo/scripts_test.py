#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The scripts are sound shell, explain themselves and refuse wrong input."""
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "scripts"
CASE = """
title = "two screws"
[[variant]]
name = "short"
[[variant]]
name = "long one"
"""


def run(*command, **options):
    """Runs a command and keeps what it prints."""
    return subprocess.run([str(word) for word in command], text=True,
                          capture_output=True, check=False, **options)


def shell_scripts():
    """All scripts for bash."""
    for path in [*SCRIPTS.iterdir(), ROOT / ".ci" / "run"]:
        if path.is_file() and (path.suffix == ".sh" or
                               "bash" in path.read_text("utf-8").split("\n")[0]):
            yield path


class Scripts(unittest.TestCase):
    """Scripts that start a build or a run are only asked for their help."""

    def test_are_sound_shell(self):
        """bash reads them, and shellcheck finds nothing if it is there."""
        for path in shell_scripts():
            done = run("bash", "-n", path)
            self.assertEqual(0, done.returncode, done.stderr)
            if shutil.which("shellcheck"):
                done = run("shellcheck", "-x", path)
                self.assertEqual(0, done.returncode, done.stdout)

    def test_explain_themselves(self):
        """--help prints the manual and nothing else happens."""
        for name in ("setup", "build", "run", "test", "format", "benchmark",
                     "batch", "report", "picture"):
            done = run(SCRIPTS / name, "--help")
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertIn(f"scripts/{name}", done.stdout)

    def test_run_refuses_a_case_that_is_not_there(self):
        """Before anything is installed or built."""
        done = run(SCRIPTS / "run", "no_such_case.toml")
        self.assertEqual(1, done.returncode)
        self.assertIn("there is no case file", done.stderr)
        self.assertIn("no_such_case.toml", done.stderr)

    def test_run_refuses_no_ranks(self):
        """A wrong number of processes is an error of this script."""
        done = run(SCRIPTS / "run", SCRIPTS / "run", "--ranks", "none")
        self.assertEqual(1, done.returncode)
        self.assertIn("--ranks", done.stderr)


class Batch(unittest.TestCase):
    """The Slurm job of a case."""

    def make(self, case, *options):
        """Text of the job for the case's text, checked by bash."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "two.toml").write_text(case, encoding="utf-8")
            done = run(SCRIPTS / "batch", "two.toml", *options, cwd=folder)
            self.assertEqual(0, done.returncode, done.stderr)
            job = Path(folder, "two.sbatch")
            self.assertEqual(0, run("bash", "-n", job).returncode)
            return job.read_text("utf-8")

    def test_has_a_task_for_each_variant(self):
        """Names are quoted, options of Slurm are taken over."""
        job = self.make(CASE, "--ntasks", "8", "--at-once", "1",
                        "--partition", "main")
        self.assertIn("#SBATCH --array=0-1%1\n", job)
        self.assertIn("#SBATCH --ntasks=8\n", job)
        self.assertIn("#SBATCH --partition=main\n", job)
        self.assertIn("variants=(short 'long one')", job)

    def test_runs_one_variant(self):
        """The second task, with the launcher and program replaced by echo."""
        job = self.make(CASE, "--launcher", "echo", "--program", "/bin/echo",
                        "--output", "/some/where else")
        done = run("bash", "-c", job, env={"SLURM_ARRAY_TASK_ID": "1",
                                           "PATH": "/usr/bin:/bin"})
        self.assertIn("two.toml --resume --output /some/where else "
                      "--variant long one", done.stdout)

    def test_has_one_task_for_a_case_without_variants(self):
        """And no --variant then."""
        job = self.make('title = "one"\n')
        self.assertIn("#SBATCH --array=0-0\n", job)
        self.assertIn("variants=('')", job)


if __name__ == "__main__":
    unittest.main()
