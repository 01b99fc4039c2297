"""The support package: what helps to find a fault, without a name or a figure, shown before it is saved.

Nothing gets in by being copied: every line is made here from a list of known facts, and of the log only lines of the
one shape that `log_fault` writes (kind of fault, file of the program, line) are taken.
"""

from __future__ import annotations

import platform
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from ntm_desktop import __version__, settings
from ntm_desktop.disk import Disk
from ntm_desktop.errors import Cancelled, NtmError
from ntm_desktop.fault_log import LOG_NAME
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.doctor import examine_with
from ntm_desktop.operations.targets import require_file_target
from ntm_desktop.workspace.carrying import at_place, write_new

__all__ = ["save_support", "support_text"]

_LOGS: Final = (f"{LOG_NAME}.3", f"{LOG_NAME}.2", f"{LOG_NAME}.1", LOG_NAME)
"""The oldest first."""
_MOST_LINES: Final = 400
_LARGEST_LOG: Final = 1 << 20
_PLACE: Final = r"[A-Za-z_]\w{0,60}\.py:\d{1,6} [A-Za-z_<]\w{0,60}>?"
_LOG_LINE: Final = re.compile(
    rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d,\d{{3}} ERROR [A-Za-z_]\w{{0,60}} at {_PLACE}(?: < {_PLACE})*",
    re.ASCII,
)
_PLAIN: Final = re.compile(r"[A-Za-z0-9._+-]{1,60}")
_MEGABYTE: Final = 1000 * 1000


def support_text(folder: Path, now: datetime, watch: Watch) -> str:
    """Return the whole package as text, of a workspace that may be damaged or gone. Raises Cancelled."""
    lines = [
        _("Support package of NTM Desktop. It holds no name, no figure and no folder of the commune."),
        "",
        _("[Program and computer]"),
        *_machine(now),
        "",
        _("[Workspace]"),
        *_workspace(folder, now, watch),
        "",
        _("[Log of faults]"),
        *(_log() or [_("no fault was noted")]),
    ]
    return "\n".join(lines) + "\n"


def save_support(text: str, target: Path, workspace: Path) -> None:
    """Save what was shown, beside and then renamed. Raises NoPlaceForFiles, PlaceGone, DiskFull, FileUnwritable."""
    require_file_target(target, workspace)
    with at_place(target):
        write_new(target, iter([text.encode("utf-8")]), Disk(), Watch())


def _machine(now: datetime) -> Iterator[str]:
    """Give facts about the program and the system; never the names of the computer or the user."""
    yield f"time: {now.isoformat(timespec='minutes')}"
    yield f"ntm-desktop: {__version__}"
    for name, value in (
        ("python", platform.python_version()),
        ("system", platform.system()),
        ("release", platform.release()),
        ("machine", platform.machine()),
    ):
        yield f"{name}: {value if _PLAIN.fullmatch(value) else '?'}"
    chosen = settings.load()
    yield f"language: {chosen.language if chosen.language in ('vi', 'en') else '?'}"


def _workspace(folder: Path, now: datetime, watch: Watch) -> Iterator[str]:
    """Give what the diagnosis found, as codes and how often; what they are about may be a name and stays out."""
    yield f"path-length: {len(str(folder))}"
    yield f"path-ascii: {'yes' if str(folder).isascii() else 'no'}"
    try:
        found = examine_with(folder, now, watch)
    except Cancelled:
        raise
    except NtmError as fault:
        yield f"error: {fault.code}"
        return
    yield f"schema: {found.version}"
    yield f"healthy: {'yes' if found.healthy else 'no'}"
    yield f"held: {'yes' if found.holder is not None else 'no'}"
    yield f"free-mb: {found.free_bytes // _MEGABYTE}"
    yield f"evidence-files: {found.evidence_files}"
    for code, times in sorted(Counter(str(code) for code, _about in found.findings).items()):
        yield f"finding: {code} x{times}"


def _log() -> list[str]:
    """Return the last lines of the log; a line of another shape is only counted."""
    folder, kept, strange = settings.user_folder("log"), list[str](), 0
    for name in _LOGS:
        try:
            with (folder / name).open("rb") as file:
                content = file.read(_LARGEST_LOG)
        except OSError:
            continue
        for line in content.decode("utf-8", "replace").splitlines():
            if _LOG_LINE.fullmatch(line):
                kept.append(line)
            else:
                strange += 1
    left_out = (
        [_("left out because they may hold more: {count} lines").format(count=strange)] if strange else []
    )
    return kept[-_MOST_LINES:] + left_out
