#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks the order of the house: layers, fences, sizes and stray texts.

    scripts/check_layers.py [FOLDER]

Includes point to the same or a lower layer and make no circle; third-party
libraries are included only where they belong; no file of code is longer than
500 lines; nothing names a folder of somebody's machine or leaves work undone.
"""
import re
import sys
from pathlib import Path

# Folder -> layer. The longest matching folder counts.
LAYERS = {
    "solver/base": 0, "solver/reading": 0,
    "materials": 1, "mesh/screw": 1, "mesh/site": 1,
    "mesh": 2,
    "solver/case": 3,
    "solver/linear": 4, "solver/nonlinear": 4,
    "solver/fem": 5,
    "solver/contact": 6,
    "solver/stages": 7,
    "solver/output": 8,
    "solver": 9,
}

# Library -> (its headers, where they may be included).
FENCES = {
    "PETSc": (r"(petsc|deal\.II/lac/petsc)",
              r"solver/linear/|solver/base/run_record\.cc"),
    "VTK": (r"vtk", r"solver/output/|mesh/screw/stl|mesh/site/image"
            r"|solver/base/run_record\.cc"),
    "HDF5": (r"(hdf5\.h|H5\w+\.h|deal\.II/base/hdf5)",
             r"solver/output/|solver/base/run_record\.cc"),
    "toml++": (r"toml\+\+", r"solver/reading/|solver/case/|mesh/screw/|materials/"),
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


def layer_of(name):
    """The layer of a source, or None outside the layered folders."""
    folder = name.rpartition("/")[0]
    while folder:
        if folder in LAYERS:
            return LAYERS[folder]
        folder = folder.rpartition("/")[0]
    return None


def includes_of(text):
    """(line number, header, True if in quotes) of each include."""
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match.group(2), match.group(1) == '"'


def check_includes(name, text):
    """Layers and fences of one source."""
    layer = layer_of(name)
    if layer is None:
        return
    for number, header, own in includes_of(text):
        other = layer_of(header) if own else None
        if other is not None and other > layer:
            yield f"{name}:{number}: includes {header} of a higher layer"
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
