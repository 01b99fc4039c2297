from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.proposals import propose
from ntm_desktop.criteria.registers import Proposal
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Element, PeriodKind, SubjectKind, ValueType
from ntm_desktop.facts.fact import Fact, FactKey, Value
from ntm_desktop.facts.period import NO_PERIOD, year_period
from ntm_desktop.facts.subject import Hamlet, Record
from ntm_desktop.i18n import Text
from tests.support.workspaces import claim_of

DAY = date(2023, 12, 31)


def column(name: str, kind: ValueType) -> Element:
    return Element(name, Text(name), kind, period=PeriodKind.NONE, subject=SubjectKind.RECORD, register="so")


ELEMENTS = {
    "ten": column("ten", ValueType.TEXT),
    "ngay": column("ngay", ValueType.DATE),
    "luot": column("luot", ValueType.INTEGER),
    "dung": column("dung", ValueType.YES_NO),
    "tong": Element("tong", Text("tong"), ValueType.INTEGER),
    "co": Element("co", Text("co"), ValueType.YES_NO),
    "phieu": Element("phieu", Text("phieu"), ValueType.INTEGER, subject=SubjectKind.HAMLET),
}


def book(*lines: dict[str, Value], until: date | None = None) -> FactBook:
    records = [Record(f"r{number}", "so", number, until=until) for number in range(len(lines))]
    facts = [
        Fact(FactKey(name, f"r{number}", NO_PERIOD), (claim_of(value),))
        for number, cells in enumerate(lines)
        for name, value in cells.items()
    ]
    return FactBook(facts, records=records)


def value(proposal: Proposal, kept: FactBook) -> tuple[Value, int, int] | None:
    found = propose(proposal, ELEMENTS, kept, 2023, DAY)
    return None if found is None else (found.value, found.counted, found.unclear)


def test_lines_are_counted() -> None:
    assert value(Proposal("tong", "so"), book({"ten": "a"}, {"ten": "b"})) == (Fraction(2), 2, 0)


def test_an_empty_register_proposes_nothing() -> None:
    assert value(Proposal("tong", "so"), book()) is None


def test_a_line_that_counts_no_more_is_left_out() -> None:
    assert value(Proposal("tong", "so"), book({"ten": "a"}, until=DAY)) is None


def test_the_same_person_counts_once_whatever_the_spacing_and_case_but_marks_differ() -> None:
    proposal = Proposal("tong", "so", distinct=("ten",))
    kept = book({"ten": "Lê Văn A"}, {"ten": "lê  văn a"}, {"ten": "Lê Vân A"})
    assert value(proposal, kept) == (Fraction(2), 2, 0)


def test_only_lines_of_the_year_count_and_one_without_a_day_is_told() -> None:
    proposal = Proposal("tong", "so", dated="ngay")
    years = (date(2023, 1, 1), date(2022, 12, 31), date(2022, 1, 1))
    kept = book(*({"ngay": day} for day in years), {})
    assert value(proposal, kept) == (Fraction(1), 1, 1)


def test_a_condition_decides_and_a_line_it_cannot_judge_is_told() -> None:
    proposal = Proposal("tong", "so", where=parse("${dung}"))
    kept = book({"dung": True}, {"dung": False}, {})
    assert value(proposal, kept) == (Fraction(1), 1, 1)


def test_a_column_is_added_up_and_an_empty_cell_is_told() -> None:
    proposal = Proposal("tong", "so", total="luot")
    kept = book({"luot": Fraction(30)}, {"luot": Fraction(12)}, {})
    assert value(proposal, kept) == (Fraction(42), 2, 1)


def test_a_condition_reads_its_own_line_and_nothing_beside_it() -> None:
    kept = book({"dung": True, "luot": Fraction(3)})
    assert value(Proposal("tong", "so", where=parse("count(so, ${dung}) >= 1")), kept) == (Fraction(0), 0, 0)
    assert value(Proposal("tong", "so", where=parse("${luot} >= threshold('x', '1.1.a', 1)")), kept) is None


def test_nothing_but_lines_that_cannot_be_judged_proposes_nothing() -> None:
    assert value(Proposal("tong", "so", dated="ngay"), book({})) is None


def test_lines_that_do_not_count_propose_zero() -> None:
    proposal = Proposal("tong", "so", where=parse("${dung}"))
    assert value(proposal, book({"dung": False})) == (Fraction(0), 0, 0)


@pytest.mark.parametrize(("dung", "expected"), [(True, True), (False, False)])
def test_a_yes_needs_a_line_that_counts(dung: bool, expected: bool) -> None:
    found = value(Proposal("co", "so", where=parse("${dung}")), book({"dung": dung}))
    assert found is not None
    assert found[0] is expected


def test_hamlets_are_a_table_too_and_propose_nothing_before_the_first_figure() -> None:
    proposal = Proposal("tong", "hamlets", total="phieu")
    hamlets = [Hamlet("h1", "A"), Hamlet("h2", "B")]
    assert propose(proposal, ELEMENTS, FactBook(hamlets=hamlets), 2023, DAY) is None
    facts = [Fact(FactKey("phieu", "h1", year_period(2023)), (claim_of(Fraction(7)),))]
    found = propose(proposal, ELEMENTS, FactBook(facts, hamlets=hamlets), 2023, DAY)
    assert found is not None
    assert (found.value, found.unclear) == (Fraction(7), 1)
    facts.append(Fact(FactKey("phieu", "h2", year_period(2023)), (claim_of(Fraction(0)),)))
    found = propose(proposal, ELEMENTS, FactBook(facts[1:], hamlets=hamlets[1:]), 2023, DAY)
    assert found is not None
    assert found.value == 0
    assert propose(proposal, ELEMENTS, FactBook(), 2023, DAY) is None


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1))
def test_as_many_persons_as_there_are_names(names: list[str]) -> None:
    found = value(Proposal("tong", "so", distinct=("ten",)), book(*({"ten": name} for name in names)))
    assert found is not None
    assert found[0] == len(set(names))
