#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs that go on from a checkpoint: the same numbers, or a refusal.

    resume_test.py MINISCREW CASES MPIEXEC [FLAG...]
"""
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import h5py

MINISCREW, CASES, MPIEXEC = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
del sys.argv[1:]

ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1"}
CASE = CASES / "tutorials" / "06_insertion" / "case.toml"
SETTINGS = ["insertion.depths=2", "insertion.extra_depths=0", "insertion.steps=1",
            # One number: the bounds of a band would only cost time here.
            "insertion.cortex.residual_interference_um=5",
            "insertion.cancellous.residual_interference_um=5",
            "tests.removal_steps=2", "discretisation.degree=1",
            "discretisation.interface_size_mm=0.45", "tests.run=['service', 'removal']",
            "output.vtu=false", "output.hdf5_fields=false"]
# What may differ: how long it took, and what it took.
APART = ("seconds", "memory_MB")


def command(ranks, output, *arguments, settings=()):
    changes = [word for setting in (*SETTINGS, *settings) for word in ("--set", setting)]
    return [*MPIEXEC, "-np", str(ranks), MINISCREW, "run", str(CASE), *changes,
            "--output", str(output), *arguments]


def leaves(entry, path=""):
    """(path, value) of all that a summary says."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            if not any(word in key for word in APART):
                yield from leaves(value, f"{path}.{key}")
    elif isinstance(entry, list):
        for index, value in enumerate(entry):
            yield from leaves(value, f"{path}.{index}")
    else:
        yield path, entry


# What is solved again is solved to this share of the forces.
RESIDUAL = 1e-5


def has_seated_screw(path):
    """True if a checkpoint has come to the state after seating."""
    try:
        with h5py.File(path) as file:
            return "displacement" in file["cells"]
    except (OSError, KeyError):
        return False


class Resume(unittest.TestCase):
    """Each run is watched, and its last checkpoint kept."""

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.root = Path(cls.holder.name)
        for ranks in (1, 2):
            cls.run_and_keep(ranks)

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    @classmethod
    def run_and_keep(cls, ranks):
        checkpoint = cls.root / f"whole{ranks}.checkpoint.h5"
        kept = cls.root / f"kept{ranks}"
        with subprocess.Popen(command(ranks, f"whole{ranks}"), cwd=cls.root, env=ENVIRONMENT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True) as process:
            while process.poll() is None:
                # Checkpoints are replaced as a whole, so a second name stays good.
                # Two names of one file are not renamed.
                try:
                    kept.with_suffix(".new").unlink(missing_ok=True)
                    os.link(checkpoint, kept.with_suffix(".new"))
                    os.replace(kept.with_suffix(".new"), kept)
                except FileNotFoundError:
                    pass
                if has_seated_screw(kept):
                    break
                time.sleep(0.005)
            output = process.stdout.read()
        if process.returncode != 0 or not has_seated_screw(kept):
            raise AssertionError(output)

    def resume(self, ranks, kept, name, settings=()):
        """The finished process of a run that finds a checkpoint."""
        shutil.copy(self.root / kept, self.root / f"{name}.checkpoint.h5")
        return subprocess.run(command(ranks, name, "--resume", settings=settings),
                              cwd=self.root, env=ENVIRONMENT, text=True,
                              capture_output=True, timeout=300, check=False)

    def summary(self, name):
        return json.loads((self.root / name / "summary.json").read_text("utf-8"))

    def assert_same(self, name, other, tolerance, absolute=0.):
        one, two = dict(leaves(self.summary(name))), dict(leaves(self.summary(other)))
        self.assertEqual(set(one), set(two))
        # Components of reactions that balance nothing, and what forces lack to
        # balance, are what the residual leaves.
        load = math.hypot(*(value for path, value in one.items()
                            if ".service.force_N" in path))
        for path, value in one.items():
            if isinstance(value, float) and isinstance(two[path], (int, float)):
                least = max(absolute, RESIDUAL * load if ".reaction_" in path else 0.,
                            RESIDUAL if path.endswith(("balance_error", ".residual"))
                            else 0.)
                self.assertTrue(math.isclose(value, two[path], rel_tol=tolerance,
                                             abs_tol=least),
                                f"{path}: {value} and {two[path]}")
            else:
                self.assertEqual(value, two[path], path)

    def test_everything_is_as_in_a_run_without_interruption(self):
        for ranks in (1, 2):
            with self.subTest(ranks=ranks):
                name = f"resumed{ranks}"
                done = self.resume(ranks, f"kept{ranks}", name)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertIn("taken from the checkpoint", done.stdout)
                # What was computed before is read; what comes after is solved
                # again, to a residual of 1e-5 of the forces. In removal a share
                # of the volume of 1 % may pass another cell.
                self.assert_same(f"whole{ranks}", name, 1e-3, 1e-9)
                whole, resumed = self.summary(f"whole{ranks}"), self.summary(name)
                for stage in ("insertion", "seating"):
                    for path, value in leaves(whole[stage]):
                        self.assertEqual(value, dict(leaves(resumed[stage]))[path], path)
                self.assertGreater(self.summary(name)["seating"]["slip_area_mm2"], 0.)

    def test_other_ranks_find_what_was_seated(self):
        done = self.resume(1, "kept2", "other_ranks")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        whole, resumed = self.summary("whole2"), self.summary("other_ranks")
        for key in ("slip_area_mm2", "stick_area_mm2", "mean_pressure_MPa", "normal_force_N",
                    "elastic_energy_N_mm"):
            self.assertAlmostEqual(whole["seating"][key], resumed["seating"][key],
                                   delta=1e-9 * whole["seating"][key])

    def test_another_insertion_is_not_gone_on_with(self):
        # Bone that creeps is inserted into within the load's duration.
        for setting in ("load.duration_s=2.0", "insertion.cortex.friction_coefficient=0.31",
                        "solver.relative_tolerance=1e-9"):
            with self.subTest(setting=setting):
                name = "another"
                done = self.resume(1, "kept1", name, [setting])
                self.assertIn("is of another insertion and is not used", done.stdout)

    def test_damaged_checkpoints_are_refused_in_one_sentence(self):
        whole = (self.root / "kept1").read_bytes()
        generator = random.Random(5)
        for n in range(8):
            data = bytearray(whole)
            data[generator.randrange(512 if n < 2 else len(data))] ^= 1 << generator.randrange(8)
            self.refused(n, bytes(data))
        for n, data in enumerate((b"", b"\0" * 100000, whole[:len(whole) // 2], b"garbage"), 8):
            self.refused(n, data)
        with h5py.File(self.root / "foreign", "w") as file:
            file["x"] = [1., 2.]
        self.refused(20, (self.root / "foreign").read_bytes())

    def refused(self, n, data):
        with self.subTest(n=n):
            (self.root / "damaged").write_bytes(data)
            done = self.resume(1 + n % 2, "damaged", f"refused{n}")
            self.assertEqual(done.returncode, 5, done.stdout + done.stderr)
            lines = [line for line in done.stdout.splitlines() if "FAILED" in line]
            self.assertEqual(len(lines), 1, done.stdout)
            self.assertRegex(lines[0], r"refused\d+\.checkpoint\.h5' .*; remove it, "
                                       r"or run without --resume$")
            self.assertFalse((self.root / f"refused{n}" / "summary.json").exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
