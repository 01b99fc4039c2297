"""The fact book as stored: order of claims, choices, and every kind of value back as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.facts.fact import Claim, FactKey, Problem, Provenance, Value
from ntm_desktop.facts.period import NO_PERIOD, Period
from ntm_desktop.facts.subject import Hamlet, Profile, ProfileEntry, Record
from ntm_desktop.workspace.errors import WorkspaceDamaged
from ntm_desktop.workspace.states import NewChoice, NewClaim, NewHamlet, NewProfileEntry, NewRecord
from tests.support.workspaces import claim_of, key_of, make_workspace, new_claim, reopen, withdrawn


@pytest.mark.parametrize(
    "value",
    [
        *(Fraction(0), Fraction(-7), Fraction(612, 2382), Fraction(10**39, 3)),
        *(True, False, "", "loai_1", "ế", date(2022, 6, 22), None),
    ],
)
def test_every_value_comes_back_exactly(tmp_path: Path, value: Value | None) -> None:
    provenance = Provenance(
        "Một cửa", "BC 12", date(2023, 1, 2), estimated=True, documented=True, other_body=True
    )
    problem = Problem("not_a_number", (("example", "1.234,5"),)) if value is None else None
    claim = Claim("id", "gõ", value, problem, provenance, "Hồng", "2023-11-01T02:00:00Z")
    key = FactKey("so_ho", "h1", Period("2023-Q1"), plan=True)
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewClaim(key, "Một cửa", claim)], label="answer")
        kept = workspace.book.facts
    with reopen(tmp_path) as workspace:
        fact = workspace.book.facts[key]
        assert workspace.book.facts == kept
    assert fact.claims == (claim,)
    assert type(fact.value) is type(value)


def test_the_older_claim_stays_in_use_until_one_is_chosen(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1, source="Văn phòng")], label="answer")
        workspace.commit([new_claim(2, source="Công an")], label="answer")
        fact = workspace.book.facts[key_of()]
        assert (fact.value, fact.in_conflict, fact.settled) == (1, True, False)
        workspace.commit([new_claim(3, source="Văn phòng")], label="answer")
        assert workspace.book.values[key_of()] == 3, "a correction keeps its place"
        workspace.commit([NewChoice(key_of(), "Công an", "theo sổ")], label="settle")
        fact = workspace.book.facts[key_of()]
        assert (fact.value, fact.in_conflict, fact.reason) == (2, False, "theo sổ")
        workspace.undo()
        assert workspace.book.facts[key_of()].value == 3


def test_a_choice_whose_claim_was_withdrawn_says_nothing(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit(
            [new_claim(1, source="a"), new_claim(2, source="b"), new_claim(3, source="c")], label="x"
        )
        workspace.commit([NewChoice(key_of(), "c", "vì")], label="settle")
        workspace.commit([withdrawn(source="c")], label="clear")
        fact = workspace.book.facts[key_of()]
        assert (fact.value, fact.settled, fact.reason) == (1, False, "")
        workspace.commit([withdrawn(source="a"), withdrawn(source="b")], label="clear")
        assert key_of() not in workspace.book.facts
        assert workspace.load_book().facts == {}


def test_hamlets_records_and_profile_come_back_as_they_were(tmp_path: Path) -> None:
    hamlets = (
        Hamlet("h2", "Vĩnh Lợi", 1, date(2020, 1, 1)),
        Hamlet("h1", "Vĩnh Hòa", 2, None, date(2024, 1, 1)),
    )
    record = Record("r1", "san_pham_ocop", 3, date(2022, 5, 1), date(2025, 5, 1))
    entries = (ProfileEntry("vung", "dbscl"), ProfileEntry("vung", "dnb", date(2024, 1, 1), "QĐ 1"))
    with make_workspace(tmp_path) as workspace:
        workspace.commit(
            [
                *(NewHamlet(hamlet.id, hamlet) for hamlet in hamlets),
                NewRecord("r1", record),
                *(NewProfileEntry(entry.attribute, entry.since, entry) for entry in entries),
            ],
            label="start",
        )
        kept = workspace.book
    with reopen(tmp_path) as workspace:
        for book in (kept, workspace.book):
            assert book.hamlets == hamlets
            assert book.records == (record,)
            assert book.profile == Profile(entries)


def test_facts_without_a_time_and_of_a_day_are_different(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        keys = [key_of(period=period) for period in (NO_PERIOD, Period("@2023-11-01"), Period("2023"))]
        workspace.commit([new_claim(number, key=key) for number, key in enumerate(keys)], label="import")
        assert [workspace.load_book().values[key] for key in keys] == [0, 1, 2]


def test_a_stored_value_that_is_none_is_damage(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        workspace._connection.execute("UPDATE claim SET value = '1/0'")
        with pytest.raises(WorkspaceDamaged):
            workspace.load_book()
        workspace._connection.execute("UPDATE claim SET value = 'một'")
        with pytest.raises(WorkspaceDamaged):
            workspace.load_book()


def test_the_500th_hamlet_and_its_figure_take_as_many_steps_as_the_fifth(tmp_path: Path) -> None:
    def add(numbers: Iterable[int]) -> None:
        made = [Hamlet(f"h{number:03}", f"Hamlet {number}", number) for number in numbers]
        workspace.commit([NewHamlet(one.id, one) for one in made], label="hamlet")
        workspace.commit([new_claim(7, key=key_of("so_ho", one.id)) for one in made], label="answer")

    def steps(number: int) -> int:
        count = 0

        def tick() -> None:
            nonlocal count
            count += 1

        workspace._connection.set_progress_handler(tick, 1)
        add([number])
        workspace._connection.set_progress_handler(None, 0)
        return count

    with make_workspace(tmp_path) as workspace:
        assert workspace.book.hamlets == ()
        add(range(1, 5))
        fifth = steps(5)
        add(range(6, 500))
        last = steps(500)
        assert [one.order for one in workspace.book.hamlets] == list(range(1, 501))
        assert workspace.book.hamlets == tuple(workspace.load_book().hamlets)
    assert last <= fifth * 1.2


def test_a_claim_keeps_its_place_whatever_was_typed(tmp_path: Path) -> None:
    words = '",\\"place\\":9,","place":8,'
    with make_workspace(tmp_path) as workspace:
        for text in (words, words + "!"):
            claims = [claim_of(Fraction(7), source=source, text=text) for source in "ab"]
            workspace.commit(
                [NewClaim(key_of(), one.provenance.source, one) for one in claims], label="answer"
            )
        places = workspace._connection.execute("SELECT source, place FROM claim ORDER BY source").fetchall()
    assert places == [("a", 1), ("b", 2)]


def test_adding_a_fact_takes_as_many_steps_with_5000_facts_as_with_50(tmp_path: Path) -> None:
    """Counted in steps of SQLite's machine, which no other program on the PC can slow down."""

    def steps() -> int:
        count = 0

        def tick() -> None:
            nonlocal count
            count += 1

        workspace._connection.set_progress_handler(tick, 1)
        workspace.commit([new_claim(7, key=key_of("moi"))], label="answer")
        workspace._connection.set_progress_handler(None, 0)
        workspace.undo()
        return count

    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1, key=key_of(f"e{number}")) for number in range(50)], label="import")
        assert len(workspace.book.facts) == 50
        few = steps()
        workspace.commit([new_claim(1, key=key_of(f"f{number}")) for number in range(4950)], label="import")
        many = steps()
    assert many <= few * 1.2


def test_a_claim_that_comes_back_to_an_old_choice_is_chosen_again(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1, source="A"), new_claim(2, source="B")], label="import")
        workspace.commit([NewChoice(key_of(), "B", "theo sổ")], label="settle")
        workspace.commit([withdrawn(source="A"), withdrawn(source="B")], label="withdraw")
        assert workspace.book.fact(key_of()) is None
        workspace.commit([new_claim(3, source="B"), new_claim(5, key=key_of("other"))], label="answer")
        assert workspace.book.facts == workspace.load_book().facts
        assert workspace.book.facts[key_of()].settled


def test_many_figures_of_a_column_are_taken_back_and_brought_again_as_they_are_stored(tmp_path: Path) -> None:
    states = [new_claim(number, key=key_of("so_ho", f"h{number}")) for number in range(12)]
    with make_workspace(tmp_path) as workspace:
        workspace.commit(states, label="paste")
        workspace.commit([new_claim(7, key=states[0].key, source="B")], label="answer")
        workspace.commit([new_claim(9, key=state.key) for state in states], label="paste")
        for _step in range(3):
            workspace.undo()
            assert workspace.book.facts == workspace.load_book().facts
        assert not workspace.book.facts
        workspace.redo()
        assert len(workspace.book.facts) == 12
