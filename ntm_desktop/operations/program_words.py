"""Sentences about versions of this program, as the window and the command line say them."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.program_updates import Offer, OfferKind, Standing
from ntm_desktop.operations.sizes import size_words

__all__ = ["failed_sentence", "offer_sentence", "standing_sentences", "waiting_sentence"]


def standing_sentences(standing: Standing) -> Iterator[str]:
    """Yield which version runs, which comes next, which is the way back."""
    day = "/".join(reversed(standing.released.split("-")))
    yield _("Version {version}, released {day}").format(version=standing.version, day=day)
    if not standing.installed:
        yield _("It runs from its source: updates come the way it was put here, not from a stick.")
    if standing.next != standing.version:
        yield _("The next start runs version {version}.").format(version=standing.next)
    if standing.back:
        yield _("Rolling back brings version {version} again.").format(version=standing.back)


def waiting_sentence(version: str) -> str:
    """Return that a source of packs carries a newer version of the program too."""
    return _("Version {version} of the program is there too; take it in on the page about safety.").format(
        version=version
    )


def failed_sentence(standing: Standing) -> str:
    """Return which version did not come up."""
    return _("Version {failed} did not start twice; version {version} runs in its place.").format(
        failed=standing.failed, version=standing.next
    )


def offer_sentence(offer: Offer) -> str:
    """Return what a source offers of the program."""
    messages = {
        OfferKind.NEWER: _("Version {version} of the program is there ({size}), published by {publisher}."),
        OfferKind.SAME: _("Version {version} of the program is there; it is here already."),
        OfferKind.OLDER: _("Only version {version} of the program is there; a newer one is here."),
        OfferKind.OTHER_RUNTIME: _(
            "Version {version} of the program is there, but it needs libraries that only its full setup brings."
        ),
        OfferKind.NONE: _("There is no version of the program in this source."),
    }
    return messages[offer.kind].format(
        version=offer.version, size=size_words(offer.size), publisher=offer.publisher.title
    )
