"""Where the files of a container lie: told from directory and manifest alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ntm_desktop.dossier.bodies import manifest_spans
from ntm_desktop.dossier.ziplayout import NotAContainer
from ntm_desktop.errors import FileUnreadable
from tests.support.containers import FILES, rezip, write


def test_every_file_is_where_it_is_said_to_be(tmp_path: Path) -> None:
    written = write(tmp_path / "a.asice")
    manifest, spans = manifest_spans(tmp_path / "a.asice")
    assert hashlib.sha256(manifest).hexdigest() == written.identity
    content = (tmp_path / "a.asice").read_bytes()
    assert [content[at : at + size] for at, size, _sha256 in spans] == list(FILES.values())
    assert [one[2] for one in spans] == [hashlib.sha256(each).hexdigest() for each in FILES.values()]


def test_what_the_manifest_names_and_is_not_there_has_no_place(tmp_path: Path) -> None:
    write(tmp_path / "a.asice")
    rezip(tmp_path / "a.asice", tmp_path / "b.asice", replace={"index.html": None})
    assert len(manifest_spans(tmp_path / "b.asice")[1]) == len(FILES) - 1


def test_what_is_no_container_has_none(tmp_path: Path) -> None:
    write(tmp_path / "a.asice")
    rezip(tmp_path / "a.asice", tmp_path / "b.asice", replace={"META-INF/ASiCManifest001.xml": None})
    for name in ("b.asice", "c.asice"):
        (tmp_path / "c.asice").write_bytes(b"rac")
        with pytest.raises(NotAContainer):
            manifest_spans(tmp_path / name)
    with pytest.raises(FileUnreadable):
        manifest_spans(tmp_path / "khong co")
