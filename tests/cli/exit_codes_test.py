# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks every exit code, and what is left when the system refuses to write.

    exit_codes_test.py MINISCREW NO_LOCKS CASES MPIRUN [FLAG]...

NO_LOCKS is a library that takes locks away from the file system.
"""
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import unittest
from datetime import datetime
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
# pylint: disable=wrong-import-position
from program import QUICK, Program, WithFolder, contents, hidden, note_skip

PROGRAM, NO_LOCKS = None, ""
SUCCESS, WRONG_INPUT, NOT_CONVERGED, MISSED, INTERNAL, IO, INTERRUPTED = \
    0, 1, 2, 3, 4, 5, 130


def limit(kind, value):
    """A limit of the system for one call."""
    return lambda: resource.setrlimit(kind, (value, value))


def as_nobody():
    """Gives up the rights of the superuser."""
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


class WithCase(WithFolder):
    """Quick runs in a folder."""

    def run_case(self, code, *arguments, **options):
        """A quick run that must end with the code; what it says."""
        answer = PROGRAM("run", PROGRAM.first_case, *QUICK, *arguments,
                         folder=self.folder, **options)
        said = (answer.stdout or "") + answer.stderr
        self.assertEqual(answer.returncode, code, said)
        self.assertNotIn("internal error", said if code != INTERNAL else "")
        return said


class Codes(WithCase):
    """One example of each code."""

    def test_success(self):
        for ranks in (1, 2):
            self.run_case(SUCCESS, "--output", "res", ranks=ranks)

    def test_wrong_input(self):
        for ranks in (1, 2):
            self.run_case(WRONG_INPUT, "--set", "screw.length_mm=-1", ranks=ranks)
        os.symlink("nothing", self.folder / "link")
        self.assertIn("link to nothing",
                      self.run_case(WRONG_INPUT, "--output", "link"))
        self.assertEqual(sorted(os.listdir(self.folder)), ["link"])

    def test_not_converged(self):
        for ranks in (1, 2):
            self.run_case(NOT_CONVERGED, "--set", "solver.max_iterations=1",
                          ranks=ranks)

    def test_missed(self):
        key = "expected.mesh.n_cells"
        self.run_case(MISSED, "--set", key + ".value=1", "--set",
                      key + ".source=nonsense", "--set",
                      key + ".relative_tolerance=0.01")

    def test_memory_is_exhausted(self):
        """Fault 22: p4est calls abort()."""
        needed = 0
        for size in range(150, 1200, 50):
            answer = PROGRAM("check", PROGRAM.first_case,
                             "--set", "discretisation.interface_size_mm=0.2",
                             preexec_fn=limit(resource.RLIMIT_DATA, size << 20))
            if answer.returncode == SUCCESS:
                needed = size
                break
            # Before the program starts, the libraries of MPI end as they like.
            if "memory" in answer.stderr:
                self.assertEqual(answer.returncode, INTERNAL, answer.stderr)
            self.assertNotIn(answer.returncode, (-signal.SIGABRT, IO), answer.stderr)
        self.assertGreater(needed, 0)

    def test_a_library_gives_up(self):
        """Whatever calls abort(), the code is that of an internal error."""
        with PROGRAM.start("run", PROGRAM.first_case, "--set",
                           "discretisation.interface_size_mm=0.1",
                           folder=self.folder) as process:
            process.stdout.readline()
            os.kill(process.pid, signal.SIGABRT)
            process.communicate(timeout=60)
        self.assertEqual(process.returncode, INTERNAL)

    def test_interrupted(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with PROGRAM.start("run", PROGRAM.first_case, "--set",
                               "discretisation.interface_size_mm=0.1",
                               folder=self.folder) as process:
                process.stdout.readline()
                os.kill(process.pid, number)
                process.communicate(timeout=60)
            self.assertEqual(process.returncode, INTERRUPTED)
        self.run_case(SUCCESS)
        self.assertEqual(hidden(self.folder / "results"), [])


class StandardOutput(WithCase):
    """Fault 19, 31: what cannot be printed is not done."""

    def test_is_full(self):
        self.run_case(SUCCESS, "--output", "res")
        for words in (["template"], ["schema"], ["list", "screws"], ["--version"],
                      ["--help"], ["check", PROGRAM.first_case, *QUICK],
                      ["mesh", PROGRAM.first_case, *QUICK], ["compare", "res"],
                      ["run", PROGRAM.first_case, *QUICK]):
            with self.subTest(command=words[0]), \
                    open("/dev/full", "w", encoding="utf-8") as full:
                answer = PROGRAM(*words, folder=self.folder, stdout=full)
                self.assertEqual(answer.returncode, IO, answer.stderr)
                self.assertIn("standard output: No space left", answer.stderr)
        # The result is there all the same.
        self.assertTrue((self.folder / "results/01_first_screw/summary.json").is_file())

    def test_csv(self):
        self.run_case(SUCCESS, "--output", "res")
        answer = PROGRAM("compare", "res", "--csv", "/dev/full", folder=self.folder)
        self.assertEqual(answer.returncode, IO)
        self.assertIn("No space left", answer.stderr)


class Refused(WithCase):
    """The system does not write. Numbers come first, and are kept."""

    def expect_numbers_only(self, folder, said, missing):
        """What is left if large files are refused; the last one always is."""
        self.assertIn("the rest of the result is kept", said)
        summary = json.loads((folder / "summary.json").read_text())
        if missing is None:
            missing = summary["not_written"]
        self.assertEqual(summary["not_written"], missing)
        self.assertEqual(missing[-1], "results.h5")
        self.assertIn("head_displacement_mm", summary["service"])
        manifest = json.loads((folder / "manifest.json").read_text())
        self.assertEqual(manifest["state"], "incomplete")
        self.assertEqual(manifest["not_written"], missing)
        self.assertEqual(sorted([*manifest["files"], "manifest.json"]),
                         sorted(contents(folder)))
        self.assertEqual(hidden(self.folder), [])

    def disk(self, size):
        """A small file system, gone when the test ends."""
        place = self.folder / f"disk{size}"
        place.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none",
                                  place], capture_output=True, check=False)
        if mounted.returncode != 0:
            note_skip(self, "nothing can be mounted")
        self.addCleanup(subprocess.run, ["umount", place], check=False)
        return place

    def test_files_may_not_grow(self):
        """Fault 19: SIGXFSZ ended the program without a word."""
        # Open MPI's own files in memory would be larger than the limit.
        said = self.run_case(IO, "--output", "res",
                             preexec_fn=limit(resource.RLIMIT_FSIZE, 100_000),
                             env={**os.environ, "PMIX_MCA_gds": "hash"})
        self.assertIn("File too large", said)
        self.assertNotIn("vtk", said)
        self.expect_numbers_only(self.folder / "res", said, ["fields.pvd", "results.h5"])
        again = self.run_case(SUCCESS, "--output", "res", "--resume")
        self.assertNotIn("complete already", again)

    def test_disk_is_full(self):
        """Fault 19: HDF5 crashed in MPI_Finalize."""
        disk = self.disk("200k")
        for ranks in (1, 2):
            said = self.run_case(IO, "--output", f"{disk}/res", ranks=ranks)
            self.assertIn("No space left on device", said)
            self.expect_numbers_only(disk / "res", said, None)
            self.assertEqual(hidden(disk), [])
        said = self.run_case(WRONG_INPUT, "--output", disk)
        self.assertIn("a file system is mounted there", said)

    def test_mesh_does_not_fit(self):
        """A mesh without its fields is no success."""
        disk = self.disk("24k")
        answer = PROGRAM("mesh", PROGRAM.first_case, *QUICK, "--output",
                         f"{disk}/res", folder=self.folder)
        self.assertEqual(answer.returncode, IO, answer.stdout + answer.stderr)
        self.assertFalse((disk / "res/mesh").exists())

    def test_nothing_can_be_written(self):
        """No room even for the first line: nothing is computed, nothing left."""
        disk = self.disk("16k")
        try:
            with open(disk / "filling", "wb", buffering=0) as file:
                while file.write(b"x" * 4096) > 0:
                    pass
        except OSError:
            pass
        said = self.run_case(IO, "--output", f"{disk}/res")
        self.assertIn("No space left on device", said)
        self.assertNotIn("solved", said)
        self.assertEqual(os.listdir(disk), ["filling"])

    def test_no_locks(self):
        """Fault 18: HDF5 locks its files unless it is told not to."""
        environment = {**os.environ, "LD_PRELOAD": NO_LOCKS}
        self.run_case(SUCCESS, "--output", "res", env=environment)
        self.assertTrue((self.folder / "res/results.h5").is_file())
        environment["HDF5_USE_FILE_LOCKING"] = "TRUE"
        said = self.run_case(IO, "--output", "res", env=environment)
        self.assertIn("HDF5_USE_FILE_LOCKING", said)
        self.expect_numbers_only(self.folder / "res", said, ["results.h5"])

    def test_permission(self):
        """Fault 31: an output below a folder that cannot be searched."""
        if os.getuid() == 0:
            user = {"preexec_fn": as_nobody}
            os.chmod(self.folder, 0o755)
            try:
                allowed = subprocess.run([PROGRAM.path, "--version"], cwd=self.folder,
                                         capture_output=True, check=False, **user)
            except OSError:
                allowed = None
            if allowed is None or allowed.returncode != 0:
                note_skip(self, "the program cannot be called by another user")
        else:
            user = {}
        closed = self.folder / "closed"
        closed.mkdir()
        shutil.copy(PROGRAM.first_case, self.folder)
        for mode in (0, 0o555):
            closed.chmod(mode)
            answer = PROGRAM("run", self.folder / PROGRAM.first_case.name, *QUICK,
                             "--output", "closed/res", folder=self.folder, **user)
            self.assertEqual(answer.returncode, IO, answer.stdout + answer.stderr)
            self.assertRegex(answer.stdout + answer.stderr,
                             "'closed/res/?': Permission denied")
        closed.chmod(0o755)

    def test_checkpoint(self):
        """Fault 16: one that cannot be written is no reason to stop."""
        (self.folder / "res.checkpoint.h5.partial").mkdir()
        answer = PROGRAM("run", PROGRAM.cases / "tutorials/06_insertion/case.toml", *QUICK,
                         "--set", "insertion.depths=2", "--set",
                         "insertion.extra_depths=0", "--set", "tests.run=[]",
                         "--output", "res", folder=self.folder)
        self.assertEqual(answer.returncode, SUCCESS, answer.stdout + answer.stderr)
        self.assertEqual(answer.stdout.count("could not be resumed from here"), 1)
        self.assertTrue((self.folder / "res.checkpoint.h5.partial").is_dir())


class Times(WithCase):
    """When a run was."""

    def test_start_and_end(self):
        """Fault 12: started_utc was the end."""
        begin = time.time()
        self.run_case(SUCCESS, "--output", "res", "--set",
                      "discretisation.interface_size_mm=0.3",
                      "--set", "discretisation.degree=2")
        run = json.loads((self.folder / "res/run.json").read_text())
        started, finished = (
            datetime.fromisoformat(run[key].replace("Z", "+00:00")).timestamp()
            for key in ("started_utc", "finished_utc"))
        self.assertGreater(run["seconds"]["total"], 1.5, "the run is too short")
        self.assertGreaterEqual(started, int(begin))
        self.assertAlmostEqual(finished - started, run["seconds"]["total"], delta=1.1)


if __name__ == "__main__":
    PROGRAM, NO_LOCKS = Program([sys.argv[1], *sys.argv[3:]]), sys.argv[2]
    unittest.main(argv=sys.argv[:1])
