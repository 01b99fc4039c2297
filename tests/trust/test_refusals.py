from __future__ import annotations

from ntm_desktop.errors import Refused
from ntm_desktop.trust import refusals
from tests.support.signers import NOW, SIGNER


def test_a_refusal_names_the_signer_and_what_can_be_done() -> None:
    refusal = refusals.CertificateExpired(SIGNER, NOW, NOW)
    assert isinstance(refusal, Refused)
    assert refusal.exit_code == 1
    assert SIGNER in refusal.what.format(**refusal.facts())
    assert refusal.next_step
