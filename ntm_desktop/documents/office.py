"""How an office and its papers are named: in sentences, and at the head of a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm_desktop.documents.wording import in_vietnam, lines, say
from ntm_desktop.snapshot.model import Snapshot


@dataclass(frozen=True, slots=True)
class Office:
    """The people's committee that issues a paper."""

    commune: str
    """In a sentence: `xa Vinh An`."""
    province: str
    """In a sentence: `tinh An Giang`."""
    place: str
    year: int
    """Of the date line: the snapshot was taken in it, in +07:00."""
    signatory: str
    signatory_title: str
    number: str = ""
    """Before the symbol of the paper; empty: room is left for the clerk."""
    issued_on: date | None = None
    """Day of the date line; None: room is left for the clerk."""

    @property
    def body(self) -> str:
        """The committee in a sentence: `Uy ban nhan dan xa Vinh An`."""
        return say("letterhead.body_in_sentence", commune=self.commune)

    @property
    def superior(self) -> str:
        """The committee above, as printed at the head; empty when papers do not name it."""
        return say("letterhead.superior", province=self.province).upper()

    @property
    def head_lines(self) -> tuple[str, str]:
        """The committee as printed at the head, in two lines."""
        return say("letterhead.body").upper(), self.commune.upper()

    @property
    def signing_lines(self) -> tuple[str, ...]:
        """What stands above a signature: on behalf of the committee, where needed for the chairman, the title."""
        deputy = say("signature.deputy")
        title = self.signatory_title.upper()
        acting = (say("signature.for_chairman"),) if title.startswith(deputy) else ()
        return (say("signature.on_behalf", body=say("letterhead.body").upper()), *acting, title)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a part of a paper is drawn from, and how wide it may be."""

    snapshot: Snapshot
    office: Office
    room: float
    """Millimetres between the margins."""


def office_of(snapshot: Snapshot) -> Office:
    """Return the office that issues the papers of a snapshot."""
    commune = snapshot.commune
    return Office(
        commune=f"{unit_in_sentence(commune.kind)} {commune.name}",
        province=unit_in_sentence(commune.province),
        place=snapshot.place or commune.name,
        year=in_vietnam(snapshot.taken_at).year,
        signatory=snapshot.signatory,
        signatory_title=snapshot.signatory_title,
        number=snapshot.number,
        issued_on=snapshot.issued_on,
    )


def unit_in_sentence(name: str) -> str:
    """Write the kind of a unit with a small letter, its own name as it is."""
    for kind in lines("letterhead.unit_kinds"):
        if name == kind or name.startswith(f"{kind} "):
            return kind.lower() + name[len(kind) :]
    return name
