from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey, Provenance
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import answer, history, register_figures
from ntm_desktop.operations.desk import Desk
from tests.support.desks import HAMLETS, NANG_CAO, NTM, fresh_desk
from tests.support.register_desks import OCOP, TRAINING, add, ocop, trained

TRAINED = FactKey("cbcc_tap_huan_so", "", year_period(2023))
OFFICERS = FactKey("so_cbcc", "", year_period(2023))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM, NANG_CAO, year=2023) as made:
        yield made


def test_the_requirements_that_read_a_register_are_named(desk: Desk) -> None:
    assert [one.code for one in register_figures.readers(desk, OCOP)] == ["8.4.d", "13.2.a"]
    assert [one.code for one in register_figures.readers(desk, "phat_thanh_cong_khai")] == ["dk.cong_bo"]
    assert register_figures.readers(desk, TRAINING) == ()


def test_the_tallies_of_the_survey_are_read_by_the_requirement_that_measures_them(desk: Desk) -> None:
    assert [one.code for one in register_figures.readers(desk, "hamlets")] == ["dk.hai_long"]


def test_training_is_proposed_by_persons_of_the_year(desk: Desk) -> None:
    add(
        desk,
        TRAINING,
        trained("Lê A"),
        trained("lê a", course="Khóa hai"),
        trained("Trần B"),
        trained("Phạm C", day="01/02/2022"),
        trained("Võ D", subject="An toàn thông tin"),
    )
    (offer,) = register_figures.offers(desk, TRAINING)
    assert (offer.text, offer.now, offer.agrees) == ("2", "", False)
    assert offer.requirements == ("8.4.b",)
    assert offer.source == "Tập huấn cán bộ"


def test_a_typed_figure_stays_until_the_register_s_is_taken_over(desk: Desk) -> None:
    answer.answer(desk, OFFICERS, "2")
    answer.answer(desk, TRAINED, "1")
    add(desk, TRAINING, trained("Lê A"), trained("Trần B"))
    assert desk.evaluation.requirements["8.4.b"].verdict is Verdict.NOT_MET
    offer = register_figures.offer_for(desk, TRAINED)
    assert offer is not None
    assert offer.now == "1"
    change = register_figures.take(desk, (offer,))
    assert [flip.code for flip in change.flips if flip.code == "8.4.b"] == ["8.4.b"]
    fact = desk.book.fact(TRAINED)
    assert fact is not None
    assert [(claim.text, claim.provenance.source) for claim in fact.claims] == [("2", "Tập huấn cán bộ")]
    again = register_figures.offer_for(desk, TRAINED)
    assert again is not None
    assert again.agrees
    assert register_figures.take(desk, (again,)).label == ""
    history.undo(desk)
    kept = desk.book.fact(TRAINED)
    assert kept is not None
    assert kept.value == 1


def test_the_figure_of_another_source_stays_beside_the_register_s_and_is_no_second_truth(desk: Desk) -> None:
    answer.answer(desk, TRAINED, "1")
    answer.cite(desk, {TRAINED: Provenance(source="Văn phòng")})
    add(desk, TRAINING, trained("Lê A"), trained("Trần B"))
    register_figures.take(desk, register_figures.offers(desk, TRAINING))
    fact = desk.book.fact(TRAINED)
    assert fact is not None
    assert not fact.in_conflict
    assert [claim.text for claim in fact.claims] == ["2", "1"]


def test_a_line_more_makes_the_figure_taken_over_disagree_again(desk: Desk) -> None:
    add(desk, TRAINING, trained("Lê A"))
    register_figures.take(desk, register_figures.offers(desk, TRAINING))
    add(desk, TRAINING, trained("Trần B"))
    (offer,) = register_figures.offers(desk, TRAINING)
    assert (offer.now, offer.text, offer.agrees) == ("1", "2", False)


def test_a_figure_the_set_does_not_ask_for_is_not_proposed(desk: Desk) -> None:
    add(desk, "tai_san", {"ts_ten": "Máy 1", "ts_loai": "Máy tính", "ts_noi_lan": "có"})
    assert register_figures.offers(desk, "tai_san") == ()
    ntm = next(one for one in desk.workspace.dossiers() if one.set_id == NTM)
    desk.choose(ntm)
    assert [(one.element.name, one.text) for one in register_figures.offers(desk, "tai_san")] == [
        ("so_may_tinh", "1"),
        ("may_tinh_noi_lan", "1"),
    ]


def test_one_stop_statistics_are_added_up_over_the_year(desk: Desk) -> None:
    months = (("31/03/2023", "500", "200"), ("30/06/2023", "700", "500"), ("31/12/2022", "900", "900"))
    add(
        desk,
        "mot_cua",
        *(
            {"mc_den_ngay": day, "mc_giai_quyet": solved, "mc_truc_tuyen": online}
            for day, solved, online in months
        ),
    )
    register_figures.take(desk, register_figures.offers(desk, "mot_cua"))
    result = desk.evaluation.requirements["8.4.a"]
    assert result.verdict is Verdict.MET
    assert result.parts is not None
    assert tuple(int(part) for part in result.parts) == (700, 1200)


def test_nothing_is_proposed_without_a_dossier_or_for_other_facts(desk: Desk) -> None:
    add(desk, TRAINING, trained("Lê A"))
    assert register_figures.offer_for(desk, OFFICERS) is None
    assert register_figures.offer_for(desk, TRAINED._replace(subject="h1")) is None
    assert register_figures.offer_for(desk, TRAINED._replace(period=year_period(2022))) is None
    desk.choose(None)
    assert register_figures.offers(desk, TRAINING) == ()
    assert register_figures.readers(desk, OCOP) == ()


def test_an_empty_register_proposes_nothing(desk: Desk) -> None:
    assert register_figures.offers(desk, TRAINING) == ()
    assert register_figures.offer_for(desk, TRAINED) is None


def test_tallies_by_hamlet_are_proposed_under_the_name_of_the_survey(desk: Desk) -> None:
    hamlet = desk.book.hamlets[0].id
    assert desk.book.hamlets[0].name in HAMLETS
    states = []
    for name, text in (("ks_phieu_hop_le", "90"), ("ks_hai_long", "85")):
        element = next(one for one in register_figures.registers.elements(desk).values() if one.name == name)
        states.append(answer.claim_state(desk, FactKey(name, hamlet, year_period(2023)), text, of=element))
    desk.record(states, "answer")
    offer = register_figures.offer_for(desk, FactKey("phieu_hai_long", "", year_period(2023)))
    assert offer is not None
    assert (offer.text, offer.proposed.unclear) == ("85", 2)
    assert offer.source.startswith("Lấy ý kiến")


def test_an_ocop_list_answers_whether_there_are_products(desk: Desk) -> None:
    add(desk, OCOP, ocop("A"))
    register_figures.take(desk, register_figures.offers(desk, OCOP))
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.MET
