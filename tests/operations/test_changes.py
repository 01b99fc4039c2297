"""Who changed what: entered, changed, withdrawn, chosen; for one figure and for an indicator."""

from __future__ import annotations

from ntm_desktop.facts.fact import Provenance
from ntm_desktop.operations import history, work
from ntm_desktop.operations.answer import answer, claim_state, settle
from ntm_desktop.operations.changes import changes_of, keys_of
from ntm_desktop.operations.desk import Desk
from tests.support.figures import FILES, ONLINE, indicator, key, type_in


def told(desk: Desk, *elements: str) -> list[tuple[str, str, str]]:
    found = changes_of(desk, [key(element) for element in elements])
    return [(one.who, one.before, one.after) for one in found]


def test_each_change_says_who_before_and_after(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "600"})
    work.enter_as(desk, "Trần Thị Mai")
    type_in(desk, **{ONLINE: "612"})
    answer(desk, key(ONLINE), "")
    history.undo(desk)
    assert sorted(told(desk, ONLINE)) == sorted(
        [
            ("Lê Văn Hậu", "", "600"),
            ("Trần Thị Mai", "600", "612"),
            ("Trần Thị Mai", "612", ""),
            ("Trần Thị Mai", "", "612"),
        ]
    )
    assert told(desk, FILES) == []


def test_a_choice_between_sources_is_told_with_its_reason(desk: Desk) -> None:
    type_in(desk, **{FILES: "2.382"})
    desk.record([claim_state(desk, key(FILES), "2.400", Provenance("Thống kê xã"))], "answer")
    settle(desk, key(FILES), "Thống kê xã", "số có dấu")
    history.undo(desk)
    choices = [one for one in changes_of(desk, [key(FILES)]) if one.settled]
    assert {(one.source, one.after) for one in choices} == {("Thống kê xã", "số có dấu"), ("", "")}


def test_naming_the_source_alone_is_no_change_of_the_figure(desk: Desk) -> None:
    type_in(desk, **{FILES: "2.382"})
    before = told(desk, FILES)
    claim = claim_state(desk, key(FILES), "2.382", Provenance("", estimated=True))
    desk.record([claim], "cite")
    assert told(desk, FILES) == before


def test_the_figures_of_an_indicator_are_its_fields_tables_and_what_its_rules_read(desk: Desk) -> None:
    keys = keys_of(desk, indicator(desk, "8.4"))
    assert key(ONLINE) in keys
    hamlets = {one.subject for one in keys_of(desk, indicator(desk, "8.2"))}
    assert {hamlet.id for hamlet in desk.book.hamlets} <= hamlets
