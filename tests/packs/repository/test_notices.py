"""What is told beside the packs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ntm_desktop.i18n import set_language
from ntm_desktop.packs.repository.notices import Notice, NoticeKind, told


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("vi")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (NoticeKind.CLOCK_BEHIND, ("01/01/2015", "22/11/2026", "Set the clock")),
        (NoticeKind.LIST_OLD, ("14 months", "05/01/2026", "01/01/2015", "taken in")),
        (NoticeKind.LIST_EXPIRED, ("14 months", "05/01/2026", "certainly expired", "taken in")),
        (NoticeKind.PROVINCE_LAPSED, ("Thanh Hóa", "left out")),
    ],
)
def test_a_notice_says_what_is_wrong_and_what_to_do(kind: NoticeKind, words: tuple[str, ...]) -> None:
    notice = Notice(
        kind=kind,
        today="2015-01-01",
        floor="2026-11-22",
        issued_on="2026-01-05",
        months=14,
        province="Thanh Hóa",
    )
    assert [word for word in words if word not in told(notice)] == []


def test_a_notice_without_an_age_says_none() -> None:
    assert Notice(kind=NoticeKind.CLOCK_BEHIND, today="2015-01-01", floor="2026-11-22").months == 0
