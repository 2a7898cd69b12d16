#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks the order of the house: edges, fences, sizes and stray texts.

    scripts/check_layers.py [FOLDER]

A folder includes what the list of edges allows, without a circle; third-party
libraries are included only where they belong; no file of code is longer than
500 lines; nothing names a folder of somebody's machine or leaves work undone.
"""
import re
import sys
from pathlib import Path

# Folder -> the other folders whose headers it may include: groups of names,
# written once. What a folder needs is said here before it can be used.
MATERIALS = ("materials", "materials/elastic", "materials/quadric")
MESH = ("mesh/screw", "mesh/site", "mesh/map", "mesh/refine")
CASE = ("solver/case", "solver/case/tables")
FEM = ("solver/fem/space", "solver/fem/operator")
BASE = ("solver/base",)
EDGES = {
    "solver/base": (),
    "solver/case/reading": BASE,
    # Laws derive from what stands in materials/, whose library makes them.
    "materials/elastic": BASE + ("materials",),
    "materials/quadric": BASE + ("materials", "materials/elastic"),
    "materials/density": BASE + ("solver/case/reading", "materials/elastic"),
    "materials": BASE + ("solver/case/reading",) + MATERIALS + ("materials/density",),
    "mesh/screw": BASE + ("solver/case/reading",),
    "mesh/site": BASE,
    "mesh/map": BASE + MESH[:2],
    "mesh/refine": BASE + MESH[:3],
    # A table of the case fills its part of case.h.
    "solver/case/tables": BASE + ("solver/case", "solver/case/reading",
                                  "materials/density") + MATERIALS + MESH[:3],
    "solver/case": BASE + ("solver/case/reading", "solver/case/tables",
                           "materials/density") + MATERIALS + MESH[:3],
    "solver/linear": BASE,
    "solver/nonlinear": BASE + ("solver/linear",),
    "solver/fem/space": BASE + ("solver/linear",) + MATERIALS + MESH,
    "solver/fem/operator": BASE + ("solver/linear", "solver/fem/space") + MATERIALS + MESH,
    "solver/fem/multigrid": BASE + ("solver/linear",) + FEM + MATERIALS + MESH,
    "solver/fem/recovery": BASE + ("solver/linear",) + FEM + MATERIALS + MESH,
    "solver/contact": BASE + ("solver/linear",) + FEM + MESH,
    "solver/equilibrium": BASE + ("solver/contact", "solver/linear", "solver/nonlinear",
                                  "solver/fem/multigrid") + FEM,
    "solver/model": BASE + ("solver/contact", "solver/equilibrium", "solver/linear",
                            "solver/nonlinear", "solver/fem/multigrid",
                            "solver/fem/recovery") + CASE + FEM + MATERIALS + MESH,
    "solver/output": BASE,
    # What results mean and look like; stages fill records.
    "solver/report": BASE + ("solver/model", "solver/contact", "solver/output",
                             "solver/fem/recovery") + CASE + FEM + MATERIALS + MESH,
    "solver/stages": BASE + ("solver/report", "solver/output", "solver/model",
                             "solver/contact", "solver/equilibrium", "solver/linear",
                             "solver/nonlinear", "solver/fem/multigrid",
                             "solver/fem/recovery") + CASE + FEM + MATERIALS + MESH,
    "solver/simulation": BASE + ("solver/stages", "solver/report", "solver/output",
                                 "solver/model", "solver/contact", "solver/equilibrium",
                                 "solver/linear", "solver/fem/recovery")
                         + CASE + FEM + MATERIALS,
    "solver/app": BASE + ("solver/simulation", "solver/report", "solver/stages",
                          "solver/model", "solver/output", "materials/density")
                  + CASE + MATERIALS + MESH,
    "solver": BASE + ("solver/app",),
}
# Files that may lie where no others do.
LOOSE = {"solver": ("main.cc",), "mesh": ()}

# Library -> (its headers, where they may be included).
FENCES = {
    "PETSc": (r"(petsc|deal\.II/lac/petsc)",
              r"solver/linear/|solver/base/run_record\.cc"),
    "VTK": (r"vtk", r"solver/output/|mesh/screw/stl|mesh/site/image"
            r"|solver/base/run_record\.cc"),
    "HDF5": (r"(hdf5\.h|H5\w+\.h|deal\.II/base/hdf5)",
             r"solver/output/|solver/base/run_record\.cc"),
    "JSON": (r"nlohmann/", r"solver/(report|output|case)/"),
    "toml++": (r"toml\+\+", r"solver/case/|mesh/screw/|materials/"),
}

MAX_LINES = 500
CODE = {".h", ".cc", ".py", ".sh", ".cmake"}
TEXT = CODE | {".md", ".toml", ".json", ".txt", ".html", ""}
SKIPPED = re.compile(r"(^|/)(\.git|build[^/]*|__pycache__)(/|$)|^results/.*/")

# Put together from pieces, so that this file does not find itself.
STRAY = {
    "names a folder of one machine":
        re.compile(r"(?<![\w./:-])/(%s)/" % "|".join(("work", "home", "root"))),
    "leaves work undone": re.compile("TO" + r"DO|FIX" + "ME"),
}


def files_of(root):
    """All files of the project, as paths from its root."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not SKIPPED.search(name):
            yield name


def folder_of(name):
    """The folder of a source or header."""
    return name.rpartition("/")[0]


def includes_of(text):
    """(line number, header, True if in quotes) of each include."""
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match.group(2), match.group(1) == '"'


def check_includes(name, text):
    """Edges and fences of one source, and whether it lies in a folder of the list."""
    folder = folder_of(name)
    if not re.match(r"(solver|mesh|materials)(/|$)", folder):
        return
    if folder not in EDGES:
        yield f"{name}: {folder}/ is not among the folders of scripts/check_layers.py"
        return
    if folder in LOOSE and Path(name).name not in LOOSE[folder]:
        yield f"{name}: belongs into a folder of {folder}/"
    for number, header, own in includes_of(text):
        other = folder_of(header)
        if own and other != folder and other not in EDGES[folder]:
            yield (f"{name}:{number}: {folder}/ does not include {header} "
                   "(allowed edges: scripts/check_layers.py)")
        for library, (pattern, allowed) in FENCES.items():
            if not own and re.match(pattern, header) \
               and not re.match(allowed, name):
                yield f"{name}:{number}: {library} does not belong here"


def check_circles(sources):
    """Headers that include each other in a circle."""
    graph = {name: [header for _, header, own in includes_of(text)
                    if own and header in sources]
             for name, text in sources.items()}
    done = set()

    def walk(name, path):
        if name in path:
            yield "circle of includes: " + \
                " -> ".join(path[path.index(name):] + [name])
        elif name not in done:
            for header in graph[name]:
                yield from walk(header, path + [name])
            done.add(name)

    for name in graph:
        yield from walk(name, [])


def check_text(name, text):
    """Length and stray texts of one file."""
    n_lines = text.count("\n")
    suffix = Path(name).suffix
    if suffix in CODE and n_lines > MAX_LINES:
        yield f"{name}: {n_lines} lines are more than {MAX_LINES}"
    if suffix in CODE and "SPDX-License-Identifier" not in text[:300]:
        yield f"{name}: has no SPDX line"
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in STRAY.items():
            if pattern.search(line):
                yield f"{name}:{number}: {what}"


def main(root):
    """Prints what is wrong; the exit code says whether anything is."""
    problems, sources = [], {}
    for name in files_of(root):
        if Path(name).suffix not in TEXT or name == "LICENSE":
            continue
        text = (root / name).read_text(encoding="utf-8")
        problems.extend(check_text(name, text))
        if Path(name).suffix in (".h", ".cc"):
            sources[name] = text
            problems.extend(check_includes(name, text))
    problems.extend(check_circles(sources))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    FOLDER = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent
    sys.exit(main(Path(FOLDER).resolve()))
