"""Every reason against a receiver's certificate has its own words."""

from __future__ import annotations

from ntm_desktop.errors import Damaged, Refused
from ntm_desktop.trust.envelope_refusals import (
    UNFIT,
    EnvelopeDamaged,
    LockedOtherwise,
    NotForThisKey,
    ReceiverNotForKeys,
    ReceiverUnfit,
)


def test_what_is_wrong_with_a_receiver_is_told_apart() -> None:
    kinds = {*UNFIT.values(), ReceiverNotForKeys}
    assert len({one.what for one in kinds}) == len({one.code for one in kinds}) == 4
    assert all(issubclass(one, ReceiverUnfit) for one in kinds)


def test_a_file_for_somebody_else_is_no_damage() -> None:
    assert issubclass(NotForThisKey, Refused)
    assert issubclass(LockedOtherwise, Refused)
    assert issubclass(EnvelopeDamaged, Damaged)
