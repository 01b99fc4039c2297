"""Sign the papers of a dossier: first the persons, then the body, each where the paper leaves room for it.

A paper without such room is an attachment: the body's mark stands at the top right of its first page, and a person's
signature does not show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.dossier.assemble import Assembly, Paper
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.snapshot.outside import FILE, GivenOut
from ntm_desktop.trust.pdf_signing import Outlook, Visible, outlook
from ntm_desktop.trust.signing import SigningKey

if TYPE_CHECKING:
    from ntm_desktop.documents.stamp import Box

__all__ = ["PaperSigner", "Role", "as_signers", "read_picture", "require_fit", "sign_paper"]


class Role(StrEnum):
    """For whom a signature is made."""

    PERSON = "person"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class PaperSigner:
    """A key and what its signature shows."""

    key: SigningKey
    role: Role = Role.PERSON
    picture: bytes = field(default=b"", repr=False)
    """PNG of the signature or of the seal; without one a text is drawn."""
    visible: bool = True


@dataclass(eq=False)
class ExportedOtherwise(Refused):
    """Say that the dossier is no longer the one whose papers were given out."""

    code: ClassVar[str] = "exported_otherwise"
    what: ClassVar[str] = "Figures or evidence were changed after the papers were given out to be signed."
    safe: ClassVar[str] = "The new figures are saved; the signed papers hold the old ones."
    next_step: ClassVar[str] = "Give the papers out and have them signed once more."


@dataclass(frozen=True, slots=True)
class SignedElsewhere:
    """Papers that another program signed, to be put in the place of those written here."""

    given: tuple[GivenOut, ...]
    contents: Mapping[str, bytes]
    """What came back, by the name of the paper."""
    record: bytes
    """What verifying is told of them."""
    numbers: Mapping[str, str]

    def recorded(self, assembly: Assembly) -> Assembly:
        """Return the assembly with the record, which the index of files then lists."""
        return assembly.with_file(FILE, "application/json", self.record)

    def put_in(self, paper: Paper) -> Paper:
        """Return what came back for a paper; it itself where nothing did. Raises ExportedOtherwise."""
        digest = hashlib.sha256(paper.content).hexdigest()
        for one in self.given:
            if one.name == paper.name and (one.size, one.sha256) != (len(paper.content), digest):
                raise ExportedOtherwise
        return replace(paper, content=self.contents.get(paper.name, paper.content))


def as_signers(keys: SigningKey | Sequence[PaperSigner] | None) -> tuple[PaperSigner, ...]:
    """Return who signs, persons before the body; a single key signs as a person."""
    if keys is None:
        return ()
    if isinstance(keys, SigningKey):
        return (PaperSigner(keys),)
    return tuple(sorted(keys, key=lambda one: one.role is Role.BODY))


def require_fit(signers: Sequence[PaperSigner], at: datetime) -> None:
    """Check every certificate before anything is signed. Raises CertificateUnfit."""
    for signer in signers:
        signer.key.require_fit(at)


def read_picture(path: Path) -> bytes:
    """Read the picture of a signature or a seal. Raises PictureUnreadable, FileUnreadable."""
    from ntm_desktop.documents.stamp import LARGEST_PICTURE, require_picture

    try:
        with open_file(path) as file:
            picture = file.read(LARGEST_PICTURE + 1)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    require_picture(picture, str(path))
    return picture


def sign_paper(paper: Paper, signers: Sequence[PaperSigner], body: str, at: datetime) -> Paper:
    """Return the paper with every signature, in order; `body` is the office's name. Raises what a key raises."""
    content, persons = paper.content, 0
    seen = outlook(content) if signers else Outlook((), (0, 0))
    rooms = _rooms(seen)
    for number, signer in enumerate(signers, start=1):
        room = rooms[min(persons, len(rooms) - 1)] if rooms else None
        visible = _visible(signer, room, seen, body, at) if signer.visible else None
        content = signer.key.sign_pdf(content, at=at, field=f"Signature{number}", visible=visible)
        persons += signer.role is Role.PERSON
    return replace(paper, content=content)


def _rooms(seen: Outlook) -> list[tuple[int, Box]]:
    """Return page (from 0) and box of each room the paper leaves for a signature."""
    from ntm_desktop.documents.signing_room import WORD

    places = (word.partition("=")[2].split("/") for word in seen.keywords if word.startswith(f"{WORD}="))
    found = []
    for page, left, bottom, right, top in places:
        found.append((int(page) - 1, (float(left), float(bottom), float(right), float(top))))
    return found


def _visible(
    signer: PaperSigner, room: tuple[int, Box] | None, seen: Outlook, body: str, at: datetime
) -> Visible | None:
    from ntm_desktop.documents.stamp import attachment_stamp, body_stamp, person_stamp

    page, stamp = 0, None
    if room is None:
        if signer.role is Role.BODY:
            stamp = attachment_stamp(seen.first_page, body, at)
    elif signer.role is Role.BODY:
        page, stamp = room[0], body_stamp(room[1], signer.picture, body, at)
    else:
        page, stamp = room[0], person_stamp(room[1], signer.picture, signer.key.certificate.subject, at)
    return None if stamp is None else Visible(page, stamp.box, stamp.content)
