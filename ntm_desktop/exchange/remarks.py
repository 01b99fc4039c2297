"""What is worth knowing about a file before anything of it is taken: remarks hinder nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from ntm_desktop.exchange.form import FORM_SHEET, ROWS_MARK, TABLE_MARK
from ntm_desktop.facts.fact import FactKey, Problem, Value
from ntm_desktop.sheets.cells import BLANK, Sheet, Workbook
from ntm_desktop.sheets.stream import Head

_OWN_MARKS = frozenset((ROWS_MARK, TABLE_MARK))
_OWN_LISTS = "ntm_"


def file_remarks(workbook: Workbook, holder: str | None = None) -> tuple[Problem, ...]:
    """Return what to say about a file as a whole; `holder` is who has it open, None: nobody."""
    remarks = []
    if holder is not None:
        remarks.append(Problem("held", (("who", holder),)) if holder else Problem("held_by_someone"))
    if workbook.macros:
        remarks.append(Problem("macros"))
    for sheet in workbook.sheets:
        remarks += _sheet_remarks(sheet)
    return tuple(remarks)


def _sheet_remarks(sheet: Sheet) -> Iterable[Problem]:
    if sheet.name == FORM_SHEET or sheet.name.startswith(_OWN_LISTS) or not sheet.rows:
        return
    if sheet.hidden:
        yield Problem("sheet_hidden", (("sheet", sheet.name),))
    own = sheet.cell(1, 1).text in _OWN_MARKS
    hidden = [row for row in sheet.hidden_rows if not (own and row == 1)]
    if hidden:
        yield Problem("rows_hidden", (("sheet", sheet.name), ("count", str(len(hidden)))))


def head_remarks(heads: Sequence[Head], holder: str | None = None) -> tuple[Problem, ...]:
    """Return the same of a large table, of which only the beginning of each sheet is known."""
    sheets = tuple(
        Sheet(
            one.name,
            ((BLANK,),) if one.rows else (),
            hidden=one.hidden,
            hidden_rows=tuple(range(one.hidden_rows)),
        )
        for one in heads
    )
    return file_remarks(Workbook(sheets, macros=any(one.macros for one in heads)), holder)


def part_above_whole(
    pairs: Iterable[tuple[str, str]], values: Mapping[FactKey, Value], changed: Iterable[FactKey]
) -> dict[FactKey, Problem]:
    """Return a remark for each changed figure that is a part and larger than its whole, or such a whole.

    `pairs` are the names of part and whole; `values` hold the figures as they will be.
    """
    wholes: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    for part, whole in pairs:
        wholes.setdefault(part, set()).add(whole)
        parts.setdefault(whole, set()).add(part)
    found: dict[FactKey, Problem] = {}
    for key in changed:
        for other, mine_is_part in [(name, True) for name in wholes.get(key.element, ())] + [
            (name, False) for name in parts.get(key.element, ())
        ]:
            mine, its = values.get(key), values.get(key._replace(element=other))
            if not isinstance(mine, Fraction) or not isinstance(its, Fraction):
                continue
            part_value, whole_value = (mine, its) if mine_is_part else (its, mine)
            if part_value > whole_value:
                found[key] = Problem(
                    "part_above_whole", (("part", str(part_value)), ("whole", str(whole_value)))
                )
    return found
