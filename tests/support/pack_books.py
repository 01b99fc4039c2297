"""Authoring workbooks as cells, to be spoilt one piece at a time."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from datetime import date

from ntm_desktop.packs.problems import PackSourceRefused, SourceProblem
from ntm_desktop.packs.workbook.asked import read_asked
from ntm_desktop.packs.workbook.build import build_book
from ntm_desktop.packs.workbook.draft import Draft
from ntm_desktop.packs.workbook.head import read_head
from ntm_desktop.packs.workbook.ledger import Ledger
from ntm_desktop.packs.workbook.parts import read_parts
from ntm_desktop.packs.workbook.table import tables_of
from ntm_desktop.paths import resources_folder
from ntm_desktop.sheets.cells import BLANK, CellKind, Content, Sheet, Workbook

Rows = dict[str, list[dict[str, object]]]

FIRST = 3
"""The row of the first entry: below the headings and their captions."""


def sound_rows() -> Rows:
    """Return the rows of the starter workbook."""
    text = (resources_folder() / "workbook" / "starter.json").read_text(encoding="utf-8")
    return copy.deepcopy(json.loads(text))


def rich_rows() -> Rows:
    """Return a workbook with a piece of every kind."""
    rows = sound_rows()
    rows["catalogue"] += [
        {"name": "san_pham", "label": "Sản phẩm", "type": "register"},
        {"name": "sp_hang", "label": "Hạng", "type": "select_one hang", "register": "san_pham"},
        {"name": "sp_ten", "label": "Tên", "type": "text", "register": "san_pham"},
        {"name": "loai", "label": "Loại", "type": "select_one loai"},
    ]
    rows["choices"] += [
        {"list_name": "hang", "name": "ba_sao", "label": "3 sao"},
        {"list_name": "loai", "name": "tot", "label": "Tốt", "label::en": "Good"},
        {"list_name": "tags", "name": "so", "label": "Chuyển đổi số"},
    ]
    rows["indicators"][0]["tags"] = "so"
    rows["requirements"][1]["pass"] = "${co_dai_truyen_thanh} or count(san_pham, ${sp_hang} = 'ba_sao') >= 1"
    rows["requirements"].append(
        {"code": "dk.a", "stage": "recognition", "label": "Có đài", "kind": "yes_no"}
        | {"pass": "${co_dai_truyen_thanh}"}
    )
    rows["survey"] += [
        {"requirement": "1.2.a", "type": "yes_no", "name": "co_dai_truyen_thanh"},
        {"requirement": "1.2.a", "type": "begin_repeat", "name": "san_pham"},
        {"type": "select_one hang", "name": "sp_hang", "constraint": "count(san_pham, yes) >= 0"}
        | {"constraint_message": "Chọn hạng."},
        {"type": "end_repeat"},
        {"requirement": "1.1.a", "type": "integer", "name": "ho_so_giai_quyet", "period": -1},
    ]
    rows["criteria"][0]["pass"] = "${1.1} and ${1.2}"
    rows["migrations"] = [
        {"from_version": "0.9.0", "old_name": "hs_tt", "new_name": "ho_so_truc_tuyen"}
        | {"conversion": "${hs_tt} * 1000"}
    ]
    return rows


def book_of(rows: Rows, **more: object) -> Workbook:
    """Return the workbook that holds these rows."""
    return Workbook(tuple(sheet_of(name, entries) for name, entries in rows.items()), kind="xlsx", **more)  # type: ignore[arg-type]


def sheet_of(name: str, entries: Iterable[dict[str, object]], **more: object) -> Sheet:
    """Return a sheet with headings, captions and these entries."""
    entries = list(entries)
    headings = list(dict.fromkeys(heading for entry in entries for heading in entry)) or ["code"]
    lines = [
        headings,
        ["# lời", *headings[1:]],
        *([entry.get(heading) for heading in headings] for entry in entries),
    ]
    return Sheet(name, tuple(tuple(map(content, line)) for line in lines), **more)  # type: ignore[arg-type]


def content(value: object) -> Content:
    """Return a value as a cell would hold it."""
    if value is None:
        return BLANK
    if isinstance(value, bool):
        return Content(CellKind.YES_NO, str(value).upper())
    if isinstance(value, int | float):
        return Content(CellKind.NUMBER, str(value))
    day = value.strftime("%d/%m/%Y") if isinstance(value, date) else ""
    made = Content(CellKind.DATE, day) if day else Content(CellKind.TEXT, str(value))
    return value if isinstance(value, Content) else made


def problems_of(rows: Rows | Workbook, **more: object) -> tuple[SourceProblem, ...]:
    """Build and return what is wrong; empty when the pack was built."""
    book = rows if isinstance(rows, Workbook) else book_of(rows)
    try:
        build_book("bo.xlsx", book, **more)  # type: ignore[arg-type]
    except PackSourceRefused as refused:
        return refused.problems
    return ()


def told(rows: Rows | Workbook, **more: object) -> list[tuple[str, str, str, str]]:
    """Build and return what is wrong: the cell, the code, what was found, what to write instead."""
    return [(one.path, one.code, one.found, one.advice) for one in problems_of(rows, **more)]


def places_of(rows: Rows) -> dict[str, str]:
    """Return the cell that each key of each object of a workbook comes from; a row alone ends in `/`."""
    ledger = Ledger("bo.xlsx")
    draft = Draft(ledger)
    tables = tables_of(book_of(rows), ledger)
    read_head(draft, tables, lambda *_named: None)
    read_parts(draft, tables)
    read_asked(draft, tables)
    origins = draft.origins.by_path(draft.whole())
    return {
        f"{path}/{key}": origin.spot(key).address
        for path, origin in origins.items()
        for key in ("", *origin.headings)
    }
