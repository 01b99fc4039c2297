from __future__ import annotations

from ntm_desktop.errors import Refused, Unavailable
from ntm_desktop.trust.token_refusals import LastTry, NoToken, TokenGone, TokenLocked, WrongPin


def test_what_the_officer_can_put_right_is_refused_and_what_is_missing_is_unavailable() -> None:
    assert all(issubclass(one, Refused) for one in (WrongPin, LastTry, TokenLocked))
    assert all(issubclass(one, Unavailable) for one in (NoToken, TokenGone))
    assert issubclass(LastTry, WrongPin)
