"""The shape of a pack source: JSON against the dataclasses of the model, every misfit collected.

A source looks like a built pack (`criteria.load`), but rules are text. What comes out here is the built form, rules
as syntax trees; where something does not fit it is left out and a problem is noted.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import types
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Final, Union, get_args, get_origin, get_type_hints

from ntm_desktop.criteria.language.errors import RuleError
from ntm_desktop.criteria.language.nodes import to_json
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.i18n import Text
from ntm_desktop.packs.problems import SourceProblem

SHORT: Final = 60
"""So much of a wrong piece is shown."""
_FRACTION: Final = re.compile(r"-?\d{1,30}(?:/[1-9]\d{0,30})?", re.ASCII)


@dataclass(slots=True)
class Findings:
    """Collects problems; one for a whole build."""

    problems: list[SourceProblem] = field(default_factory=list)

    def note(self, place: Place, code: str, found: object = "", advice: str = "") -> None:
        """Add a problem."""
        shown = found if isinstance(found, str) else repr(found)
        self.problems.append(SourceProblem(place.file, place.path, code, shown[:SHORT], advice))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the sources something stands."""

    file: str
    path: str = ""

    def key(self, name: str) -> Place:
        """Return the place of a key of this object."""
        return Place(self.file, f"{self.path}.{name}" if self.path else name)

    def item(self, index: int) -> Place:
        """Return the place of an item of this list."""
        return Place(self.file, f"{self.path}[{index}]")


def closest(word: str, choices: Iterable[str]) -> str:
    """Return the most similar choice, for advice; empty when none is similar."""
    return next(iter(difflib.get_close_matches(word, list(choices), 1, 0.4)), "")


def translate(
    kind: object, data: object, place: Place, findings: Findings, *, without: tuple[str, ...] = ()
) -> object:
    """Return the built form of a piece of source; None where it does not fit and a problem was noted.

    `without` names fields of a dataclass that come from elsewhere and may not stand here.
    """
    translator = _Translator(findings)
    if isinstance(kind, type) and without:
        return translator.record(kind, data, place, without)
    return translator.piece(kind, data, place)


@cache
def _hints(kind: type) -> Mapping[str, object]:
    return get_type_hints(kind)


@cache
def _needed(kind: type) -> tuple[str, ...]:
    return tuple(
        field_.name
        for field_ in dataclasses.fields(kind)
        if field_.default is dataclasses.MISSING
        and field_.default_factory is dataclasses.MISSING
        and type(None) not in get_args(_hints(kind)[field_.name])
    )


def _unwrapped(kind: object) -> object:
    """Return the type itself where None stands for what may be left out."""
    if get_origin(kind) in {Union, types.UnionType}:
        return next(argument for argument in get_args(kind) if argument is not type(None))
    return kind


def _is_rule(kind: object) -> bool:
    """Say whether a tuple is the recursive type of a rule's syntax tree."""
    return get_origin(get_args(kind)[0]) in {Union, types.UnionType}


def _misfit(kind: object, word: str) -> tuple[str, str] | None:
    """Return code and advice for a text that is not the date, number or one of the words it should be."""
    if not unicodedata.is_normalized("NFC", word):
        return "not_nfc", ""
    if kind is date:
        try:
            fits = date.fromisoformat(word).isoformat() == word
        except ValueError:
            fits = False
        return None if fits else ("wrong_date", "2022-03-08")
    if kind is Fraction and not _FRACTION.fullmatch(word):
        return "wrong_number", "3/10"
    if isinstance(kind, type) and issubclass(kind, StrEnum) and word not in set(kind):
        return "unknown_value", ", ".join(kind)
    return None


class _Translator:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def piece(self, kind: object, data: object, place: Place) -> object:
        """Translate by the type hint."""
        kind = _unwrapped(kind)
        origin = get_origin(kind)
        if origin is tuple:
            return self.rule(data, place) if _is_rule(kind) else self.sequence(kind, data, place)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self.table(get_args(kind)[1], data, place)
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            return self.text(data, place) if kind is Text else self.record(kind, data, place)
        return self.leaf(kind, data, place)

    def record(self, kind: type, data: object, place: Place, given: tuple[str, ...] = ()) -> object:
        """Translate an object; `given` are fields that come from elsewhere."""
        if not isinstance(data, dict):
            return self.refused(place, data, "{...}")
        hints = {name: hint for name, hint in _hints(kind).items() if name not in given}
        for name in _needed(kind):
            if name not in data and name in hints:
                self.findings.note(place, "missing_key", name)
        result: dict[str, object] = {}
        for name, value in data.items():
            if name not in hints:
                self.findings.note(place, "unknown_key", name, closest(name, hints))
                continue
            translated = self.piece(hints[name], value, place.key(name))
            if translated is not None:
                result[name] = translated
        return result

    def sequence(self, kind: object, data: object, place: Place) -> object:
        if not isinstance(data, list):
            return self.refused(place, data, "[...]")
        inner = get_args(kind)[0]
        return [self.piece(inner, item, place.item(index)) for index, item in enumerate(data)]

    def table(self, kind: object, data: object, place: Place) -> object:
        """Translate an object used as a table; its keys are the names of the things in it."""
        if not isinstance(data, dict):
            return self.refused(place, data, "{...}")
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind is not Text:
            first = dataclasses.fields(kind)[0].name
            given = (first,) if first in {"id", "name"} else ()
            return {key: self.record(kind, item, place.key(key), given) for key, item in data.items()}
        return {key: self.piece(kind, item, place.key(key)) for key, item in data.items()}

    def text(self, data: object, place: Place) -> object:
        if isinstance(data, dict):
            return self.record(Text, data, place)
        translated = self.leaf(str, data, place)
        if translated == "":
            self.findings.note(place, "empty_text")
        return translated

    def leaf(self, kind: object, data: object, place: Place) -> object:
        if kind in {int, bool}:
            return data if type(data) is kind else self.refused(place, data, "true" if kind is bool else "1")
        if not isinstance(data, str):
            return self.refused(place, data, '"..."')
        misfit = _misfit(kind, data)
        if misfit is not None:
            self.findings.note(place, misfit[0], data, misfit[1])
        return data if misfit is None else None

    def rule(self, data: object, place: Place) -> object:
        if not isinstance(data, str):
            return self.refused(place, data, '"${so_ho} > 0"')
        if not unicodedata.is_normalized("NFC", data):
            self.findings.note(place, "not_nfc", data)
            return None
        try:
            return to_json(parse(data))
        except RuleError as error:
            found = f"{error.found} @{error.position}" if error.position else error.found
            self.findings.note(place, error.problem, found, error.advice)
            return None

    def refused(self, place: Place, data: object, advice: str) -> object:
        """Note that another kind of value is needed; nothing comes out."""
        self.findings.note(place, "wrong_type", data, advice)
        return None
