"""What the window showed last, in words: kept so that the next start can paint its frame before anything is opened.

Rules:
* One small file per user, beside the settings, not in the commune's folder: that one may be read-only or another's.
* It holds what stands around the work (commune, dossier, names of the criteria) and never a figure or a verdict: those
  may have changed since.
* What is read is not trusted: anything but a small file of the expected shape, for this very workspace, language and
  version, counts as no outline, and the window comes as it does on a first start.
* This module is on the way to the first paint: it imports nothing that is not there already.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ntm_desktop import __version__, settings

MOST_BYTES = 64 << 10
MOST_LETTERS = 200
MOST_ROWS = 400
"""Criteria and indicators together; the largest set shipped has 94."""


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A criterion or an indicator in the tree."""

    code: str
    name: str
    indicators: tuple[OutlineRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineScreen:
    """A screen of the rail."""

    icon: str
    word: str
    foot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The words of the frame, as they were shown last."""

    workspace: str
    """Folder of the workspace."""
    language: str
    title: str
    """Of the window."""
    commune: str
    place: str
    dossier: str
    find: str
    opening: str
    """What the status bar says until the workspace is open."""
    filters: tuple[str, ...]
    screens: tuple[OutlineScreen, ...]
    screen: str
    """The word of the screen that opens."""
    criteria: tuple[OutlineRow, ...]
    selected: str
    """Code of the row the officer begins with."""

    def shown(self) -> Iterator[tuple[OutlineRow, bool]]:
        """Give the rows of the tree as it opens, each with whether it is an indicator: one criterion is unfolded."""
        for criterion in self.criteria:
            yield criterion, False
            if any(indicator.code == self.selected for indicator in criterion.indicators):
                for indicator in criterion.indicators:
                    yield indicator, True


def _file() -> Path:
    return settings.user_folder("config") / "outline.json"


def read(workspace: Path, language: str) -> Outline | None:
    """Return what this workspace's window showed last; None where nothing usable is kept."""
    try:
        with _file().open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        kept = json.loads(content) if len(content) <= MOST_BYTES else None
        if not isinstance(kept, dict) or kept.pop("version", None) != __version__:
            return None
        outline = _outline(kept)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return outline if (outline.workspace, outline.language) == (str(workspace), language) else None


def save(outline: Outline | None) -> None:
    """Keep it for the next start, or nothing for None. Raises OSError when the folder cannot be written."""
    target = _file()
    if outline is None:
        target.unlink(missing_ok=True)
        return
    content = json.dumps({"version": __version__, **asdict(outline)}, ensure_ascii=False).encode()
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".part")
    beside.write_bytes(content)
    beside.replace(target)


def _outline(kept: dict[str, object]) -> Outline:
    """Check what is kept. Raises ValueError, TypeError or KeyError for any other shape."""
    screens = tuple(
        OutlineScreen(_text(one["icon"]), _text(one["word"]), one["foot"] is True)
        for one in _dicts(kept.pop("screens"))
    )
    criteria = tuple(
        OutlineRow(
            _text(one["code"]),
            _text(one["name"]),
            tuple(OutlineRow(_text(row["code"]), _text(row["name"])) for row in _dicts(one["indicators"])),
        )
        for one in _dicts(kept.pop("criteria"))
    )
    if sum(1 + len(one.indicators) for one in criteria) > MOST_ROWS:
        raise ValueError(MOST_ROWS)
    filters = tuple(_text(one) for one in _list(kept.pop("filters")))
    words = {name: _text(word) for name, word in kept.items()}
    return Outline(criteria=criteria, screens=screens, filters=filters, **words)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MOST_LETTERS:
        raise ValueError(value)
    return value


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        raise ValueError(value)
    return value


def _dicts(value: object) -> Iterator[dict[str, object]]:
    for one in _list(value):
        if not isinstance(one, dict):
            raise TypeError(one)
        yield one
