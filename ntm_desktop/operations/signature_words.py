"""What is known of a signature, in sentences: its time, its revocation, and what to do where something is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ntm_desktop.dossier.verification import Ground
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.trust.judge import SignatureFacts
from ntm_desktop.trust.revocation import Revocation
from ntm_desktop.trust.timestamps import Stamp


def time_sentence(facts: SignatureFacts) -> str:
    """Return since when the signature is there, and who vouches for that."""
    stamp = facts.timestamp
    words = {
        Stamp.NONE: _("No timestamp yet; the moment of signing is the one of the signer's computer."),
        Stamp.PROVEN: _("Timestamp {moment} by {authority}"),
        Stamp.UNKNOWN_AUTHORITY: _("Timestamp {moment} by {authority}, whom nobody here knows"),
        Stamp.AUTHORITY_NOT_VALID: _(
            "Timestamp {moment} by {authority}, whose certificate is not valid for it"
        ),
        Stamp.WRONG: _("The timestamp does not belong to this signature"),
        Stamp.UNREADABLE: _("The timestamp cannot be read"),
    }[stamp.state]
    return words.format(moment=_moment(stamp.at), authority=stamp.authority)


def revocation_sentence(facts: SignatureFacts) -> str:
    """Return what is known of the signer's certificate being taken back, and up to when."""
    revoked = facts.revoked
    words = {
        Revocation.NOT_CHECKED: _("Revocation not checked: no list on this computer"),
        Revocation.GOOD: _("Not revoked, as known up to {known}"),
        Revocation.REVOKED: _("Revoked on {revoked}, before it signed"),
        Revocation.REVOKED_LATER: _("Revoked on {revoked}, after the timestamp"),
        Revocation.REVOKED_UNPROVEN: _("Revoked on {revoked}; no timestamp proves that it signed before"),
        Revocation.MISSING: _("Revocation not known: the list that is asked for is not on this computer"),
        Revocation.STALE: _("Revocation known only up to {known}, which is too long ago"),
    }[revoked.state]
    return words.format(known=_moment(revoked.known_to), revoked=_moment(revoked.revoked_at))


def advice(grounds: Iterable[Ground]) -> tuple[str, ...]:
    """Return what to do about what is open or wrong with signatures; nothing for other grounds."""
    timestamp = _("Ask the commune for the file with its timestamp, or for a new signature.")
    words = {
        Ground.CERTIFICATE_REVOKED: _("Ask the commune to sign again with a certificate that is valid."),
        Ground.SIGNER_UNKNOWN: _(
            "Take in the trust pack, or choose the root certificate of the signer's authority."
        ),
        Ground.CERTIFICATE_EXPIRED: timestamp,
        Ground.REVOKED_UNPROVEN: timestamp,
        Ground.REVOCATION_MISSING: _(
            "Take in the newest trust pack, or fetch the revocation list of the signer's authority."
        ),
        Ground.REVOCATION_STALE: _(
            "Take in the newest trust pack, or fetch the revocation list of the signer's authority."
        ),
        Ground.TIMESTAMP_UNPROVEN: _(
            "Take in the trust pack that names the timestamp authority, or choose its root certificate."
        ),
    }
    return tuple(dict.fromkeys(words[one] for one in grounds if one in words))


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
