"""Dataclasses of the model to plain JSON values and back, strictly and by their type hints.

Kept apart from `load` because it knows nothing of packs: it reads whatever frozen dataclass it is given, refuses
what does not fit and names the place.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Final, Union, cast, get_args, get_origin, get_type_hints

from ntm_desktop.criteria.language.errors import RuleError
from ntm_desktop.criteria.language.nodes import Node, from_json, to_json
from ntm_desktop.i18n import Text

MAX_TEXT: Final = 20_000
_FRACTION: Final = re.compile(r"-?\d{1,30}(?:/[1-9]\d{0,30})?", re.ASCII)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_UNIONS: Final = (Union, types.UnionType)

Reader = Callable[[object], object]
Writer = Callable[[object], object]


class UnfitError(Exception):
    """Say which piece of the data does not fit the model; `load` turns it into its own refusal."""

    def __init__(self, problem: str, found: object = "", place: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.found = found if isinstance(found, str) else repr(found)
        self.found = self.found[:80]
        self.place = place

    def under(self, step: str) -> UnfitError:
        """Return the same with one step put before the place."""
        joint = "" if not self.place or self.place.startswith("[") else "."
        return UnfitError(self.problem, self.found, f"{step}{joint}{self.place}")


@dataclasses.dataclass(frozen=True, slots=True)
class _Codec:
    read: Reader
    write: Writer


def read(cls: type, data: object) -> object:
    """Return an object of the dataclass from plain JSON values.

    Raises:
        UnfitError: A key is unknown or missing, or a value does not fit.
    """
    return _codec(cls).read(data)


def write(cls: type, value: object) -> object:
    """Return the plain JSON values of an object of the dataclass; fields with their default are left out."""
    return _codec(cls).write(value)


def _same(value: object) -> object:
    return value


def _read_plain(kind: type) -> Reader:
    def reader(data: object) -> object:
        if type(data) is not kind:
            raise UnfitError("wrong_type", data)
        return data

    return reader


def _read_text(data: object) -> str:
    if type(data) is not str:
        raise UnfitError("wrong_type", data)
    if len(data) > MAX_TEXT or (not data.isascii() and _SURROGATE.search(data)):
        raise UnfitError("wrong_text", data[:20].encode(errors="replace").decode())
    return data


def _read_label(data: object) -> Text:
    if isinstance(data, dict):
        if not data.keys() <= {"vi", "en"} or "vi" not in data:
            raise UnfitError("wrong_text", sorted(map(str, data)))
        return Text(_read_text(data["vi"]), _read_text(data.get("en", "")))
    return Text(_read_text(data))


def _write_label(value: object) -> object:
    text = cast("Text", value)
    return {"vi": text.vi, "en": text.en} if text.en else text.vi


def _read_fraction(data: object) -> Fraction:
    text = _read_text(data)
    if not _FRACTION.fullmatch(text):
        raise UnfitError("wrong_number", text)
    return Fraction(text)


def _read_date(data: object) -> date:
    text = _read_text(data)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnfitError("wrong_date", text) from None


def _write_date(value: object) -> object:
    return cast("date", value).isoformat()


def _read_node(data: object) -> Node:
    try:
        return from_json(data)
    except RuleError as error:
        raise UnfitError(error.problem, error.found) from None


def _write_node(value: object) -> object:
    return to_json(cast("Node", value))


_LEAVES: Final[Mapping[object, _Codec]] = {
    str: _Codec(_read_text, _same),
    int: _Codec(_read_plain(int), _same),
    bool: _Codec(_read_plain(bool), _same),
    Text: _Codec(_read_label, _write_label),
    Fraction: _Codec(_read_fraction, str),
    date: _Codec(_read_date, _write_date),
    Node: _Codec(_read_node, _write_node),
}


@cache
def _codec(kind: object) -> _Codec:
    leaf = _LEAVES.get(kind)
    if leaf is not None:
        return leaf
    if isinstance(kind, type) and get_origin(kind) is None:
        return _enumeration(kind) if issubclass(kind, StrEnum) else _Object(kind).codec()
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        # The hint of a rule is a tuple of a union, unfolded once.
        return _codec(Node) if get_origin(arguments[0]) in _UNIONS else _sequence(_codec(arguments[0]))
    if origin in _UNIONS:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _codec(inner)  # None is never written: it is always the default
    return _mapping(arguments[1])


def _enumeration(kind: type[StrEnum]) -> _Codec:
    def reader(data: object) -> object:
        try:
            return kind(_read_text(data))
        except ValueError:
            raise UnfitError("unknown_value", data) from None

    return _Codec(reader, str)


def _sequence(item: _Codec) -> _Codec:
    def reader(data: object) -> object:
        if type(data) is not list:
            raise UnfitError("wrong_type", data)
        items: list[object] = []
        for number, piece in enumerate(data):
            try:
                items.append(item.read(piece))
            except UnfitError as unfit:
                raise unfit.under(f"[{number}]") from None
        return tuple(items)

    return _Codec(reader, lambda value: [item.write(piece) for piece in cast("tuple[object, ...]", value)])


def _mapping(kind: object) -> _Codec:
    """Map keys to values; values that are named objects take their name from the key."""
    named = _Object(kind, named=True) if isinstance(kind, type) and _name_field(kind) else None
    item = _codec(kind)

    def reader(data: object) -> object:
        if type(data) is not dict:
            raise UnfitError("wrong_type", data)
        pairs: dict[str, object] = {}
        for key, piece in data.items():
            try:
                pairs[_read_text(key)] = named.read(piece, key) if named else item.read(piece)
            except UnfitError as unfit:
                raise unfit.under(f"[{key[:40]}]") from None
        return pairs

    def writer(value: object) -> object:
        pairs = cast("Mapping[str, object]", value)
        return {key: named.write(piece) if named else item.write(piece) for key, piece in pairs.items()}

    return _Codec(reader, writer)


def _name_field(kind: type) -> str:
    """Return the field that a mapping's key stands for: a first field called `id` or `name`."""
    if not dataclasses.is_dataclass(kind):
        return ""
    first = dataclasses.fields(kind)[0].name
    return first if first in {"id", "name"} else ""


class _Object:
    """Reads and writes one dataclass."""

    def __init__(self, kind: type, *, named: bool = False) -> None:
        self.kind = kind
        self.name = _name_field(kind) if named else ""
        hints = get_type_hints(kind)
        fields = [field for field in dataclasses.fields(kind) if field.name != self.name]
        self.codecs = {field.name: _codec(hints[field.name]) for field in fields}
        self.defaults = {field.name: _default(field, hints[field.name]) for field in fields}
        self.needed = [name for name, default in self.defaults.items() if default is dataclasses.MISSING]
        self.silent = [
            field.name
            for field in fields
            if field.default is dataclasses.MISSING and self.defaults[field.name] is None
        ]

    def codec(self) -> _Codec:
        return _Codec(self.read, self.write)

    def read(self, data: object, name: str = "") -> object:
        if type(data) is not dict:
            raise UnfitError("wrong_type", data)
        for key in self.needed:
            if key not in data:
                raise UnfitError("missing_key", key)
        values: dict[str, object] = dict.fromkeys(self.silent)
        if self.name:
            values[self.name] = name
        for key, piece in data.items():
            codec = self.codecs.get(key)
            if codec is None:
                raise UnfitError("unknown_key", key)
            try:
                values[key] = codec.read(piece)
            except UnfitError as unfit:
                raise unfit.under(key) from None
        return self.kind(**values)

    def write(self, value: object) -> object:
        data: dict[str, object] = {}
        for key, codec in self.codecs.items():
            piece: object = getattr(value, key)
            if piece != self.defaults[key]:
                data[key] = codec.write(piece)
        return data


def _default(field: dataclasses.Field[object], hint: object) -> object:
    """Return the value of a field that is left out; one that may be None needs no default of its own."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    if field.default is dataclasses.MISSING and type(None) in get_args(hint):
        return None
    return field.default
