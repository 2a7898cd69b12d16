# SPDX-License-Identifier: LGPL-2.1-or-later
"""manifest.json: what the program and its scripts wrote into a folder."""
import json
import os
from pathlib import PurePosixPath

NAME = "manifest.json"


class Foreign(Exception):
    """A file is in the way that no manifest lists."""


def _is_safe(path):
    """True if a path stays within its folder."""
    return isinstance(path, str) and path not in ("", NAME) and \
        not PurePosixPath(path).is_absolute() and \
        ".." not in PurePosixPath(path).parts


def read(folder):
    """The manifest of a folder; None if there is none of this program."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if content["program"] == "miniscrew" and all(map(_is_safe, content["files"])):
            return content
    except (OSError, ValueError, TypeError, KeyError):
        pass
    return None


def add(folder, names):
    """Lists files that will be written. Raises Foreign if one is in the way.

    They are listed before they are there: that does no harm, and no file is
    ever there that is not listed.
    """
    content = read(folder)
    if content is None:
        if os.path.lexists(folder / NAME):
            raise Foreign(folder / NAME)
        content = {"program": "miniscrew", "version": "", "state": "complete",
                   "files": []}
    for name in names:
        path = folder / name
        if os.path.lexists(path) and (name not in content["files"] or
                                      path.is_symlink() or not path.is_file()):
            raise Foreign(path)
    content["files"] = sorted({*content["files"], *names})
    unfinished = folder / (NAME + ".unfinished")
    unfinished.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    unfinished.replace(folder / NAME)
