from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.operations.seal import Stage
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.ui.sealing.pacing import Progress, remaining_words

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1 KB"),
        (1, "1 KB"),
        (412 * 1024, "412 KB"),
        (MB, "1 MB"),
        (int(18.4 * MB), "18,4 MB"),
        (1240 * MB, "1,2 GB"),
    ],
)
def test_sizes_are_printed_as_officers_read_them(size, words):
    assert size_words(size) == words


def test_remaining_time_is_told_once_it_can_be_said():
    assert remaining_words(0, 100, 5000) == ""
    assert remaining_words(50, 100, 100) == ""
    assert remaining_words(100, 100, 5000) == ""
    assert remaining_words(50, 100, 20_000) == "còn khoảng 20 giây"
    assert remaining_words(10, 100, 20_000) == "còn khoảng 3 phút"
    assert remaining_words(99, 100, 2000) == "còn khoảng 1 giây"


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.integers(0, 10**7))
def test_any_progress_can_be_shown(done, total, elapsed):
    for stage in Stage:
        progress = Progress(stage, min(done, total), total)
        assert 0.0 <= progress.share() <= 1.0
        assert progress.amount(elapsed)
        assert progress.title()


def test_papers_are_counted_and_bytes_are_measured():
    assert Progress(Stage.PAPERS, 1, 2).amount(0) == "1 trên 2 giấy tờ"
    half = Progress(Stage.PACKING, int(9.2 * MB), int(18.4 * MB))
    assert half.amount(0) == "9,2 MB trên 18,4 MB"
    assert half.amount(20_000) == "9,2 MB trên 18,4 MB · còn khoảng 20 giây"


def test_nothing_to_do_is_no_division_by_zero():
    assert Progress(Stage.PACKING, 0, 0).share() == 0.0
