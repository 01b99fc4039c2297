"""What is known of one paper: its signatures, and who signed it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ntm_desktop.facts.folding import fold

if TYPE_CHECKING:
    from ntm_desktop.snapshot.outside import GivenOut
    from ntm_desktop.trust.certificates import Certificate
    from ntm_desktop.trust.pdf_judge import PdfSignature

_BODIES: Final = ("uy ban nhan dan", "ubnd")


class PaperState(StrEnum):
    """Say who signed a paper. The values are a contract."""

    UNSIGNED = "unsigned"
    PERSON = "person"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """One PDF and its signatures."""

    name: str
    signatures: tuple[PdfSignature, ...] = ()
    given: GivenOut | None = None
    """What was given out, of a paper that was signed elsewhere."""
    proven: bool = True
    """Of a paper that was signed elsewhere: it begins with what was given out, and only signatures follow."""

    @property
    def state(self) -> PaperState:
        """Tell who signed it; signatures that do not hold count for nobody."""
        held = [one for one in self.signatures if one.sound]
        if not held:
            return PaperState.UNSIGNED
        return PaperState.BODY if any(is_body(one.facts.certificate) for one in held) else PaperState.PERSON


def is_body(certificate: Certificate | None) -> bool:
    """Say whether a certificate was issued to a body, not to a person in it."""
    if certificate is None:
        return False
    name = fold(certificate.subject)
    return name.startswith(_BODIES) or (bool(name) and name == fold(certificate.organisation))
