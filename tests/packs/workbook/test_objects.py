"""Objects filled from rows, and the way back from a path to a cell."""

from __future__ import annotations

import pytest

from ntm_desktop.packs.problems import SourceProblem
from ntm_desktop.packs.workbook.ledger import Ledger
from ntm_desktop.packs.workbook.objects import Origins, fill, located, put, text_of
from ntm_desktop.packs.workbook.table import Row, tables_of
from ntm_desktop.sheets.cells import Workbook
from tests.support.pack_books import sheet_of


def row_of(sheet: str, **cells: object) -> tuple[Row, Ledger]:
    ledger = Ledger("bo.xlsx")
    tables = tables_of(Workbook((sheet_of(sheet, [cells]),)), ledger)
    return tables[sheet][0], ledger


def test_a_row_fills_the_keys_of_its_columns():
    row, ledger = row_of(
        "requirements", **{"label::en": "Files", "label": "Hồ sơ", "guidance_must": "Đúng", "unit": "hồ sơ"}
    )
    data: dict[str, object] = {"label": {"vi": "Cũ", "en": "Old"}}
    fill(data, row, ledger)
    assert data == {"label": {"vi": "Hồ sơ", "en": "Files"}, "guidance": {"must": "Đúng"}, "unit": "hồ sơ"}


def test_a_new_vietnamese_text_does_not_keep_the_old_english_one():
    data: dict[str, object] = {"label": {"vi": "Cũ", "en": "Old"}}
    put(data, "label", "Mới")
    assert data == {"label": "Mới"}
    put(data, "label", "New", english=True)
    assert data == {"label": {"vi": "Mới", "en": "New"}}


def test_text_of_two_languages():
    row, ledger = row_of("survey", **{"constraint_message": "Sai", "constraint_message::en": "Wrong"})
    assert text_of(row, "constraint_message", ledger) == {"vi": "Sai", "en": "Wrong"}
    assert text_of(row, "label", ledger) is None


@pytest.mark.parametrize(
    ("path", "code", "address"),
    [
        ("criteria[0].name", "x", "criteria!B3"),
        ("criteria[0].name.vi", "x", "criteria!B3"),
        ("criteria[0]", "x", "criteria!3"),
        ("criteria[0].whole.rule", "x", "criteria!C3"),
        ("criteria[0].indicators[4].code", "x", "criteria!3"),
        ("elsewhere", "x", ""),
    ],
)
def test_a_path_leads_to_the_nearest_cell(path, code, address):
    row, _ = row_of("criteria", code="8", label="Tám", **{"pass": "any"})
    criterion: dict[str, object] = {"code": "8"}
    origins = Origins()
    origins.remember(criterion, row)
    places = origins.by_path({"criteria": [criterion]})
    assert located(SourceProblem("bo.xlsx", path, code), places).address == address


def test_a_missing_key_leads_to_the_empty_cell_and_an_item_to_its_own_row():
    row, _ = row_of("criteria", code="8", label="Tám")
    criterion: dict[str, object] = {"code": "8"}
    origins = Origins()
    origins.remember(criterion, row)
    origins.remember_item(criterion, "facts.a", row, "code")
    places = origins.by_path({"criteria": [criterion]})
    assert located(SourceProblem("b", "criteria[0]", "missing_key", "name"), places).heading == "label"
    assert located(SourceProblem("b", "criteria[0].facts.a", "x"), places).address == "criteria!A3"
