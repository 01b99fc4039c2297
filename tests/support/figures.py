"""Figures typed at a desk by the names of elements, and files of evidence, for tests of operations."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.criteria.model import Indicator, Requirement
from ntm_desktop.criteria.verdicts import RequirementResult
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import attach
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk

ONLINE, FILES = "ho_so_truc_tuyen", "ho_so_giai_quyet"


def key(element: str, subject: str = "", *, year: int = 2024) -> FactKey:
    """Return the key of a figure of a year."""
    return FactKey(element, subject, year_period(year))


def type_in(desk: Desk, **figures: str) -> Change:
    """Type figures of the commune for the dossier's year, one after the other; return the last change."""
    change = Change()
    for element, text in figures.items():
        change = answer(desk, key(element, year=desk.situation.year), text)
    return change


def requirement(desk: Desk, code: str) -> Requirement:
    """Return a requirement of the chosen set."""
    return next(one for one in desk.compiled.source.requirements() if one.code == code)


def indicator(desk: Desk, code: str) -> Indicator:
    """Return an indicator of the chosen set."""
    return next(one for one in desk.compiled.source.indicators() if one.code == code)


def result(desk: Desk, code: str) -> RequirementResult:
    """Return how a requirement of the chosen dossier stands."""
    return desk.evaluation.requirements[code]


def show_file(desk: Desk, folder: Path, code: str, rule: str, name: str = "bao cao.pdf") -> str:
    """Attach a small file of its own content and return its hash."""
    path = folder / name
    path.write_bytes(b"%PDF-1.4 " + name.encode())
    stored = attach.store(desk, [path])
    attach.attach(desk, code, rule, stored)
    return stored[0].sha256
