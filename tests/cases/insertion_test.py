#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Insertion from a case file: ranks, files, kill and resume.

    insertion_test.py MINISCREW CASES MPIEXEC [FLAG...]
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import h5py

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
# pylint: disable=wrong-import-position
from quantities import check_fields, check_rotation, check_yielding

MINISCREW, CASES, MPIEXEC = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
del sys.argv[1:]

ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1"}
CASE = CASES / "tutorials" / "06_insertion" / "case.toml"
# Fewer steps than the tutorial, and only one depth besides those at the ends.
SETTINGS = [argument for setting in (
    "insertion.depths=3", "insertion.steps=2", "removal_steps=2", "pullout_steps=2")
    for argument in ("--set", setting if "." in setting else "tests." + setting)]
# Steps may be reduced differently; the path matters to damaged bone a little.
TOLERANCE = 2e-3


def command(ranks, *arguments, case=CASE, settings=SETTINGS):
    return [*MPIEXEC, "-np", str(ranks), MINISCREW, "run", str(case), *settings, *arguments]


class Insertion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = Path(cls.folder.name)
        cls.one = cls.summary(1, "one")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def run_case(cls, ranks, name, *arguments, **options):
        done = subprocess.run(command(ranks, "--output", name, *arguments, **options),
                              cwd=cls.root, env=ENVIRONMENT, text=True,
                              capture_output=True, timeout=500, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)

    @classmethod
    def read(cls, name):
        return json.loads((cls.root / name / "summary.json").read_text())

    @classmethod
    def summary(cls, ranks, name, *arguments):
        cls.run_case(ranks, name, *arguments)
        return cls.read(name)

    def close(self, a, b, tolerance=TOLERANCE):
        self.assertAlmostEqual(a, b, delta=tolerance * abs(a))

    def same(self, other):
        self.close(self.one["insertion"]["max_torque_N_cm"],
                   other["insertion"]["max_torque_N_cm"])
        self.close(self.one["seating"]["normal_force_N"], other["seating"]["normal_force_N"])
        self.close(self.one["removal"]["peak_torque_N_cm"],
                   other["removal"]["peak_torque_N_cm"])
        self.close(self.one["pullout"]["final_force_N"], other["pullout"]["final_force_N"])
        self.close(self.one["service"]["head_displacement_mm"][0],
                   other["service"]["head_displacement_mm"][0], 1e-2)

    def test_two_ranks_give_the_same(self):
        self.same(self.summary(2, "two"))

    def test_parts_make_the_torque_and_depths_are_in_order(self):
        insertion = self.one["insertion"]
        depths = [point["depth_mm"] for point in insertion["curve"]]
        self.assertEqual(depths, sorted(depths))
        self.assertEqual(len(depths), 4)
        for point in insertion["curve"]:
            parts = sum(value for key, value in point.items() if key in (
                "near_cortex_friction_N_cm", "cancellous_friction_N_cm",
                "far_cortex_friction_N_cm", "flanks_N_cm", "cutting_N_cm"))
            self.assertAlmostEqual(parts, point["torque_N_cm"], places=9)
            self.assertLess(point["balance_error"], 1e-3)
            self.assertEqual(point["far_cortex_friction_N_cm"], 0.)
        self.assertEqual(max(p["torque_N_cm"] for p in insertion["curve"]),
                         insertion["max_torque_N_cm"])
        self.assertGreater(insertion["bone"]["near_cortex"]["inelastic"]["yielded_mm3"], 0.)

    def test_stages_follow_from_each_other(self):
        # Pressure stays when the driver is let go; a screw that was turned in
        # with some torque is turned back with about as much.
        self.assertGreater(self.one["seating"]["normal_force_N"], 0.)
        self.assertGreater(self.one["removal"]["peak_torque_N_cm"],
                           0.5 * self.one["insertion"]["final_torque_N_cm"])
        self.assertGreater(self.one["pullout"]["final_force_N"], 10.)
        self.assertGreater(self.one["pullout"]["chapman_force_N"], 10.)

    def test_what_no_thread_carries_is_led(self):
        def shallow(name, *settings):
            both = ["insertion.depths=2", "insertion.extra_depths=0", "insertion.steps=2",
                    "tests.run=[]", *settings]
            run = self.summary(1, name, *(a for s in both for a in ("--set", s)))
            warns = any("driver leads" in str(warning) for warning in run["warnings"])
            return run["insertion"]["curve"], warns
        # A tip in its hole touches nothing; then the thread bites.
        curve, warns = shallow(
            "in_its_hole", "insertion.technique=cortical-perforation", "screw.tip=cutting",
            "screw.cutting_length_mm=2.5", "site.insertion_depth_mm=2.4")
        self.assertTrue(curve[0]["is_led"])
        self.assertEqual(curve[0]["torque_N_cm"], 0.)
        self.assertEqual(curve[0]["newton_iterations"], 0)
        self.assertGreater(curve[1]["torque_N_cm"], 0.)
        self.assertEqual(warns, curve[1]["is_led"])
        # Foam bears 40 N at most, by Chapman's formula.
        curve, warns = shallow(
            "pushed_through", "materials.near_cortex=foam 10 pcf",
            "materials.cancellous=foam 10 pcf", "insertion.driver_force_N=200",
            "site.insertion_depth_mm=3.0")
        self.assertTrue(all(point["is_led"] and point["normal_force_N"] > 0.
                            for point in curve))
        self.assertTrue(warns)

    def test_bone_relaxes_after_insertion(self):
        # In ten minutes cortical bone keeps 75 % of a stress, cancellous bone 58 %.
        relaxed = self.one["relaxation"]
        self.assertEqual(relaxed["time_s"], 600.)
        self.assertLess(relaxed["kept_force_share"], 0.8)
        self.assertGreater(relaxed["kept_force_share"], 0.5)
        self.close(relaxed["normal_force_N"],
                   relaxed["kept_force_share"] * self.one["seating"]["normal_force_N"], 1e-6)

    def test_what_insertion_did_is_not_due_to_the_load_or_a_test(self):
        service, before = self.one["service"], self.one["relaxation"]
        check_rotation(self, service)
        check_fields(self, service, self.root / "one")
        self.assertLess(service["axis_rotation_deg"],
                        0.5 * service["total"]["axis_rotation_deg"])
        for state in (service, self.one["removal"], self.one["pullout"]):
            check_yielding(self, before, state)
        # Bone only yields, never the other way round.
        self.assertGreaterEqual(
            before["bone"]["near_cortex"]["inelastic"]["yielded_mm3"],
            self.one["insertion"]["bone"]["near_cortex"]["inelastic"]["yielded_mm3"])
        self.assertAlmostEqual(
            sum(layer["inelastic"]["yielded_mm3"]
                for layer in self.one["insertion"]["bone"].values() if "inelastic" in layer),
            self.one["insertion"]["curve"][-1]["yielded_bone_mm3"], places=9)
        for layer in ("near_cortex", "cancellous"):
            due, total, was = (part["bone"][layer]["max_principal_strain"]["p99_9"]
                               for part in (service, service["total"], before))
            self.assertLess(due, 0.2 * total)
            self.close(was, total, 0.2)
        self.assertAlmostEqual(service["total"]["strain_energy_N_mm"],
                               before["elastic_energy_N_mm"]
                               + service["strain_energy_change_N_mm"], places=9)

    def test_insertion_may_be_all(self):
        summary = self.summary(2, "alone", "--set", "tests.run=[]", "--set",
                               "discretisation.degree=1", "--set", "insertion.extra_depths=0")
        self.assertGreater(summary["insertion"]["max_torque_N_cm"], 0.)
        self.assertGreater(summary["seating"]["normal_force_N"], 0.)
        self.assertNotIn("service", summary)
        self.assertTrue((self.root / "alone" / "fields.pvd").exists())
        # Nothing came after seating: the fields are those of the seated screw.
        with h5py.File(self.root / "alone" / "results.h5") as file:
            self.assertGreater(abs(file["VTKHDF/PointData/displacement_mm"][:]).max(), 1e-3)
            self.assertNotIn("total_displacement_mm", file["VTKHDF/PointData"])

    def test_pullout_is_proportional_to_strength_whatever_the_stiffness(self):
        self.run_case(2, "grades", settings=[],
                      case=CASES / "verification" / "foam_grades" / "case.toml")
        weak, strong = self.read("grades/10pcf"), self.read("grades/20pcf")
        for summary in (weak, strong):
            self.assertTrue(summary["pullout"]["is_flat"])
            self.assertEqual("thread_stripping", summary["pullout"]["failure_mode"])
        forces, formula, stiffness = (
            strong["pullout"][key] / weak["pullout"][key]
            for key in ("peak_force_N", "chapman_force_N", "stiffness_N_per_mm"))
        self.assertGreater(stiffness, 1.3 * formula)
        self.close(formula, forces, 0.01)

    def test_depths_that_are_hard_to_solve_are_solved(self):
        self.run_case(2, "hard", settings=[],
                      case=CASES / "verification" / "partial_depths" / "case.toml")
        for folder in (self.root / "hard").iterdir():
            if not (folder / "summary.json").exists():
                continue
            summary = self.read(f"hard/{folder.name}")
            with self.subTest(variant=folder.name):
                self.assertNotIn("incomplete", summary)
                curve = summary["insertion"]["curve"]
                self.assertIn(len(curve), (2, 3))
                for point in curve:
                    self.assertLess(point["balance_error"], 1e-3)

    def test_curves_are_in_csv_and_hdf5(self):
        for name, column in (("insertion", "torque_N_cm"), ("removal", "torque_N_cm"),
                             ("pullout", "force_N")):
            lines = (self.root / "one" / "curves" / f"{name}.csv").read_text().splitlines()
            columns = lines[0].split(",")
            self.assertIn(column, columns)
            with h5py.File(self.root / "one" / "results.h5") as file:
                table = file[f"curves/{name}"][:]
            self.assertEqual(len(table), len(lines) - 1)
            k = columns.index(column)
            for row, line in zip(table, lines[1:]):
                self.assertAlmostEqual(row[k], float(line.split(",")[k]),
                                       delta=1e-7 * abs(row[k]) + 1e-12)
        self.assertFalse((self.root / "one.checkpoint.h5").exists())

    def test_a_killed_run_of_two_ranks_goes_on_with_one(self):
        checkpoint = self.root / "killed.checkpoint.h5"
        process = subprocess.Popen(
            command(2, "--output", "killed"), cwd=self.root, env=ENVIRONMENT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        # Until the seated screw is on the disk.
        end = time.monotonic() + 300.
        while time.monotonic() < end and process.poll() is None:
            if checkpoint.exists():
                try:
                    with h5py.File(checkpoint) as file:
                        if "displacement" in file["cells"]:
                            break
                except (OSError, KeyError):
                    pass
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.assertTrue(checkpoint.exists())
        resumed = self.summary(1, "killed", "--resume")
        self.assertIn("taken from the checkpoint",
                      (self.root / "killed" / "log.txt").read_text())
        self.same(resumed)
        self.assertFalse(checkpoint.exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
