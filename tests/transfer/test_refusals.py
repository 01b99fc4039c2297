"""Every fault of a line says what happened, that nothing changed, and what to do; none shows a raw fault."""

from __future__ import annotations

import pytest

from ntm_desktop.errors import NtmError
from ntm_desktop.operations.wording import explain
from ntm_desktop.transfer import refusals

HOST = "goi.tinh.vn"
FAULTS = (
    refusals.AddressNotUsable("ftp://x"),
    refusals.NoConnection(HOST, "ConnectError"),
    refusals.TooSlow(HOST, 120),
    refusals.CutOff(HOST, "RemoteProtocolError"),
    refusals.ServerFault(HOST, 503),
    refusals.RedirectedElsewhere(HOST, "http://khac.vn/"),
    refusals.NotTheServer(HOST, "self-signed certificate"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.code)
def test_each_says_what_happened_that_nothing_changed_and_what_to_do(fault: NtmError) -> None:
    words = explain(fault)
    assert all((words.what, words.safe, words.next_step))
    assert "ConnectError" not in words.whole()
    assert "RemoteProtocolError" not in words.whole()


def test_what_the_officer_can_mend_what_the_line_cannot_and_what_must_not_be_believed_differ() -> None:
    assert [fault.exit_code for fault in FAULTS] == [1, 3, 3, 3, 3, 4, 4]
