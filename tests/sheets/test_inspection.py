"""The child's side, called here without a child where that is harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.sheets.cells import column_letters
from ntm_desktop.sheets.inspection import _exact, _seen, _surely_within


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_number_typed_with_few_decimals_comes_back_as_typed(number) -> None:
    text = _exact(float(number))
    assert "e" not in text.lower()
    assert float(text) == float(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.1, "0.1"), (2382.0, "2382"), (1e20, "1" + "0" * 20), (-0.5, "-0.5"), (1e-7, "0.0000001")],
)
def test_number_has_neither_exponent_nor_superfluous_zeros(number: float, text: str) -> None:
    assert _exact(number) == text


def test_prefixed_xml_is_marked_too() -> None:
    xml = b'<x:row r="2"><x:c r="B2"><x:f>1+1</x:f></x:c><x:c r="C2" t="str"><x:f>A1</x:f><x:v></x:v></x:c></x:row>'
    assert _seen(xml).marks == {(1, 1): ("uncomputed", "")}


def test_empty_text_result_of_a_formula_is_a_result() -> None:
    assert _seen(b'<c r="A1" t="str"><f>""</f><v></v></c>').marks == {}


def test_merged_cells_and_formulas_are_named() -> None:
    seen = _seen(
        b'<row r="2"><c r="B2"><f>1+1</f><v>2</v></c></row><mergeCells><mergeCell ref="C5:D6"/></mergeCells>'
    )
    assert (seen.formulas, seen.merged, seen.marks) == (["B2"], ["C5:D6"], {})


def test_rows_that_are_only_painted_count_for_nothing() -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="XFD%d" s="1"></c></row>' % (n, n, n) for n in (5, 1_000_000)
    )
    assert _seen(b'<row r="1"><c r="XFD1"><v>1</v></c></row>' + rows).marks == {}


def test_hidden_rows_that_hold_something_are_named() -> None:
    xml = (
        b'<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row hidden="1" r="3"><c r="A3"><v>1</v></c></row>'
        b'<row r="4" hidden="0"><c r="A4"><v>1</v></c></row><row r="5" hidden="1"><c r="A5"/></row>'
    )
    assert _seen(xml).hidden_rows == [1, 3]


@given(
    st.lists(st.tuples(st.integers(1, 9_999_999), st.integers(1, 16_384)), min_size=1, max_size=4),
    st.integers(1, 3_000_000),
)
def test_what_is_seen_at_a_glance_to_lie_within_so_many_cells_does(
    places: list[tuple[int, int]], most: int
) -> None:
    cells = "".join(f'<c r="{column_letters(column)}{row}"><v>1</v></c>' for row, column in places)
    rectangle = max(row for row, _ in places) * max(column for _, column in places)
    assert rectangle <= most or not _surely_within(cells.encode(), most)


@pytest.mark.parametrize("cell", ["<x:c r='XFD9'>", "<c\tr='XFD9'>", '<c s="1" r="XFD9">', '<c r ="XFD9">'])
def test_cells_written_in_an_unusual_way_are_counted(cell: str) -> None:
    assert _surely_within(b'<row r="1"><c r="AZ1" s="1"/></row>', 702)
    assert not _surely_within(cell.encode(), 702)
