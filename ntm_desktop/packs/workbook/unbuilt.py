"""A built set back to source form: rules are text again."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Final, cast

from ntm_desktop.criteria.codec import write
from ntm_desktop.criteria.language.nodes import from_json
from ntm_desktop.criteria.language.show import show
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.registers import RegisterBook
from ntm_desktop.packs.files import Json

_RULES: Final = frozenset({"measure", "relevant", "when", "value", "rule", "conversion", "where"})
"""Keys of the model that hold a rule."""


def source_of(built: CriterionSet) -> Json:
    """Return all of a set as one source object; what has its default is left out."""
    return _source(CriterionSet, dataclasses.replace(built, sha256=""))


def source_of_registers(book: RegisterBook) -> Json:
    """Return all of a register book as one source object."""
    return _source(RegisterBook, book)


def _source(kind: type, built: object) -> Json:
    data = _texts(write(kind, built))
    if not isinstance(data, dict):
        raise TypeError(data)
    return data


def _texts(data: object, key: str = "") -> object:
    if isinstance(data, list):
        if key in _RULES:
            return show(from_json(data))
        return [_texts(item) for item in data]
    if not isinstance(data, dict):
        return data
    pieces = {name: _texts(item, name) for name, item in cast("Mapping[str, object]", data).items()}
    if "kind" in pieces and "label" in pieces and "fields" not in pieces and "tables" not in pieces:
        # A requirement that asks nothing; without this it would ask what its rule reads.
        pieces["fields"] = []
    return pieces
