"""What becomes of facts between two versions: carried over, kept where they are, or named with the reason."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.carry import MisfitReason, carry
from ntm_desktop.criteria.model import CriterionSet, Migration
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Choice, Element, SubjectKind, ValueType
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Problem, Provenance
from ntm_desktop.facts.period import PeriodKind, year_period
from ntm_desktop.facts.subject import Hamlet
from ntm_desktop.i18n import Text
from tests.support.sample_set import make_set

WHOLE = Element("cu", Text("Cũ"), ValueType.INTEGER, unit="ho")


def _set(
    version: str, *elements: Element, migrations: tuple[Migration, ...] = (), **more: object
) -> CriterionSet:
    made = make_set(version=version, migrations=migrations, **more)
    named = {element.name: element for element in elements}
    return dataclasses.replace(made, catalogue=dataclasses.replace(made.catalogue, elements=named))


def _key(name: str, subject: str = "") -> FactKey:
    return FactKey(name, subject, year_period(2023))


def _fact(name: str, value: object, text: str = "", subject: str = "") -> Fact:
    shown = text or str(value)
    exact = Fraction(value) if type(value) is int else value
    return Fact(_key(name, subject), (Claim(f"id-{name}", shown, exact),))  # type: ignore[arg-type]


def test_nothing_becomes_of_facts_when_no_element_changed() -> None:
    old, new = _set("1.0.0", WHOLE), _set("1.1.0", WHOLE)
    book = FactBook([_fact("cu", 5)])
    carriage = carry(old, new, book)
    assert (carriage.carried, carriage.misfits) == ((), ())
    assert carriage.over(book) is book


def test_a_renamed_figure_is_made_beside_the_old_one_with_all_its_claims() -> None:
    claims = (
        Claim("a", "5", Fraction(5), provenance=Provenance("Thống kê")),
        Claim("b", "6", Fraction(6), provenance=Provenance("Xã")),
    )
    fact = Fact(_key("cu"), claims, settled=True, reason="vì")
    new = _set("1.1.0", dataclasses.replace(WHOLE, name="moi"), migrations=(Migration("1.0.0", "cu", "moi"),))
    book = FactBook([fact])
    carriage = carry(_set("1.0.0", WHOLE), new, book)
    (made,) = carriage.carried
    assert made.fact == dataclasses.replace(fact, key=_key("moi"))
    after = carriage.over(book)
    assert after.facts[_key("cu")] == fact
    assert after.values[_key("moi")] == 5


def test_names_that_changed_twice_arrive_and_only_steps_on_the_way_count() -> None:
    steps = (
        Migration("1.1.0", "giua", "moi"),
        Migration("1.0.0", "cu", "giua"),
        Migration("0.9.0", "cu", "sai"),
    )
    new = _set("1.2.0", dataclasses.replace(WHOLE, name="moi"), migrations=steps)
    carriage = carry(_set("1.0.0", WHOLE), new, FactBook([_fact("cu", 5)]))
    assert [one.fact.key.element for one in carriage.carried] == ["moi"]
    assert carriage.carried[0].old == _key("cu")
    later = carry(_set("1.1.0", dataclasses.replace(WHOLE, name="giua")), new, FactBook([_fact("giua", 5)]))
    assert [one.old.element for one in later.carried] == ["giua"]


def test_going_back_carries_nothing() -> None:
    new = _set("1.0.0", WHOLE, migrations=(Migration("1.0.0", "moi", "cu"),))
    back = carry(_set("1.1.0", dataclasses.replace(WHOLE, name="moi")), new, FactBook([_fact("moi", 5)]))
    assert back.carried == ()


def test_a_child_set_takes_the_names_its_parent_had() -> None:
    new = _set(
        "1.0.0",
        dataclasses.replace(WHOLE, name="moi"),
        migrations=(Migration("1.0.0", "cu", "moi"), Migration("1.0.0", "la", "moi")),
        id="tinh",
    )
    carriage = carry(_set("3.0.0", WHOLE), new, FactBook([_fact("cu", 5), _fact("la", 7)]))
    assert [one.old.element for one in carriage.carried] == ["cu"]


@given(st.integers(-(10**9), 10**9), st.integers(1, 1000))
def test_a_conversion_is_exact(value: int, divisor: int) -> None:
    rule = ("/", ("fact", "cu"), ("number", str(divisor)))
    new = _set(
        "1.1.0",
        Element("moi", Text("Mới"), ValueType.DECIMAL),
        migrations=(Migration("1.0.0", "cu", "moi", rule),),
    )
    (made,) = carry(_set("1.0.0", WHOLE), new, FactBook([_fact("cu", value)])).carried
    assert made.fact.value == Fraction(value, divisor)


def test_figures_of_hamlets_are_converted_each_for_itself() -> None:
    per_hamlet = dataclasses.replace(WHOLE, subject=SubjectKind.HAMLET)
    rule = ("*", ("fact", "cu"), ("number", "2"))
    new = _set(
        "1.1.0",
        dataclasses.replace(per_hamlet, name="moi"),
        migrations=(Migration("1.0.0", "cu", "moi", rule),),
    )
    book = FactBook(
        [_fact("cu", 1, subject="h1"), _fact("cu", 2, subject="h2")],
        hamlets=[Hamlet("h1", "A", 1), Hamlet("h2", "B", 2)],
    )
    carriage = carry(_set("1.0.0", per_hamlet), new, book)
    assert {one.fact.key.subject: one.fact.value for one in carriage.carried} == {"h1": 2, "h2": 4}
    assert carriage.over(book).hamlets == book.hamlets


def test_a_text_that_could_not_be_read_is_read_again() -> None:
    fact = Fact(_key("cu"), (Claim("a", "5,5", None, Problem("not_whole")),))
    step = (Migration("1.0.0", "cu", "moi"),)
    whole = _set("1.1.0", dataclasses.replace(WHOLE, name="moi"), migrations=step)
    (made,) = carry(_set("1.0.0", WHOLE), whole, FactBook([fact])).carried
    assert made.fact.value is None
    decimal = _set("1.1.0", Element("moi", Text("Mới"), ValueType.DECIMAL, "ho"), migrations=step)
    (made,) = carry(_set("1.0.0", WHOLE), decimal, FactBook([fact])).carried
    assert made.fact.value == Fraction(11, 2)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"subject": SubjectKind.HAMLET}, MisfitReason.OTHER_SUBJECT),
        ({"period": PeriodKind.MONTH}, MisfitReason.OTHER_PERIOD),
        ({"unit": "nguoi"}, MisfitReason.OTHER_UNIT),
        ({"type": ValueType.PERCENT}, MisfitReason.OTHER_TYPE),
        ({"type": ValueType.YES_NO, "unit": ""}, MisfitReason.OTHER_TYPE),
        ({"type": ValueType.DATE, "unit": ""}, MisfitReason.OTHER_TYPE),
        ({"type": ValueType.TEXT, "unit": ""}, MisfitReason.OTHER_TYPE),
    ],
)
@pytest.mark.parametrize("renamed", [False, True])
def test_what_does_not_fit_is_named(changed: dict[str, object], reason: MisfitReason, renamed: bool) -> None:
    name = "moi" if renamed else "cu"
    after = dataclasses.replace(WHOLE, name=name, **changed)  # type: ignore[arg-type]
    steps = (Migration("1.0.0", "cu", "moi"),) if renamed else ()
    book = FactBook([_fact("cu", 5)])
    carriage = carry(_set("1.0.0", WHOLE), _set("1.1.0", after, migrations=steps), book)
    (one,) = carriage.misfits
    assert (one.fact.key, one.reason) == (_key("cu"), reason)
    kept = renamed or reason in {MisfitReason.OTHER_SUBJECT, MisfitReason.OTHER_PERIOD}
    assert (_key("cu") in carriage.over(book).facts) is kept


def test_whole_numbers_and_decimals_take_each_other_where_the_value_allows() -> None:
    decimal = dataclasses.replace(WHOLE, type=ValueType.DECIMAL)
    book = FactBook([_fact("cu", 5)])
    assert carry(_set("1.0.0", WHOLE), _set("1.1.0", decimal), book).misfits == ()
    assert carry(_set("1.0.0", decimal), _set("1.1.0", WHOLE), book).misfits == ()
    half = FactBook([_fact("cu", Fraction(1, 2))])
    (one,) = carry(_set("1.0.0", decimal), _set("1.1.0", WHOLE), half).misfits
    assert one.reason is MisfitReason.OTHER_TYPE


def test_a_choice_that_is_gone_is_named_and_one_that_stays_is_kept() -> None:
    a, b = Choice("a", Text("A")), Choice("b", Text("B"))
    before = Element("cu", Text("Cũ"), ValueType.CHOICE, choices=(a, b))
    after = dataclasses.replace(before, choices=(a,))
    book = FactBook([_fact("cu", "b")])
    (one,) = carry(_set("1.0.0", before), _set("1.1.0", after), book).misfits
    assert (one.reason, one.in_the_way) == (MisfitReason.NOT_A_CHOICE, True)
    assert carry(_set("1.0.0", before), _set("1.1.0", after), FactBook([_fact("cu", "a")])).misfits == ()


def test_a_figure_nobody_asks_any_more_is_named_and_stays() -> None:
    book = FactBook([_fact("cu", 5)])
    carriage = carry(_set("1.0.0", WHOLE), _set("1.1.0"), book)
    assert [one.reason for one in carriage.misfits] == [MisfitReason.NOT_ASKED]
    assert carriage.over(book) is book


def test_nothing_is_carried_onto_another_figure() -> None:
    moi = dataclasses.replace(WHOLE, name="moi")
    new = _set("1.1.0", moi, migrations=(Migration("1.0.0", "cu", "moi"),))
    old = _set("1.0.0", WHOLE)
    same = carry(old, new, FactBook([_fact("cu", 5), _fact("moi", 5)]))
    assert (same.carried, same.misfits) == ((), ())
    other = carry(old, new, FactBook([_fact("cu", 5), _fact("moi", 6)]))
    assert [one.reason for one in other.misfits] == [MisfitReason.ALREADY_THERE]


def test_a_conversion_without_a_result_is_named() -> None:
    rule = ("/", ("number", "1"), ("-", ("fact", "cu"), ("number", "5")))
    new = _set(
        "1.1.0",
        Element("moi", Text("Mới"), ValueType.DECIMAL),
        migrations=(Migration("1.0.0", "cu", "moi", rule),),
    )
    (one,) = carry(_set("1.0.0", WHOLE), new, FactBook([_fact("cu", 5)])).misfits
    assert one.reason is MisfitReason.CONVERSION_FAILED


def test_a_conversion_reads_nothing_but_the_old_figure() -> None:
    rules = (
        ("fact", "khac"),
        ("threshold", "x", "8.4.d", ("year",)),
        ("count", "hamlets", ("yes",)),
        ("count", "so_nao_do", ("yes",)),
    )
    for rule in rules:
        new = _set(
            "1.1.0",
            dataclasses.replace(WHOLE, name="moi"),
            migrations=(Migration("1.0.0", "cu", "moi", rule),),
        )
        (one,) = carry(_set("1.0.0", WHOLE), new, FactBook([_fact("cu", 5), _fact("khac", 7)])).misfits
        assert one.reason is MisfitReason.CONVERSION_FAILED


def test_a_migration_of_a_figure_nobody_had_does_nothing() -> None:
    new = _set("1.1.0", WHOLE, migrations=(Migration("1.0.0", "chua_he_co", "moi"),))
    assert carry(_set("1.0.0"), new, FactBook([_fact("cu", 5)])).carried == ()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ValueType.YES_NO, True),
        (ValueType.YES_NO, False),
        (ValueType.DATE, date(2023, 5, 1)),
        (ValueType.TEXT, "x"),
    ],
)
def test_answers_dates_and_words_are_carried_under_their_new_name(kind: ValueType, value: object) -> None:
    before = Element("cu", Text("Cũ"), kind)
    new = _set(
        "1.1.0", dataclasses.replace(before, name="moi"), migrations=(Migration("1.0.0", "cu", "moi"),)
    )
    carriage = carry(_set("1.0.0", before), new, FactBook([_fact("cu", value)]))
    assert [one.fact.value for one in carriage.carried] == [value]
    other = Element("moi", Text("Mới"), ValueType.MONEY, "dong")
    wrong = _set("1.1.0", other, migrations=new.migrations)
    (one,) = carry(_set("1.0.0", before), wrong, FactBook([_fact("cu", value)])).misfits
    assert one.reason is MisfitReason.OTHER_TYPE


def test_a_step_from_the_new_version_itself_is_not_on_the_way() -> None:
    new = _set("1.1.0", dataclasses.replace(WHOLE, name="moi"), migrations=(Migration("1.1.0", "cu", "moi"),))
    assert carry(_set("1.0.0", WHOLE), new, FactBook([_fact("cu", 5)])).carried == ()


def test_a_child_set_leaves_a_name_that_it_still_has() -> None:
    moi = dataclasses.replace(WHOLE, name="moi")
    more = dataclasses.replace(WHOLE, label=Text("Cũ"), unit="nguoi", name="khac")
    new = _set("1.0.0", WHOLE, moi, migrations=(Migration("1.0.0", "cu", "moi"),), id="tinh")
    assert carry(_set("3.0.0", WHOLE, more), new, FactBook([_fact("cu", 5)])).carried == ()


def test_what_is_lost_on_the_second_step_is_named_by_the_figure_that_was_entered() -> None:
    steps = (Migration("1.0.0", "cu", "giua"), Migration("1.1.0", "giua", "moi"))
    new = _set("1.2.0", dataclasses.replace(WHOLE, name="moi", unit="nguoi"), migrations=steps)
    carriage = carry(_set("1.0.0", WHOLE), new, FactBook([_fact("cu", 5)]))
    assert [(one.fact.key, one.reason) for one in carriage.misfits] == [(_key("cu"), MisfitReason.OTHER_UNIT)]
    assert carriage.carried == ()


def test_a_conversion_may_read_the_year_of_the_figure() -> None:
    rule = ("-", ("year",), ("fact", "cu"))
    new = _set(
        "1.1.0",
        Element("moi", Text("Mới"), ValueType.INTEGER, "ho"),
        migrations=(Migration("1.0.0", "cu", "moi", rule),),
    )
    (made,) = carry(_set("1.0.0", WHOLE), new, FactBook([_fact("cu", 5)])).carried
    assert made.fact.value == 2018
