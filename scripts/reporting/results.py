# SPDX-License-Identifier: LGPL-2.1-or-later
"""Folders of results, as numbers with names."""
import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

# Whole results need no lock, and some file systems have none.
os.environ.setdefault("HDF5_USE_FILE_LOCKING", "FALSE")
# pylint: disable=wrong-import-position
import h5py

LAYERS = {"near_cortex": "near cortex", "cancellous": "cancellous bone",
          "far_cortex": "far cortex"}


class Band(NamedTuple):
    """A range of the literature that numbers are set beside."""
    low: float
    high: float
    source: str

    def __str__(self):
        """Its limits."""
        low, high = f"{self.low:g}", f"{self.high:g}"
        return low if low == high else f"{low}–{high}"


@dataclass
class Result:
    """One result: a run without variants, or one variant."""
    name: str
    folder: Path
    summary: dict
    run: dict

    def value(self, path):
        """The entry at a dotted path of summary.json, or None."""
        entry = self.summary
        for key in path.split("."):
            if not isinstance(entry, dict) or key not in entry:
                return None
            entry = entry[key]
        return entry

    def number(self, path):
        """The number at a path; of a vector its length; else None."""
        entry = self.value(path)
        if isinstance(entry, list) and entry and \
                all(isinstance(x, (int, float)) for x in entry):
            return math.hypot(*entry)
        if isinstance(entry, bool) or not isinstance(entry, (int, float)):
            return None
        return float(entry)

    def band(self, name):
        """A band of the literature, or None if the result has none."""
        entry = self.value(f"literature.{name}")
        return Band(entry["low"], entry["high"], entry["source"]) if entry else None

    def compared(self):
        """What the program itself compares results by, in its order: (dotted path,
        label, unit that is shown, factor to it) of each number in results.h5."""
        path = self.folder / "results.h5"
        rows = []

        def take(name, entry):
            if "row" in entry.attrs:
                rows.append((entry.attrs["row"], name.replace("/", "."),
                             *(text_in(entry.attrs, key) for key in ("label", "display_unit")),
                             float(entry.attrs["scale"])))

        try:
            with h5py.File(path, "r") as file:
                if "scalars" in file:
                    file["scalars"].visititems(take)
        except FileNotFoundError:
            return []
        except (OSError, KeyError, ValueError) as error:
            raise ResultError(f"'{path}' is cut off or damaged, or not of miniscrew") \
                from error
        return [tuple(row) for _, *row in sorted(rows)]

    def curve(self, name):
        """{column: values} of a curve in results.h5; empty if it is not there."""
        path = self.folder / "results.h5"
        if not path.is_file():
            return {}
        try:
            with h5py.File(path, "r") as file:
                if f"curves/{name}" not in file:
                    return {}
                table = file[f"curves/{name}"]
                columns = [column.decode() if isinstance(column, bytes) else str(column)
                           for column in table.attrs["columns"]]
                return dict(zip(columns, table[()].T))
        except (OSError, KeyError, AttributeError) as error:
            raise ResultError(f"'{path}' is cut off or damaged, or not of miniscrew") \
                from error


def text_in(attributes, key):
    """An attribute of HDF5 as a text."""
    value = attributes[key]
    return (value.decode("utf-8") if isinstance(value, bytes) else str(value)).rstrip("\0")


def band_of(results, name):
    """The band of the first result that has it, or None."""
    return next(filter(None, (result.band(name) for result in results)), None)


class ResultError(Exception):
    """A result that cannot be read; the text is a sentence for users."""


def read_json(path):
    """The table in a JSON file, or nothing if it is not there."""
    if not path.is_file():
        return {}
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ResultError(f"cannot read '{path}': {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ResultError(f"'{path}' is cut off or damaged, so this is no whole "
                          "result of miniscrew") from error
    if not isinstance(table, dict):
        raise ResultError(f"'{path}' holds something else than a table, so this is "
                          "no result of miniscrew")
    return table


def read_result(folder, name):
    """The result in one folder."""
    return Result(name, folder, read_json(folder / "summary.json"),
                  read_json(folder / "run.json"))


def is_whole(folder):
    """True if a folder holds a whole result; hidden and failed ones do not."""
    return (folder / "summary.json").is_file() and \
        not folder.name.startswith(".") and folder.suffix != ".failed"


def read_results(folder):
    """The result in a folder and those of variants beneath, as they ran."""
    folder = Path(folder)
    results = []
    if is_whole(folder):
        results.append(read_result(folder, folder.resolve().name))
    if folder.is_dir():
        variants = [entry for entry in folder.iterdir()
                    if entry.is_dir() and is_whole(entry)]
        variants.sort(key=lambda entry:
                      (entry / "summary.json").stat().st_mtime_ns)
        results += [read_result(entry, entry.name) for entry in variants]
    return results


def flatten(entry, path=""):
    """(dotted path, value) of every leaf; arrays of numbers are leaves."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from flatten(value, f"{path}.{key}" if path else key)
    elif isinstance(entry, list) and any(isinstance(x, (dict, list))
                                         for x in entry):
        for index, value in enumerate(entry):
            yield from flatten(value, f"{path}.{index}")
    else:
        yield path, entry
