"""Mergers of communes: figures added, averaged or asked again; who gave what; the unit as it was before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Provenance
from ntm_desktop.facts.period import year_period
from ntm_desktop.i18n import Text
from ntm_desktop.operations import history, merger
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.merger import NotAMerger
from ntm_desktop.operations.start import HamletRow, NewWorkspace, create, find_communes
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.folder import Workspace
from tests.support.windows import NTM, key, make_desk
from tests.support.workspaces import Ticking

ON = date(2025, 7, 1)
DOCUMENT = "1654/NQ-UBTVQH15"
SUM, ASKED = "ho_so_giai_quyet", "so_cbcc"


def former(folder: Path, code: str, **figures: str) -> Path:
    unit = find_communes(code).units[0]
    rows = (HamletRow(f"Ấp {code}", None),)
    desk = create(folder / code, NewWorkspace(unit, "ấp", rows, NTM, 2024, "Lê Văn Hậu"), clock=Ticking())
    for element, text in figures.items():
        answer(desk, key(element), text)
    answer(desk, FactKey("thon_cum_loa", desk.book.hamlets[0].id, year_period(2024)), "3")
    desk.close()
    return folder / code


@pytest.fixture
def desk(tmp_path: Path):
    made = make_desk(tmp_path, hamlets=())
    yield made
    made.close()


def ruled(desk: Desk, element: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = merger.elements(desk)
    changed = {**known, element: replace(known[element], merge=rule)}
    monkeypatch.setattr(merger, "elements", lambda _desk: changed)


def test_figures_are_added_with_their_trace_and_one_undo_takes_all_back(desk, tmp_path: Path) -> None:
    a = former(tmp_path, "30607", **{SUM: "1.000", "so_may_tinh": "20"})
    b = former(tmp_path, "30619", **{SUM: "1.382"})
    merged = merger.merge(desk, [a, b], ON, DOCUMENT)
    assert desk.book.values[key(SUM)] == 2382
    claim = desk.book.fact(key(SUM)).in_use
    assert claim.text == "2.382"
    assert claim.provenance.document == DOCUMENT
    assert [(one.commune.code, share.text) for one, share in merger.shares_of(desk, key(SUM))] == [
        ("30607", "1.000"),
        ("30619", "1.382"),
    ]
    assert [share.text for share in merger.given_by(desk, "30619")] == ["1.382"]
    asked = {one.key.element: one.reason for one in merged.seen.asked}
    assert asked["so_may_tinh"] == "missing"
    assert key("so_may_tinh") not in desk.book.values
    assert merged.seen.hamlets == len(desk.book.hamlets) == 2
    hamlet = FactKey("thon_cum_loa", desk.book.hamlets[0].id, year_period(2024))
    assert desk.book.values[hamlet] == 3
    history.undo(desk)
    assert desk.book.hamlets == ()
    assert desk.workspace.former_communes() == ()
    assert key(SUM) not in desk.book.values


@pytest.mark.parametrize(
    ("rule", "expected", "reason"),
    [
        ("average", 1200, ""),
        ("average:so_cbcc", None, "weight"),
        ("average:so_may_tinh", Fraction(1100), ""),
        ("ask", None, "ask"),
        ("something new", None, "ask"),
    ],
)
def test_the_rule_of_the_element_decides(desk, tmp_path: Path, monkeypatch, rule, expected, reason) -> None:
    a = former(tmp_path, "30607", **{SUM: "1.000", "so_may_tinh": "30"})
    b = former(tmp_path, "30619", **{SUM: "1.400", "so_may_tinh": "10"})
    ruled(desk, SUM, rule, monkeypatch)
    merged = merger.merge(desk, [a, b], ON, DOCUMENT)
    one = next(each for each in merged.seen.figures if each.key == key(SUM))
    assert (one.value, one.reason) == (expected, reason)


def test_a_mean_of_whole_numbers_that_is_not_whole_is_asked_again(desk, tmp_path: Path, monkeypatch) -> None:
    a, b = former(tmp_path, "30607", **{SUM: "1"}), former(tmp_path, "30619", **{SUM: "2"})
    ruled(desk, SUM, "average", monkeypatch)
    (one,) = merger.merge(desk, [a, b], ON, DOCUMENT).seen.asked
    assert one.reason == "not_whole"


def test_what_the_new_commune_has_already_is_left_alone(desk, tmp_path: Path) -> None:
    answer(desk, key(SUM), "9")
    merged = merger.merge(desk, [former(tmp_path, "30607", **{SUM: "1"})], ON, DOCUMENT)
    assert desk.book.values[key(SUM)] == 9
    assert [one.reason for one in merged.seen.figures] == ["kept"]
    assert merged.seen.asked == ()


def test_a_dossier_of_the_years_before_names_the_seat(desk, tmp_path: Path) -> None:
    assert merger.commune_on(desk, date(2024, 12, 31)) == desk.commune
    merger.merge(desk, [former(tmp_path, "30607"), former(tmp_path, "30619")], ON, DOCUMENT)
    assert merger.commune_on(desk, date(2025, 6, 30)).code == "30607"
    assert merger.commune_on(desk, ON) == desk.commune


def test_itself_and_a_commune_taken_in_twice_are_refused(desk, tmp_path: Path, monkeypatch) -> None:
    a = former(tmp_path, "30607", **{SUM: "1"})
    with pytest.raises(NotAMerger):
        merger.merge(desk, [a, a], ON, DOCUMENT)
    with pytest.raises(NotAMerger):
        merger.merge(desk, [desk.workspace.folder], ON, DOCUMENT)
    merger.merge(desk, [a], ON, DOCUMENT)
    with pytest.raises(NotAMerger):
        merger.merge(desk, [a], ON, DOCUMENT)
    monkeypatch.setattr(Workspace, "read_only", property(lambda _one: True))
    with pytest.raises(WorkspaceReadOnly):
        merger.merge(desk, [a], ON, DOCUMENT)


def test_sources_that_disagree_are_asked_again_and_a_closed_year_is_left_alone(desk, monkeypatch) -> None:
    claims = tuple(
        Claim(name, name, Fraction(name), None, Provenance(name), "A", "2024-12-31T00:00:00Z")
        for name in "12"
    )
    parts = (merger.Part(replace(desk.commune, code="30607"), FactBook([Fact(key(SUM), claims)])),)
    known = merger.ground(desk)
    monkeypatch.setattr(merger, "ground", lambda _desk: replace(known, locked=frozenset({2024})))
    done = merger.take(desk, merger.Seen(parts, ()), ON, DOCUMENT)
    assert [one.reason for one in done.seen.figures] == ["locked"]
    history.undo(desk)
    monkeypatch.setattr(merger, "ground", lambda _desk: known)
    done = merger.take(desk, merger.Seen(parts, ()), ON, DOCUMENT)
    assert [one.reason for one in done.seen.figures] == ["conflict"]
    assert done.seen.same_names == ()


AMOUNT = FactKey("so", "", "2024")
NUMBERS = st.fractions(min_value=0, max_value=10**6, max_denominator=100)
COMMUNES = st.lists(st.tuples(NUMBERS, NUMBERS.filter(bool)), min_size=1, max_size=5)
"""Figure and weight of each former commune."""


def book(figure: Fraction | None, weight: Fraction | None) -> FactBook:
    pairs = ((AMOUNT, figure), (AMOUNT._replace(element="can"), weight))
    return FactBook(
        Fact(key, (Claim("c", str(value), value, None, Provenance(), "A", "2024-12-31T00:00:00Z"),))
        for key, value in pairs
        if value is not None
    )


def together(rule: str, parts: list[tuple[Fraction | None, Fraction | None]]) -> tuple[Fraction | None, str]:
    element = Element("so", Text("S\u1ed1"), ValueType.DECIMAL, merge=rule)
    return merger.combined(element, AMOUNT, [book(*part) for part in parts])


@given(COMMUNES)
def test_what_is_added_is_exact_and_an_average_lies_between_its_parts(parts) -> None:
    figures = [figure for figure, _weight in parts]
    assert together("sum", parts) == (sum(figures), "")
    for rule in ("average", "average:can"):
        mean, reason = together(rule, parts)
        assert reason == ""
        assert min(figures) <= mean <= max(figures)
    whole, _reason = together("average:can", parts)
    assert whole * sum(weight for _figure, weight in parts) == sum(
        figure * weight for figure, weight in parts
    )


@given(COMMUNES, st.integers(0, 5), st.sampled_from(["sum", "average", "average:can"]))
def test_a_figure_that_one_commune_lacks_is_asked_again_never_taken_for_zero(parts, at, rule) -> None:
    at %= len(parts) + 1
    lacking = [*parts[:at], (None, Fraction(1)), *parts[at:]]
    assert together(rule, lacking) == (None, "missing")
    zero = [*parts[:at], (Fraction(0), Fraction(1)), *parts[at:]]
    assert together(rule, zero)[0] is not None


@given(COMMUNES, st.integers(0, 5))
def test_a_weight_that_one_commune_lacks_is_not_taken_for_zero_either(parts, at) -> None:
    at %= len(parts) + 1
    assert together("average:can", [*parts[:at], (Fraction(1), None), *parts[at:]]) == (None, "weight")
    assert together("average:can", [(figure, Fraction(0)) for figure, _weight in parts]) == (None, "weight")


def test_a_job_stores_the_merger_and_the_desk_takes_it_over(desk: Desk, tmp_path: Path) -> None:
    a = former(tmp_path, "30607", **{SUM: "1.000"})
    b = former(tmp_path, "30619", **{SUM: "1.382"})
    base = merger.ground(desk)
    taken = merger.take_beside(desk, base, merger.look(base, [a, b]), ON, DOCUMENT, lambda _count: None)
    assert key(SUM) not in desk.book.values
    merged = merger.finish(desk, taken)
    assert desk.book.values[key(SUM)] == 2382
    assert merged.copy.name.startswith("before-merger")
    assert merged.change.structure
    assert len(desk.book.hamlets) == 2
    history.undo(desk)
    assert desk.workspace.former_communes() == ()
