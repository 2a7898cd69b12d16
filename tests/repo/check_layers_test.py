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

    def test_allows_the_edges_of_the_list(self):
        """Nothing is printed for a tree in order."""
        self.assertEqual("", self.check(
            solver__main_cc='#include "solver/app/cli.h"\n',
            solver__base__log_h="#include <string>\n",
            mesh__screw__pitch_h='#include "solver/base/log.h"\n',
            solver__linear__krylov_cc="#include <petscksp.h>\n",
            tests__unit__any_cc='#include "solver/base/log.h"\n'))

    def test_finds_includes_that_no_edge_allows(self):
        """A lower folder must not know a higher one, nor a neighbour one that it
        has no business with."""
        self.assertIn("solver/base/log.h:2: solver/base/ does not include mesh/map/map.h",
                      self.check(solver__base__log_h='#include "mesh/map/map.h"\n'))
        self.assertIn("solver/output/ does not include solver/case/case.h",
                      self.check(solver__output__vtu_cc='#include "solver/case/case.h"\n'))

    def test_finds_files_and_folders_without_a_place(self):
        """Every folder is in the list; nothing but main.cc lies loose."""
        self.assertIn("solver/heat/ is not among the folders",
                      self.check(solver__heat__heat_cc=""))
        self.assertIn("solver/heat.cc: belongs into a folder of solver/",
                      self.check(solver__heat_cc=""))

    def test_finds_libraries_outside_their_fence(self):
        """Third-party headers stay where they are wrapped."""
        for header in ("petscksp.h", "vtkCell.h", "hdf5.h", "toml++/toml.h",
                       "deal.II/lac/petsc_vector.h"):
            self.assertIn("does not belong here", self.check(
                solver__fem__space__space_cc=f"#include <{header}>\n"))

    def test_finds_circles(self):
        """Two headers that include each other."""
        self.assertIn("circle of includes: mesh/map/a.h -> mesh/map/b.h -> mesh/map/a.h",
                      self.check(mesh__map__a_h='#include "mesh/map/b.h"\n',
                                 mesh__map__b_h='#include "mesh/map/a.h"\n'))

    def test_finds_long_files_and_stray_texts(self):
        """Length, folders of a machine, work left undone."""
        self.assertIn("more than 500", self.check(mesh__map__a_cc="\n" * 500))
        self.assertIn("folder of one machine",
                      self.check(mesh__map__a_cc="// see /" + "home/me/x\n"))
        self.assertIn("leaves work undone",
                      self.check(docs__a_md="TO" + "DO later\n"))
        self.assertEqual("", self.check(docs__a_md="cases/" + "work/x https://a.b/" + "work/c\n"))


if __name__ == "__main__":
    unittest.main()
