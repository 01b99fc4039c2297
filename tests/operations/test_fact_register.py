"""The register: rows in the order of the set, where each is used, what differs, what a choice would come to."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import Provenance
from ntm_desktop.operations import answer, dossiers, years
from ntm_desktop.operations import fact_register as register
from ntm_desktop.operations.fact_register import View
from tests.support.windows import IT_OF_THE_COMMUNE, NTM, key, make_desk

TT = "ho_so_truc_tuyen"


@pytest.fixture
def desk(tmp_path: Path):
    made = make_desk(tmp_path, IT_OF_THE_COMMUNE)
    answer.answer(made, key(TT, 2023), "498")
    yield made
    made.close()


def entry(desk, name: str = TT):
    return next(one for one in register.entries(desk) if one.element.name == name)


def second_source(desk, text: str = "840"):
    state = answer.claim_state(desk, key(TT), text, Provenance("Cổng dịch vụ công"))
    desk.record([state], "fill")
    return state.claim


def test_every_figure_stands_once_with_the_places_that_read_it(desk) -> None:
    rows = register.entries(desk)
    names = [one.element.name for one in rows]
    assert len(names) == len(set(names))
    assert "thon_cum_loa" not in names
    assert entry(desk).codes == ("8.4",)
    dossiers.add(desk, "vn-xa-ntm-nang-cao-2021-2025", 2024)
    desk.choose(next(one for one in desk.workspace.dossiers() if one.set_id == NTM))
    assert any("nâng cao" in code for code in entry(desk).codes)
    assert register.years_shown(desk) == (2021, 2022, 2023, 2024)
    desk.choose(None)
    assert register.years_shown(desk)[-1] == desk.now().year
    assert register.estimated_inputs(desk, "8.4.d") == ()
    assert register.outcomes(desk, key(TT), second_source(desk)) == ()


def test_the_search_needs_no_marks_and_the_views_count_what_they_say(desk) -> None:
    rows = register.entries(desk)
    assert [one.element.name for one in register.select(desk, rows, View.ALL, "giai quyet truc tuyen")] == [
        TT
    ]
    assert register.select(desk, rows, View.ALL, "khong co so nao nhu the") == ()
    assert register.select(desk, rows, View.CONFLICT) == ()
    second_source(desk)
    assert [one.element.name for one in register.select(desk, rows, View.CONFLICT)] == [TT]
    answer.cite(desk, {key("so_cbcc"): Provenance("Văn phòng", estimated=True)})
    assert [one.element.name for one in register.select(desk, rows, View.ESTIMATED)] == ["so_cbcc"]
    missing = register.select(desk, rows, View.MISSING)
    assert len(missing) == len(rows) - len(IT_OF_THE_COMMUNE)
    assert register.select(desk, rows, View.LOCKED) == ()
    years.close(desk, 2023)
    assert [one.element.name for one in register.select(desk, rows, View.LOCKED)] == [TT]


def test_the_change_is_a_part_of_last_year_s_figure(desk) -> None:
    assert register.change_since(entry(desk), desk, 2024) == Fraction(612 - 498, 498)
    assert register.change_since(entry(desk, "so_cbcc"), desk, 2024) is None
    assert register.change_since(entry(desk, "ht_qlvb"), desk, 2024) is None
    assert register.change_words(Fraction(114, 498)) == "+22,89\u00a0%"
    assert register.change_words(Fraction(-1, 2)) == "\u221250,00\u00a0%"
    assert register.change_words(Fraction(0)) == "0,00\u00a0%"
    assert register.change_words(None) == "\u2013"


def test_uses_name_the_verdict_of_each_dossier_of_the_year_and_what_rests_on_estimates(desk) -> None:
    dossiers.add(desk, NTM, 2023)
    desk.choose(next(one for one in desk.workspace.dossiers() if one.year == 2024))
    (use,) = register.uses(desk, entry(desk), 2024)
    assert (use.code, use.verdict, use.estimated) == ("8.4", Verdict.NOT_MET, False)
    answer.cite(desk, {key(TT): Provenance("Một cửa", estimated=True)})
    assert register.estimated_inputs(desk, "8.4.d") == (key(TT),)
    assert register.estimated_inputs(desk, "8.4.a") == ()
    assert register.uses(desk, entry(desk), 2024)[0].estimated
    assert len(register.uses(desk, entry(desk), 2023)) == 1


def test_a_figure_carried_over_counts_as_an_estimate_until_it_is_confirmed(desk) -> None:
    answer.answer(desk, key(TT), "")
    found = [one for one in years.propose(desk, 2024) if one.key == key(TT)]
    years.carry(desk, found)
    assert register.estimated_inputs(desk, "8.4.d") == (key(TT),)
    years.confirm_carried(desk, [key(TT)])
    assert register.estimated_inputs(desk, "8.4.d") == ()


def test_each_source_s_figure_tells_what_it_would_come_to_and_changes_nothing(desk) -> None:
    claim = second_source(desk)
    before = desk.evaluation
    (other,) = register.outcomes(desk, key(TT), claim)
    assert (other.code, other.verdict) == ("8.4", Verdict.MET)
    own = desk.book.fact(key(TT)).in_use
    assert register.outcomes(desk, key(TT), own)[0].verdict is Verdict.NOT_MET
    assert desk.evaluation is before
    assert desk.book.values[key(TT)] == 612
