#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs whole cases on 1 and 2 ranks: same numbers, files, exit codes.

    cases_test.py MINISCREW CASES MPIEXEC [FLAG...]
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import h5py

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
# pylint: disable=wrong-import-position
from quantities import (check_energy, check_fields, check_rotation,
                        check_yielding)

MINISCREW, CASES, MPIEXEC = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
del sys.argv[1:]

ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1"}
# What may differ between numbers of ranks: the Krylov iteration is stopped at a
# residual, so displacements agree to its tolerance, not to rounding.
TOLERANCE = 1e-5
# Greatest values sit at single points; counts and costs depend on the ranks, and
# what iterations leave is measured by the motion that it is allowed of.
NOT_COMPARED = ("solver.", "contact.steps", "inelastic.steps", "bytes_per_dof",
                "newton_iterations", "_place_mm",
                "force_balance_error", "max_singular", "balance_error", "mechanostat",
                "screw.max_von_mises_MPa", "yield_ratio")


def run(ranks, *arguments, cwd):
    return subprocess.run([*MPIEXEC, "-np", str(ranks), MINISCREW, *arguments],
                          cwd=cwd, env=ENVIRONMENT, text=True,
                          capture_output=True, timeout=500, check=False)


def motion(table):
    """The greatest component of all displacements of a table, mm."""
    return max((abs(v) for key, value in table.items() if key.endswith("displacement_mm")
                for v in (value if isinstance(value, list) else [value])), default=0.)


def numbers(tree, path="", moved=0.):
    """(path, value, size) of all numbers of a summary; the size of a component
    is that of the greatest of its vector, and of a displacement or penetration
    that of the greatest displacement beside or above it."""
    if isinstance(tree, dict):
        moved = max(moved, motion(tree))
        for key, value in tree.items():
            yield from numbers(value, f"{path}.{key}" if path else key, moved)
    elif path.endswith(("displacement_mm", "penetration_mm")):
        for i, value in enumerate(tree if isinstance(tree, list) else [tree]):
            yield (f"{path}.{i}" if isinstance(tree, list) else path), value, moved
    elif isinstance(tree, list):
        sizes = [abs(v) for v in tree if isinstance(v, (int, float))]
        for i, value in enumerate(tree):
            if isinstance(value, (int, float)):
                yield f"{path}.{i}", value, max(sizes)
    elif isinstance(tree, (int, float)) and not isinstance(tree, bool):
        yield path, tree, abs(tree)


class Cases(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def results(self, case, *arguments):
        """The summaries of a case on 1 and on 2 ranks, by variant."""
        found = []
        for ranks in (1, 2):
            output = Path(self.folder.name) / f"np{ranks}"
            done = run(ranks, "run", str(case), "--output", str(output),
                       "--set", "solver.relative_tolerance=1e-11",
                       *arguments, cwd=self.folder.name)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            found.append({p.parent.relative_to(output).as_posix(): json.loads(p.read_text())
                          for p in output.rglob("summary.json")})
        self.assertTrue(found[0])
        self.assertEqual(found[0].keys(), found[1].keys())
        return found

    def compare(self, case, *arguments):
        one, two = self.results(case, *arguments)
        for variant, summary in one.items():
            other = {path: value for path, value, _ in numbers(two[variant])}
            for path, value, size in numbers(summary):
                if not any(part in path for part in NOT_COMPARED):
                    self.assertLessEqual(abs(value - other[path]), TOLERANCE * size,
                                         f"{variant} {path}: {value} and {other[path]}")
        return one

    def test_every_tutorial_gives_the_same_on_one_and_two_ranks(self):
        # Insertion has a test of its own.
        for case in sorted((CASES / "tutorials").glob("0[1-5]_*/case.toml")):
            with self.subTest(case=case.parent.name):
                self.folder = tempfile.TemporaryDirectory()
                self.addCleanup(self.folder.cleanup)
                for variant, summary in self.compare(case).items():
                    service = summary["service"]
                    check_rotation(self, service)
                    check_fields(self, service, Path(self.folder.name) / "np1" / variant)
                    # Bonded elastic bone: to the solver's tolerance.
                    simple = "contact" not in service and "inelastic" not in service
                    check_energy(self, service, 1e-6 if simple else 0.05)
                    self.assertEqual("press_fit" in summary, "contact" in service)
                    self.assertEqual("total" in service, "press_fit" in summary)

    def test_benchmark_and_its_energy(self):
        summaries = self.compare(CASES / "benchmarks" / "bonded_pin" / "case.toml",
                                 "--variant", "coarse")
        service = summaries["coarse"]["service"]
        # Linear elasticity: the work of the load is the stored energy.
        self.assertAlmostEqual(service["external_work_N_mm"] / service["strain_energy_N_mm"],
                               1., delta=1e-8)
        self.assertLess(service["balance_error"]["force"], 1e-6)
        self.assertLess(service["balance_error"]["moment"], 1e-6)

    def test_twice_the_force_gives_twice_the_displacement(self):
        case = str(CASES / "tutorials" / "01_first_screw" / "case.toml")
        found = []
        for name, force in (("single", "[1, 0, 0]"), ("double", "[2, 0, 0]")):
            output = Path(self.folder.name) / name
            done = run(1, "run", case, "--output", str(output),
                       "--set", f"load.force_N={force}", cwd=self.folder.name)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            found.append(json.loads((output / "summary.json").read_text()))
        single, double = (s["service"]["head_displacement_mm"][0] for s in found)
        self.assertAlmostEqual(double / single, 2., delta=1e-6)

    def test_frictionless_thread_carries_axial_load_by_its_flanks(self):
        output = Path(self.folder.name) / "axial"
        done = run(2, "run", str(CASES / "tutorials" / "04_contact" / "case.toml"),
                   "--output", str(output), "--set", "load.force_N=[0, 0, 5]",
                   "--set", "interface.condition='frictionless'",
                   "--set", "interface.interference_mm=0",
                   cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        service = json.loads((output / "summary.json").read_text())["service"]
        self.assertAlmostEqual(service["reaction_force_N"][2], -5., delta=1e-4)
        self.assertLess(service["contact"]["regularising_share"], 0.02)
        self.assertEqual(service["contact"]["stick_area_mm2"], 0.)
        self.assertTrue((output / "interface.pvd").exists())

    def test_work_of_a_contact_run_is_stored_or_lost_in_friction(self):
        output = Path(self.folder.name) / "energy"
        done = run(2, "run", str(CASES / "tutorials" / "04_contact" / "case.toml"),
                   "--output", str(output), "--set", "interface.interference_mm=0",
                   "--set", "load.steps=4",
                   "--set", "interface.tolerance_mm=1e-6", cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        contact = json.loads((output / "summary.json").read_text())["service"]["contact"]
        self.assertGreater(contact["frictional_work_N_mm"], 0.02 * contact["external_work_N_mm"])
        self.assertAlmostEqual((contact["elastic_energy_change_N_mm"]
                                + contact["frictional_work_N_mm"])
                               / contact["external_work_N_mm"], 1., delta=0.01)

    def head_displacement(self, ranks, name, case, *arguments):
        output = Path(self.folder.name) / name
        done = run(ranks, "run", str(case), "--output", str(output),
                   "--set", "solver.relative_tolerance=1e-10",
                   *arguments, cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        summary = json.loads((output / "summary.json").read_text())
        return summary["service"]["head_displacement_mm"]

    def test_contact_is_the_same_on_three_ranks(self):
        case = CASES / "tutorials" / "04_contact" / "case.toml"
        one, three = (self.head_displacement(n, f"np{n}", case) for n in (1, 3))
        for a, b in zip(one, three):
            self.assertAlmostEqual(a, b, delta=1e-5 * one[0])

    def inelastic(self, ranks, name, *arguments):
        output = Path(self.folder.name) / name
        done = run(ranks, "run", str(CASES / "tutorials" / "05_inelastic" / "case.toml"),
                   "--output", str(output), "--set", "discretisation.interface_size_mm=0.5",
                   *arguments, cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return output, json.loads((output / "summary.json").read_text())["service"]

    def test_yielding_bone_is_the_same_on_two_ranks_and_stays_displaced(self):
        (_, one), (output, two) = (self.inelastic(n, f"yields{n}") for n in (1, 2))
        head = one["head_displacement_mm"]
        for a, b in zip(head, two["head_displacement_mm"]):
            self.assertAlmostEqual(a, b, delta=1e-5 * head[0])
        a, b = (s["bone"]["near_cortex"]["inelastic"]["yielded_mm3"] for s in (one, two))
        self.assertGreater(a, 0.)
        self.assertAlmostEqual(a, b, delta=0.01 * a)
        # Below the onset, on average over the internal length.
        self.assertEqual(two["bone"]["near_cortex"]["inelastic"]["damaged_mm3"], 0.)
        remains = two["unloaded"]["head_displacement_mm"][0]
        self.assertGreater(remains, 0.02 * head[0])
        self.assertLess(remains, 0.5 * head[0])
        # What the load gave and did not get back is dissipated or locked in.
        self.assertAlmostEqual(
            two["external_work_N_mm"] - two["unloaded"]["returned_work_N_mm"]
            - two["unloaded"]["strain_energy_N_mm"],
            two["inelastic"]["dissipated_N_mm"],
            delta=0.05 * two["inelastic"]["dissipated_N_mm"])
        with (output / "fields.pvd").open() as file:
            self.assertIn("fields", file.read())
        names = set()
        with h5py.File(output / "results.h5") as file:
            names = set(file["VTKHDF/PointData"])
            damage = file["VTKHDF/PointData/damage"][:]
        self.assertLessEqual({"damage", "cumulated_plastic_strain"}, names)
        self.assertEqual(damage.max(), 0.)
        self.assertGreaterEqual(damage.min(), 0.)

    def test_small_loads_leave_strong_bone_elastic(self):
        _, service = self.inelastic(2, "elastic", "--set", "load.force_N=[0.5, 0, 0]",
                                    "--set", "expected.service.reaction_force_N.0.value=-0.5")
        self.assertEqual(service["bone"]["near_cortex"]["inelastic"]["yielded_mm3"], 0.)
        self.assertAlmostEqual(service["unloaded"]["head_displacement_mm"][0], 0., delta=1e-9)
        self.assertAlmostEqual(service["strain_energy_N_mm"], service["external_work_N_mm"],
                               delta=1e-6 * service["external_work_N_mm"])

    def test_a_press_fit_yields_bone_in_contact(self):
        output, service = self.inelastic(
            2, "pressed", "--set", "interface.condition='frictional'",
            "--set", "interface.interference_mm=0.004", "--set", "load.force_N=[5, 0, 0]",
            "--set", "load.unload=false", "--set", "load.steps=1",
            "--set", "expected.service.reaction_force_N.0.value=-5.0")
        summary = json.loads((output / "summary.json").read_text())
        yielded = service["total"]["bone"]["near_cortex"]["inelastic"]["yielded_mm3"]
        self.assertGreater(yielded, 0.)
        self.assertLess(service["contact"]["force_balance_error"], 1e-3)
        check_yielding(self, summary["press_fit"], service)
        check_rotation(self, service)

    def test_a_round_pin_bends_alike_to_both_sides(self):
        case = CASES / "verification" / "pulled_pin" / "case.toml"
        there, back = (self.head_displacement(2, name, case, "--set", f"load.force_N={force}")
                       for name, force in (("there", "[2, 0, -1]"), ("back", "[-2, 0, -1]")))
        self.assertGreater(there[0], 1e-4)
        for a, b, sign in zip(there, back, (-1, -1, 1)):
            self.assertAlmostEqual(a, sign * b, delta=1e-4 * there[0])

    def test_a_pin_pulled_out_of_its_friction_is_exit_code_two(self):
        output = Path(self.folder.name) / "pulled"
        done = run(2, "run", str(CASES / "verification" / "pulled_pin" / "case.toml"),
                   "--output", str(output), cwd=self.folder.name)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertIn("equilibrium did not converge at", done.stdout + done.stderr)
        self.assertFalse(output.exists())
        self.assertTrue((output.parent / "pulled.failed" / "last_converged.pvd").exists())

    def test_adaptive_refinement_lowers_the_estimated_error(self):
        output = Path(self.folder.name) / "adaptive"
        done = run(2, "run", str(CASES / "tutorials" / "01_first_screw" / "case.toml"),
                   "--output", str(output),
                   "--set", "discretisation.interface_size_mm=0.5",
                   "--set", "discretisation.adaptive_cycles=2",
                   cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        cycles = json.loads((output / "summary.json").read_text())["mesh"]["adaptive_cycles"]
        errors = [cycle["relative_error"] for cycle in cycles]
        self.assertEqual(len(errors), 3)
        self.assertGreater(errors[0], errors[1])
        self.assertGreater(errors[1], errors[2])

    def test_no_convergence_is_exit_code_two_and_keeps_the_log(self):
        output = Path(self.folder.name) / "stopped"
        done = run(2, "run", str(CASES / "tutorials" / "01_first_screw" / "case.toml"),
                   "--output", str(output), "--set", "solver.max_iterations=3",
                   cwd=self.folder.name)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertIn("service: conjugate gradients stopped after 3 iterations",
                      done.stdout + done.stderr)
        self.assertFalse(output.exists())
        self.assertTrue((Path(self.folder.name) / "stopped.failed" / "log.txt").exists())

    def test_missed_expectation_is_exit_code_three(self):
        case = Path(self.folder.name) / "missed.toml"
        text = (CASES / "tutorials" / "01_first_screw" / "case.toml").read_text()
        case.write_text(text + '\n[expected]\n"service.strain_energy_N_mm" = '
                        '{ value = 1.0, relative_tolerance = 1e-3, source = "nowhere" }\n')
        done = run(1, "run", str(case), cwd=self.folder.name)
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertIn("strain_energy_N_mm", done.stdout + done.stderr)
        done = run(1, "run", str(case), "--set", "load.force_N=[1, 0, 0]",
                   cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("1 expected values of the case file are not checked",
                      done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
