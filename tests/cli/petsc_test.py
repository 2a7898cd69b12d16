# SPDX-License-Identifier: LGPL-2.1-or-later
"""Nothing but the case steers PETSc.

    petsc_test.py MINISCREW CASES MPIRUN [FLAG]...
"""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
# pylint: disable=wrong-import-position
from program import Program, WithFolder

PROGRAM = None

CASE = """
[screw]
system = "Dual Top"
diameter_mm = 1.6
length_mm = 8
[site]
near_cortex_mm = 1.5
cancellous_mm = 9.0
[load]
force_N = [2.0, 0.0, 0.0]
[discretisation]
interface_size_mm = 0.8
degree = 1
[output]
vtu = false
hdf5_fields = false
"""
VARIANTS = """
[[variant]]
name = "a"
[[variant]]
name = "b"
solver.petsc_options = "-coarse_pc_type jacobi"
[[variant]]
name = "c"
"""
# Each changes the number of iterations where it is heeded.
FOREIGN = "-coarse_pc_type jacobi"


class Petsc(WithFolder):
    """Runs of a coarse case in a folder of their own."""

    def setUp(self):
        super().setUp()
        (self.folder / "single.toml").write_text(CASE, "utf-8")

    def call(self, *arguments, ranks=1, **environment):
        return PROGRAM(*arguments, ranks=ranks, folder=self.folder,
                       env={**os.environ, "HOME": str(self.folder), **environment})

    def iterations(self, place):
        summary = self.folder / "results" / place / "summary.json"
        return json.loads(summary.read_text("utf-8"))["solver"]["cg_iterations"]

    def run_case(self, case="single", **options):
        answer = self.call("run", f"{case}.toml", **options)
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        self.assertEqual(answer.stderr, "")

    def test_options_of_a_variant_leave_the_next_alone(self):
        (self.folder / "variants.toml").write_text(CASE + VARIANTS, "utf-8")
        self.run_case("variants")
        a, b, c = (self.iterations(f"variants/{name}") for name in "abc")
        self.assertEqual(a, c)
        self.assertGreater(b, a)
        run = json.loads((self.folder / "results/variants/b/run.json").read_text("utf-8"))
        self.assertEqual(run["petsc_options"], "-coarse_pc_type jacobi")

    def test_files_and_environment_have_no_say(self):
        for ranks in (1, 2):
            with self.subTest(ranks=ranks):
                self.run_case(ranks=ranks)
                expected = self.iterations("single")
                for name in (".petscrc", "petscrc"):
                    (self.folder / name).write_text(FOREIGN + "\n", "utf-8")
                self.run_case(ranks=ranks)
                self.assertEqual(self.iterations("single"), expected)
                for name in (".petscrc", "petscrc"):
                    (self.folder / name).unlink()
                self.run_case(ranks=ranks, PETSC_OPTIONS=FOREIGN,
                              PETSC_OPTIONS_YAML="coarse_pc_type: jacobi")
                self.assertEqual(self.iterations("single"), expected)

    def test_no_file_loads_code(self):
        (self.folder / "evil.c").write_text(
            '#include <stdio.h>\n__attribute__((constructor)) static void f(void)\n'
            '{ fclose(fopen("evil.was_here", "w")); }\n', "utf-8")
        made = subprocess.run(["cc", "-shared", "-fPIC", "-o", "evil.so", "evil.c"],
                              cwd=self.folder, capture_output=True, check=False)
        self.assertEqual(made.returncode, 0)
        options = f"-dll_prepend {self.folder / 'evil.so'}"
        (self.folder / ".petscrc").write_text(options + "\n", "utf-8")
        answer = self.call("check", "single.toml", PETSC_OPTIONS=options)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertFalse((self.folder / "evil.was_here").exists())

    def test_wrong_options_are_refused_in_one_line(self):
        for options, part in (("-mat_view ascii:out", "'-mat_view' is not among"),
                              ("-pc_gamg_threshold abc", "'-pc_gamg_threshold' is not among"),
                              ("-coarse_pc_gamg_threshold abc", "has the value 'abc'"),
                              ("-coarse_pc_type lu -coarse_pc_gamg_agg_nsmooths 2",
                               "is not used with -coarse_pc_type lu")):
            for command in ("check", "run"):
                with self.subTest(options=options, command=command):
                    answer = self.call(command, "single.toml", "--set",
                                       f"solver.petsc_options='{options}'")
                    self.assertEqual(answer.returncode, 1, answer.stdout + answer.stderr)
                    self.assertIn(part, answer.stderr)
                    self.assertEqual(answer.stderr.count("\n"), 1, answer.stderr)
                    self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                                     ["single.toml"])

    def test_what_petsc_cannot_do_is_one_line(self):
        # A factorisation of PETSc's own is for one rank.
        answer = self.call("run", "single.toml", "--set",
                           "solver.petsc_options='-coarse_pc_type lu "
                           "-coarse_pc_factor_mat_solver_type petsc'", ranks=2)
        self.assertEqual(answer.returncode, 1, answer.stdout + answer.stderr)
        self.assertIn("solver.petsc_options: PETSc failed", answer.stdout)
        self.assertNotIn("PETSC ERROR", answer.stdout + answer.stderr)


if __name__ == "__main__":
    PROGRAM = Program(sys.argv[1:])
    unittest.main(argv=sys.argv[:1])
