"""The way from an open dossier to its signed file: which step is next, and what is still missing. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.estimate import Estimate
from ntm_desktop.operations.outside import OutsideStep
from ntm_desktop.operations.papers import WrittenPaper
from ntm_desktop.operations.seal import CertificateProblem, PaperSigner, Role, Signatory, SigningKey

WARNED_BEFORE = timedelta(days=30)
"""How long before its end a certificate is spoken of."""


class Step(IntEnum):
    """The steps in order; the last is part of the work of the one before."""

    CHECK = 0
    PREVIEW = 1
    SIGN = 2
    EXPORT = 3
    READ_BACK = 4


class Mark(IntEnum):
    """How a step stands in the list of steps."""

    AHEAD = 0
    CURRENT = 1
    DONE = 2


@dataclass(slots=True)
class Draft:
    """What was chosen for one dossier; kept as long as the window lives, never stored."""

    step: Step = Step.CHECK
    name: str = ""
    title: str = ""
    place: str = ""
    key: SigningKey | None = None
    unsigned: bool = False
    outside: OutsideStep | None = None
    """How far signing with another program is; None: it is signed here."""
    body: SigningKey | None = None
    """The key of the office, whose signature follows that of the person."""
    seal_picture: bytes = field(default=b"", repr=False)
    """PNG of the seal; without one a text stands there."""
    picture: bytes = field(default=b"", repr=False)
    """PNG of the signature as it shows on the papers; without one a text stands there."""
    target: Path | None = None
    papers: tuple[WrittenPaper, ...] = ()
    estimate: Estimate | None = None
    """How large the file will be; known with the papers."""
    papers_of: tuple[str, Signatory | None] = field(default=("", None))
    """The last edit and the signatory the papers were written with."""

    def signatory(self) -> Signatory:
        """Return who signs, as typed so far."""
        return Signatory(self.name, self.title, self.place)

    def choose_key(self, key: SigningKey) -> None:
        """Sign with this key; a name nobody typed yet is the one in the certificate."""
        self.key, self.unsigned, self.outside = key, False, None
        if not self.name.strip():
            self.name = key.certificate.subject

    def choose_unsigned(self) -> None:
        """Export without a signature; the keys are let go."""
        self.key, self.body, self.unsigned, self.outside = None, None, True, None

    def choose_outside(self, step: OutsideStep) -> None:
        """Have the papers signed with another program; the keys are let go."""
        self.key, self.body, self.unsigned, self.outside = None, None, False, step

    def signers(self) -> tuple[PaperSigner, ...]:
        """Return who signs the papers and the file; nobody where it is exported unsigned."""
        if self.key is None:
            return ()
        person = PaperSigner(self.key, picture=self.picture)
        if self.body is None:
            return (person,)
        return (person, PaperSigner(self.body, Role.BODY, self.seal_picture))

    def advance(self) -> None:
        """Go to the next step; the last one is reached by the work itself."""
        self.step = Step(min(self.step + 1, Step.EXPORT))

    def go_back(self) -> None:
        """Go to the step before."""
        self.step = Step(max(self.step - 1, Step.CHECK))

    def mark(self, step: Step) -> Mark:
        """Return how a step stands while this one is open."""
        if step == self.step:
            return Mark.CURRENT
        return Mark.DONE if step < self.step else Mark.AHEAD


def hindrance(draft: Draft, *, blocking: int, papers_ready: bool, now: datetime) -> str | None:
    """Return why the primary of the current step cannot be pressed; None when it can."""
    if blocking:
        return ngettext(
            "{count} problem left, it cannot be signed yet",
            "{count} problems left, it cannot be signed yet",
            blocking,
        ).format(count=blocking)
    if draft.step is Step.PREVIEW and not papers_ready:
        return _("The papers are not written yet")
    if draft.step in (Step.SIGN, Step.EXPORT):
        missing = _missing_to_sign(draft, now)
        if missing is not None:
            return missing
    if draft.step is Step.EXPORT and draft.target is None:
        return _("Not chosen yet where to save")
    return None


def _missing_to_sign(draft: Draft, now: datetime) -> str | None:
    if draft.outside not in (None, OutsideStep.GIVE_OUT):
        return None if draft.outside is OutsideStep.SEAL else _("Not all papers are back signed yet")
    return _missing_name(draft) or _missing_key(draft, now)


def _missing_name(draft: Draft) -> str | None:
    if not draft.name.strip():
        return _("Still missing: full name of the one who signs")
    if not draft.title.strip():
        return _("Still missing: office of the one who signs")
    return None


def _missing_key(draft: Draft, now: datetime) -> str | None:
    if draft.outside is not None:
        return _("The papers are not given out yet")
    if draft.key is None:
        return None if draft.unsigned else _("Neither a key file nor export without a signature is chosen")
    hindrance = certificate_hindrance(draft.key, now)
    return (
        certificate_hindrance(draft.body, now) if hindrance is None and draft.body is not None else hindrance
    )


def certificate_hindrance(key: SigningKey, now: datetime) -> str | None:
    """Return why this certificate cannot sign now; None when it can."""
    words = {
        CertificateProblem.EXPIRED: _("The certificate has expired, it cannot sign"),
        CertificateProblem.NOT_YET_VALID: _(
            "The certificate is not valid yet; check the date of this computer"
        ),
        CertificateProblem.WRONG_USAGE: _("The certificate was not issued for signing documents"),
        CertificateProblem.WEAK_KEY: _("The key is too short to be safe"),
    }
    problems = key.certificate.problems_at(now)
    return next((words[problem] for problem in problems if problem in words), None)


def days_left(key: SigningKey, now: datetime) -> int | None:
    """Return how many days the certificate is still valid, when that should be said; None while it is long."""
    left = key.certificate.valid_to - now
    return max(left.days, 0) if left <= WARNED_BEFORE else None


def name_differs(draft: Draft) -> bool:
    """Say whether the name to be printed is another one than that in the certificate."""
    typed = " ".join(draft.name.split()).casefold()
    return (
        draft.key is not None
        and bool(typed)
        and typed != " ".join(draft.key.certificate.subject.split()).casefold()
    )


def primary_words(draft: Draft) -> str:
    """Return the verb on the one primary button."""
    return {
        Step.CHECK: _("See the papers"),
        Step.PREVIEW: _("Go on to signing"),
        Step.SIGN: _("Choose where to save"),
        Step.EXPORT: _export_words(draft),
        Step.READ_BACK: _("Back to the overview"),
    }[draft.step]


def _export_words(draft: Draft) -> str:
    if draft.outside is not None:
        return _("Export with the signed papers")
    return _("Export without a signature") if draft.unsigned else _("Sign and export")


def title(step: Step) -> str:
    """Return the name of a step."""
    return {
        Step.CHECK: _("Check"),
        Step.PREVIEW: _("Preview"),
        Step.SIGN: _("Digital signature"),
        Step.EXPORT: _("Export the file"),
        Step.READ_BACK: _("Read back"),
    }[step]
