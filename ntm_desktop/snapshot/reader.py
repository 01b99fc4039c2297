"""Reading JSON strictly: every value is asked for by its type, and a refusal names the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Final, NoReturn, TypeVar

from ntm_desktop.errors import Damaged
from ntm_desktop.snapshot.canonical import Json, read_number

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z", re.ASCII)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(eq=False)
class DossierUnreadable(Damaged):
    """Say that a dossier.json is not one that this program could have written."""

    path: str
    """Place in the file: `$.facts[3].claims[0].value`."""
    problem: str
    """Stable code: `not_json`, `missing_key`, `unknown_key`, `wrong_type`, `bad_value`, `doubled`, ..."""

    code: ClassVar[str] = "dossier_unreadable"
    what: ClassVar[str] = "The content of this dossier cannot be read: {problem} at {path}."
    safe: ClassVar[str] = "Nothing on this machine was changed."
    next_step: ClassVar[str] = "Ask the sender for the file once more; it may have been damaged on the way."


class Item:
    """One JSON value and where it stands. Its methods raise DossierUnreadable."""

    __slots__ = ("_key", "_parent", "value")

    def __init__(self, value: Json, parent: Item | None = None, key: str | int = "$") -> None:
        self.value = value
        self._parent = parent
        self._key = key

    @property
    def path(self) -> str:
        """The place in the file."""
        if self._parent is None:
            return str(self._key)
        return (
            f"{self._parent.path}[{self._key}]"
            if isinstance(self._key, int)
            else f"{self._parent.path}.{self._key}"
        )

    def fail(self, problem: str) -> NoReturn:
        """Refuse this value."""
        raise DossierUnreadable(self.path, problem)

    def fields(self, *names: str) -> tuple[Item, ...]:
        """Return the values of an object that has exactly these keys, in this order."""
        value = self.value
        if not isinstance(value, dict):
            self.fail("wrong_type")
        for name in names:
            if name not in value:
                Item(None, self, name).fail("missing_key")
        if len(value) != len(names):
            Item(None, self, min(set(value) - set(names))).fail("unknown_key")
        return tuple([Item(value[name], self, name) for name in names])

    def each(self, read: Callable[[Item], T], unique: Callable[[T], Hashable] | None = None) -> tuple[T, ...]:
        """Read a list; where `unique` is given no two may share what it returns."""
        if not isinstance(self.value, list):
            self.fail("wrong_type")
        items = [Item(value, self, index) for index, value in enumerate(self.value)]
        made = tuple(read(item) for item in items)
        if unique is not None:
            seen: set[Hashable] = set()
            for item, one in zip(items, made, strict=True):
                if unique(one) in seen:
                    item.fail("doubled")
                seen.add(unique(one))
        return made

    def pair(self) -> tuple[Item, Item]:
        """Read a list of exactly two."""
        if not isinstance(self.value, list) or len(self.value) != 2:  # noqa: PLR2004  # a pair has two
            self.fail("wrong_type")
        return Item(self.value[0], self, 0), Item(self.value[1], self, 1)

    def texts(self) -> dict[str, str]:
        """Read an object from text to text."""
        if not isinstance(self.value, dict):
            self.fail("wrong_type")
        return {
            Item(key, self, key).text(): Item(value, self, key).text() for key, value in self.value.items()
        }

    def optional(self, read: Callable[[Item], T]) -> T | None:
        """Read null as None, anything else with `read`."""
        return None if self.value is None else read(self)

    def text(self) -> str:
        """Read a text that can be written as UTF-8."""
        if not isinstance(self.value, str):
            self.fail("wrong_type")
        try:
            self.value.encode()
        except UnicodeEncodeError:
            self.fail("bad_value")
        return self.value

    def flag(self) -> bool:
        """Read true or false."""
        if not isinstance(self.value, bool):
            self.fail("wrong_type")
        return self.value

    def counter(self) -> int:
        """Read a whole number of JSON."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.fail("wrong_type")
        return self.value

    def number(self) -> Fraction:
        """Read an exact number, written as text."""
        number = read_number(self.text())
        if number is None:
            self.fail("bad_value")
        return number

    def day(self) -> date:
        """Read a date `2023-12-31`."""
        text = self.text()
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.fail("bad_value")
        if day.isoformat() != text:
            self.fail("bad_value")
        return day

    def moment(self) -> str:
        """Read a moment in UTC, ISO 8601 with `Z`, and return its text."""
        text = self.text()
        try:
            valid = _MOMENT.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
        except ValueError:
            valid = False
        if not valid:
            self.fail("bad_value")
        return text

    def sha256(self) -> str:
        """Read a SHA-256 as lower-case hexadecimal."""
        text = self.text()
        if not _SHA256.fullmatch(text):
            self.fail("bad_value")
        return text

    def one_of(self, kind: type[E]) -> E:
        """Read a value of an enumeration."""
        text = self.text()
        try:
            return kind(text)
        except ValueError:
            self.fail("bad_value")
