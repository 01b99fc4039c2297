from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import get_type_hints

import pytest

from ntm_desktop.errors import DiskFull, FileUnreadable, NtmError, Refused
from ntm_desktop.facts.fact import Provenance
from ntm_desktop.i18n import set_language
from ntm_desktop.operations.answer import answer, cite, claim_state, key_for, rows
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.explanations import (
    explain,
    finding_sentence,
    ground_sentence,
    moment_words,
)
from ntm_desktop.operations.findings import Finding, FindingKind, findings
from ntm_desktop.operations.verify import Ground
from ntm_desktop.workspace.errors import WorkspaceDamaged, WorkspaceInUse
from tests.house.test_errors import concrete_errors
from tests.support.figures import FILES, ONLINE, key, requirement, show_file, type_in

OF_THE_PROGRAM = (
    *("lỗi hệ thống", "commit", "hash", "replay", "null", "json", "exception", "traceback"),
    *("bạn", "quý khách", "vui lòng", "please", "sorry"),
)


def sentences(desk: Desk, kind: FindingKind) -> list[str]:
    return [finding_sentence(desk, one) for one in findings(desk) if one.kind is kind]


def test_an_error_says_what_happened_whether_the_work_is_safe_and_what_next() -> None:
    words = explain(DiskFull("D:/kho"))
    assert words.what == "Ổ đĩa đầy, không ghi được D:/kho."
    assert words.whole() == f"{words.what} {words.safe} {words.next_step}"


def test_moments_of_storage_are_said_in_the_time_of_the_country() -> None:
    words = explain(WorkspaceInUse("D:/kho", "Trần Thị Mai", "VP-01", 12, "2024-12-31T07:02:03.000Z"))
    assert "31/12/2024 14:02" in words.what
    assert "2024-12-31T" not in words.whole()


def test_names_of_the_system_and_details_are_for_those_who_look_after_the_program() -> None:
    unreadable = explain(FileUnreadable("a.xlsx", "EACCES"))
    damaged = explain(WorkspaceDamaged("D:/kho", "journal"))
    assert "EACCES" not in unreadable.whole()
    assert "journal" not in damaged.whole()
    assert unreadable.detail.startswith("file_unreadable")
    assert "EACCES" in unreadable.detail
    assert "journal" in damaged.detail


def test_a_text_that_only_begins_like_a_moment_stays() -> None:
    @dataclass(eq=False)
    class Odd(Refused):
        name: str
        code = "odd"
        what = "{name}"

    assert explain(Odd("2024-12-31T07:02:03Z.pdf")).what == "2024-12-31T07:02:03Z.pdf"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_error_can_be_explained_without_words_of_the_program(language: str) -> None:
    spoken = {}
    set_language(language)
    try:
        for kind in concrete_errors():
            words = explain(sample_of(kind))
            assert words.what, kind
            assert words.next_step, kind
            spoken[kind.__qualname__] = words.whole().casefold()
    finally:
        set_language("vi")
    rude = {
        name: word
        for name, text in spoken.items()
        for word in OF_THE_PROGRAM
        if re.search(rf"(?<!\w){word}(?!\w)", text)
    }
    assert not rude


def sample_of(kind: type[NtmError]) -> NtmError:
    hints = get_type_hints(kind)
    samples = {int: 3, str: "x"}
    return kind(**{name: samples.get(hints[name], ()) for name in fields_of(kind)})


def fields_of(kind: type[NtmError]) -> list[str]:
    return [one.name for one in fields(kind)] if hasattr(kind, "__dataclass_fields__") else []


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2024-12-31T07:02:03.000Z", "31/12/2024 14:02"),
        ("2024-12-31T20:00:00Z", "01/01/2025 03:00"),
        ("2024-12-31T14:02+07:00", "31/12/2024 14:02"),
        ("2024-12-31T14:02:00", "2024-12-31T14:02:00"),
        ("hôm qua", "hôm qua"),
        ("", ""),
    ],
)
def test_moments(stored: str, shown: str) -> None:
    assert moment_words(stored) == shown


def test_every_kind_of_finding_has_its_sentence(desk: Desk, tmp_path: Path) -> None:
    type_in(desk, **{ONLINE: "sáu trăm", FILES: "2.382"})
    cite(desk, {key(FILES): Provenance(estimated=True)})
    desk.record([claim_state(desk, key(FILES), "2.400", Provenance("Thống kê xã"))], "answer")
    sha256 = show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua")
    next(desk.workspace.folder.glob(f"evidence/*/{sha256}*")).unlink()
    assert sentences(desk, FindingKind.UNREADABLE_FIGURE) == [
        "Số hồ sơ giải quyết trực tuyến: Chỉ nhập chữ số, ví dụ 2.412"
    ]
    (estimate,) = sentences(desk, FindingKind.ESTIMATE)
    (conflict,) = sentences(desk, FindingKind.CONFLICT)
    assert estimate.endswith(": Tổng số hồ sơ đã giải quyết")
    assert conflict.endswith(": Tổng số hồ sơ đã giải quyết")
    assert sentences(desk, FindingKind.EVIDENCE_GONE) == ["Tệp đã lưu không mở được nữa: bao cao.pdf"]
    assert all("Còn thiếu (bắt buộc): " in one for one in sentences(desk, FindingKind.EVIDENCE_MISSING))
    type_in(desk, **{ONLINE: "2.500"})
    (check,) = sentences(desk, FindingKind.CHECK)
    assert check


def test_a_figure_of_a_hamlet_names_the_hamlet(desk: Desk) -> None:
    table = requirement(desk, "8.2.a").tables[0]
    column = next(one for one in table.columns if one.element == "thon_dien_luoi")
    answer(desk, key_for(desk, column, rows(desk, table)[0].id), "có lẽ")
    (sentence,) = sentences(desk, FindingKind.UNREADABLE_FIGURE)
    assert "Vĩnh Thành: Chỉ nhập có hoặc không" in sentence


def test_a_finding_without_its_facts_still_says_something(desk: Desk) -> None:
    bare = Finding(
        FindingKind.UNREADABLE_FIGURE, blocking=False, requirement="8.4.d", key=key("not_in_the_set")
    )
    assert finding_sentence(desk, bare) == "Không đọc được số liệu: not_in_the_set"
    assert finding_sentence(desk, Finding(FindingKind.CONFLICT, blocking=False, requirement="8.4.d"))


@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_has_its_sentence(ground: Ground) -> None:
    unknown = ground_sentence("something_new")
    assert ground_sentence(ground) != unknown
    assert ground_sentence(ground, "a.pdf") == f"a.pdf: {ground_sentence(ground)}"
