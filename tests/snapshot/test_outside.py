from __future__ import annotations

import pytest

from ntm_desktop.snapshot.outside import Confirmed, GivenOut, read_given, write_given
from ntm_desktop.snapshot.reader import DossierUnreadable

PAPERS = (
    GivenOut("01.pdf", 10, "a" * 64),
    GivenOut("02.pdf", 20, "b" * 64, Confirmed("Mai", "2026-03-02T08:30:00Z", "giống nhau")),
)


def test_what_is_written_is_read_again():
    assert read_given(write_given(PAPERS)) == PAPERS


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 100_000,
        b"{}",
        write_given(PAPERS).replace(b'"format": 1', b'"format": 2'),
        write_given(PAPERS).replace(b'"size": 10', b'"size": "10"'),
        write_given((PAPERS[0], PAPERS[0])),
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(DossierUnreadable):
        read_given(content)
