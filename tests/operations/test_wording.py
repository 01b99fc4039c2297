from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Reason, RequirementResult, Verdict
from ntm_desktop.i18n import set_language
from ntm_desktop.operations import dossiers, wording
from ntm_desktop.operations.answer import answer, key_for, rows
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import DossierState
from tests.house.source import modules
from tests.support.desks import NANG_CAO, NTM, fresh_desk
from tests.support.figures import FILES, ONLINE, key, requirement, result, type_in

FAULT_OF_THE_SET = "Chưa tính được quy tắc của bộ tiêu chí này."


def said(desk: Desk, code: str) -> str:
    return (
        wording.result_sentence(desk, requirement(desk, code), result(desk, code))
        .whole()
        .replace("\u00a0", " ")
    )


def reason_codes() -> set[str]:
    """Return every code that criteria gives as a reason, read from its source."""
    codes = set()
    for module in modules("ntm_desktop/criteria"):
        for node in ast.walk(module.tree):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in {"Reason", "Unknown"}
                and node.args
            ):
                codes |= {
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
                }
    return codes


def labels() -> set[str]:
    """Return every code an action is stored with, read from the source of operations."""
    found = set()
    for module in modules("ntm_desktop/operations"):
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            if ast.unparse(node.func) in ("desk.record", "answer_all", "answer.answer_all"):
                found.add(_constant(module.tree, node.args[-1]))
    return found - {""}


def _constant(tree: ast.Module, node: ast.expr) -> str:
    """Return a text given as such or by the name of a constant of its module; nothing for one that is handed in."""
    if isinstance(node, ast.Name):
        named = (
            one.value
            for one in tree.body
            if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == node.id
        )
        node = next(named, ast.Constant(""))
    assert isinstance(node, ast.Constant)
    return node.value


def test_the_same_files_meet_xa_ntm_and_lack_for_nang_cao(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NANG_CAO, NTM, year=2024) as desk:
        type_in(desk, so_cbcc="21", cbcc_co_may_tinh="21", so_may_tinh="23", may_tinh_noi_lan="23")
        type_in(desk, ht_qlvb="có", ht_tthc="có", ht_thu_dien_tu="có", ht_trang_ttdt="có")
        type_in(desk, **{ONLINE: "1.000", FILES: "2.382"})
        assert desk.evaluation.indicators["8.4"].verdict is Verdict.MET
        advanced = next(one for one in dossiers.listed(desk) if one.set_id == NANG_CAO)
        dossiers.choose(desk, advanced.id)
        assert desk.evaluation.indicators["8.4"].verdict is Verdict.NOT_MET
        failing = [
            one.code
            for one in next(i for i in desk.compiled.source.indicators() if i.code == "8.4").requirements
            if result(desk, one.code).verdict is Verdict.NOT_MET
        ]
        assert failing == ["8.4.a"]
        assert said(desk, "8.4.a") == "Thiếu 192 hồ sơ. Cần ít nhất 1.192 trên 2.382 hồ sơ để vượt 50 %."
        far = result(desk, "8.4.a").distance
        assert far is not None
        assert (far.by, far.element) == (192, ONLINE)


def test_thirty_percent_must_be_exceeded_and_a_little_less_is_never_printed_as_thirty(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "29.997", FILES: "100.000"})
    shown = wording.figure(requirement(desk, "8.4.d"), result(desk, "8.4.d"))
    assert shown.replace("\u00a0", " ") == "29,99 %"
    assert said(desk, "8.4.d").startswith("Thiếu 4 hồ sơ. Cần ít nhất 30.001 trên 100.000 hồ sơ")
    type_in(desk, **{ONLINE: "2.382", FILES: "2.382"})
    assert result(desk, "8.4.d").verdict is Verdict.MET
    assert said(desk, "8.4.d") == ""


def test_missing_figures_are_named_and_hamlets_by_name(desk: Desk) -> None:
    assert said(desk, "8.4.d") == "Chưa nhập: Số hồ sơ giải quyết trực tuyến, Tổng số hồ sơ đã giải quyết."
    table = requirement(desk, "8.2.b").tables[0]
    first, *_others = rows(desk, table)
    for column in table.columns:
        answer(desk, key_for(desk, column, first.id), "có")
    assert said(desk, "8.2.b") == "Chưa có số liệu 2 ấp: Vĩnh Thạnh, Vĩnh Lợi."


def test_many_names_are_counted_from_the_seventh_on(desk: Desk) -> None:
    keys = [key(element) for element in list(desk.compiled.source.catalogue.elements)[:9]]
    sentence = wording.missing_sentence(keys, desk.compiled.source, desk.book, "ấp")
    assert sentence.rest.endswith("và 3 nữa.")


def test_a_figure_of_another_year_says_its_year_and_lines_of_a_register_their_table(desk: Desk) -> None:
    source, book = desk.compiled.source, desk.book
    earlier = wording.missing_sentence([key(FILES, year=2023)], source, book, "ấp", year=2024)
    assert earlier.whole() == "Chưa nhập: Tổng số hồ sơ đã giải quyết năm 2023."
    timeless = wording.missing_sentence([key(FILES)._replace(period="-")], source, book, "ấp", year=2024)
    assert timeless.whole() == "Chưa nhập: Tổng số hồ sơ đã giải quyết."
    record = wording.missing_sentence([key("not_in_the_set", "r1")], source, book, "ấp")
    assert record.whole() == "Trong bảng chưa nhập: not_in_the_set."
    assert wording.missing_sentence([], source, book, "ấp").whole() == ""


def test_why_there_is_no_threshold_comes_before_missing_figures(desk: Desk, tmp_path: Path) -> None:
    assert said(desk, "8.3.b").startswith("Chưa biết mức đạt.")
    (tmp_path / "b").mkdir()
    with fresh_desk(tmp_path / "b", NANG_CAO, year=2024) as advanced:
        sentence = said(advanced, "8.2.a")
        assert sentence.startswith("Chưa khai của xã: ")


@pytest.mark.parametrize("code", sorted(reason_codes()))
def test_every_reason_of_the_criteria_has_a_sentence(code: str) -> None:
    faults = {
        *(
            "date_out_of_range",
            "empty_range",
            "not_a_year",
            "outside_table",
            "range_too_long",
            "threshold_cycle",
        ),
        *("too_large", "unknown_element", "unknown_requirement", "unknown_set", "wrong_type"),
    }
    sentence = wording.reason_sentence(Reason(code, (("count", "2"),)))
    assert (sentence.gap == FAULT_OF_THE_SET) is (code in faults), sentence
    assert code not in sentence.gap


@pytest.mark.parametrize(
    "code", ["incomplete_set", "incomplete_criterion", "no_indicators", "no_requirements", "profile_unknown"]
)
def test_reasons_given_by_another_way_have_sentences_too(code: str) -> None:
    assert wording.reason_sentence(Reason(code)).gap not in {"", FAULT_OF_THE_SET}


def test_no_reason_no_words() -> None:
    assert wording.reason_sentence(None).whole() == ""


def test_an_undetermined_result_without_missing_figures_gives_its_reason(desk: Desk) -> None:
    nothing = RequirementResult("8.4.d", Verdict.UNDETERMINED, reason=Reason("zero_denominator"))
    sentence = wording.result_sentence(desk, requirement(desk, "8.4.d"), nothing)
    assert sentence.whole() == "Tổng số bằng 0 nên chưa có tỷ lệ."
    type_in(desk, **{ONLINE: "0", FILES: "0"})
    assert said(desk, "8.4.d") == "Tổng số bằng 0 nên chưa có tỷ lệ."


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_verdict_state_and_action_has_its_own_words(language: str) -> None:
    set_language(language)
    try:
        verdicts = [wording.verdict_word(one) for one in Verdict]
        states = [wording.state_word(one) for one in DossierState]
        actions = [wording.action_words(one) for one in labels()]
    finally:
        set_language("vi")
    for words in (verdicts, states, actions):
        assert len(set(words)) == len(words)


def test_undo_says_what_it_takes_back() -> None:
    assert wording.undo_words("answer") == "Hoàn tác: nhập số liệu"
    assert wording.redo_words("hamlets") == "Làm lại: sửa danh sách dưới xã"
    assert wording.undo_words("") == "Hoàn tác: thay đổi vừa rồi"


def test_parts_are_counted() -> None:
    assert wording.parts_met(3, 4) == "3 trong 4 nội dung đạt"
