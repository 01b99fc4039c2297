"""A job that stores tells how far it is, and stops in between."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ntm_desktop.errors import Cancelled
from ntm_desktop.i18n import set_language
from ntm_desktop.ui.storing import StoreJob


def store(watch: Callable[[int], None]) -> str:
    """Store as an operation does."""
    for count in (0, 17_550):
        watch(count)
    return "stored"


def test_how_far_it_is_is_told_in_words() -> None:
    set_language("en")
    told: list[object] = []
    assert StoreJob(store).run(told.append, lambda: False) == "stored"
    assert told == ["0 figures stored", "17.550 figures stored"]


def test_a_job_that_is_stopped_stores_nothing() -> None:
    with pytest.raises(Cancelled):
        StoreJob(store).run(lambda _words: None, lambda: True)
