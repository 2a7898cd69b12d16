#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Links, pictures and numbers of all Markdown files.

A Markdown file may say, in a comment, which of its numbers repeat expected values of a
case, so that the two cannot drift apart:

    <!-- tied
    "882 against 753 N" seating.normal_force_N studies/insertion_comparison self-drilling-mono self-tapping-mono
    column "torque, N cm" insertion.max_torque_N_cm studies/insertion_comparison
    -->

The first form has a text of the file, the key, the case, and the variant of each number of
the text, in order; a case without variants has none. The second form has the heading of a
column, in a table whose first column has names of variants. "*1000" behind a key is a
factor. Numbers agree if they are the value rounded to as many digits as they have.
"""
import functools
import re
import shlex
import subprocess
import tomllib
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
KINDS = ("tutorials", "studies", "validation", "verification", "benchmarks")
HEADINGS = ["Question", "Set-up", "Results", "Verdict", "Run"]
LONGEST_README = 120

SKIPPED = re.compile(r"^(build[^/]*/|\.git/|results/.*/)")
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)>\s]+)>?[^)]*\)")
TIED = re.compile(r"<!-- tied\n(.*?)-->", re.DOTALL)
NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?")
# A path of the project in code quotes, not a pattern.
QUOTED_PATH = re.compile(r"`((?:cases|scripts|tests)/[\w./-]+)`")


@functools.lru_cache
def project_files():
    """Paths of all files that belong to the project, not only to this copy of it."""
    try:
        done = subprocess.run(["git", "ls-files", "--cached", "--others",
                               "--exclude-standard", "-z"], cwd=ROOT, text=True,
                              capture_output=True, check=True)
        names = [name for name in done.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")
                 if path.is_file()]
    return {name for name in names if not SKIPPED.match(name) and (ROOT / name).is_file()}


def markdown_files():
    """All Markdown files, as paths from the root."""
    return sorted(name for name in project_files() if name.endswith(".md"))


@functools.lru_cache
def text_of(name):
    """The text of a file of the project."""
    return (ROOT / name).read_text("utf-8")


def prose(text):
    """Without blocks of code and comments."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


def targets(text):
    """Where the relative links and pictures of a text lead to."""
    text = re.sub(r"`[^`]*`", "`", prose(text))
    return [link for link in LINK.findall(text)
            if not re.match(r"[a-z][a-z0-9+.-]*:", link)]


def anchors(text):
    """What links may name behind '#': the headings as web pages spell them."""
    found = []
    for heading in re.findall(r"^#+ +(.*?) *#*$", prose(text), re.MULTILINE):
        heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")
        count = sum(1 for other in found if re.fullmatch(re.escape(slug) + r"(-\d+)?", other))
        found.append(f"{slug}-{count}" if slug in found else slug)
    return found


def problem_of(name, link):
    """What is wrong with a link in a file, or nothing."""
    path, _, anchor = link.partition("#")
    target = name
    if path:
        full = (ROOT / name).parent / path
        if not full.resolve().is_relative_to(ROOT):
            return "leads out of the project"
        target = full.resolve().relative_to(ROOT).as_posix()
        is_folder = any(file.startswith(target + "/") for file in project_files())
        if target not in project_files() and not is_folder:
            return "leads to nothing that belongs to the project"
    if anchor and (not target.endswith(".md") or anchor not in anchors(text_of(target))):
        return "has no such heading behind it"
    return ""


@functools.lru_cache
def expected(case):
    """{variant: {dotted key: value}} of what a case expects; "" without variants."""
    content = tomllib.loads(text_of(f"cases/{case}/case.toml"))
    common = flat(content.get("expected", {}))
    return {variant.get("name", ""): {**common, **flat(variant.get("expected", {}))}
            for variant in content.get("variant", [{}])}


def flat(tree, path=""):
    """Dotted keys of the tables that have a value."""
    if "value" in tree:
        return {path: tree}
    found = {}
    for key, value in tree.items():
        found.update(flat(value, f"{path}.{key}" if path else key))
    return found


def agrees(text, value):
    """True if a text is a value, rounded to as many digits as the text has."""
    digits = len(text.partition(".")[2])
    return abs(float(text.replace("−", "-")) - value) <= 0.501 * 10 ** -digits


def rows_of(text, heading):
    """(first cell, cell below the heading) of the table that has it."""
    lines = iter(text.splitlines())
    found, column = [], None
    for line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            if found:
                break
            column = None
        elif column is not None:
            found.append((cells[0], cells[column]))
        elif heading in cells:
            column = cells.index(heading)
            next(lines)
    return found


def tied(text):
    """(what, key, factor, case, variants) of each line of the comments."""
    for block in TIED.findall(text):
        for line in block.splitlines():
            words = shlex.split(line)
            if not words:
                continue
            what = ("column", words.pop(1)) if words[0] == "column" else ("text", words[0])
            key, _, factor = words[1].partition("*")
            yield what, key, float(factor or 1), words[2], words[3:]


def pairs_of(text, what, case, variants):
    """(number as it stands there, variant) of a line, or a sentence."""
    kind, words = what
    if kind == "column":
        rows = rows_of(prose(text), words)
        if not rows:
            return f"there is no column '{words}'"
        strange = [name for name, _ in rows if name not in expected(case)]
        if strange:
            return f"'{strange[0]}' is no variant of {case}"
        return [(number, name) for name, number in rows]
    if re.sub(r"\s+", " ", words) not in re.sub(r"\s+", " ", prose(text)):
        return f"'{words}' is not in the text"
    numbers = NUMBER.findall(words)
    variants = variants or [""]
    if len(numbers) != len(variants):
        return f"'{words}' has {len(numbers)} numbers for {len(variants)} variants"
    return list(zip(numbers, variants))


def problems_of_tied(text):
    """Sentences on what a text repeats wrongly."""
    for what, key, factor, case, variants in tied(text):
        pairs = pairs_of(text, what, case, variants)
        if isinstance(pairs, str):
            yield pairs
            continue
        n_checked = 0
        for number, variant in pairs:
            value = expected(case).get(variant, {}).get(key)
            if value is None and what[0] == "column":
                continue  # not every variant expects it
            if value is None:
                yield f"{case} {variant} expects no {key}"
            elif not agrees(number, factor * value["value"]):
                yield (f"'{what[1]}' says {number} of {case} {variant}, which expects "
                       f"{factor * value['value']:.6g}")
            n_checked += 1
        if n_checked == 0:
            yield f"'{what[1]}': no variant of {case} expects {key}"


class Links(unittest.TestCase):
    """Of all Markdown files."""

    def test_lead_somewhere(self):
        """Files, folders, pictures and headings that belong to the project."""
        self.assertIn("README.md", markdown_files())
        for name in markdown_files():
            for link in targets(text_of(name)):
                with self.subTest(file=name, link=link):
                    self.assertEqual("", problem_of(name, link))

    def test_quoted_paths_are_there(self):
        """Of cases, scripts and tests, wherever a text names them."""
        for name in markdown_files():
            for path in QUOTED_PATH.findall(prose(text_of(name))):
                with self.subTest(file=name, path=path):
                    self.assertTrue((ROOT / path).exists())

    def test_wrong_ones_are_found(self):
        """The check sees what it is for."""
        for link, message in (("no_such_file.md", "leads to nothing"),
                              ("../outside.md", "leads out"),
                              ("LICENSE#x", "no such heading"),
                              ("#no-such-heading", "no such heading"),
                              ("cases/README.md#cases", ""), ("cases", "")):
            found = problem_of("README.md", link)
            self.assertTrue(message in found and bool(message) == bool(found), link)
        self.assertEqual(["a.md"], targets("[x](a.md) [y](https://a/b) `[z](c.md)`\n"
                                           "```\n[w](d.md)\n```\n"))
        self.assertEqual(["a-bs-c", "a-bs-c-1"], anchors("# A b's, `c`\n## [A](x) bs c\n"))


class Readme(unittest.TestCase):
    """The first thing to read."""

    def test_is_short_and_has_a_picture(self):
        text = text_of("README.md")
        self.assertLessEqual(len(text.splitlines()), LONGEST_README)
        self.assertTrue(any(link.endswith(".png") for link in targets(text)))

    def test_is_beside_every_case(self):
        """With its headings, and a row in the table of its kind."""
        for kind in KINDS:
            cases = sorted(path.parent.name for path in (CASES / kind).glob("*/case.toml"))
            self.assertTrue(cases)
            links = targets(text_of(f"cases/{kind}/README.md"))
            self.assertEqual([], [path.name for path in (CASES / kind).glob("*.toml")])
            for name in cases:
                with self.subTest(case=name):
                    self.assertIn(f"{name}/README.md", links)
                    text = prose(text_of(f"cases/{kind}/{name}/README.md"))
                    self.assertEqual(HEADINGS, re.findall("^## (.*)$", text, re.MULTILINE))


class Numbers(unittest.TestCase):
    """What Markdown files repeat of the cases."""

    def test_are_those_of_the_cases(self):
        for name in markdown_files():
            with self.subTest(file=name):
                self.assertEqual([], list(problems_of_tied(text_of(name))))

    def test_are_tied_where_a_case_expects_its_own(self):
        """Numbers that only this program gives are in the README beside the case."""
        for path in sorted(CASES.glob("*/*/case.toml")):
            case = path.parent.relative_to(CASES).as_posix()
            own = {key for values in expected(case).values() for key, value in values.items()
                   if value["source"].startswith("own computation")}
            found = {key for _, key, _, other, _ in tied(text_of(f"cases/{case}/README.md"))
                     if other == case}
            with self.subTest(case=case):
                self.assertLessEqual(own, found)

    def test_wrong_ones_are_found(self):
        """The check sees what it is for."""
        case = "studies/insertion_comparison self-drilling-mono"
        right, tapped = (
            round(expected("studies/insertion_comparison")[name]["seating.normal_force_N"]["value"])
            for name in ("self-drilling-mono", "self-tapping-mono"))
        wrong = right + 1
        table = f"| variant | N |\n|---|---|\n| self-drilling-mono | {right} |\n| %s | %s |\n"
        column = '<!-- tied\ncolumn "N" seating.normal_force_N studies/insertion_comparison\n-->'

        def sentence(says, claim, key="seating.normal_force_N"):
            return f'{says}\n<!-- tied\n"{claim}" {key} {case}\n-->'

        for text, message in (
                (sentence(f"{right} N", f"{right} N"), None),
                (sentence(f"{wrong} N", f"{wrong} N"), f"says {wrong}"),
                (sentence(f"{right}.1 N", f"{right} N"), "is not in the text"),
                (sentence("1 N", "1 N", "seating.normal_force_kN"), "expects no"),
                (sentence("1, 2", "1, 2"), "2 numbers for 1"),
                (table % ("self-tapping-mono", tapped) + column, None),
                (table % ("self-tapping-mono", tapped - 10) + column, f"says {tapped - 10}"),
                (table % ("tapped", tapped) + column, "is no variant")):
            problems = list(problems_of_tied(text))
            if message is None:
                self.assertEqual([], problems)
            else:
                self.assertEqual(1, len(problems), text)
                self.assertIn(message, problems[0])


if __name__ == "__main__":
    unittest.main()
