#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a load does is counted from the seated screw: nothing without a load, in
proportion to small ones, independent of tolerances and steps, and work that
elastic contact takes is given back.

    reference_test.py MINISCREW CASES MPIEXEC [FLAG...]
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

MINISCREW, CASES, MPIEXEC = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
del sys.argv[1:]

ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1"}

SMOOTH_PIN = """\
[screw]
diameter_mm = 1.6
length_mm = 6.0
core_diameter_mm = 1.6
shape = "cylindrical"
tip = "flat"
head = "none"
collar_height_mm = 2.0
collar_diameter_mm = 1.6
[screw.material]
name = "pin"
young_modulus_MPa = 110000.0
poisson_ratio = 0.3
[site]
near_cortex_mm = 1.5
cancellous_mm = 7.0
width_mm = 8.0
[materials.near_cortex]
name = "c"
young_modulus_MPa = 13700.0
poisson_ratio = 0.3
[materials.cancellous]
name = "s"
young_modulus_MPa = 1370.0
poisson_ratio = 0.3
[interface]
condition = "frictional"
friction_coefficient = 0.3
[load]
force_N = [2.0, 0.0, 0.0]
height_mm = 1.5
steps = 1
[discretisation]
interface_size_mm = 0.4
far_size_mm = 2.5
degree = 1
[output]
vtu = false
hdf5_fields = false
"""

PRESSED = CASES / "tutorials" / "04_contact" / "case.toml"
INSERTED = CASES / "tutorials" / "06_insertion" / "case.toml"
COARSE = ("discretisation.interface_size_mm=0.8", "discretisation.degree=1",
          "output.vtu=false", "output.hdf5_fields=false")


def expect_zeros(test, name, tree):
    """All numbers of a part of a summary are nothing."""
    for key, value in tree.items():
        if isinstance(value, dict):
            expect_zeros(test, f"{name}.{key}", value)
        else:
            test.assertEqual(value, 0., f"{name}.{key}")


def size(vector):
    return sum(v * v for v in vector) ** 0.5


class Reference(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.pin = Path(self.folder.name) / "pin.toml"
        self.pin.write_text(SMOOTH_PIN, encoding="utf-8")
        self.n_runs = 0

    def run_case(self, case, *settings, code=0, arguments=()):
        self.n_runs += 1
        output = Path(self.folder.name) / str(self.n_runs)
        done = subprocess.run(
            [*MPIEXEC, "-np", "2", MINISCREW, "run", str(case), "--output", str(output),
             *[word for s in settings for word in ("--set", s)], *arguments],
            cwd=self.folder.name, env=ENVIRONMENT, text=True, capture_output=True,
            timeout=500, check=False)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.said = done.stdout + done.stderr
        return json.loads((output / "summary.json").read_text()) if code == 0 else None

    def expect_nothing(self, part):
        """A stage whose cause is zero has moved nothing."""
        self.assertEqual(part["head_displacement_mm"], [0., 0., 0.])
        self.assertEqual(part["tip_displacement_mm"], [0., 0., 0.])
        self.assertEqual(part["axis_rotation_deg"], 0.)
        self.assertEqual(part["screw_rotation_rad"], [0., 0., 0.])
        self.assertEqual(part["strain_energy_change_N_mm"], 0.)
        self.assertEqual(part["screw"]["max_von_mises_MPa"], 0.)
        for name, layer in part["bone"].items():
            expect_zeros(self, name, {key: value for key, value in layer.items()
                                      if key not in ("volume_mm3", "mechanostat_mm3")})
            if "mechanostat_mm3" in layer:
                self.assertEqual(layer["mechanostat_mm3"]["disuse"], layer["volume_mm3"])

    def expect_totals_of(self, before, total):
        """What a press fit or insertion left stands in the totals."""
        for layer in ("near_cortex", "cancellous"):
            strain = before["bone"][layer]["max_principal_strain"]
            self.assertGreater(strain["p99_9"], 1e-4)
            self.assertEqual(strain, total["bone"][layer]["max_principal_strain"])
        self.assertEqual(before["elastic_energy_N_mm"], total["strain_energy_N_mm"])

    def test_no_load_does_nothing(self):
        for case, settings in (
                (PRESSED, COARSE),
                (PRESSED, (*COARSE, "interface.condition='frictionless'")),
                (PRESSED, (*COARSE, "interface.tolerance_mm=1e-7")),
                (INSERTED, (*COARSE, "insertion.depths=2", "insertion.extra_depths=0", "tests.run=['service']")),
                (self.pin, ()),
        ):
            summary = self.run_case(case, *settings, "load.force_N=[0, 0, 0]",
                                    "load.unload=true")
            service = summary["service"]
            before = summary.get("press_fit", summary.get("relaxation"))
            self.assertEqual(before is None, case is self.pin)
            if before is not None:
                self.expect_totals_of(before, service["total"])
            self.expect_nothing(service)
            self.expect_nothing(service["unloaded"])
            self.assertEqual(service["contact"]["max_micromotion_um"], 0.)
            self.assertEqual(service["contact"]["mean_micromotion_um"], 0.)
            self.assertEqual(service["contact"]["frictional_work_N_mm"], 0.)
            self.assertEqual(service["contact"]["external_work_N_mm"], 0.)

    def stiffness(self, service):
        return size(service["force_N"]) / size(service["head_displacement_mm"])

    def test_answers_are_in_proportion_to_small_loads(self):
        for case, settings in ((PRESSED, COARSE),
                               (INSERTED, (*COARSE, "insertion.depths=2", "insertion.extra_depths=0",
                                           "tests.run=['service']"))):
            found = [self.run_case(case, *settings,
                                   f"load.force_N=[{force}, 0, 0]")["service"]
                     for force in (2e-4, 2e-3, 2e-2)]
            stiffest = self.stiffness(found[0])
            micromotion = found[0]["contact"]["mean_micromotion_um"] / 2e-4
            for force, service in zip((2e-4, 2e-3, 2e-2), found):
                self.assertAlmostEqual(self.stiffness(service) / stiffest, 1., delta=0.01)
                self.assertAlmostEqual(service["contact"]["mean_micromotion_um"] / force
                                       / micromotion, 1., delta=0.01)

    def test_tolerances_do_not_decide(self):
        for case, settings in ((self.pin, ()), (PRESSED, COARSE)):
            usual, exact = (self.run_case(case, *settings, *tolerance)["service"]
                            for tolerance in ((), ("interface.tolerance_mm=1e-8",)))
            self.assertAlmostEqual(self.stiffness(usual) / self.stiffness(exact), 1.,
                                   delta=0.01)
            for key in ("max_micromotion_um", "mean_micromotion_um"):
                self.assertAlmostEqual(usual["contact"][key] / exact["contact"][key], 1.,
                                       delta=0.01)

    def test_steps_do_not_decide(self):
        heads = [self.run_case(self.pin, f"load.steps={n}")["service"]
                 for n in (1, 2, 8)]
        for other in heads[1:]:
            self.assertAlmostEqual(self.stiffness(other) / self.stiffness(heads[0]), 1.,
                                   delta=0.005)

    def test_elastic_contact_gives_its_work_back(self):
        for case, settings in ((self.pin, ()),
                               (PRESSED, (*COARSE, "interface.interference_mm=0"))):
            for steps in (1, 16):
                service = self.run_case(
                    case, *settings, "interface.condition='frictionless'",
                    "load.unload=true", f"load.steps={steps}")["service"]
                put_in = service["contact"]["external_work_N_mm"]
                self.assertGreater(put_in, 0.)
                self.assertAlmostEqual(
                    service["unloaded"]["returned_work_N_mm"] / put_in, 1., delta=1e-3)

    def test_what_contact_does_not_hold_is_refused(self):
        frictionless = "interface.condition='frictionless'"
        for load, motion in (("load.force_N=[0, 0, 1]", "moving along its axis"),
                             ("load.moment_N_mm=[0, 0, 1]", "turning about its axis")):
            forces = () if "force" in load else ("load.force_N=[0, 0, 0]",)
            self.run_case(self.pin, frictionless, load, *forces, code=2)
            self.assertIn(motion, self.said)
        self.run_case(self.pin, frictionless)


if __name__ == "__main__":
    unittest.main(verbosity=2)
