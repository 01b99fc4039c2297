from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.operations.seal import Signatory
from ntm_desktop.ui.sealing import wizard
from ntm_desktop.ui.sealing.wizard import Draft, Mark, Step, days_left, hindrance, name_differs, primary_words
from tests.house.source import ROOT
from tests.support.signers import DAY, NOW, SIGNER, Leaf, key_file


def ready(step, **more):
    return Draft(step=step, name="A", title="CHỦ TỊCH", unsigned=True, target=Path("a.asice"), **more)


def reason(draft, *, blocking=0, papers_ready=True, now=NOW):
    return hindrance(draft, blocking=blocking, papers_ready=papers_ready, now=now)


def test_steps_go_on_one_by_one_and_the_last_is_reached_by_the_work():
    draft = Draft()
    seen = [draft.step]
    for _press in range(6):
        draft.advance()
        seen.append(draft.step)
    assert seen == [Step.CHECK, Step.PREVIEW, Step.SIGN, *[Step.EXPORT] * 4]
    for _press in range(6):
        draft.go_back()
    assert draft.step is Step.CHECK


@given(st.lists(st.booleans(), max_size=20))
def test_marks_are_done_before_current_and_ahead_after(ways):
    draft = Draft()
    for onwards in ways:
        draft.advance() if onwards else draft.go_back()
    marks = [draft.mark(step) for step in Step]
    assert marks == sorted(marks, reverse=True)
    assert marks.count(Mark.CURRENT) == 1


@pytest.mark.parametrize("step", [Step.CHECK, Step.PREVIEW, Step.SIGN, Step.EXPORT])
def test_nothing_hinders_where_nothing_is_missing(step):
    assert reason(ready(step)) is None


@pytest.mark.parametrize("step", [Step.CHECK, Step.PREVIEW, Step.SIGN, Step.EXPORT])
def test_what_blocks_hinders_every_step_and_is_counted(step):
    assert reason(ready(step), blocking=2) == "Còn 2 lỗi, chưa ký được"


def test_each_step_names_the_first_thing_that_is_missing():
    assert reason(ready(Step.PREVIEW), papers_ready=False) == "Giấy tờ chưa lập xong"
    assert reason(Draft(step=Step.SIGN)) == "Còn thiếu: họ và tên người ký"
    assert reason(Draft(step=Step.SIGN, name="A", title=" ")) == "Còn thiếu: chức vụ người ký"
    assert reason(Draft(step=Step.SIGN, name="A", title="B")) == "Chưa chọn tệp khóa hoặc xuất chưa ký"
    draft = ready(Step.EXPORT)
    draft.target = None
    assert reason(draft) == "Chưa chọn nơi lưu"


def test_papers_and_signatory_do_not_hinder_the_check():
    assert reason(Draft(), papers_ready=False) is None


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        (Leaf(valid_to=NOW - DAY), "đã hết hạn"),
        (Leaf(valid_from=NOW + DAY), "chưa đến ngày"),
        (Leaf(usage="wrong"), "không được cấp để ký"),
        (Leaf(kind="weak"), "quá ngắn"),
    ],
)
def test_unfit_certificate_hinders_before_anything_is_signed(tmp_path, leaf, words):
    draft = ready(Step.SIGN)
    draft.choose_key(key_file(tmp_path, leaf))
    assert words in reason(draft)


@pytest.mark.parametrize("leaf", [Leaf(), Leaf(usage="none"), Leaf(self_signed=True), Leaf(kind="ec")])
def test_fit_certificate_hinders_nothing(tmp_path, leaf):
    draft = ready(Step.EXPORT)
    draft.choose_key(key_file(tmp_path, leaf))
    assert reason(draft) is None


@pytest.mark.parametrize(("days", "told"), [(31, None), (30, 30), (1, 1), (0, 0)])
def test_end_of_a_certificate_is_spoken_of_thirty_days_ahead(tmp_path, days, told):
    key = key_file(tmp_path, Leaf(valid_to=NOW + days * DAY))
    assert days_left(key, NOW) == told


def test_key_gives_its_name_only_where_none_was_typed(tmp_path):
    key = key_file(tmp_path)
    empty, typed = Draft(), Draft(name="Lê Văn Tám")
    empty.choose_key(key)
    typed.choose_key(key)
    assert (empty.name, typed.name) == (SIGNER, "Lê Văn Tám")
    assert (name_differs(empty), name_differs(typed)) == (False, True)
    assert not name_differs(Draft(name="Lê Văn Tám"))


def test_case_and_spaces_make_no_other_name(tmp_path):
    draft = Draft(name=f"  {SIGNER.upper()} ")
    draft.choose_key(key_file(tmp_path))
    assert not name_differs(draft)


def test_key_and_no_signature_exclude_each_other(tmp_path):
    draft = Draft()
    draft.choose_key(key_file(tmp_path))
    draft.choose_unsigned()
    assert (draft.key, draft.unsigned) == (None, True)
    draft.choose_key(key_file(tmp_path))
    assert not draft.unsigned


def test_primary_says_what_it_does():
    assert primary_words(Draft(step=Step.EXPORT)) == "Ký và xuất"
    assert primary_words(ready(Step.EXPORT)) == "Xuất chưa ký"
    assert len({primary_words(Draft(step=step)) for step in Step}) == len(Step)
    assert [wizard.title(step) for step in Step] == ["Kiểm tra", "Xem trước", "Ký số", "Xuất tệp", "Đọc lại"]


def test_signatory_is_what_was_typed():
    assert Draft(name="A", title="B", place="C").signatory() == Signatory("A", "B", "C")


def test_logic_of_the_wizard_loads_no_qt():
    modules = ("wizard", "steps", "outcome", "pacing", "finding_words", "jobs")
    imports = "; ".join(f"import ntm_desktop.ui.sealing.{name}" for name in modules)
    code = (
        f"import sys; {imports}; sys.exit(any(m.startswith(('PySide6', 'shiboken6')) for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
