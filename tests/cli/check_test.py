# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks that "miniscrew check" answers at once, whatever it is asked.

    check_test.py MINISCREW CASES
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM, CASES = "", Path()
HEAD = """
[screw]
system = "Dual Top"
diameter_mm = 1.6
length_mm = 6
[site]
cancellous_mm = 7
"""


class Answer:
    """What a call printed, and what it took: processor seconds and MB."""

    def __init__(self, *arguments, folder, **environment):
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            # pylint: disable-next=consider-using-with
            process = subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=folder,
                                       stdout=out, stderr=err,
                                       env={**os.environ, **environment})
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = self.code = os.waitstatus_to_exitcode(status)
            self.seconds = usage.ru_utime + usage.ru_stime
            self.megabytes = usage.ru_maxrss / 1024
            out.seek(0)
            err.seek(0)
            self.stdout, self.stderr = out.read(), err.read()


class Check(unittest.TestCase):
    """Sizes are estimated before anything is meshed."""

    def setUp(self):
        self.holder = tempfile.TemporaryDirectory()
        self.folder = Path(self.holder.name)
        self.case = self.folder / "small.toml"

    def tearDown(self):
        self.holder.cleanup()

    def call(self, command, text, *settings, **environment):
        """The answer to a command on a case."""
        self.case.write_text(HEAD + text, encoding="utf-8")
        options = [part for one in settings for part in ("--set", one)]
        return Answer(command, self.case, *options, folder=self.folder, **environment)

    def assert_quick(self, answer, seconds=10.):
        """No answer takes over ten seconds, or much memory."""
        self.assertLess(answer.seconds, seconds, answer.stdout[-2000:])
        self.assertLess(answer.megabytes, 700)

    def test_refuses_what_no_machine_holds(self):
        for settings in (["discretisation.interface_size_mm=0.01"],
                         ["discretisation.interface_size_mm=0.01",
                          "discretisation.far_size_mm=0.02", "site.width_mm=100"],
                         ["discretisation.interface_size_mm=0.01",
                          "discretisation.degree=1", "site.insertion_angle_deg=45"]):
            with self.subTest(settings=settings):
                answer = self.call("check", "", *settings)
                self.assertEqual(answer.code, 1, answer.stdout)
                self.assertRegex(answer.stderr,
                                 r"the mesh would have about \S+ cells and \S+ degrees "
                                 r"of freedom, .*interface_size_mm \(now 0.01\)")
                self.assertEqual(len(answer.stderr.strip().splitlines()), 1)
                self.assert_quick(answer)

    def test_fine_meshes_are_estimated(self):
        answer = self.call("check", "", "discretisation.interface_size_mm=0.04",
                           MINISCREW_MEMORY_MB="1e9")
        self.assertEqual(answer.code, 0, answer.stderr)
        self.assertRegex(answer.stdout, r"small +~\d+ +~\d+")
        self.assert_quick(answer)

    def test_small_meshes_are_counted(self):
        answer = self.call("check", "", "discretisation.interface_size_mm=0.8",
                           "discretisation.degree=1")
        self.assertEqual(answer.code, 0, answer.stderr)
        self.assertRegex(answer.stdout, r"small +\d+ +\d+ +\d+ ")
        self.assertNotIn("~", answer.stdout)

    def test_a_thousand_variants(self):
        variants = "".join(f'[[variant]]\nname = "v{i}"\nsite.width_mm = {8 + 0.01 * i}\n'
                           for i in range(1000))
        answer = self.call("check", variants)
        self.assertEqual(answer.code, 0, answer.stderr)
        self.assertIn("v999", answer.stdout)
        self.assertRegex(answer.stdout, r"\d+ of 1000 meshes")
        self.assert_quick(answer)

    def test_many_depths(self):
        answer = self.call("check", "", "insertion.technique=self-drilling",
                           "insertion.depths=100", "interface.condition=frictional",
                           "materials.law=quadric")
        self.assertEqual(answer.code, 0, answer.stderr)
        self.assertRegex(answer.stdout, r"\d+ of 100 meshes")
        self.assert_quick(answer)

    def test_thin_screw_in_a_wide_block(self):
        self.case.write_text(
            '[screw]\ndiameter_mm = 0.3\nlength_mm = 4\ncore_diameter_mm = 0.2\n'
            'pitch_mm = 0.1\ncrest_width_mm = 0.01\nfillet_radius_mm = 0.002\n'
            'thread_runout_mm = 0.1\ntip = "flat"\nhead = "none"\n'
            '[site]\nwidth_mm = 100\ncancellous_mm = 50\ninsertion_depth_mm = 3\n',
            encoding="utf-8")
        answer = Answer("check", self.case, folder=self.folder)
        self.assertEqual(answer.code, 1, answer.stdout)
        self.assertIn("degrees of freedom", answer.stderr)
        self.assert_quick(answer)

    def test_memory_that_is_not_there(self):
        for command in ("check", "run", "mesh"):
            with self.subTest(command=command):
                answer = self.call(command, "", MINISCREW_MEMORY_MB="100")
                self.assertEqual(answer.code, 1, answer.stdout)
                self.assertIn("but 100 MB are allowed by MINISCREW_MEMORY_MB",
                              answer.stderr + answer.stdout)
                self.assertEqual(list(self.folder.glob("results/*/*")), [])

    def test_memory_and_time_are_announced(self):
        answer = self.call("check", "", "discretisation.interface_size_mm=0.5")
        row = re.search(r"^small +(.*)$", answer.stdout, re.MULTILINE)
        self.assertIsNotNone(row, answer.stdout)
        self.assertRegex(row.group(1), r"\d+ +\d+ +\d+ +[\d.]+ (s|min|h|days)")
        self.assertIn("rough estimates", answer.stdout)
        self.assertLess(answer.megabytes, int(row.group(1).split()[2]))


class Depths(unittest.TestCase):
    """Meshes of partial depths are looked at too."""

    def test_planes_that_nearly_meet_the_tip(self):
        with tempfile.TemporaryDirectory() as folder:
            answer = Answer("check", CASES.resolve() / "tutorials/06_insertion/case.toml",
                            "--set", "site.near_cortex_mm=2.00001", folder=folder)
            self.assertEqual(answer.code, 0, answer.stderr)
            self.assertIn("near cortex, at a depth of 2.00001 mm, is put at 2 mm",
                          answer.stdout)


if __name__ == "__main__":
    PROGRAM, CASES = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
