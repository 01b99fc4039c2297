"""Take dossier files in at the reviewer's: hundreds at once, past the bad ones, each verified and recomputed.

* `Judging.run`, a job: copies each file into `arriving/`, verifies the copy, and hands out what it found; it writes to
  no database, so that one connection writes.
* `record`, on the window's thread: puts what was found in its place and records it, one transaction per file.
The original is only read; a copy is what was verified, so nobody can change it between the two.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from ntm_desktop.criteria.verdicts import Evaluation, Verdict
from ntm_desktop.disk import Disk, path_text, unwritable
from ntm_desktop.dossier.fetching import LOCKED, Beside, Fetched, fetch
from ntm_desktop.dossier.verification import Verification, VerificationReport
from ntm_desktop.errors import Cancelled, FileUnreadable, NtmError
from ntm_desktop.operations.publishers import Believed, believed
from ntm_desktop.operations.review_desk import ReviewDesk
from ntm_desktop.operations.verify import verify_with
from ntm_desktop.snapshot.content import DossierContent
from ntm_desktop.snapshot.return_slip import ANSWER_PREFIX
from ntm_desktop.trust.anchors import load_anchors
from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.trust.enveloped import ReceivingKey, unlock_with
from ntm_desktop.workspace.review_folder import ARRIVING, QUARANTINE, Incoming, Refusal, Result

__all__ = [
    "LOCKED",
    "NOT_VALID",
    "Arrival",
    "Judging",
    "Looking",
    "Outcome",
    "Taken",
    "files_in",
    "record",
    "take_in",
]

NOT_VALID: Final = "not_valid"
ENOUGH: Final = 12
"""Files from which a second process pays for its start."""


class Outcome(StrEnum):
    """What became of a file that was offered. The values are a contract."""

    TAKEN = "taken"
    JUDGED_AGAIN = "judged_again"
    """It was here already; its signer or publisher is known now."""
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was looked at, not recorded yet; small, so that hundreds can wait."""

    source: Path
    size: int
    copy: Path | None = None
    """The copy that was judged; None: nothing was copied."""
    incoming: Incoming | None = None
    """What it is; None: nothing to take in."""
    results: tuple[Result, ...] = ()
    answers: tuple[tuple[int, str], ...] = ()
    """What the commune answered to remarks, by their number."""
    identity: str = ""
    code: str = ""
    """Why it is not taken in: code of an error, `not_valid`, `duplicate`."""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was recorded of a file."""

    source: str
    outcome: Outcome
    identity: str = ""
    incoming: Incoming | None = None
    code: str = ""
    """Of a file that was refused."""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """How far the job is."""

    done: int
    total: int
    name: str


def files_in(places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files named and those in the folders named, in order, each once; links to folders are not followed.

    Raises FileUnreadable for a place that is not there.
    """
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            for folder, folders, names in os.walk(place):
                folders.sort()
                found.update(dict.fromkeys(Path(folder) / name for name in sorted(names)))
        elif place.exists():
            found[place] = None
        else:
            raise FileUnreadable(str(place), "ENOENT")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Judging:
    """Judge files for a reviewer's workspace, knowing whom to believe; made on the window's thread, run in a job."""

    folder: Path
    """Of the reviewer."""
    anchors: tuple[Certificate, ...]
    known: Believed
    held: Mapping[str, int]
    """Size by identity of what is here and leaves nothing open: a file of that name is not read again."""
    key: ReceivingKey | None = None
    """Opens what was locked for this office."""

    @classmethod
    def at(cls, desk: ReviewDesk, key: ReceivingKey | None = None) -> Judging:
        """Return how this office judges. Raises NoCertificate and what `publishers.believed` raises."""
        valid = {
            one.identity: one.size
            for one in desk.folder.incoming()
            if one.verification == Verification.VALID.value
        }
        return cls(desk.folder.folder, load_anchors(desk.folder.anchors()), believed(), valid, key)

    def run(
        self,
        files: Sequence[Path],
        at: datetime,
        *,
        tell: Callable[[Looking], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[Arrival]:
        """Look at each file and hand out what was found, to be recorded; the next one is copied meanwhile.

        `at` is now, aware. Raises Cancelled, and DiskFull and FileUnwritable when the reviewer's own disk takes no
        more; what was handed out before stays.
        """
        opening = None if self.key is None else partial(unlock_with, self.key, cancelled=cancelled)
        coming = fetch(files, self.folder / ARRIVING, self._wants, opening)
        judge = partial(replace(self, held={}, key=None).judge, at=at)
        with closing(coming), Beside(judge, pays=len(files) >= ENOUGH) as beside:
            for number, path in enumerate(files):
                if cancelled is not None and cancelled():
                    raise Cancelled
                if tell is not None:
                    tell(Looking(number, len(files), path.name))
                found = next(coming)
                if beside.takes(found):
                    continue
                mine = self.judge(found, at, cancelled)
                yield from beside.done()
                yield mine
            yield from beside.done()

    def _wants(self, path: Path, size: int) -> bool:
        return self.held.get(path.stem) != size

    def judge(self, found: Fetched, at: datetime, cancelled: Callable[[], bool] | None = None) -> Arrival:
        """Verify and recompute one file that was copied. Raises Cancelled."""
        arrived = Arrival(found.source, found.size, found.copy, code=found.code, about=found.about)
        if found.copy is None:
            return (
                arrived
                if found.code
                else replace(arrived, identity=found.source.stem, code=Outcome.DUPLICATE)
            )
        try:
            report = verify_with(
                found.copy, anchors=self.anchors, at=at, known=self.known, cancelled=cancelled
            )
        except Cancelled:
            found.drop()
            raise
        except NtmError as error:
            found.drop()
            return replace(arrived, copy=None, code=error.code, about=str(error.facts().get("reason", "")))
        reasons = tuple(f"{one.ground.value}:{one.about}" for one in report.reasons)
        if report.content is None or report.verification is Verification.INVALID:
            return replace(arrived, identity=report.identity, code=NOT_VALID, about=reasons[0])
        evaluation = report.replay.evaluation or report.content.evaluation
        incoming = _incoming(arrived, report, report.content, evaluation)
        return replace(
            arrived,
            identity=report.identity,
            incoming=replace(incoming, reasons=reasons),
            results=tuple(_results(evaluation)),
            answers=tuple(_answers(report.content)),
        )


def _drop(arrived: Arrival) -> None:
    """Take a copy away that nobody will record."""
    if arrived.copy is not None:
        with suppress(OSError):
            arrived.copy.unlink()


def _incoming(
    arrived: Arrival, report: VerificationReport, content: DossierContent, evaluation: Evaluation
) -> Incoming:
    counts = evaluation.counts()
    return Incoming(
        identity=report.identity,
        dossier=content.dossier,
        revision=content.revision,
        previous=content.previous,
        commune=content.commune.code,
        commune_name=content.commune.name,
        set_id=content.set.id,
        set_version=content.set.version,
        set_title=content.set.title if report.replay.set is None else report.replay.set.short_title.vi,
        year=content.year,
        taken_at=content.taken_at,
        received_at="",
        source=path_text(Path(arrived.source.name)),
        size=arrived.size,
        verification=report.verification.value,
        publisher=report.pack.publisher if report.pack is not None else "",
        met=counts[Verdict.MET],
        total=len(evaluation.indicators),
        reasons=(),
        signers=tuple(one.signer for one in report.signatures),
    )


def _results(evaluation: Evaluation) -> Iterator[Result]:
    yield "set", "", evaluation.overall.verdict.value
    for level, wholes in (("criterion", evaluation.criteria), ("indicator", evaluation.indicators)):
        yield from ((level, code, one.verdict.value) for code, one in wholes.items())


def _answers(content: DossierContent) -> Iterator[tuple[int, str]]:
    for about, text in content.remarks.items():
        number = about.removeprefix(ANSWER_PREFIX)
        if number != about and number.isascii() and number.isdecimal():
            yield int(number), text


def record(desk: ReviewDesk, arrival: Arrival) -> Taken:
    """Put what was found in its place and record it. Raises DiskFull, FileUnwritable, WorkspaceDamaged."""
    source = path_text(arrival.source)
    if arrival.incoming is None:
        if arrival.code == Outcome.DUPLICATE:
            return Taken(source, Outcome.DUPLICATE, arrival.identity)
        if arrival.code != LOCKED:  # that one waits for the key, and is offered again
            kept = _quarantine(desk, arrival)
            desk.folder.refuse(Refusal(source, arrival.size, arrival.code, arrival.about, kept))
        return Taken(source, Outcome.REFUSED, arrival.identity, code=arrival.code, about=arrival.about)
    here = desk.folder.find(arrival.identity)
    if here is None and arrival.copy is not None:
        made = desk.folder.take_in(arrival.incoming, arrival.results, arrival.copy)
        desk.folder.notes.answered(made.dossier, arrival.answers)
        return Taken(source, Outcome.TAKEN, made.identity, made)
    _drop(arrival)
    if here is None or len(arrival.incoming.reasons) >= len(here.reasons):
        return Taken(source, Outcome.DUPLICATE, arrival.identity, here)
    desk.folder.judge_again(arrival.incoming)
    return Taken(source, Outcome.JUDGED_AGAIN, arrival.identity, desk.folder.find(arrival.identity))


def _quarantine(desk: ReviewDesk, arrival: Arrival) -> str:
    """Keep a container that is not valid, and return its name there; nothing is kept of what is none."""
    if arrival.copy is None:
        return ""
    target = desk.folder.folder / QUARANTINE / arrival.copy.name
    try:
        Disk().rename(arrival.copy, target)
    except OSError as fault:
        raise unwritable(target, fault) from fault
    return target.name


def take_in(
    desk: ReviewDesk,
    places: Iterable[Path],
    tell: Callable[[Looking], None] | None = None,
    key: ReceivingKey | None = None,
) -> Iterator[Taken]:
    """Take in files and folders one after another, here and now, for the command line. Raises as `run` and `record`."""
    for arrival in Judging.at(desk, key).run(files_in(places), desk.now(), tell=tell):
        yield record(desk, arrival)
