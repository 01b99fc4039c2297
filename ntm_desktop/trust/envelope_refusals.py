"""Why a file could not be locked for a receiver, or opened with the receiver's key, one class per reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from ntm_desktop.errors import Damaged, Refused
from ntm_desktop.trust.certificates import CertificateProblem


@dataclass(eq=False)
class ReceiverUnfit(Refused):
    """Say that nothing can be locked for this certificate; the kinds below say why."""

    receiver: str
    valid_from: datetime
    valid_to: datetime

    code: ClassVar[str] = "receiver_unfit"
    what: ClassVar[str] = "Files cannot be locked for the certificate of {receiver}."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "Ask the receiving office for its certificate for encryption."


@dataclass(eq=False)
class ReceiverExpired(ReceiverUnfit):
    """Say that the receiver's certificate was valid once."""

    code: ClassVar[str] = "receiver_expired"
    what: ClassVar[str] = "The certificate of {receiver} has expired."
    next_step: ClassVar[str] = "Ask the receiving office for its new certificate."


@dataclass(eq=False)
class ReceiverNotYetValid(ReceiverUnfit):
    """Say that the receiver's certificate becomes valid later, or that the clock is behind."""

    code: ClassVar[str] = "receiver_not_yet_valid"
    what: ClassVar[str] = "The certificate of {receiver} is not valid yet."
    next_step: ClassVar[str] = (
        "Check the date of this computer; if it is right, ask the receiving office for the certificate of today."
    )


@dataclass(eq=False)
class ReceiverNotForKeys(ReceiverUnfit):
    """Say that the certificate is for another use than taking keys, or of a kind that cannot."""

    code: ClassVar[str] = "receiver_not_for_keys"
    what: ClassVar[str] = "The certificate of {receiver} is not meant for encryption (key encipherment, RSA)."


@dataclass(eq=False)
class ReceiverKeyWeak(ReceiverUnfit):
    """Say that the receiver's key is too short."""

    code: ClassVar[str] = "receiver_key_weak"
    what: ClassVar[str] = "The key in the certificate of {receiver} is too short to be safe."


UNFIT: Final[Mapping[CertificateProblem, type[ReceiverUnfit]]] = {
    CertificateProblem.EXPIRED: ReceiverExpired,
    CertificateProblem.NOT_YET_VALID: ReceiverNotYetValid,
    CertificateProblem.WEAK_KEY: ReceiverKeyWeak,
}
"""What of a certificate stands against locking for it, beside its use."""


@dataclass(eq=False)
class NotForThisKey(Refused):
    """Say that a locked file is for somebody else."""

    path: str
    holder: str
    """Whose key it was."""

    code: ClassVar[str] = "not_for_this_key"
    what: ClassVar[str] = "{path} was locked for another key than that of {holder}."
    safe: ClassVar[str] = "Nothing was opened and nothing was changed."
    next_step: ClassVar[str] = "Choose the key it was locked for, or ask the sender to lock it for yours."


@dataclass(eq=False)
class LockedOtherwise(Refused):
    """Say that a locked file was locked in a way that is not opened here: old padding, no proof of the content."""

    path: str
    how: str
    """For the technical details only."""

    code: ClassVar[str] = "locked_otherwise"
    what: ClassVar[str] = "{path} was locked in a way that is not safe or not known here."
    safe: ClassVar[str] = "Nothing was opened and nothing was changed."
    next_step: ClassVar[str] = (
        "Ask the sender to lock it with this program, or with RSA-OAEP and AES-256-GCM."
    )


@dataclass(eq=False)
class EnvelopeDamaged(Damaged):
    """Say that a locked file is cut off, was changed, or is none."""

    path: str
    where: str
    """For the technical details only."""

    code: ClassVar[str] = "envelope_damaged"
    what: ClassVar[str] = "{path} is not complete, or it was changed after it was locked."
    safe: ClassVar[str] = "Nothing of its content was kept."
    next_step: ClassVar[str] = "Ask for the file again, or copy it again from where it came."
