# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks that wrong cases end with the exit code and the message they name.

    failure_test.py MINISCREW FOLDER

The first lines of each case in the folder say what is expected, and may name
more arguments for "miniscrew check":

    # expect: exit 1, "a part of the message"
    # arguments: --set site.width_mm=9
"""
import re
import shlex
import subprocess
import sys
from pathlib import Path

EXPECT = re.compile(r'# expect: exit (\d+), "(.*)"')
ARGUMENTS = re.compile(r"# arguments: (.*)")


def failures(program, case):
    """What is wrong with the answer to one case."""
    text = case.read_text(encoding="utf-8")
    expected = EXPECT.findall(text)
    if not expected or not text.startswith("# expect:"):
        return ["its first line does not say what is expected"]
    arguments = shlex.split(" ".join(ARGUMENTS.findall(text)))
    answer = subprocess.run([program, "check", case.name, *arguments],
                            cwd=case.parent, capture_output=True, text=True,
                            timeout=60, check=False)
    found = []
    for code, part in expected:
        if answer.returncode != int(code):
            found.append(f"exit code {answer.returncode}, expected {code}")
        if part not in answer.stderr:
            found.append(f"no '{part}' in the message\n"
                         f"    {answer.stderr.strip()}")
    for line in answer.stderr.splitlines():
        if re.search(r"terminate called|Assert|Traceback", line):
            found.append(f"not a sentence for users: {line}")
    return found


def main(program, folder):
    """Runs all cases; the number of those that went wrong."""
    cases = sorted(Path(folder).glob("*.toml"))
    wrong = 0
    for case in cases:
        found = failures(str(Path(program).resolve()), case)
        wrong += bool(found)
        for problem in found:
            print(f"{case.name}: {problem}")
    print(f"{len(cases) - wrong} of {len(cases)} wrong cases were refused "
          "as expected")
    return 1 if wrong or not cases else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
