"""Names of evidence that every system can hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.snapshot.content import file_evidence
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.snapshot.names import LONGEST_NAME, container_name
from tests.support.snapshots import sample_evidence

SHA = "0123456789abcdef" * 4


def named(name: str, sha256: str = SHA) -> Evidence:
    return Evidence(sha256, 1, name, "application/pdf")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Báo cáo một cửa quý IV.pdf", "bao_cao_mot_cua_quy_iv.pdf"),
        ("Đường ấp Vĩnh Quới.JPEG", "duong_ap_vinh_quoi.jpeg"),
        ("con", "con"),
        ("NUL.txt", "nul.txt"),
        ("..\\..\\a/b.pdf", "a_b.pdf"),
        (".htaccess", "htaccess"),
        ("报告.pdf", "tep.pdf"),
        ("", "tep"),
        ("a.tar.gz", "a_tar.gz"),
        ("ghi chú. Không có đuôi", "ghi_chu_khong_co_duoi"),
        ("x" * 300 + ".xlsx", "x" * (80 - 22 - 5) + ".xlsx"),
    ],
)
def test_a_name_is_plain_and_still_recognisable(name: str, expected: str) -> None:
    assert container_name(named(name), ()) == f"evidence/0123456789ab_{expected}"


def test_a_taken_name_gets_a_number() -> None:
    first = container_name(named("a.pdf"), ())
    second = container_name(named("a.pdf"), {first})
    assert container_name(named("a.pdf"), {first, second}) == "evidence/0123456789ab_a-3.pdf"


@given(st.lists(st.text(max_size=120), max_size=12))
def test_names_are_safe_short_and_differ_ignoring_case(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        made = container_name(named(name), taken)
        assert made not in taken
        assert made == made.lower()
        assert len(made) <= LONGEST_NAME
        assert re.fullmatch(r"evidence/[0-9a-f]{12}_[a-z0-9][a-z0-9_-]*(\.[a-z0-9]{1,8})?", made)
        taken.add(made)


def test_every_piece_of_evidence_has_its_own_file_whatever_the_order() -> None:
    evidence = [piece for piece, _ in sample_evidence(60)]
    filed = file_evidence(evidence)
    assert filed == file_evidence(reversed(evidence))
    assert len({one.file for one in filed}) == 60
