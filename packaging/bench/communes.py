"""Communes to measure with: made by the program's own operations, every figure its sets ask for filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import reading_period
from ntm_desktop.facts.text import show
from ntm_desktop.operations import answer, attach, dossiers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.profile import set_profile
from ntm_desktop.operations.start import HamletRow, NewWorkspace, create, find_communes
from ntm_desktop.workspace.states import NewState

NTM, ADVANCED = "vn-xa-ntm-2021-2025", "vn-xa-ntm-nang-cao-2021-2025"
COMING = "vn-xa-ntm-2026-2030"
COMMUNE, WHO, YEAR, HAMLETS, LINES = "30604", "bench", 2025, 12, 8
BLOCK: Final = 1 << 20


def make(folder: Path, set_id: str, *, hamlets: int = HAMLETS) -> Desk:
    """Make a commune with one dossier, hamlets, registers, and every figure of the dossier's year."""
    unit = find_communes(COMMUNE).units[0]
    rows = tuple(HamletRow(f"Hamlet {number}", 100 + number) for number in range(1, hamlets + 1))
    desk = create(folder, NewWorkspace(unit, "", rows, set_id, YEAR, WHO), clock=lambda: datetime.now(UTC))
    for register in desk.compiled.source.catalogue.registers:
        for _line in range(LINES):
            answer.add_record(desk, register)
    _choose_profile(desk)
    _fill(desk, years=1, facts=None)
    return desk


def _choose_profile(desk: Desk) -> None:
    catalogue = desk.compiled.source.catalogue
    chosen = {name: one.choices[0].code for name, one in catalogue.profile.items() if one.choices}
    if chosen:
        set_profile(desk, chosen, document="bench")


def _fill(desk: Desk, years: int, facts: int | None) -> None:
    states: list[NewState] = []
    room = None if facts is None else facts - len(desk.book.facts)
    for key in dict.fromkeys(keys(desk, years)):
        if room is not None and len(states) >= room:
            break
        if desk.book.fact(key) is None:
            states.append(
                answer.claim_state(desk, key, text_for(answer.element(desk, key.element), len(states)))
            )
    desk.record(states, "fill")


def keys(desk: Desk, years: int) -> Iterator[FactKey]:
    """Give everything the set asks for, the dossier's year first, then the years before it."""
    for back in range(years):
        for requirement in desk.compiled.source.requirements():
            fields = [(field, "") for field in requirement.fields]
            fields += [
                (field, row.id)
                for table in requirement.tables
                for row in answer.rows(desk, table)
                for field in table.columns
            ]
            for field, subject in fields:
                period = answer.element(desk, field.element).period
                yield FactKey(field.element, subject, reading_period(period, YEAR - back - field.years_back))


def text_for(element: Element, number: int) -> str:
    """Return something an officer may type for this element."""
    if element.type is ValueType.CHOICE:
        return element.choices[number % len(element.choices)].code
    return {
        ValueType.YES_NO: show(element, True),  # noqa: FBT003  # the value of the fact
        ValueType.TEXT: f"Text {number}",
        ValueType.DATE: f"{1 + number % 28:02}/03/{YEAR}",
        ValueType.PERCENT: str(number % 100),
    }.get(element.type, str(100 + number % 900))


def add_dossiers(desk: Desk, set_id: str, years: range) -> None:
    """Add more dossiers, and choose again the one chosen before."""
    chosen = desk.dossier
    for year in years:
        dossiers.add(desk, set_id, year)
    desk.choose(chosen)


def add_facts(desk: Desk, *, years: int, facts: int | None) -> None:
    """Fill what all the sets of the dossiers ask for, until there are so many facts; all of it for None."""
    chosen = desk.dossier
    for dossier in desk.workspace.dossiers():
        desk.choose(dossier)
        _fill(desk, years, facts)
    desk.choose(chosen)


def attach_files(desk: Desk, folder: Path, *, files: int, size: int) -> None:
    """Attach that many files that share no content, together this large, over all requirements that ask for some."""
    rules = [
        (requirement.code, rule.code)
        for requirement in desk.compiled.source.requirements()
        for rule in requirement.evidence
    ]
    folder.mkdir()
    each, more = divmod(size, files)
    for number in range(files):
        path = folder / f"evidence {number:04}.bin"
        _write_noise(path, number, each + (number < more))
        requirement, rule = rules[number % len(rules)]
        attach.attach(desk, requirement, rule, attach.store(desk, [path]))
        path.unlink()
    folder.rmdir()


def _write_noise(path: Path, seed: int, size: int) -> None:
    """Write bytes that differ from file to file and do not shrink."""
    noise = hashlib.shake_128(seed.to_bytes(4, "big")).digest(min(size, BLOCK))
    with path.open("wb") as file:
        for start in range(0, size, BLOCK):
            file.write(noise[: size - start])
