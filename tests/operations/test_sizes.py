from __future__ import annotations

import pytest

from ntm_desktop.operations.sizes import size_words


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 KB"), (412 * 1024, "412 KB"), (int(18.4 * 1024**2), "18,4 MB"), (3 * 1024**3 + 10**8, "3,1 GB")],
)
def test_sizes_are_said_the_vietnamese_way(size: int, words: str) -> None:
    assert size_words(size) == words
