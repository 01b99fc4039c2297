"""What may be better a moment later is told apart from what is not."""

from __future__ import annotations

from ntm_desktop.errors import Refused, Unavailable, Untrusted
from ntm_desktop.transfer import upload_refusals as refusals


def test_only_faults_of_the_line_are_tried_again() -> None:
    assert all(issubclass(one, Unavailable) for one in refusals.LINE_FAULTS)
    for one in (refusals.NotTheReceiver, refusals.ReceiverElsewhere, refusals.ReceiverContradicts):
        assert issubclass(one, Untrusted)
        assert one not in refusals.LINE_FAULTS
    assert issubclass(refusals.ReceiverRefuses, Refused)
