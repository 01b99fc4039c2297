"""Who changed what and when: the journal as officers read it, for a figure or for all figures of an indicator."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ntm_desktop.criteria.inputs import inputs
from ntm_desktop.criteria.model import Indicator
from ntm_desktop.facts.fact import Edit, EditKind, FactKey
from ntm_desktop.operations.answer import key_for, rows
from ntm_desktop.operations.desk import Desk
from ntm_desktop.workspace.states import canonical


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of one figure."""

    key: FactKey
    who: str
    at: str
    """UTC, ISO 8601 with `Z`."""
    source: str
    before: str
    """As it was typed; empty: there was none."""
    after: str
    """Empty: withdrawn."""
    settled: bool = False
    """One of several sources was chosen: `source` is the one, `after` the reason."""


def changes_of(desk: Desk, keys: Iterable[FactKey]) -> tuple[Changed, ...]:
    """Return every change of these figures, the latest first."""
    found = [change for key in dict.fromkeys(keys) for change in _changes(desk, key)]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def keys_of(desk: Desk, indicator: Indicator) -> tuple[FactKey, ...]:
    """Return the figures an indicator reads or asks for in the chosen dossier."""
    keys: dict[FactKey, None] = {}
    for requirement in indicator.requirements:
        for field in requirement.fields:
            keys[key_for(desk, field)] = None
        for table in requirement.tables:
            for row in rows(desk, table):
                keys.update((key_for(desk, column, row.id), None) for column in table.columns)
        for read in inputs(desk.compiled, desk.situation, requirement.code):
            keys[read.key] = None
    return tuple(keys)


def _changes(desk: Desk, key: FactKey) -> Iterator[Changed]:
    cell = [key.element, key.subject, key.period, int(key.plan)]
    beginning = canonical(cell)[:-1]
    for edit in desk.workspace.edits_of(EditKind.CLAIM, beginning + ","):
        before, after = _text(edit.old), _text(edit.new)
        if before != after:
            source = json.loads(edit.target)[4]
            yield Changed(key, edit.who, edit.at, source, before, after)
    for edit in desk.workspace.edits_of(EditKind.CHOICE_OF_CLAIM, beginning + "]"):
        yield _choice(key, edit)


def _choice(key: FactKey, edit: Edit) -> Changed:
    new = json.loads(edit.new) if edit.new is not None else {}
    source, reason = str(new.get("source", "")), str(new.get("reason", ""))
    return Changed(key, edit.who, edit.at, source, "", reason, settled=True)


def _text(state: str | None) -> str:
    return "" if state is None else str(json.loads(state)["text"])
