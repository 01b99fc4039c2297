"""The folder of a reviewer: dossiers of many communes as they came in, and the one way to write to it.

    review.ntm        the SQLite file
    workspace.lock    who has it open
    dossiers/         the files as they came, by identity, never altered
    anchors/          certificates this office believes
    quarantine/       containers that are not valid, never deleted
    arriving/         copies that are still being judged
    boundaries.geojson  the communes' boundaries, once the office chose a file

What was judged is recorded in one transaction per dossier; a file nobody recorded lies in `arriving/` and goes at the
next start, its original is where it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Final, Self

from ntm_desktop.disk import Disk, fault_name, unwritable
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.workspace import review_schema
from ntm_desktop.workspace.connection import open_for_reading, open_for_writing, transaction, translated
from ntm_desktop.workspace.drive import hold_local
from ntm_desktop.workspace.errors import WorkspaceDamaged, WorkspaceNewer
from ntm_desktop.workspace.founding import founding
from ntm_desktop.workspace.journal import Clock, moment
from ntm_desktop.workspace.lock import Holder, Lock
from ntm_desktop.workspace.review_notes import ReviewNotes
from ntm_desktop.workspace.review_schema import FILE_NAME
from ntm_desktop.workspace.schema import HEAD_SIZE

DOSSIERS, ANCHORS, QUARANTINE, ARRIVING = "dossiers", "anchors", "quarantine", "arriving"

_FOLDERS: Final = (DOSSIERS, ANCHORS, QUARANTINE, ARRIVING)


@dataclass(eq=False)
class NotAReview(Refused):
    """Say that there is no reviewer's workspace in the folder."""

    folder: str

    code: ClassVar[str] = "not_a_review"
    what: ClassVar[str] = "There is no reviewer's workspace in {folder}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Choose the folder that holds the file review.ntm, or make a new one."


class Standing(StrEnum):
    """Where a dossier stands at the reviewer. The values are stored."""

    NEW = "new"
    OPEN = "open"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A dossier file that came in, as it was judged when it came. The fields are the columns."""

    identity: str
    dossier: str
    revision: int
    previous: str
    commune: str
    commune_name: str
    set_id: str
    set_version: str
    set_title: str
    year: int
    taken_at: str
    received_at: str
    """Set when it is recorded."""
    source: str
    """Name of the file it came as."""
    size: int
    verification: str
    """`VALID` or `UNKNOWN`; what is not valid is never taken in."""
    publisher: str
    met: int
    """Indicators met, recomputed."""
    total: int
    reasons: tuple[str, ...]
    """`ground:about` of what could not be concluded."""
    signers: tuple[str, ...]
    state: Standing = Standing.NEW


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was offered and not taken in."""

    source: str
    size: int
    code: str
    """Stable: code of an error, `not_valid`, `duplicate`."""
    about: str
    kept: str
    """Name in `quarantine/`; empty: nothing was kept of it."""
    at: str = ""


Result = tuple[str, str, str]
"""Level (`set`, `criterion`, `indicator`), code, verdict."""

_SELECT: Final = (
    "SELECT identity, dossier, revision, previous, commune, commune_name, set_id, set_version, set_title, year,"
    " taken_at, received_at, source, size, verification, publisher, met, total, reasons, signers, state FROM incoming"
)
_INSERT: Final = (
    "INSERT INTO incoming (identity, dossier, revision, previous, commune, commune_name, set_id, set_version,"
    " set_title, year, taken_at, received_at, source, size, verification, publisher, met, total, reasons, signers,"
    " state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class ReviewFolder:
    """The workspace of a reviewer, open for writing by this program alone."""

    def __init__(self, file: Path, connection: sqlite3.Connection, lock: Lock, clock: Clock) -> None:
        self.folder = file.parent
        self.clock = clock
        self.connection = connection
        self.file = file
        self.lock = lock
        """Keeps other programs from writing."""
        with translated(file):
            about = dict(connection.execute("SELECT name, value FROM about"))
        self.province: str = about.get("province", "")
        """Name of the province with its kind."""
        self.office: str = about.get("office", "")
        """Who reviews, as return slips name it."""
        self.notes = ReviewNotes(connection, file)
        """What reviewers wrote."""

    @classmethod
    def create(cls, folder: Path, *, province: str, office: str, who: str, clock: Clock) -> Self:
        """Make a reviewer's workspace in a new or empty folder and open it.

        Raises WorkspaceOnNetwork, WorkspaceExists, FolderNotEmpty, WorkspaceInUse, WorkspaceReadOnly, DiskFull,
        FileUnwritable.
        """
        about = {"province": province, "office": office, "created_at": moment(clock)}
        with founding(folder / FILE_NAME, _FOLDERS, Holder.here(who, moment(clock)), Disk()) as part:
            _lay(part, about)
        return cls.open(folder, who=who, clock=clock)

    @classmethod
    def open(cls, folder: Path, *, who: str, clock: Clock) -> Self:
        """Open a reviewer's workspace.

        Raises NotAReview, WorkspaceOnNetwork, WorkspaceInUse, WorkspaceNewer, WorkspaceDamaged, FileUnreadable,
        FileUnwritable.
        """
        file = folder / FILE_NAME
        if not file.is_file():
            raise NotAReview(str(folder))
        hold_local(folder)
        _hold_ours(file)
        lock = Lock(folder, Holder.here(who, moment(clock)))
        try:
            connection = open_for_writing(file)
            try:
                for name in _FOLDERS:
                    (folder / name).mkdir(exist_ok=True)
                _clear(folder / ARRIVING)
                return cls(file, connection, lock, clock)
            except BaseException:
                connection.close()
                raise
        except OSError as fault:
            lock.release()
            raise unwritable(folder, fault) from fault
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Let go of the file and the lock."""
        self.connection.close()
        self.lock.release()

    # ------------------------------------------------------------ dossiers

    def path_of(self, identity: str) -> Path:
        """Return where the file of a dossier lies, as it came."""
        return self.folder / DOSSIERS / f"{identity}.asice"

    def anchors(self) -> tuple[Path, ...]:
        """Return the certificate files this office believes."""
        return tuple(sorted(path for path in (self.folder / ANCHORS).iterdir() if path.is_file()))

    def incoming(self, set_id: str = "", year: int = 0) -> tuple[Incoming, ...]:
        """Return every dossier, or those of a set and year; a commune's revisions together, the latest first."""
        order = " ORDER BY set_id, year DESC, commune_name, commune, revision DESC, taken_at DESC, identity"
        with translated(self.file):
            if set_id:
                chosen = " WHERE set_id = ? AND year = ?"
                return tuple(_read(self.connection, chosen + order, (set_id, year)))
            return tuple(_read(self.connection, order))

    def find(self, identity: str) -> Incoming | None:
        """Return one dossier; None when it did not come in."""
        with translated(self.file):
            return next(_read(self.connection, " WHERE identity = ?", (identity,)), None)

    def take_in(self, one: Incoming, results: Iterable[Result], arrived: Path) -> Incoming:
        """Put the file in its place and record it with its verdicts, which count while no later revision is there.

        Raises DiskFull, FileUnwritable, WorkspaceDamaged; then it is not recorded.
        """
        disk, target = Disk(), self.path_of(one.identity)
        made = replace(one, received_at=moment(self.clock))
        try:
            disk.rename(arrived, target)
            disk.sync_folder(target.parent)
        except OSError as fault:
            raise unwritable(target, fault) from fault
        with transaction(self.connection, self.file):
            self.connection.execute(_INSERT, _row(made))
            if self._is_latest(made):
                self._put_results(made, results)
        return made

    def judge_again(self, one: Incoming) -> None:
        """Record what a later look at the same file found: a signer or a publisher is known now."""
        with transaction(self.connection, self.file):
            self.connection.execute(
                "UPDATE incoming SET verification = ?, reasons = ?, signers = ?, publisher = ?"
                " WHERE identity = ?",
                (one.verification, _listed(one.reasons), _listed(one.signers), one.publisher, one.identity),
            )

    def refuse(self, refusal: Refusal) -> None:
        """Record that a file was offered and not taken in."""
        made = replace(refusal, at=moment(self.clock))
        with transaction(self.connection, self.file):
            self.connection.execute(
                "INSERT OR REPLACE INTO refusal (source, size, code, about, kept, at) VALUES (?, ?, ?, ?, ?, ?)",
                astuple(made),
            )

    def refusals(self) -> tuple[Refusal, ...]:
        """Return what was not taken in, the last first."""
        with translated(self.file):
            rows = self.connection.execute(
                "SELECT source, size, code, about, kept, at FROM refusal ORDER BY seq DESC"
            ).fetchall()
        return tuple(Refusal(*row) for row in rows)

    def move(self, identity: str, state: Standing) -> None:
        """Say where a dossier stands now."""
        with transaction(self.connection, self.file):
            self.connection.execute(
                "UPDATE incoming SET state = ? WHERE identity = ?", (str(state), identity)
            )

    def deadlines(self) -> dict[tuple[str, int], str]:
        """Return the last day for a set and year, ISO 8601."""
        with translated(self.file):
            rows = self.connection.execute("SELECT set_id, year, day FROM deadline").fetchall()
        return {(set_id, year): day for set_id, year, day in rows}

    def set_deadline(self, set_id: str, year: int, day: str) -> None:
        """Say until which day dossiers of a set and year are to be here."""
        with transaction(self.connection, self.file):
            self.connection.execute("INSERT OR REPLACE INTO deadline VALUES (?, ?, ?)", (set_id, year, day))

    def results(self, set_id: str, year: int, level: str) -> dict[str, dict[str, str]]:
        """Return the verdicts of the latest revision of each commune: by code, by commune.

        SQLite puts a code together: a quarter of a million rows one by one take five times as long.
        """
        with translated(self.file):
            rows = self.connection.execute(
                "SELECT code, json_group_object(commune, verdict) FROM result"
                " WHERE set_id = ? AND year = ? AND level = ? GROUP BY code",
                (set_id, year, level),
            ).fetchall()
        return {code: json.loads(verdicts) for code, verdicts in rows}

    def _is_latest(self, one: Incoming) -> bool:
        """Say whether no later revision of the same commune, set and year is there."""
        found = self.connection.execute(
            "SELECT identity FROM incoming WHERE set_id = ? AND year = ? AND commune = ?"
            " ORDER BY revision DESC, taken_at DESC, identity LIMIT 1",
            (one.set_id, one.year, one.commune),
        ).fetchone()
        return bool(found[0] == one.identity)

    def _put_results(self, one: Incoming, results: Iterable[Result]) -> None:
        case = (one.set_id, one.year, one.commune)
        self.connection.execute("DELETE FROM result WHERE set_id = ? AND year = ? AND commune = ?", case)
        self.connection.executemany(
            "INSERT INTO result (set_id, year, level, code, commune, verdict, identity)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (one.set_id, one.year, level, code, one.commune, verdict, one.identity)
                for level, code, verdict in results
            ],
        )


def _lay(part: Path, about: Mapping[str, str]) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as connection, transaction(connection, part):
        review_schema.lay(connection)
        connection.executemany("INSERT INTO about (name, value) VALUES (?, ?)", list(about.items()))


def _row(one: Incoming) -> tuple[str | int, ...]:
    return (
        *(one.identity, one.dossier, one.revision, one.previous, one.commune, one.commune_name),
        *(one.set_id, one.set_version, one.set_title, one.year, one.taken_at, one.received_at),
        *(one.source, one.size, one.verification, one.publisher, one.met, one.total),
        *(_listed(one.reasons), _listed(one.signers), str(one.state)),
    )


def _listed(texts: tuple[str, ...]) -> str:
    return json.dumps(texts, ensure_ascii=False)


@lru_cache(maxsize=1024)
def _unlisted(text: str) -> tuple[str, ...]:
    """Return a stored list; thousands of dossiers have the same few."""
    return tuple(json.loads(text))


@contextmanager
def beside(folder: ReviewFolder) -> Iterator[ReviewFolder]:
    """Give an open workspace once more over a connection of its own, to be read in another thread.

    Raises WorkspaceDamaged, FileUnwritable.
    """
    connection = open_for_reading(folder.file)
    try:
        yield ReviewFolder(folder.file, connection, folder.lock, folder.clock)
    finally:
        connection.close()


def _read(
    connection: sqlite3.Connection, rest: str, parameters: tuple[str | int, ...] = ()
) -> Iterator[Incoming]:
    for row in connection.execute(_SELECT + rest, parameters):
        yield Incoming(
            *(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9]),
            *(row[10], row[11], row[12], row[13], row[14], row[15], row[16], row[17]),
            *(_unlisted(row[18]), _unlisted(row[19]), Standing(row[20])),
        )


def _hold_ours(file: Path) -> None:
    """Look at the first bytes before SQLite does. Raises FileUnreadable, WorkspaceDamaged, WorkspaceNewer."""
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD_SIZE)
    except OSError as fault:
        raise FileUnreadable(str(file), fault_name(fault)) from fault
    ours = len(head) == HEAD_SIZE and int.from_bytes(head[68:72], "big") == review_schema.APPLICATION_ID
    if not ours:
        raise WorkspaceDamaged(str(file.parent), "not the file of a reviewer")
    version = int.from_bytes(head[60:64], "big")
    if version > review_schema.CURRENT:
        raise WorkspaceNewer(str(file.parent), version, review_schema.CURRENT)


def _clear(folder: Path) -> None:
    for left in folder.iterdir():
        with suppress(OSError):  # what cannot be taken away now goes the next time
            left.unlink()
