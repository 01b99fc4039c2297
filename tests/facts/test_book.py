"""The fact book in memory."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Problem, Value
from ntm_desktop.facts.period import year_period
from ntm_desktop.facts.subject import Hamlet, Profile, ProfileEntry, Record

DAY = date(2023, 12, 31)


def a_fact(element: str, value: Value | None) -> Fact:
    problem = None if value is not None else Problem("not_a_number")
    return Fact(FactKey(element, "", year_period(2023)), (Claim("c", "x", value, problem),))


def test_a_fact_replaces_the_one_with_the_same_key() -> None:
    book = FactBook([a_fact("so_ho", Fraction(1))])
    book.put(a_fact("so_ho", Fraction(2)))
    assert list(book.values.values()) == [2]
    assert len(book.facts) == 1


def test_a_fact_without_claims_goes() -> None:
    fact = a_fact("so_ho", Fraction(1))
    book = FactBook([fact])
    book.put(Fact(fact.key, ()))
    assert book.fact(fact.key) is None
    assert not book.values


def test_an_unreadable_fact_is_kept_but_has_no_value() -> None:
    fact = a_fact("so_ho", None)
    book = FactBook([a_fact("so_ho", Fraction(1))])
    book.put(fact)
    assert book.fact(fact.key) is fact
    assert not book.values


def test_no_is_a_value_and_zero_is_one() -> None:
    book = FactBook([a_fact("co_cho", value=False), a_fact("so_nha_tam", Fraction(0))])
    assert set(book.values.values()) == {False, Fraction(0)}
    assert len(book.values) == 2


def test_hamlets_and_records_come_in_the_commune_s_order_and_only_while_they_count() -> None:
    gone = Hamlet("a", "Cũ", 1, until=date(2020, 1, 1))
    book = FactBook(hamlets=[Hamlet("b", "Hai", 2), Hamlet("c", "Một", 1), gone])
    assert [hamlet.id for hamlet in book.hamlets] == ["a", "c", "b"]
    assert [hamlet.id for hamlet in book.hamlets_on(DAY)] == ["c", "b"]
    book.set_records([Record("2", "wifi", 2), Record("1", "wifi", 1), Record("3", "ocop")])
    assert [record.id for record in book.records_on("wifi", DAY)] == ["1", "2"]
    assert len(book.records) == 3


def test_the_profile_is_the_one_of_the_day() -> None:
    book = FactBook(profile=Profile((ProfileEntry("vung", "btb"),)))
    assert book.profile_on(DAY)["vung"].value == "btb"
    assert not FactBook().profile_on(DAY)


answers = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.booleans() | st.integers().map(Fraction)))


@given(answers)
def test_values_always_mirror_the_facts(changes: list[tuple[str, Value | None]]) -> None:
    book = FactBook()
    for element, value in changes:
        book.put(a_fact(element, value))
    assert dict(book.values) == {k: f.value for k, f in book.facts.items() if f.value is not None}
