"""What a preview says in words: up or down, where the commune stands, what has to be entered."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.criteria.carry import MisfitReason
from ntm_desktop.criteria.evaluate import evaluate
from ntm_desktop.criteria.model import CriterionSet, EvidenceRule, Requirement
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.i18n import Text
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.distances import Sentence
from ntm_desktop.operations.pack_changes import Difference, Differs, PartChange, Version, part_changes
from ntm_desktop.operations.pack_preview import Asked, BrokenPromise, move_of
from ntm_desktop.operations.pack_words import asked_words, misfit_words, promise_sentence, why
from tests.support.desks import NTM, fresh_desk
from tests.support.pack_desks import content, shipped_set, threshold_at, with_requirement
from tests.support.windows import IT_OF_THE_COMMUNE

FILED, ONLINE = "ho_so_giai_quyet", "ho_so_truc_tuyen"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM) as made:
        for name, text in ((FILED, "2.382"), (ONLINE, "612")):
            answer(made, FactKey(name, "", year_period(2023)), text)
        yield made


def _why(desk: Desk, new: CriterionSet) -> Sentence:
    made = desk.library.of(content(new, "1.1.0")).source
    assert desk.dossier is not None
    move = move_of(desk, desk.dossier, made)
    (change,) = [one for one in move.changes if one.code.startswith("8.4")]
    return why(desk, move, change)


def _changed(**fields: object) -> CriterionSet:
    return with_requirement(shipped_set(NTM), "8.4.d", lambda one: dataclasses.replace(one, **fields))  # type: ignore[arg-type]


def test_a_threshold_goes_down_and_the_commune_has_enough(desk: Desk) -> None:
    for name, text in IT_OF_THE_COMMUNE.items():
        answer(desk, FactKey(name, "", year_period(2023)), text)
    said = _why(desk, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    assert said == Sentence("Mức đạt từ >\u00a030\u00a0% xuống >\u00a020\u00a0%", "Xã đang có 25,69\u00a0%.")


def test_where_another_content_keeps_it_undetermined_that_is_named_and_not_the_figure_that_is_enough(
    desk: Desk,
) -> None:
    said = _why(desk, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5")))
    assert said.gap == "Mức đạt từ >\u00a030\u00a0% xuống >\u00a020\u00a0%"
    assert said.rest.startswith("Máy tính cho cán bộ: Chưa nhập: ")


def test_a_threshold_goes_up_and_the_commune_is_short(desk: Desk) -> None:
    said = _why(desk, with_requirement(shipped_set(NTM), "8.4.d", threshold_at("2/5")))
    assert said.gap == "Mức đạt từ >\u00a030\u00a0% lên >\u00a040\u00a0%"
    assert said.rest == "Thiếu 341 hồ sơ."


def test_a_threshold_comes_or_goes(desk: Desk) -> None:
    gone = _why(desk, _changed(thresholds=()))
    assert gone.gap == "Không còn mức đạt >\u00a030\u00a0%"
    assert gone.rest


def test_another_figure_is_needed(desk: Desk) -> None:
    source = shipped_set(NTM)
    more = dataclasses.replace(source.catalogue.elements[FILED], name="ho_so_khac", label=Text("Hồ sơ khác"))
    catalogue = dataclasses.replace(
        source.catalogue, elements={**source.catalogue.elements, "ho_so_khac": more}
    )
    measure = ("ratio", ("fact", ONLINE), ("fact", "ho_so_khac"))
    changed = with_requirement(
        dataclasses.replace(source, catalogue=catalogue),
        "8.4.d",
        lambda one: dataclasses.replace(one, measure=measure),
    )
    said = _why(desk, changed)
    assert said.gap == "Thêm một số liệu phải có"
    assert "Hồ sơ khác" in said.rest


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"label": Text("Lời khác")}, "Đổi lời văn"),
        ({"evidence": (EvidenceRule("anh", Text("Ảnh")),)}, "Đổi minh chứng phải có"),
        ({"measure": ("ratio", ("fact", FILED), ("fact", FILED))}, "Đổi cách tính"),
        ({"fields": ()}, "Đổi số liệu phải nhập"),
    ],
)
def test_other_changes_have_their_words(desk: Desk, fields: dict[str, object], words: str) -> None:
    assert _why(desk, _changed(**fields)).gap == words


def test_a_content_that_comes_or_goes_is_named(desk: Desk) -> None:
    source = shipped_set(NTM)

    def without(requirement: Requirement) -> bool:
        return requirement.code != "8.4.d"

    criteria = tuple(
        dataclasses.replace(
            criterion,
            indicators=tuple(
                dataclasses.replace(one, requirements=tuple(filter(without, one.requirements)))
                for one in criterion.indicators
            ),
        )
        for criterion in source.criteria
    )
    said = _why(desk, dataclasses.replace(source, criteria=criteria, examples=()))
    assert said.gap.startswith("Một nội dung không còn yêu cầu: ")


def test_figures_are_named_with_their_unit() -> None:
    assert asked_words(Asked("a", Text("Diện tích cây xanh"), "m²", known=False)) == "Diện tích cây xanh (m²)"
    assert asked_words(Asked("a", Text("Có cây"), "", known=True)) == "Có cây"


def test_every_reason_to_put_a_figure_aside_has_its_words() -> None:
    words = [misfit_words(reason) for reason in MisfitReason]
    assert len(set(words)) == len(MisfitReason)
    assert not set(words) & {reason.value for reason in MisfitReason}


def test_a_broken_promise_names_what_changes() -> None:
    source = shipped_set(NTM)
    assert promise_sentence((), source) == ""
    broken = (
        BrokenPromise("indicator", "8.4", Verdict.MET, Verdict.NOT_MET, "", 2023),
        BrokenPromise("requirement", "8.4.d", Verdict.MET, Verdict.NOT_MET, "", 2023),
    )
    assert "8.4.d" in promise_sentence(broken, source)
    assert source.version in promise_sentence(broken[:1], source)


def test_of_an_indicator_itself_it_is_said_what_changed(desk: Desk) -> None:
    assert desk.dossier is not None
    move = move_of(desk, desk.dossier, desk.library.of(content(shipped_set(NTM), "1.1.0")).source)

    def said(*differences: Difference) -> str:
        change = PartChange("8.4", Text("CNTT"), Verdict.MET, Verdict.MET, (), differences)
        return why(desk, move, change).whole()

    kinds = (Differs.ADDED, Differs.REMOVED, Differs.WHOLE, Differs.RELEVANT, Differs.WORDING)
    words = [said(Difference(kind)) for kind in kinds]
    assert all(words)
    assert len(set(words)) == len(kinds)
    assert said() == ""


def test_a_threshold_that_was_not_known_is_told_as_new(desk: Desk) -> None:
    assert desk.dossier is not None
    before = desk.library.of(content(_changed(thresholds=()), "0.9.0")).source
    after = desk.compiled.source
    move = move_of(desk, desk.dossier, after)
    old, new = (
        Version(each, evaluate(desk.library.compiled(each), desk.situation)) for each in (before, after)
    )
    (change,) = [one for one in part_changes(old, new) if one.code == "8.4"]
    assert why(desk, move, change).gap == "Nay có mức đạt >\u00a030\u00a0%"
