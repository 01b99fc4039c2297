"""Problems with their cells."""

from __future__ import annotations

from ntm_desktop.packs.workbook.ledger import MOST_ALIKE, Ledger, Spot


def test_a_place_reads_as_excel_writes_it():
    assert Spot().address == ""
    assert Spot("criteria").address == "criteria"
    assert Spot("criteria", 4).address == "criteria!4"
    assert Spot("criteria", 4, 28).address == "criteria!AB4"


def test_the_same_is_told_once():
    ledger = Ledger("bo.xlsx")
    for _ in range(2):
        ledger.note(Spot("criteria", 4, 1, "code"), "empty_cell", "code")
    (problem,) = ledger.problems
    assert (problem.file, problem.path, problem.sheet, problem.row, problem.column) == (
        "bo.xlsx",
        "criteria!A4",
        "criteria",
        4,
        "code",
    )


def test_a_flood_ends_with_a_word():
    ledger = Ledger("bo.xlsx")
    for row in range(10 * MOST_ALIKE):
        ledger.note(Spot("criteria", row), "blank_row")
    assert len(ledger.problems) == MOST_ALIKE + 1
    assert ledger.problems[-1].code == "and_more"
