# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kills runs at random moments; nothing may be lost and nothing be half.

    kills_test.py MINISCREW CASES MPIRUN [FLAG]...

Seeds are fixed. A run goes over an existing result with files of the user; after
each kill there is the older or the newer result, whole, and all that is the
user's; a last run works and tidies up.
"""
import json
import random
import re
import sys
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
# pylint: disable=wrong-import-position
from program import QUICK, Program, WithFolder, contents, hidden, kill

PROGRAM = None
N_KILLS = {1: 14, 2: 6}
MINE = {"notes.txt": "mine", "tilted/summary.json": "{}", "curves/measured.csv": "1",
        "figures/photo.png": "mine"}


class Kills(WithFolder):
    """Runs that are killed while they start, compute and write."""

    def setUp(self):
        super().setUp()
        self.result = self.folder / "res"

    def arguments(self, force):
        """A run that can be told from others by its load."""
        return ["run", PROGRAM.first_case, *QUICK, "--set", f"load.force_N=[{force},0,0]",
                "--output", "res"]

    def expect_whole(self, forces):
        """The result is that of one of the forces, with all its files."""
        found = contents(self.result)
        for name, text in MINE.items():
            self.assertEqual(found.pop(name, b"lost").decode(), text, name)
        manifest = json.loads(found["manifest.json"])
        self.assertEqual(manifest["state"], "complete")
        self.assertEqual(sorted(found), sorted([*manifest["files"], "manifest.json"]))
        for name in ("fields/fields_0000.pvtu", "results.h5", "run.json"):
            self.assertIn(name, found)
        summary = json.loads(found["summary.json"])
        force = -summary["service"]["reaction_force_N"][0]
        self.assertIn(round(force, 3), forces)
        asked = re.search(r"force_N = \[ *([-\d.]+)", found["case.toml"].decode())
        self.assertAlmostEqual(float(asked[1]), force, places=3)

    def start_and_kill(self, ranks, force, moment, duration):
        """A run that is killed at a share of its time, or while it ends."""
        process = PROGRAM.start(*self.arguments(force), ranks=ranks,
                                folder=self.folder)
        if moment < 0.5:
            time.sleep(2 * moment * duration)
        else:
            for line in process.stdout:
                if "head displacement" in line or " in all" in line:
                    break
            time.sleep((moment - 0.5) * 0.02)
        kill(process)

    def test_kills(self):
        for name, text in MINE.items():
            (self.result / name).parent.mkdir(parents=True, exist_ok=True)
            (self.result / name).write_text(text)
        begin = time.monotonic()
        answer = PROGRAM(*self.arguments(1.0), folder=self.folder)
        duration = time.monotonic() - begin
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.expect_whole([1.0])

        chance = random.Random(20250101)
        forces = [1.0]
        for ranks, n_kills in N_KILLS.items():
            for _ in range(n_kills):
                forces.append(1.0 + 0.25 * len(forces))
                moment = chance.random()
                with self.subTest(ranks=ranks, moment=moment):
                    self.start_and_kill(ranks, forces[-1], moment, duration)
                    self.expect_whole(forces)
        for ranks in N_KILLS:
            answer = PROGRAM(*self.arguments(0.5), ranks=ranks, folder=self.folder)
            self.assertEqual(answer.returncode, 0, answer.stderr)
            self.expect_whole([0.5])
        self.assertEqual(hidden(self.folder), [])
        self.assertEqual([entry.name for entry in self.folder.iterdir()], ["res"])
        self.assertFalse(any(path.is_symlink() for path in self.result.rglob("*")))


if __name__ == "__main__":
    PROGRAM = Program(sys.argv[1:])
    unittest.main(argv=sys.argv[:1])
