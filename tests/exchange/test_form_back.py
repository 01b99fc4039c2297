"""The way back of a form: through Excel files, through LibreOffice, with mistakes planted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from ntm_desktop.exchange.form import (
    FORM_SHEET,
    FORM_VERSION,
    ROWS_MARK,
    SOURCE,
    TABLE_MARK,
    VALUE,
    column_text,
    form_cells,
    key_text,
    memory_name,
)
from ntm_desktop.exchange.form_back import ForeignForm, NewerForm, Standing, facts_from_form, is_form
from ntm_desktop.exchange.proposals import Proposals
from ntm_desktop.facts.fact import Fact, FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.i18n import gettext
from ntm_desktop.sheets.cells import BLANK, CellKind, Content, Sheet, Workbook
from ntm_desktop.sheets.read import read
from ntm_desktop.sheets.write import write_workbook
from tests.exchange.samples import FACTS, TERMS, fact, form, key
from tests.support.books import needs_office, through_office

FIGURES, TABLE = gettext("Figures"), "8.2.a Ấp"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_workbook(form_cells(form()), tmp_path / "phiếu.xlsx")
    return tmp_path / "phiếu.xlsx"


def _row(sheet: Worksheet, name: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key_text(key(name)))


def _change(
    path: Path, values: dict[str, object], cells: dict[tuple[str, str], object] | None = None
) -> dict[str, str]:
    """Type values for elements and into cells; return the addresses of the elements' cells."""
    book = openpyxl.load_workbook(path)
    sheet = book[FIGURES]
    addresses = {}
    for name, value in values.items():
        sheet.cell(_row(sheet, name), 5).value = value
        addresses[name] = f"E{_row(sheet, name)}"
    for (title, address), value in (cells or {}).items():
        book[title][address] = value
    book.save(path)
    return addresses


def _back(path: Path, facts: dict[FactKey, Fact] = FACTS, workspace: str = "kho-1") -> Proposals:
    book = read(path)
    assert is_form(book)
    return facts_from_form(path.name, book, TERMS, Standing(workspace, facts))


def test_untouched_form_changes_nothing(written: Path) -> None:
    found = _back(written)
    assert (found.taken, found.problems) == ((), ())
    assert found.unchanged == 9 + 6


def test_only_changed_cells_become_entries(written: Path) -> None:
    _change(written, {"truc_tuyen": 612, "dien_tich": "78,5"}, {(TABLE, "E6"): "Có"})
    found = _back(written)
    assert {(one.key.element, one.key.subject): one.text for one in found.taken} == {
        ("truc_tuyen", ""): "612",
        ("dien_tich", ""): "78,5",
        ("co_loa", "h2"): "Có",
    }
    assert found.problems == ()
    assert all(one.corrects for one in found.taken)


def test_same_value_typed_another_way_is_no_change(written: Path) -> None:
    _change(written, {"ho_so": "2.382", "dien_tich": 77.61, "co_lan": "x", "loai_dai": "dai fm"})
    assert (_back(written).taken, _back(written).problems) == ((), ())


def test_planted_mistakes_are_named_by_their_cells_and_the_rest_is_taken(written: Path) -> None:
    at = _change(
        written,
        {
            "ho_so": "nhiều",
            "truc_tuyen": 612.5,
            "ty_le": 0.77,
            "ngay": "31/02/2023",
            "ghi_chu": "được",
            "co_lan": None,
        },
        {(TABLE, "D5"): "=1+1", (TABLE, "A7"): "h99", (TABLE, "D7"): 12, (FIGURES, "E40"): "lạc"},
    )
    found = _back(written)
    assert [one.key.element for one in found.taken] == ["ghi_chu"]
    assert {(one.sheet, one.address): one.code for one in found.problems} == {
        (FIGURES, at["ho_so"]): "not_a_number",
        (FIGURES, at["truc_tuyen"]): "not_whole",
        (FIGURES, at["ty_le"]): "share_unclear",
        (FIGURES, at["ngay"]): "no_such_day",
        (FIGURES, at["co_lan"]): "emptied",
        (FIGURES, "E40"): "key_unknown",
        (TABLE, "D5"): "formula_without_result",
        (TABLE, "D7"): "subject_unknown",
    }


CONTENTS = st.sampled_from(
    [
        BLANK,
        Content(CellKind.TEXT, "  "),
        Content(CellKind.TEXT, " 2.382 "),
        Content(CellKind.TEXT, "co\u0301"),
        Content(CellKind.NUMBER, "398"),
        Content(CellKind.NUMBER, "0.5"),
        Content(CellKind.DATE, "05/12/2024"),
        Content(CellKind.YES_NO, "TRUE"),
        Content(CellKind.ERROR, "#N/A"),
        Content(CellKind.UNCOMPUTED, ""),
    ]
)
COLUMN_KEYS = [
    key("so_ho"),
    key("co_loa"),
    FactKey("so_ho", "", Period("2022")),
    FactKey("so_ho", "", Period("2023"), plan=True),
    FactKey("khong_co", "", Period("2023")),
    FactKey(" so_ho", "", Period("2023")),
    FactKey("so_ho", "", Period("2023-Q1")),
    key("ho_so"),
]


@given(
    st.lists(st.sampled_from(["h1", "h2", "Vĩnh Hoà", "h9"]), min_size=1, max_size=4),
    st.data(),
)
def test_a_table_says_what_the_same_cells_say_in_a_list(subjects: list[str], data: st.DataObject) -> None:
    cells = [[data.draw(CONTENTS) for _key in COLUMN_KEYS] for _subject in subjects]
    table = [
        [TABLE_MARK, *(column_text(one) for one in COLUMN_KEYS)],
        *[[""]] * 3,
        *[[subject, *line] for subject, line in zip(subjects, cells, strict=True)],
    ]
    rows = [
        [key_text(one._replace(subject=subject)), content]
        for subject, line in zip(subjects, cells, strict=True)
        for one, content in zip(COLUMN_KEYS, line, strict=True)
    ]
    one, other = (_told(lines) for lines in (table, [[ROWS_MARK, VALUE], *[[""]] * 3, *rows]))
    assert one == other


def _told(lines: Sequence[Sequence[str | Content]]) -> tuple[object, ...]:
    """Read a sheet of these cells; return what comes of it, without the places."""
    found = _read(lines, {memory_name(key("so_ho", "h1"), VALUE): "398"})
    return (
        [(one.key, one.text, one.value, one.source, one.estimated, one.corrects) for one in found.taken],
        found.unchanged,
        [problem.code for problem in found.problems],
        [(one.proposal.key, one.base) for one in found.conflicts],
    )


def _read(
    lines: Sequence[Sequence[str | Content]], memory: dict[str, str], facts: dict[FactKey, Fact] = FACTS
) -> Proposals:
    remembered = {FORM_SHEET: FORM_VERSION, "workspace": "kho-1"} | memory
    book = Workbook((_sheet("A", lines), _sheet(FORM_SHEET, list(remembered.items()))))
    return facts_from_form("a", book, TERMS, Standing("kho-1", facts))


def _sheet(name: str, lines: Sequence[Sequence[str | Content]]) -> Sheet:
    return Sheet(
        name,
        tuple(
            tuple(Content(CellKind.TEXT, cell) if isinstance(cell, str) else cell for cell in line)
            for line in lines
        ),
    )


def test_a_figure_of_a_table_whose_row_lost_its_key_is_named() -> None:
    found = _read([[TABLE_MARK, column_text(key("so_ho"))], *[[""]] * 3, ["", "77"], ["", BLANK]], {})
    assert found.taken == ()
    assert [(one.address, one.code) for one in found.problems] == [("B5", "key_unknown")]


def test_a_sheet_without_a_column_for_figures_says_nothing() -> None:
    found = _read([[ROWS_MARK, SOURCE], *[[""]] * 3, [key_text(key("ho_so")), "ai đó"]], {})
    assert (found.taken, found.problems, found.unchanged) == ((), (), 0)


def test_a_figure_of_which_only_the_source_was_known_is_taken() -> None:
    lines = [[ROWS_MARK, VALUE, SOURCE], *[[""]] * 3, [key_text(key("truc_tuyen")), "612", "ai đó"]]
    found = _read(lines, {memory_name(key("truc_tuyen"), SOURCE): "ai đó"}, {})
    assert [(one.text, one.source) for one in found.taken] == [("612", "ai đó")]
    assert (found.problems, found.conflicts) == ((), ())


def test_a_workbook_that_is_no_form_is_refused() -> None:
    book = Workbook((_sheet("A", [[ROWS_MARK, VALUE]]),))
    assert not is_form(book)
    with pytest.raises(NewerForm) as refused:
        facts_from_form("a", book, TERMS, Standing("kho-1", FACTS))
    assert refused.value.version == ""


def test_figure_changed_in_the_window_since_is_not_overwritten(written: Path) -> None:
    at = _change(written, {"ho_so": 2400})
    found = _back(written, FACTS | {key("ho_so"): fact("ho_so", "2.390")})
    assert (found.taken, found.problems) == ((), ())
    assert [(one.proposal.place.address, one.base, one.proposal.text) for one in found.conflicts] == [
        (at["ho_so"], "2.382", "2400")
    ]


def test_figure_changed_in_the_window_to_the_same_value_is_fine(written: Path) -> None:
    _change(written, {"ho_so": 2400})
    found = _back(written, FACTS | {key("ho_so"): fact("ho_so", "2.400")})
    assert found.problems == ()


def test_source_and_estimate_alone_are_a_change(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    row = _row(book[FIGURES], "dien_tich")
    book[FIGURES].cell(row, 7).value = "Địa chính xã"
    book[FIGURES].cell(row, 8).value = "Có"
    book[FIGURES].cell(_row(book[FIGURES], "ghi_chu"), 7).value = "ai đó"
    book.save(written)
    found = _back(written)
    assert [(one.text, one.source, one.estimated) for one in found.taken] == [("77,61", "Địa chính xã", True)]
    assert [one.code for one in found.problems] == ["source_without_figure"]


def test_sorted_and_moved_rows_keep_their_keys(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book[TABLE]
    sheet["E5"], sheet["E6"] = "Có", "Không"
    first, second = ([cell.value for cell in sheet[row]] for row in (5, 6))
    for column, (one, other) in enumerate(zip(first, second, strict=True), 1):
        sheet.cell(5, column).value, sheet.cell(6, column).value = other, one
    book.save(written)
    assert {one.key.subject: one.text for one in _back(written).taken} == {"h1": "Có", "h2": "Không"}


def test_form_of_another_workspace_or_version_is_refused(written: Path) -> None:
    with pytest.raises(ForeignForm):
        _back(written, workspace="kho-2")
    book = openpyxl.load_workbook(written)
    book["ntm_form"]["B1"] = "2"
    book.save(written)
    with pytest.raises(NewerForm):
        _back(written)


def test_unknown_element_in_a_key_is_a_problem(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    row = _row(book[FIGURES], "truc_tuyen")
    book[FIGURES].cell(row, 1).value = "khong_co||2023|actual"
    book[FIGURES].cell(row, 5).value = 5
    book.save(written)
    assert [(one.code, one.address) for one in _back(written).problems] == [("key_unknown", f"E{row}")]


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_libreoffice_in_between_changes_nothing_and_keeps_what_was_typed(
    written: Path, tmp_path: Path, ending: str
) -> None:
    untouched = _back(through_office(written, ending, tmp_path / "o"))
    assert (untouched.taken, untouched.problems, untouched.unchanged) == ((), (), 15)
    at = _change(written, {"truc_tuyen": 612, "dien_tich": "nhiều"}, {(TABLE, "D6"): 77})
    found = _back(through_office(written, ending, tmp_path / "o2"))
    assert {one.key.element: one.text for one in found.taken} == {"truc_tuyen": "612", "so_ho": "77"}
    assert [(one.address, one.code) for one in found.problems] == [(at["dien_tich"], "not_a_number")]
