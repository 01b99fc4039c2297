"""What an officer is told when newer code is refused."""

from __future__ import annotations

import pytest

from ntm_desktop.errors import NtmError
from ntm_desktop.packs.program import refusals

ALL = [
    kind
    for kind in vars(refusals).values()
    if isinstance(kind, type) and issubclass(kind, NtmError) and kind.__module__ == refusals.__name__
]
INTERNAL_WORDS = ("metadata", "TUF", "snapshot", "hash", "JSON", "lock", "sys.path")


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
def test_a_refusal_is_said_in_plain_words_and_says_that_nothing_changed(kind: type[NtmError]) -> None:
    said = f"{kind.what} {kind.safe} {kind.next_step}"
    assert not [word for word in INTERNAL_WORDS if word in said]
    assert "stays as it is" in kind.safe or "Nothing was published" in kind.safe
