"""Workspaces and states made by hand, with a clock that ticks once per look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from ntm_desktop.disk import Disk
from ntm_desktop.facts.fact import Claim, FactKey, Provenance, Value
from ntm_desktop.facts.period import Period, year_period
from ntm_desktop.facts.subject import Commune
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.states import Dossier, NewClaim
from ntm_desktop.workspace.tables import all_cells

VINH_AN = Commune("30604", "Vĩnh An", "Xã", "Tỉnh An Giang", "ấp")
WHO = "Nguyễn Thị Hồng"
HASH = "ab" * 32
OPEN_DOSSIER = Dossier("d1", "vn-xa-ntm-2021-2025", "1.0.0", HASH, 2023, date(2023, 11, 1))
EVIDENCE = Evidence(HASH, 3, "báo cáo.pdf", "application/pdf", dated=date(2023, 10, 2), added_by=WHO)


class Ticking:
    """A clock that is one second later at each look."""

    def __init__(self) -> None:
        self.now = datetime(2023, 11, 1, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def make_workspace(folder: Path, disk: Disk | None = None) -> Workspace:
    """Make and open the workspace of Vinh An."""
    return Workspace.create(folder / "xã Vĩnh An", VINH_AN, who=WHO, clock=Ticking(), disk=disk)


def reopen(folder: Path, *, read_only: bool = False) -> Workspace:
    """Open the workspace that `make_workspace` made."""
    return Workspace.open(folder / "xã Vĩnh An", who=WHO, clock=Ticking(), read_only=read_only)


def key_of(element: str = "so_ho", subject: str = "", period: Period | None = None) -> FactKey:
    """Make a key of the year 2023."""
    return FactKey(element, subject, period or year_period(2023))


def claim_of(value: Value | None, *, source: str = "", text: str | None = None) -> Claim:
    """Make a claim; its id says source and value, so that two that differ never share one."""
    shown = str(value) if text is None else text
    return Claim(
        f"{source}/{shown}", shown, value, provenance=Provenance(source), who=WHO, at="2023-11-01T00:00:00Z"
    )


def new_claim(value: Value | int | None, *, key: FactKey | None = None, source: str = "") -> NewClaim:
    """Make the state of a claim; whole numbers are made fractions."""
    exact = Fraction(value) if type(value) is int else value
    return NewClaim(key or key_of(), source, claim_of(exact, source=source))


def withdrawn(*, key: FactKey | None = None, source: str = "") -> NewClaim:
    """Make the state that takes a claim away."""
    return NewClaim(key or key_of(), source, None)


def dump(workspace: Workspace) -> set[tuple[str, str, str]]:
    """Return everything that holds in the tables of the journal's kinds, except the commune."""
    return {
        (str(kind), target, body)
        for kind, target, body in all_cells(workspace._connection)
        if kind != "commune"
    }


def files_in(folder: Path) -> dict[str, tuple[int, int]]:
    """Return every file below a folder with size and time of its last change."""
    return dict(_files(folder))


def _files(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), (path.stat().st_size, path.stat().st_mtime_ns)
