"""The file that carries newer code of this program, apart from its runtime: built from source, read believing nothing.

    program.json                         version, day, runtime, what it imports, the SHA-256 of every file
    ntm_desktop/...                      the code
    ntm_desktop/_resources/...           packs, fonts, tables
    ntm_desktop/_translations/...        texts, compiled

A tar in one xz stream, names in order, no dates: the same tree gives the same bytes. The runtime is named by the
SHA-256 of the list of pinned libraries; what the code imports from outside itself is listed too, because a frozen
program holds only what its own version once needed.
"""

from __future__ import annotations

import ast
import hashlib
import io
import lzma
import re
import sys
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ntm_desktop.packs.program.refusals import NoProgramTree, UpdateDamaged
from ntm_desktop.packs.repository.layout import LARGEST_PROGRAM
from ntm_desktop.snapshot.canonical import Json, canonical_bytes, parse

FORMAT: Final = 1
HEAD: Final = "program.json"
PACKAGE: Final = "ntm_desktop"
LOCK: Final = "packaging/locks/runtime.txt"
MOST_FILES: Final = 5_000
MOST_INFLATED: Final = 64 << 20

_DATA: Final = {"resources": "_resources", "translations": "_translations"}
_LEFT_OUT: Final = frozenset({".po", ".pot", ".pyc"})
_EFFORT: Final = 2
"""Of xz: more takes four times as long and saves a tenth."""
_MEMORY: Final = 128 << 20
"""Bytes that unpacking may claim."""
_VERSION: Final = re.compile(r"\d{1,6}\.\d{1,6}\.\d{1,6}", re.ASCII)
_RUNTIME: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SAFE: Final = re.compile(rf"{PACKAGE}(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)+", re.ASCII)
_FAULTS: Final = (lzma.LZMAError, tarfile.TarError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Update:
    """A version of the program, apart from its runtime."""

    version: str
    released: str
    """`2027-01-31`."""
    runtime: str
    """SHA-256 of the list of pinned libraries."""
    needs: tuple[str, ...]
    """Modules from outside it that its code imports wherever it runs."""
    files: Mapping[str, bytes]
    """By their paths, `ntm_desktop/...`."""

    def missing(self) -> tuple[str, ...]:
        """Return what its code imports and this runtime does not have."""
        return tuple(name for name in self.needs if not _is_there(name))


def build_update(tree: Path) -> bytes:
    """Build the file from the source of the program. Raises NoProgramTree."""
    try:
        lock = (tree / LOCK).read_bytes()
        files = dict(_files_of(tree))
        said = _constants(files[f"{PACKAGE}/__init__.py"])
        needs = _imported(files)
    except OSError as fault:
        raise NoProgramTree(str(tree), Path(fault.filename or "").name) from fault
    except (SyntaxError, ValueError, KeyError) as fault:
        raise NoProgramTree(str(tree), f"{PACKAGE}/__init__.py") from fault
    runtime = hashlib.sha256(lock).hexdigest()
    update = Update(said.get("__version__", ""), said.get("__released__", ""), runtime, needs, files)
    if not _VERSION.fullmatch(update.version):
        raise NoProgramTree(str(tree), "__version__")
    return _written(update)


def read_update(content: bytes) -> Update:
    """Read the file; every content is compared with its hash. Raises UpdateDamaged."""
    if len(content) > LARGEST_PROGRAM:
        raise UpdateDamaged("too_large")
    try:
        with tarfile.open(fileobj=io.BytesIO(_unpacked(content)), mode="r:") as archive:
            return _update(dict(_entries(archive)))
    except _FAULTS as fault:
        raise UpdateDamaged(type(fault).__name__) from fault


# -------------------------------------------------------------------- building


def _files_of(tree: Path) -> Iterator[tuple[str, bytes]]:
    for source, inside in {PACKAGE: "", **_DATA}.items():
        base = tree / source
        for path in sorted(base.rglob("*")) if base.is_dir() else _nothing(base):
            name = "/".join(part for part in (PACKAGE, inside, path.relative_to(base).as_posix()) if part)
            if path.is_file() and path.suffix not in _LEFT_OUT:
                yield name, path.read_bytes()


def _nothing(base: Path) -> Iterator[Path]:
    raise FileNotFoundError(2, "missing", str(base))


def _constants(source: bytes) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def _imported(files: Mapping[str, bytes]) -> tuple[str, ...]:
    found: set[str] = set()
    for name, content in files.items():
        if name.endswith(".py"):
            found.update(_imports(ast.parse(content).body))
    return tuple(sorted(one for one in found if one.partition(".")[0] not in {PACKAGE, "__future__"}))


def _imports(body: Sequence[ast.stmt]) -> Iterator[str]:
    """Give what is imported wherever the code runs: what stands under a condition may be for one system only."""
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield statement.module or ""
        elif not isinstance(statement, ast.If | ast.Try):
            yield from _imports(getattr(statement, "body", ()))


def _written(update: Update) -> bytes:
    hashes: dict[str, Json] = {
        name: hashlib.sha256(content).hexdigest() for name, content in update.files.items()
    }
    head: Json = {
        "format": FORMAT,
        "version": update.version,
        "released": update.released,
        "runtime": update.runtime,
        "needs": list(update.needs),
        "files": hashes,
    }
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in sorted({**update.files, HEAD: canonical_bytes(head)}.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return lzma.compress(file.getvalue(), preset=_EFFORT)


# -------------------------------------------------------------------- reading


def _unpacked(content: bytes) -> bytes:
    """Unpack one xz stream, as far as an honest one goes."""
    stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, _MEMORY)
    unpacked = stream.decompress(content, MOST_INFLATED)
    if not stream.eof or stream.unused_data:
        raise UpdateDamaged("inflates_too_far")
    return unpacked


def _entries(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    """Give the files, refusing the whole for a name or a kind that no honest file holds."""
    seen: set[str] = set()
    for entry in archive:
        if entry.name.casefold() in seen or len(seen) >= MOST_FILES:
            raise UpdateDamaged("names")
        if not entry.isreg() or not (entry.name == HEAD or _SAFE.fullmatch(entry.name)):
            raise UpdateDamaged("unsafe_name")
        seen.add(entry.name.casefold())
        file = archive.extractfile(entry)
        yield entry.name, b"" if file is None else file.read()


def _update(found: dict[str, bytes]) -> Update:
    head = parse(found.pop(HEAD, b""))
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise UpdateDamaged("format")
    hashes, needs = head.get("files"), head.get("needs")
    version, runtime, released = (str(head.get(name)) for name in ("version", "runtime", "released"))
    if not _VERSION.fullmatch(version) or not _RUNTIME.fullmatch(runtime) or not isinstance(needs, list):
        raise UpdateDamaged("head")
    if hashes != {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}:
        raise UpdateDamaged("files")
    return Update(version, released, runtime, tuple(map(str, needs)), found)


def _is_there(module: str) -> bool:
    try:
        return module in sys.modules or find_spec(module) is not None
    except (ImportError, ValueError):
        return False
