"""Former communes that became part of this one, and what each of them gave to a figure: states, journaled."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ntm_desktop.facts.fact import EditKind, FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.facts.subject import Commune
from ntm_desktop.workspace.states import Body, Target


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune as it was until it was merged into this one."""

    commune: Commune
    until: date
    """The first day on which it is no more."""
    document: str
    seat: bool
    """It is the one that dossiers of the years before are named by."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one former commune gave to a figure."""

    key: FactKey
    former: str
    """Code of the former commune."""
    text: str


@dataclass(frozen=True, slots=True)
class NewFormerCommune:
    """A former commune."""

    kind: ClassVar[EditKind] = EditKind.FORMER_COMMUNE
    code: str
    former: FormerCommune | None

    def target(self) -> Target:
        """Return the cell."""
        return (self.code,)

    def body(self) -> Body | None:
        """Return the columns."""
        one = self.former
        if one is None:
            return None
        names = {"name": one.commune.name, "kind": one.commune.kind, "province": one.commune.province}
        rest = {"hamlet_label": one.commune.hamlet_label, "until": one.until.isoformat()}
        return {**names, **rest, "document": one.document, "seat": int(one.seat)}


@dataclass(frozen=True, slots=True)
class NewShare:
    """What a former commune gave to a figure."""

    kind: ClassVar[EditKind] = EditKind.MERGE_SHARE
    key: FactKey
    former: str
    text: str | None

    def target(self) -> Target:
        """Return the cell: the fact first, as in a claim."""
        key = self.key
        return (key.element, key.subject, key.period, int(key.plan), self.former)

    def body(self) -> Body | None:
        """Return the columns."""
        return None if self.text is None else {"text": self.text}


def former_communes(connection: sqlite3.Connection) -> tuple[FormerCommune, ...]:
    """Return the former communes, the seat first."""
    rows = connection.execute(
        "SELECT code, name, kind, province, hamlet_label, until, document, seat FROM former_commune"
        " ORDER BY seat DESC, code"
    )
    return tuple(
        FormerCommune(Commune(*row[:5]), date.fromisoformat(row[5]), row[6], row[7] == 1) for row in rows
    )


def shares(connection: sqlite3.Connection) -> tuple[Share, ...]:
    """Return what every former commune gave, figure by figure."""
    rows = connection.execute(
        "SELECT element, subject, period, plan, former, text FROM merge_share"
        " ORDER BY element, subject, period, plan, former"
    )
    return tuple(
        Share(FactKey(element, subject, Period(period), plan == 1), former, text)
        for element, subject, period, plan, former, text in rows
    )
