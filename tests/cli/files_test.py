# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks that runs replace and delete what they wrote, and nothing else.

    files_test.py MINISCREW CASES MPIRUN [FLAG]...
"""
import json
import shutil
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
# pylint: disable=wrong-import-position
from program import QUICK, Program, WithFolder, contents, hidden

PROGRAM = None


class Files(WithFolder):
    """What is in folders before and after."""

    def run_case(self, *arguments, code=0, case=None, ranks=1):
        """A quick run that must end with the code."""
        answer = PROGRAM("run", case or PROGRAM.first_case, *QUICK, *arguments,
                         folder=self.folder, ranks=ranks)
        self.assertEqual(answer.returncode, code, answer.stdout + answer.stderr)
        return answer.stdout + answer.stderr

    def write(self, **files):
        """Files of the user, by path with '__' for '/' and '_dot_' for '.'."""
        for name, text in files.items():
            path = self.folder / name.replace("__", "/").replace("_dot_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def test_own_files_survive_a_run_into_their_folder(self):
        """Fault 13: a project whose folders look like results."""
        self.write(proj__figures__photo_dot_png="mine", proj__log_dot_txt="mine",
                   proj__curves__measured_dot_csv="mine", proj__sub__run_dot_json="{}")
        (self.folder / "proj/x.failed").mkdir()
        case = self.folder / "proj" / "case.toml"
        shutil.copy(PROGRAM.first_case, case)
        before = contents(self.folder)
        for name in ("case.toml", "log.txt"):
            message = self.run_case("--output", "proj", case=case, code=1)
            self.assertIn("name another folder with --output", message)
            self.assertEqual(contents(self.folder), before)
            case.rename(case.with_name("other.toml"))
            case = case.with_name("other.toml")
            before = contents(self.folder)
        self.assertIn("'log.txt' is there", message)
        self.assertTrue((self.folder / "proj/x.failed").is_dir())
        self.assertEqual(hidden(self.folder), [])

        # Without what is in the way the rest is kept.
        (self.folder / "proj/log.txt").unlink()
        before = contents(self.folder)
        self.run_case("--output", "proj", case=case)
        self.assertTrue(before.items() <= contents(self.folder).items())
        self.assertTrue((self.folder / "proj/summary.json").is_file())
        self.assertTrue((self.folder / "proj/x.failed").is_dir())
        self.assertEqual(hidden(self.folder), [])

    def test_manifest_lists_all_files(self):
        for ranks in (1, 2):
            self.run_case("--output", f"res{ranks}", ranks=ranks)
            folder = self.folder / f"res{ranks}"
            manifest = json.loads((folder / "manifest.json").read_text())
            self.assertEqual(manifest["program"], "miniscrew")
            self.assertRegex(manifest["version"], r"^\d+\.\d+\.\d+$")
            self.assertEqual(manifest["state"], "complete")
            self.assertEqual(sorted([*manifest["files"], "manifest.json"]),
                             sorted(contents(folder)))
            self.assertIn("fields/fields_0000.pvtu", manifest["files"])

    def test_older_results_are_replaced_as_a_whole(self):
        """Fault 15: files of tests and fields that the new run does not have."""
        self.run_case("--output", "res")
        folder = self.folder / "res"
        manifest = json.loads((folder / "manifest.json").read_text())
        old = ["pullout.pvd", "pullout/pullout_0000.pvtu", "curves/removal.csv",
               "interface.pvd", "report.html", "figures/overview.png"]
        for name in old:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text("old")
        manifest["files"] += old
        (folder / "manifest.json").write_text(json.dumps(manifest))
        self.write(res__notes_dot_md="mine", res__figures__photo_dot_png="mine",
                   res__tilted__summary_dot_json="{}")
        self.run_case("--output", "res", "--set", "output.vtu=false")
        self.assertEqual(
            sorted(contents(folder)),
            ["case.toml", "figures/photo.png", "log.txt", "manifest.json",
             "notes.md", "results.h5", "run.json", "summary.json",
             "tilted/summary.json"])
        self.assertFalse((folder / "pullout").exists())

    def test_results_without_manifest_stay(self):
        """Those of earlier versions cannot be told from foreign files."""
        self.run_case("--output", "res")
        (self.folder / "res/manifest.json").unlink()
        before = contents(self.folder)
        self.assertIn("'case.toml' is there", self.run_case("--output", "res", code=1))
        self.assertEqual(contents(self.folder), before)

    def test_own_case_of_a_result_is_not_replaced(self):
        self.run_case("--output", "res")
        before = contents(self.folder)
        message = self.run_case("--output", "res", case="res/case.toml", code=1)
        self.assertIn("case file 'res/case.toml' would be replaced", message)
        self.assertEqual(contents(self.folder), before)

    def test_files_beside_the_output_stay(self):
        """Failed runs and checkpoints of the user's own."""
        self.write(res_dot_failed__notes_dot_txt="mine",
                   res_dot_checkpoint_dot_h5="mine")
        before = contents(self.folder)
        self.run_case("--output", "res", "--set", "solver.max_iterations=1", code=2)
        after = contents(self.folder)
        self.assertTrue(before.items() <= after.items())
        self.assertIn("res.2.failed/case.toml", after)
        self.assertIn('"failed"',
                      (self.folder / "res.2.failed/manifest.json").read_text())
        self.run_case("--output", "res")
        self.assertTrue(before.items() <= contents(self.folder).items())

    def test_mesh_has_one_place(self):
        """Fault 17: not mesh/mesh."""
        answer = PROGRAM("mesh", PROGRAM.first_case, *QUICK, folder=self.folder)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        folder = self.folder / "results/01_first_screw/mesh"
        self.assertEqual(sorted(contents(folder)),
                         ["manifest.json", "mesh.pvd", "mesh/mesh_0000.pvtu",
                          "mesh/mesh_0000_p0000.vtu", "summary.json"])
        case = PROGRAM.cases / "tutorials/02_variants/case.toml"
        answer = PROGRAM("mesh", case, *QUICK, "--output", "out", folder=self.folder)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        for name in ("perpendicular", "tilted"):
            self.assertTrue((self.folder / "out/mesh" / name / "mesh.pvd").is_file())

    def test_comparison_does_not_replace_the_users(self):
        self.write(out__comparison_dot_csv="mine")
        case = PROGRAM.cases / "tutorials/02_variants/case.toml"
        message = self.run_case("--output", "out", case=case, code=1)
        self.assertIn("'comparison.csv' is there", message)
        self.assertEqual(contents(self.folder), {"out/comparison.csv": b"mine"})
        (self.folder / "out/comparison.csv").unlink()
        for _ in range(2):
            self.run_case("--output", "out", case=case)
        self.assertIn("comparison.csv",
                      (self.folder / "out/manifest.json").read_text())


if __name__ == "__main__":
    PROGRAM = Program(sys.argv[1:])
    unittest.main(argv=sys.argv[:1])
