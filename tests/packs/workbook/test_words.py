"""Captions and notes."""

from __future__ import annotations

import pytest

from ntm_desktop.i18n import set_language
from ntm_desktop.packs.workbook.columns import PLANS, REGISTER_SHEETS, SHEETS
from ntm_desktop.packs.workbook.words import (
    _captions,
    _notes_of_lists,
    _notes_of_parts,
    _notes_of_registers,
    caption,
    guide_lines,
    note,
)


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("vi")


@pytest.mark.parametrize("sheet", PLANS)
def test_every_column_is_captioned_in_words(sheet):
    for column in PLANS[sheet].columns:
        assert caption(column.heading, sheet) != column.heading


def test_what_must_be_filled_in_says_so():
    assert note("code", "criteria").endswith("Must be filled in.")
    assert "Must" not in note("unit", "requirements")
    assert note("publisher", "settings") == "Must be filled in."


def test_the_guide_has_a_line_for_each_sheet():
    for plans, others in ((SHEETS, REGISTER_SHEETS), (REGISTER_SHEETS, SHEETS)):
        told = {word for word, _ in guide_lines(plans)}
        assert set(plans) <= told
        assert not told & (set(others) - set(plans))


def test_what_is_said_is_said_of_columns_that_are_there():
    plain = {column.heading for plan in PLANS.values() for column in plan.columns}
    full = {f"{sheet}.{column.heading}" for sheet, plan in PLANS.items() for column in plan.columns}
    assert {*_captions(), *_notes_of_parts(), *_notes_of_lists(), *_notes_of_registers()} <= plain | full


def test_a_sheet_may_have_its_own_words_for_a_heading():
    assert caption("name", "choices") == "Code of the choice"
    assert caption("type", "profile") == "List of choices"
    assert caption("name", "catalogue") != caption("name", "choices")
