"""Every refusal names the file and says what to do."""

from __future__ import annotations

import pytest

from ntm_desktop.errors import Refused
from ntm_desktop.media.refusals import (
    HeicPicture,
    PageUnreadable,
    PictureBroken,
    PictureTooLarge,
    TooManyPictures,
)


@pytest.mark.parametrize(
    "error",
    [
        HeicPicture("a.heic"),
        PageUnreadable("a.pdf", "broken"),
        PictureBroken("a.jpg"),
        PictureTooLarge("a.jpg", "file"),
        TooManyPictures(61, 60),
    ],
)
def test_it_says_what_happened_and_what_next(error: Refused) -> None:
    assert error.what.format(**error.facts())
    assert error.next_step
