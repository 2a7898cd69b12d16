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
name = "long+1.5"
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

    def test_run_takes_a_folder_for_its_case_file(self):
        """What is missing is the case.toml of the folder."""
        done = run(SCRIPTS / "run", ROOT / "cases", "--ranks", "1")
        self.assertEqual(1, done.returncode)
        self.assertIn("there is no case file", done.stderr)
        self.assertIn("cases/case.toml", done.stderr)

    def test_cases_have_the_name_of_their_folder(self):
        """As the program names them; other files have a name of their own."""
        for path, name in (("cases/tutorials/01_first_screw/case.toml", "01_first_screw"),
                           ("./scripts/../cases/case.toml", "cases"),
                           ("some/where/two screws.toml", "two screws")):
            done = run("bash", "-c", f"source scripts/environment.sh; case_name '{path}'",
                       cwd=ROOT)
            self.assertEqual(name + "\n", done.stdout, done.stderr)

    def test_run_says_one_thing_of_what_failed(self):
        """The program's sentence alone, and no older results after an error."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            shutil.copytree(SCRIPTS, root / "scripts")
            for name in ("setup", "build", "report"):
                (root / "scripts" / name).write_text("#!/bin/sh\n", "utf-8")
            program = root / "build" / "miniscrew"
            program.parent.mkdir()
            (root / "old").mkdir()
            case = root / "case.toml"
            case.write_text(CASE, "utf-8")
            for ending, code, says in (("echo case.toml:1:1: wrong >&2; exit 1", 1, "wrong"),
                                       ("kill -9 $$", 137, "stopped by signal 9"),
                                       ("exit 2", 2, None), ("exit 0", 0, None)):
                program.write_text(f"#!/bin/sh\n{ending}\n", "utf-8")
                program.chmod(0o755)
                done = run(root / "scripts" / "run", case, "--ranks", "1",
                           "--output", root / "old", cwd=root)
                self.assertEqual(code, done.returncode, done.stderr)
                self.assertEqual(says is None, "results:" in done.stdout, done.stdout)
                lines = done.stderr.splitlines()
                self.assertEqual(0 if says is None else 1, len(lines), done.stderr)
                self.assertIn(says or "", done.stderr)

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
        self.assertIn("variants=(short long+1.5)", job)

    def test_runs_one_variant(self):
        """The second task, with the launcher and program replaced by echo."""
        job = self.make(CASE, "--launcher", "echo", "--program", "/bin/echo",
                        "--output", "/some/where else")
        done = run("bash", "-c", job, env={"SLURM_ARRAY_TASK_ID": "1",
                                           "PATH": "/usr/bin:/bin"})
        self.assertIn("two.toml --resume --output /some/where else "
                      "--variant long+1.5", done.stdout)

    def test_has_one_task_for_a_case_without_variants(self):
        """And no --variant then."""
        job = self.make('title = "one"\n')
        self.assertIn("#SBATCH --array=0-0\n", job)
        self.assertIn("variants=('')", job)

    def test_takes_a_folder_for_its_case_file(self):
        """Job and results have the folder's name."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "one screw").mkdir()
            case = Path(folder, "one screw", "case.toml")
            case.write_text(CASE, encoding="utf-8")
            jobs = []
            for words in ((Path("one screw"), folder), (case, folder),
                          ("case.toml", case.parent)):
                done = run(SCRIPTS / "batch", words[0], cwd=words[1])
                self.assertEqual(0, done.returncode, done.stderr)
                jobs.append(Path(words[1], "one screw.sbatch").read_text("utf-8"))
            self.assertEqual([jobs[0]] * 3, jobs)
            self.assertIn("#SBATCH --job-name=one_screw\n", jobs[0])
            self.assertIn("results/one screw'", jobs[0])
            self.assertIn("one screw/case.toml' ", jobs[0])

    def assert_refused(self, message, name, case, *options):
        """One sentence with the message, and no job."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, name).write_bytes(case.encode("utf-8", "surrogateescape"))
            done = run(SCRIPTS / "batch", Path(folder, name), *options,
                       cwd=folder)
            self.assertEqual(1, done.returncode, done.stdout + done.stderr)
            self.assertTrue(done.stderr.startswith("batch: "), done.stderr)
            self.assertIn(message, done.stderr)
            self.assertEqual(1, len(done.stderr.splitlines()), done.stderr)
            self.assertLess(len(done.stderr), 2500)
            self.assertEqual([], list(Path(folder).glob("*.sbatch")))

    def test_takes_no_commands_from_names(self):
        """Neither the file's name nor a variant's gets into the job as it is."""
        case = 'title = "one"\n'
        self.assert_refused("control character", "x\ntouch pwned\n.toml", case)
        self.assert_refused("control character", "x\x1b[31m.toml", case)
        for name in ("-x.toml", "..toml", " x.toml", "x .toml", "x..toml",
                     "$(id).toml", "a;b.toml", "a'b.toml", "a%j.toml"):
            self.assert_refused("the name of the case", name, case)
        self.assert_refused("is no name of a folder", "x.toml",
                            '[[variant]]\nname = "a\\ntouch pwned"\n')
        self.assert_refused("is no name of a folder", "x.toml",
                            '[[variant]]\nname = "$(touch pwned)"\n')
        for option in ("--partition", "--account", "--mem-per-cpu", "--time",
                       "--sbatch", "--launcher", "--output", "--program"):
            self.assert_refused(option, "x.toml", case,
                                f"{option}=a\ntouch pwned")
        self.assert_refused("not one word", "x.toml", case, "--time", "1 --x")
        self.assert_refused("not 1 or more", "x.toml", case, "--ntasks", "0")

    def test_runs_no_command_of_a_file_name(self):
        """A name that the shell would act on is quoted, or changed for Slurm."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "$(touch pwned) '%j'", "a (b) [c].toml")
            path.parent.mkdir()
            path.write_text('title = "one"\n', encoding="utf-8")
            done = run(SCRIPTS / "batch", path, "--launcher", "echo",
                       "--program", "/bin/echo", cwd=folder)
            self.assertEqual(0, done.returncode, done.stderr)
            job = Path(folder, path.stem + ".sbatch").read_text("utf-8")
            self.assertIn("--job-name=a__b___c_\n", job)
            done = run("bash", "-c", job, cwd=folder,
                       env={"SLURM_ARRAY_TASK_ID": "0", "PATH": "/usr/bin:/bin"})
            self.assertIn(str(path), done.stdout)
            self.assertFalse(Path(folder, "pwned").exists())

    def test_says_what_is_wrong_with_a_case(self):
        """In a sentence, whatever it is."""
        for message, case in (
                ("has no name", "[[variant]]\nx = 1\n"),
                ("is no name of a folder", "[[variant]]\nname = 1\n"),
                ("is no name of a folder", "[[variant]]\nname = ''\n"),
                ("two variants", "[[variant]]\nname = 'a'\n" * 2),
                ("is not tables", "variant = 1\n"),
                ("is not tables", "variant = ['a']\n"),
                ("is not tables", "[variant]\nname = 'a'\n"),
                ("cannot read", "variant = \n"),
                ("cannot read", "title = '\udce4'\n"),
                ("cannot read", "x = " + "[" * 50000),
                ("is larger than", "#" * 1000001)):
            self.assert_refused(message, "x.toml", case)
        done = run(SCRIPTS / "batch", "no_such_case.toml")
        self.assertEqual(1, done.returncode)
        self.assertIn("batch: there is no case file", done.stderr)
        done = run(SCRIPTS / "batch", "/dev/zero")
        self.assertIn("batch: there is no case file", done.stderr)


if __name__ == "__main__":
    unittest.main()
