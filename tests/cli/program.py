# SPDX-License-Identifier: LGPL-2.1-or-later
"""The program as tests call it, and folders as they look at them."""
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

# The smallest run that writes all kinds of files.
QUICK = ["--set", "discretisation.interface_size_mm=0.8",
         "--set", "discretisation.far_size_mm=3",
         "--set", "discretisation.degree=1"]


class Program:
    """The executable and how several ranks of it are started."""

    def __init__(self, words):
        self.path, self.cases = str(Path(words[0]).resolve()), Path(words[1]).resolve()
        self.launcher = words[2:]

    def command(self, *arguments, ranks=1):
        """The words of one call."""
        launcher = [] if ranks == 1 else [*self.launcher, "-np", str(ranks)]
        return [*launcher, self.path, *map(str, arguments)]

    def __call__(self, *arguments, ranks=1, folder=None, **options):
        """The finished process of one call."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 300,
                   **options}
        return subprocess.run(self.command(*arguments, ranks=ranks), cwd=folder,
                              text=True, check=False, **options)

    def start(self, *arguments, ranks=1, folder=None):
        """A call that goes on, in a group of processes of its own."""
        return subprocess.Popen(self.command(*arguments, ranks=ranks), cwd=folder,
                                text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, start_new_session=True)

    @property
    def first_case(self):
        """A case that is solved in a second."""
        return self.cases / "tutorials" / "01_first_screw" / "case.toml"


class WithFolder(unittest.TestCase):
    """A folder for each test."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)


def processes_of(session):
    """Numbers of all processes of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == session:
                found.append(int(entry.name))
        except OSError:
            pass
    return found


def kill(process):
    """Kills a process of Program.start() and all that it has started."""
    for number in processes_of(process.pid):
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.communicate()


def contents(folder):
    """{path: bytes} of all files beneath a folder, links followed."""
    return {str((Path(place) / name).relative_to(folder)): (Path(place) / name).read_bytes()
            for place, _, names in os.walk(folder, followlinks=True)
            for name in sorted(names) if (Path(place) / name).is_file()}


def hidden(folder):
    """Names of hidden entries of a folder."""
    return sorted(entry.name for entry in Path(folder).iterdir()
                  if entry.name.startswith("."))


def note_skip(test, reason):
    """Skips a test that this machine cannot do."""
    print(f"{test.id()}: skipped, {reason}", file=sys.stderr)
    test.skipTest(reason)
