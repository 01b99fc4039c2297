"""The JSON facts file of the command line: strict in form, generous in what it keeps.

`{"facts": [{"element", "subject", "period", "kind", "value", "source", "estimated"}]}`; `subject` null is the
commune, `kind`, `source` and `estimated` may be left out, values are text as an officer would type them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused
from ntm_desktop.exchange.proposals import CellProblem, Line, Place, Proposals, Terms, judge

MOST_BYTES = 64 * 1024 * 1024
_NEEDED = ("element", "period", "value")
_TEXTS = frozenset((*_NEEDED, "subject", "kind", "source"))
_KEYS = _TEXTS | {"estimated"}


@dataclass(eq=False)
class NotAFactsFile(Refused):
    """Say that a JSON file is not a facts file at all."""

    path: str
    reason: str
    """`not_json`, `no_facts`, `too_large`."""

    code: ClassVar[str] = "not_a_facts_file"
    what: ClassVar[str] = "The file {path} is not a facts file."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Take the form that this program wrote, or a file with the list of facts."


def facts_from_json(name: str, content: bytes, terms: Terms) -> Proposals:
    """Read a facts file.

    Raises NotAFactsFile when the file as a whole has another form; wrong entries are problems.
    """
    entries = _entries(name, content)
    problems: list[CellProblem] = []
    proposals, refused = judge(terms, _lines(entries, problems))
    return Proposals(tuple(proposals), 0, tuple(problems + refused))


def _entries(name: str, content: bytes) -> list[object]:
    if len(content) > MOST_BYTES:
        raise NotAFactsFile(name, "too_large")
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise NotAFactsFile(name, "not_json") from error
    entries = document.get("facts") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise NotAFactsFile(name, "no_facts")
    return entries


class _SaidTwice(dict[str, object]):
    """An object in which a part stands twice: which of them is meant nobody can say."""

    part = ""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    twice = _SaidTwice(made)
    names = [name for name, _ in pairs]
    twice.part = next(name for name in names if names.count(name) > 1)
    return twice


def _lines(entries: list[object], problems: list[CellProblem]) -> Iterator[Line]:
    for number, entry in enumerate(entries):
        where = f"facts[{number}]"
        wrong = _wrong_part(entry)
        if wrong is not None:
            code, part = wrong
            address = f"{where}.{part}" if part else where
            problems.append(CellProblem("", address, code, (("part", part),)))
        elif isinstance(entry, dict):
            yield Line(
                element=entry["element"],
                subject=entry.get("subject") or "",
                period=entry["period"],
                kind=entry.get("kind") or "actual",
                value=entry["value"],
                place=Place("", f"{where}.value"),
                source=entry.get("source"),
                estimated=entry.get("estimated"),
            )


def _wrong_part(entry: object) -> tuple[str, str] | None:
    """Return the code of what is wrong with the form of an entry and with which part; None: nothing."""
    if not isinstance(entry, dict):
        return "not_an_object", ""
    if isinstance(entry, _SaidTwice):
        return "part_twice", entry.part
    missing = next((part for part in _NEEDED if part not in entry), "")
    return ("part_missing", missing) if missing else _wrong_value(entry)


def _wrong_value(entry: dict[str, object]) -> tuple[str, str] | None:
    wrong = [part for part, value in entry.items() if part in _TEXTS and not isinstance(value, str)]
    wrong = [part for part in wrong if part in _NEEDED or entry[part] is not None]
    if wrong:
        return "not_text", wrong[0]
    if not isinstance(entry.get("estimated", False), bool):
        return "not_yes_no", "estimated"
    unknown = sorted(str(part) for part in set(entry) - _KEYS)
    return ("part_unknown", unknown[0]) if unknown else None
