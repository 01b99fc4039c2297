"""Containers to write and to spoil."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from ntm_desktop.dossier.container import Entry, Written, bytes_entry, write_container
from ntm_desktop.dossier.manifest import CONTAINER_TYPE, MANIFEST_NAME, SIGNATURE_NAME

FILES: Mapping[str, bytes] = {
    "dossier.json": '{"xã": "Mỹ Lộc"}'.encode(),
    "pack/set.json": b'{"set": 1}',
    "documents/01_bao_cao.pdf": b"%PDF-1.7 " + bytes(range(256)) * 40,
    "evidence/0a1b2c3d4e5f_anh.jpg": b"\xff\xd8" + b"anh" * 5000,
    "evidence/ffffffffffff_trong.txt": b"",
    "index.html": b"<!doctype html><title>x</title>",
}


def entries(files: Mapping[str, bytes] = FILES) -> list[Entry]:
    return [bytes_entry(name, "application/octet-stream", content) for name, content in files.items()]


def fake_sign(manifest: bytes) -> bytes:
    """Sign so that a test can see which bytes were signed."""
    return b"signed:" + hashlib.sha256(manifest).digest()


def write(
    path: Path, files: Mapping[str, bytes] = FILES, sign: Callable[[bytes], bytes] | None = fake_sign
) -> Written:
    return write_container(path, entries(files), sign)


def rezip(
    source: Path,
    target: Path,
    *,
    replace: Mapping[str, bytes | None],
    add: tuple[tuple[str, bytes], ...] = (),
    remanifest: bool = False,
) -> Path:
    """Pack a container again with another program: replace contents (None drops the file), add files behind.

    With `remanifest` the manifest is written anew, as for a container nobody signed.
    """
    if remanifest:
        with zipfile.ZipFile(source) as old:
            manifest = old.read(MANIFEST_NAME)
            for name, content in replace.items():
                before, after = (hashlib.sha256(one).digest() for one in (old.read(name), content or b""))
                manifest = manifest.replace(base64.b64encode(before), base64.b64encode(after))
        replace = {**replace, MANIFEST_NAME: manifest}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = replace.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in add:
            new.writestr(name, content)
    return target


def spoil_name(path: Path, name: str, spoiled: str) -> None:
    """Put another name of the same length in place of every copy of a name, as an editor of bytes would."""
    assert len(name) == len(spoiled)
    path.write_bytes(path.read_bytes().replace(name.encode(), spoiled.encode()))


__all__ = [
    "CONTAINER_TYPE",
    "FILES",
    "MANIFEST_NAME",
    "SIGNATURE_NAME",
    "entries",
    "fake_sign",
    "rezip",
    "spoil_name",
    "write",
]
