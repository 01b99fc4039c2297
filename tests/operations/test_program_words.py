"""What is said about versions of this program."""

from __future__ import annotations

import pytest

from ntm_desktop.i18n import set_language
from ntm_desktop.operations.program_updates import Offer, OfferKind, Standing
from ntm_desktop.operations.program_words import (
    failed_sentence,
    offer_sentence,
    standing_sentences,
    waiting_sentence,
)
from ntm_desktop.packs.repository.proof import Publisher


def _standing(**more: str) -> str:
    given = {"version": "0.1.0", "released": "2027-01-31", "installed": "0.1.0", "next": "0.1.0"}
    set_language("en")
    return " ".join(standing_sentences(Standing(**{**given, "back": "", "failed": "", **more})))


def test_what_is_here_is_said_and_no_more() -> None:
    assert _standing() == "Version 0.1.0, released 31/01/2027"
    assert "from its source" in _standing(installed="")
    said = _standing(next="0.2.0", back="0.1.0", failed="0.3.0")
    for part in ("next start runs version 0.2.0", "back brings version 0.1.0"):
        assert part in said


def test_what_did_not_come_up_is_said_with_what_runs_in_its_place() -> None:
    set_language("en")
    here = Standing(
        version="0.1.0", released="2027-01-31", installed="0.1.0", next="0.1.0", back="", failed="0.3.0"
    )
    assert failed_sentence(here).startswith("Version 0.3.0 did not start twice; version 0.1.0")


def test_a_version_beside_packs_is_said_with_the_page_that_takes_it() -> None:
    set_language("en")
    assert waiting_sentence("0.2.0") == (
        "Version 0.2.0 of the program is there too; take it in on the page about safety."
    )


@pytest.mark.parametrize("kind", list(OfferKind))
def test_every_offer_has_its_sentence(kind: OfferKind) -> None:
    set_language("en")
    version = "" if kind is OfferKind.NONE else "0.2.0"
    said = offer_sentence(
        Offer(kind=kind, version=version, size=1_700_000, publisher=Publisher("f", "Office"), warnings=())
    )
    assert version in said
    assert ("Office" in said) == (kind is OfferKind.NEWER)
