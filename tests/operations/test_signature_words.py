from __future__ import annotations

import pytest

from ntm_desktop.dossier.verification import Ground
from ntm_desktop.operations.signature_words import advice, revocation_sentence, time_sentence
from ntm_desktop.trust.judge import Integrity, SignatureFacts
from ntm_desktop.trust.revocation import Revocation, RevocationFacts
from ntm_desktop.trust.timestamps import Stamp, TimestampFacts
from tests.support.signers import NOW, authority


@pytest.mark.parametrize("state", list(Stamp))
def test_every_timestamp_has_a_sentence_with_its_facts(state: Stamp) -> None:
    stamp = TimestampFacts(state, NOW, (authority().anchor,))
    said = time_sentence(SignatureFacts(Integrity.INTACT, timestamp=stamp))
    named = state in (Stamp.PROVEN, Stamp.UNKNOWN_AUTHORITY, Stamp.AUTHORITY_NOT_VALID)
    assert ("02/03/2026 15:30" in said, authority().anchor.subject in said) == (named, named)


@pytest.mark.parametrize("state", list(Revocation))
def test_every_revocation_has_a_sentence_with_its_day(state: Revocation) -> None:
    said = revocation_sentence(SignatureFacts(Integrity.INTACT, revoked=RevocationFacts(state, NOW, NOW)))
    assert ("02/03/2026" in said) == (state not in (Revocation.NOT_CHECKED, Revocation.MISSING))


def test_without_a_day_nothing_is_made_up() -> None:
    assert revocation_sentence(SignatureFacts(Integrity.INTACT)).strip()


def test_what_to_do_is_said_once_for_grounds_of_signatures_only() -> None:
    both = advice([Ground.CERTIFICATE_EXPIRED, Ground.REVOKED_UNPROVEN, Ground.FILE_CHANGED])
    assert len(both) == 1
    assert len(advice(list(Ground))) == 5
