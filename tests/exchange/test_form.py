"""The form as it is laid out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.exchange.form import FORM_SHEET, form_cells, key_of, key_text
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.i18n import gettext
from ntm_desktop.sheets.layout import Look, PlannedCell
from tests.exchange.samples import form, key

NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)


@given(NAMES, NAMES | st.just(""), st.sampled_from(["2023", "2023-Q1", "-", "@2023-11-01"]), st.booleans())
def test_key_in_the_hidden_column_comes_back(element: str, subject: str, period: str, plan: bool) -> None:
    one = FactKey(element, subject, Period(period), plan)
    assert key_of(key_text(one)) == one


def test_other_texts_are_no_keys() -> None:
    assert [key_of(text) for text in ("", "a|b", "a|b|2023|maybe", "ntm:rows")] == [None] * 4


def _figure_rows() -> dict[str, tuple[PlannedCell | None, ...]]:
    return {str(row[0].content): row for row in form_cells(form()).sheets[0].rows if row[0] is not None}


def test_each_row_shows_label_unit_value_and_source() -> None:
    row = _figure_rows()[key_text(key("ho_so"))]
    assert [cell.content for cell in row if cell is not None] == [
        "ho_so||2023|actual",
        "",
        "Số liệu ho_so",
        "hồ sơ",
        2382,
        "",
        "Một cửa",
        "",
    ]


def test_whole_numbers_are_numbers_and_all_else_is_text_that_excel_leaves_alone() -> None:
    rows = _figure_rows()
    values = {
        name: rows[key_text(key(name))][4]
        for name in ("ho_so", "truc_tuyen", "dien_tich", "thu_nhap", "co_lan")
    }
    assert {name: (cell.content, cell.look) for name, cell in values.items() if cell} == {
        "ho_so": (2382, Look.INPUT_NUMBER),
        "truc_tuyen": (None, Look.INPUT_NUMBER),
        "dien_tich": ("77,61", Look.INPUT_RIGHT),
        "thu_nhap": ("khoảng 40", Look.INPUT_RIGHT),
        "co_lan": (gettext("Yes"), Look.INPUT),
    }


def test_answers_that_are_chosen_have_a_list() -> None:
    rows = _figure_rows()
    assert [rows[key_text(key(name))][4].choices for name in ("co_lan", "loai_dai")] == [
        (gettext("Yes"), gettext("No")),
        ("Đài FM", "Ứng dụng CNTT"),
    ]


def test_figure_is_asked_once_and_pointed_to_after_that() -> None:
    rows = [
        row
        for row in form_cells(form()).sheets[0].rows
        if any(c and c.content == "Số liệu ho_so" for c in row)
    ]
    assert len(rows) == 2
    assert [cell.look for cell in rows[1] if cell is not None].count(Look.INPUT_NUMBER) == 0


def test_definition_stands_as_a_note_on_the_label() -> None:
    row = _figure_rows()[key_text(key("truc_tuyen"))]
    assert row[2] is not None
    assert row[2].note == "Hồ sơ nộp qua mạng."


def test_every_hamlet_has_a_row_in_the_table() -> None:
    sheet = form_cells(form()).sheets[1]
    assert sheet.name == "8.2.a Ấp"
    assert [row[0].content for row in sheet.rows[4:] if row[0]] == ["h1", "h2", "h3"]


def test_form_remembers_whom_it_belongs_to_out_of_sight() -> None:
    memory = form_cells(form()).sheets[-1]
    assert (memory.name, memory.hidden) == (FORM_SHEET, True)
    assert [cell.content for row in memory.rows[:3] for cell in row if cell] == [
        "ntm_form",
        "1",
        "workspace",
        "kho-1",
        "dossier",
        "ho-so-1",
    ]
