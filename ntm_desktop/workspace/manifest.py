"""What a copy of a workspace holds, file by file: written last, read believing nothing.

A copy is complete when its manifest is there. The same JSON stands beside a copy in a folder and at the end of a copy
in one file (docs/backup-file.md).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.errors import Damaged
from ntm_desktop.snapshot.canonical import Json, NotCanonical, canonical_bytes, parse
from ntm_desktop.workspace.shapes import as_count, as_list, as_text

FORMAT: Final = 1
LARGEST: Final = 64 << 20
"""Bytes a manifest may have: far more than 100,000 files need."""
DATABASE: Final = "workspace.ntm"

_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_EVIDENCE: Final = re.compile(r"evidence/[0-9a-f]{2}/([0-9a-f]{64})", re.ASCII)
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]')
_LONGEST: Final = 100
"""Bytes: what the head of a tar archive takes."""
_DEEPEST: Final = 6


@dataclass(eq=False)
class CopyDamaged(Damaged):
    """Say that a copy is not complete or was changed after it was made."""

    path: str
    detail: str
    """For the technical details only, in English, without names."""

    code: ClassVar[str] = "copy_damaged"
    what: ClassVar[str] = "The copy {path} is not complete, or it was changed after it was made."
    safe: ClassVar[str] = "Nothing was restored from it; the workspace in use was not touched."
    next_step: ClassVar[str] = "Choose another copy; make a new one if the workspace is sound."


@dataclass(frozen=True, slots=True)
class Held:
    """One file of a copy."""

    name: str
    """Path inside the workspace, with `/`."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds."""

    workspace: str
    """Id of the workspace."""
    commune: str
    """Code of the commune."""
    at: str
    """UTC, ISO 8601 with `Z`."""
    head: str
    """Id of the last edit in it."""
    facts: int
    database: Held
    files: tuple[Held, ...]
    missing: tuple[str, ...]
    """SHA-256 of evidence that was not there or no longer itself when the copy was made."""

    @property
    def size(self) -> int:
        """Bytes of everything in it."""
        return self.database.size + sum(file.size for file in self.files)

    def encode(self) -> bytes:
        """Return the JSON of it."""
        files: list[Json] = [[file.name, file.size, file.sha256] for file in self.files]
        missing: list[Json] = [*self.missing]
        return canonical_bytes(
            {
                "format": FORMAT,
                "workspace": self.workspace,
                "commune": self.commune,
                "at": self.at,
                "head": self.head,
                "facts": self.facts,
                "database": [self.database.name, self.database.size, self.database.sha256],
                "files": files,
                "missing": missing,
            }
        )


def decode(content: bytes, path: str) -> Manifest:
    """Read a manifest that may come from anywhere. Raises CopyDamaged."""
    try:
        value = parse(content)
    except NotCanonical as error:
        raise CopyDamaged(path, str(error)) from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise CopyDamaged(path, "format")
    try:
        manifest = Manifest(
            workspace=as_text(value["workspace"]),
            commune=as_text(value["commune"]),
            at=as_text(value["at"]),
            head=as_text(value["head"]),
            facts=as_count(value["facts"]),
            database=_held(value["database"]),
            files=tuple(_held(each) for each in as_list(value["files"])),
            missing=tuple(as_text(each) for each in as_list(value["missing"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CopyDamaged(path, "manifest") from error
    names = {file.name.casefold() for file in manifest.files}
    if len(names) != len(manifest.files) or manifest.database.name != DATABASE:
        raise CopyDamaged(path, "names")
    return manifest


def is_safe_name(name: str) -> bool:
    """Say whether a file of this name may be written: below the folder, on every system, beside the database."""
    parts = name.split("/")
    return (
        1 < len(parts) <= _DEEPEST
        and len(name.encode()) <= _LONGEST
        and parts[0] not in {"", "copies"}
        and all(_is_safe_part(part) for part in parts)
    )


def kept_name(name: str) -> str:
    """Return the name a file has in a copy: its own, or where that would not do everywhere, one made from it."""
    if is_safe_name(name):
        return name
    return f"quarantine/{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:40]}"


def hash_in_name(name: str) -> str | None:
    """Return the SHA-256 that the name of a file of evidence is; None for any other file."""
    match = _EVIDENCE.fullmatch(name)
    return match[1] if match is not None else None


def names_in(folder: Path) -> tuple[str, ...]:
    """Return every file of a workspace that a copy holds beside the database, by its path inside. Raises OSError.

    That is everything in its folders but the copies themselves and what a crash left unfinished.
    """
    return tuple(
        sorted(
            path.relative_to(folder).as_posix()
            for top in folder.iterdir()
            if top.is_dir() and not top.is_symlink() and top.name != "copies"
            for path in top.rglob("*")
            if path.is_file() and not path.is_symlink() and path.suffix != ".part"
        )
    )


def _is_safe_part(part: str) -> bool:
    return (
        part not in {"", ".", ".."}
        and part[-1] not in ". "
        and _FORBIDDEN.search(part) is None
        and _RESERVED.fullmatch(part) is None
    )


def _held(value: Json) -> Held:
    name, size, sha256 = as_list(value)
    held = Held(as_text(name), as_count(size), as_text(sha256))
    if (held.name != DATABASE and not is_safe_name(held.name)) or _HASH.fullmatch(held.sha256) is None:
        raise ValueError(held.name)
    return held
