#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""check_layers.py finds what it is made to find, and nothing else."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_layers.py"
HEAD = "// SPDX-License-Identifier: LGPL-2.1-or-later\n"


class CheckLayers(unittest.TestCase):
    """Each test writes a small tree and looks at what is printed."""

    def check(self, **files):
        """Output for a tree with these files ('__' in a name is '/')."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                stem, _, suffix = name.rpartition("_")
                path = Path(folder, stem.replace("__", "/") + "." + suffix)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(HEAD + text, encoding="utf-8")
            done = subprocess.run([sys.executable, SCRIPT, folder],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1 if done.stdout else 0, done.stderr)
        return done.stdout

    def test_allows_lower_layers(self):
        """Nothing is printed for a tree in order."""
        self.assertEqual("", self.check(
            solver__base__log_h="#include <string>\n",
            mesh__screw__pitch_h='#include "solver/base/log.h"\n',
            solver__linear__krylov_cc="#include <petscksp.h>\n",
            tests__unit__any_cc='#include "solver/base/log.h"\n'))

    def test_finds_includes_of_higher_layers(self):
        """A lower folder must not know a higher one."""
        self.assertIn("solver/base/log.h:2: includes mesh/map.h of a higher", self.check(
            solver__base__log_h='#include "mesh/map.h"\n'))

    def test_finds_libraries_outside_their_fence(self):
        """Third-party headers stay where they are wrapped."""
        for header in ("petscksp.h", "vtkCell.h", "hdf5.h", "toml++/toml.h",
                       "deal.II/lac/petsc_vector.h"):
            self.assertIn("does not belong here", self.check(
                solver__fem__space_cc=f"#include <{header}>\n"))

    def test_finds_circles(self):
        """Two headers that include each other."""
        self.assertIn("circle of includes: mesh/a.h -> mesh/b.h -> mesh/a.h",
                      self.check(mesh__a_h='#include "mesh/b.h"\n',
                                 mesh__b_h='#include "mesh/a.h"\n'))

    def test_finds_long_files_and_stray_texts(self):
        """Length, folders of a machine, work left undone."""
        self.assertIn("more than 500", self.check(mesh__a_cc="\n" * 500))
        self.assertIn("folder of one machine",
                      self.check(mesh__a_cc="// see /" + "home/me/x\n"))
        self.assertIn("leaves work undone",
                      self.check(docs__a_md="TO" + "DO later\n"))
        self.assertEqual("", self.check(docs__a_md="cases/" + "work/x https://a.b/" + "work/c\n"))


if __name__ == "__main__":
    unittest.main()
