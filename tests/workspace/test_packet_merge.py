"""Merging packets in a database in memory: whatever the order, the same figures and the same conflicts."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_desktop.facts.fact import Claim, Edit, EditKind, FactKey, Provenance
from ntm_desktop.facts.period import Period
from ntm_desktop.facts.subject import Commune, Hamlet, Record
from ntm_desktop.workspace import schema
from ntm_desktop.workspace.facts import load_book
from ntm_desktop.workspace.journal import EVERY_EDIT, Adopted, Journal, Nature, read_edit
from ntm_desktop.workspace.packet import Packet, Part, Purpose
from ntm_desktop.workspace.packet_merge import Outcome, Plan, plan_of
from ntm_desktop.workspace.packets import _HEADS, _OWN
from ntm_desktop.workspace.states import (
    Dossier,
    NewChoice,
    NewClaim,
    NewDossier,
    NewHamlet,
    NewRecord,
    NewRemark,
    NewState,
)
from ntm_desktop.workspace.tables import all_cells

OFFICE = "0" * 32
HOSO = "ho-so"
COMMUNE = Commune("30604", "Vĩnh An", "Xã", "An Giang", "ấp")
PART = Part("f" * 32, OFFICE, HOSO, ("8",), (), frozenset({"so_ho"}), frozenset({"so"}), frozenset({"8.1.a"}))


@dataclass
class Pc:
    """A PC with a workspace in memory."""

    id: str
    who: str
    connection: sqlite3.Connection
    hour: int = 0
    count: Iterator[int] = field(default_factory=itertools.count)

    @property
    def journal(self) -> Journal:
        return Journal(self.connection, Path("memory"), self.clock, self.id, f"may-{self.who}", self.who)

    def clock(self) -> datetime:
        return datetime(2024, 12, 1, tzinfo=UTC) + timedelta(hours=self.hour)

    def do(self, *states: NewState) -> None:
        self.journal.commit(states, label="answer")

    def answer(self, text: str | None, subject: str = "", source: str = "") -> NewClaim:
        key = fact(subject)
        if text is None:
            return NewClaim(key, source, None)
        at = self.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        identity = f"{self.id[:4]}-{next(self.count)}"
        return NewClaim(
            key,
            source,
            Claim(identity, text, Fraction(text), None, Provenance(source), self.who, at),
        )

    def cells(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((str(kind), at, body) for kind, at, body in all_cells(self.connection))

    def texts(self, subject: str = "") -> dict[str, str]:
        found = load_book(self.connection).fact(fact(subject))
        return {} if found is None else {one.provenance.source: one.text for one in found.claims}

    def line_is_gone(self) -> bool:
        return not load_book(self.connection).records

    def merge(self, packet: Packet) -> Plan:
        plan = plan_of(self.connection, self.id, packet)
        self.connection.execute("BEGIN")
        _edits, homeless = self.journal.adopt(plan.writes, label="packet_merge", nature=Nature.DO)
        self.connection.execute("COMMIT")
        return plan.without(homeless)


def fact(subject: str = "") -> FactKey:
    return FactKey("so_ho", subject, Period("2024"))


def edits_of(pc: Pc, statement: str, *values: str) -> tuple[Edit, ...]:
    return tuple(replace(read_edit(row), group="") for row in pc.connection.execute(statement, values))


def office() -> Pc:
    pc = Pc(OFFICE, "Hậu", sqlite3.connect(":memory:", isolation_level=None))
    pc.connection.execute("PRAGMA foreign_keys = ON")
    schema.lay(pc.connection)
    pc.do(
        NewDossier(HOSO, Dossier(HOSO, "ntm", "1.0.0", "0" * 64, 2024, date(2024, 12, 31))),
        NewHamlet("ap", Hamlet("ap", "Vĩnh Thành", 1)),
        NewRecord("dong", Record("dong", "so", 1)),
        NewRemark(HOSO, "8.1.a", "có"),
        pc.answer("1"),
        pc.answer("2", source="huyện"),
        pc.answer("3", "ap"),
        pc.answer("4", "dong"),
    )
    return pc


def copy_of(pc: Pc) -> Pc:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    pc.connection.backup(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    return Pc(pc.id, pc.who, connection, 100)


def handed_to(pc: Pc, name: str, number: int) -> Pc:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.lay(connection)
    other = Pc(str(number) * 32, name, connection)
    heads = [replace(edit, old=None, parent=None) for edit in edits_of(pc, _HEADS)]
    other.journal.adopt(map(Adopted, heads), label="packet", nature=Nature.FIXED)
    return other


def back(pc: Pc) -> Packet:
    return Packet(Purpose.RETURN, PART, pc.id, COMMUNE, pc.who, "2024", edits_of(pc, _OWN, pc.id))


def test_an_untouched_cell_takes_what_the_packet_says_with_its_author_and_one_undo_takes_it_back() -> None:
    here = office()
    there = handed_to(here, "An", 1)
    there.do(there.answer("5"))
    there.do(there.answer("6"), there.answer("7", "ap"))
    before = here.cells()
    plan = here.merge(back(there))
    assert [cell.outcome for cell in plan.cells] == [Outcome.TAKEN, Outcome.TAKEN]
    assert here.texts() == {"": "6", "huyện": "2"}
    assert here.texts("ap") == {"": "7"}
    merged = [edit for edit in edits_of(here, EVERY_EDIT) if edit.workspace == there.id]
    assert [(edit.who, edit.device) for edit in merged] == [("An", "may-An")] * 3
    assert here.journal.undo_label == "packet_merge"
    assert not here.journal.undo().skipped
    assert here.cells() == before
    assert [cell.outcome for cell in here.merge(back(there)).cells] == [Outcome.TAKEN, Outcome.TAKEN]
    assert here.texts()[""] == "6"


def test_both_changed_stand_side_by_side_and_the_choice_made_before_is_open_again() -> None:
    here = office()
    here.do(NewChoice(fact(), "", "vì"))
    there = handed_to(here, "An", 1)
    there.do(there.answer("5"))
    here.do(here.answer("8"))
    plan = here.merge(back(there))
    assert [cell.kind for cell in plan.of(Outcome.CONFLICT)] == [EditKind.CLAIM, EditKind.CHOICE_OF_CLAIM]
    assert here.texts() == {"": "8", "huyện": "2", "[An #11111111]": "5"}
    found = load_book(here.connection).fact(fact())
    assert found is not None
    assert found.in_conflict
    cells = here.cells()
    again = here.merge(back(there))
    assert {cell.outcome for cell in again.cells} == {Outcome.KNOWN}
    assert here.cells() == cells


def test_every_edit_that_led_to_a_contradicting_figure_goes_beside_with_it() -> None:
    here = office()
    there = handed_to(here, "An", 1)
    there.do(there.answer("5"))
    there.do(there.answer("6"))
    here.do(here.answer("8"))
    before = here.cells()
    here.merge(back(there))
    assert here.texts() == {"": "8", "huyện": "2", "[An #11111111]": "6"}
    beside = [edit for edit in edits_of(here, EVERY_EDIT) if "[An #" in edit.target]
    assert [(edit.who, json.loads(edit.new or "{}")["text"]) for edit in beside] == [("An", "5"), ("An", "6")]
    assert not here.journal.undo().skipped
    assert here.cells() == before


def test_a_figure_corrected_where_it_came_from_keeps_the_other_one_beside_it() -> None:
    here = office()
    one, two = handed_to(here, "An", 1), handed_to(here, "Bình", 2)
    one.do(one.answer("5"))
    two.hour = 2
    two.do(two.answer("6"))
    here.merge(back(one))
    here.merge(back(two))
    assert here.texts() == {"": "5", "huyện": "2", "[Bình #22222222]": "6"}
    one.hour = 1
    one.do(one.answer("7"))
    assert [cell.outcome for cell in here.merge(back(one)).cells] == [Outcome.CONFLICT]
    assert here.texts() == {"": "7", "huyện": "2", "[Bình #22222222]": "6"}


def test_a_remark_changed_and_changed_back_leaves_what_another_packet_brought_later() -> None:
    here = office()
    one, two = handed_to(here, "An", 1), handed_to(here, "Bình", 2)
    one.do(NewRemark(HOSO, "8.1.a", "khác"))
    one.journal.undo()
    two.hour = 2
    two.do(NewRemark(HOSO, "8.1.a", "mới"))
    here.merge(back(two))
    cells = here.cells()
    assert [cell.outcome for cell in here.merge(back(one)).cells] == [Outcome.AGREED]
    assert here.cells() == cells
    assert [cell.outcome for cell in here.merge(back(one)).cells] == [Outcome.KNOWN]


def test_the_same_figure_agrees_and_one_changed_back_says_nothing() -> None:
    here = office()
    there = handed_to(here, "An", 1)
    there.do(there.answer("8"))
    there.do(there.answer("9", "ap"))
    there.journal.undo()
    here.do(here.answer("8"))
    cells = here.cells()
    assert {cell.outcome for cell in here.merge(back(there)).cells} == {Outcome.AGREED}
    assert here.cells() == cells
    assert {cell.outcome for cell in here.merge(back(there)).cells} == {Outcome.KNOWN}


def test_packets_of_one_pc_that_come_out_of_order_bring_the_latest_figure_once() -> None:
    here = office()
    there = handed_to(here, "An", 1)
    there.do(there.answer("5"))
    early = back(there)
    there.do(there.answer("6"))
    here.merge(back(there))
    assert [cell.outcome for cell in here.merge(early).cells] == [Outcome.KNOWN]
    assert here.texts()[""] == "6"
    there.do(there.answer("7"))
    assert [cell.outcome for cell in here.merge(back(there)).cells] == [Outcome.TAKEN]
    assert here.texts()[""] == "7"


def test_a_figure_for_a_hamlet_that_is_gone_has_no_place_and_an_unknown_ancestor_is_a_conflict() -> None:
    here = office()
    there = handed_to(here, "An", 1)
    there.do(there.answer("5", "ap"), there.answer("6"))
    here.do(NewHamlet("ap", None))
    packet = back(there)
    strange = replace(
        packet, edits=tuple(replace(one, parent="9" * 32) if one.old else one for one in packet.edits)
    )
    plan = here.merge(strange)
    assert [json.loads(cell.target)[1] for cell in plan.of(Outcome.NO_PLACE)] == ["ap"]
    assert [json.loads(cell.target)[1] for cell in plan.of(Outcome.CONFLICT)] == [""]
    assert set(here.texts().values()) == {"6", "2", "1"}
    assert here.texts("ap") == {"": "3"}


def test_what_names_something_that_is_not_here_is_listed() -> None:
    here = office()
    there = handed_to(here, "An", 1)
    there.do(NewRemark(HOSO, "8.1.a", "khác"))
    packet = back(there)
    moved = replace(packet.edits[0], target='["khac","8.1.a"]', parent=None)
    plan = here.merge(replace(packet, edits=(moved,)))
    assert [cell.outcome for cell in plan.cells] == [Outcome.NO_PLACE]


def test_a_line_that_one_takes_away_while_another_enters_a_figure_stays() -> None:
    here = office()
    one, two = handed_to(here, "An", 1), handed_to(here, "Bình", 2)
    three = handed_to(here, "Chi", 3)
    three.do(three.answer(None, "dong"), NewRecord("dong", None))
    one.do(one.answer(None, "dong"), NewRecord("dong", None))
    two.do(two.answer("9", "dong"))
    left, right = copy_of(here), copy_of(here)
    left.merge(back(one))
    left.merge(back(three))
    assert left.merge(back(two)).of(Outcome.CONFLICT)
    right.merge(back(two))
    assert right.merge(back(one)).of(Outcome.CONFLICT)
    assert right.merge(back(three)).of(Outcome.CONFLICT)
    assert left.cells() == right.cells()
    assert left.texts("dong") == {"": "9"}
    assert [record.id for record in load_book(left.connection).records] == ["dong"]


texts = st.sampled_from(["1", "5", "6", None])
step = st.one_of(
    st.tuples(
        st.just("claim"), st.sampled_from(["", "ap", "dong"]), st.sampled_from(["", "huyện", "tỉnh"]), texts
    ),
    st.tuples(st.just("choice"), st.just(""), st.sampled_from(["", "huyện"]), texts),
    st.tuples(st.just("remark"), st.just(""), st.just(""), texts),
    st.tuples(st.just("line"), st.just(""), st.just(""), texts),
)
work = st.lists(st.tuples(st.integers(0, 3), step), max_size=4)


def perform(pc: Pc, steps: Sequence[tuple[int, tuple[str, str, str, str | None]]]) -> None:
    for hour, (kind, subject, source, text) in steps:
        pc.hour = hour
        if kind == "claim" and not (subject == "dong" and pc.line_is_gone()):
            pc.do(pc.answer(text, subject, source))
        elif kind == "choice":
            pc.do(NewChoice(fact(), None if text is None else source, "vì"))
        elif kind == "remark":
            pc.do(NewRemark(HOSO, "8.1.a", text))
        elif kind == "line":
            withdrawn = [pc.answer(None, "dong", one) for one in pc.texts("dong")]
            pc.do(*withdrawn, NewRecord("dong", None))


@settings(max_examples=25, deadline=None)
@given(st.lists(work, min_size=4, max_size=4))
def test_three_packets_give_the_same_in_all_six_orders_and_every_lost_value_is_listed(
    works: list[list[tuple[int, tuple[str, str, str, str | None]]]],
) -> None:
    here = office()
    others = [handed_to(here, name, number) for number, name in enumerate(("An", "Bình", "Chi"), 1)]
    for pc, steps in zip((here, *others), works, strict=True):
        perform(pc, steps)
    before, ends = here.cells(), set()
    for order in itertools.permutations(map(back, others)):
        pc = copy_of(here)
        plans = [pc.merge(packet) for packet in order]
        ends.add(pc.cells())
        listed = {state for plan in plans for cell in plan.cells for state in (cell.ours, cell.theirs)}
        for packet in order:
            for edit in {edit.target: edit for edit in packet.edits}.values():
                assert edit.new in listed
        settled = pc.cells()
        for packet in order:
            pc.merge(packet)
        assert pc.cells() == settled
        while pc.journal.undo_label == "packet_merge":
            assert not pc.journal.undo().skipped
        assert pc.cells() == before
    assert len(ends) == 1


def test_three_who_differ_stand_side_by_side_each_content_once_in_any_order() -> None:
    here = office()
    others = [handed_to(here, name, number) for number, name in enumerate(("An", "Bình", "Chi", "Dung"), 1)]
    for pc, hour, text in zip(others, (3, 1, 2, 0), ("5", "6", "7", "5"), strict=True):
        pc.hour = hour
        pc.do(pc.answer(text), pc.answer(text, source="huyện"))
    ends = set()
    for order in itertools.permutations(map(back, others)):
        pc = copy_of(here)
        for packet in order:
            pc.merge(packet)
        ends.add(pc.cells())
    assert len(ends) == 1
    assert pc.texts() == {
        "": "5",
        "[Bình #22222222]": "6",
        "[Chi #33333333]": "7",
        "huyện": "5",
        "huyện · [Bình #22222222]": "6",
        "huyện · [Chi #33333333]": "7",
    }
    others[1].hour = 5
    others[1].do(others[1].answer(None))
    pc.merge(back(others[1]))
    assert "[Bình #22222222]" not in pc.texts()
