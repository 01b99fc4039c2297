"""What arrives is named by its manifest, and only when every byte is as the manifest says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ntm_desktop.operations import receiving
from ntm_desktop.operations.receiving import contents_of, identity_of
from ntm_desktop.operations.seal import Built
from ntm_desktop.transfer.arriving import Announced, Arrivals


def test_a_whole_dossier_has_its_identity(sealed: Built) -> None:
    assert identity_of(sealed.path) == sealed.identity


def test_what_is_no_dossier_or_was_changed_has_none(tmp_path: Path, sealed: Built) -> None:
    changed = tmp_path / "a.asice"
    content = bytearray(sealed.path.read_bytes())
    content[len(content) // 2] ^= 1
    for bad in (bytes(content), b"PK\x03\x04 rac", b""):
        changed.write_bytes(bad)
        with pytest.raises(ValueError, match=r"^(not_a_container)?$"):
            identity_of(changed)
    with pytest.raises(OSError, match="ENOENT"):
        identity_of(tmp_path / "khong co")


def test_the_contents_of_a_dossier_are_its_manifest_and_places(tmp_path: Path, sealed: Built) -> None:
    manifest, spans = contents_of(sealed.path)
    assert hashlib.sha256(manifest).hexdigest() == sealed.identity
    assert spans
    (tmp_path / "a.asice").write_bytes(b"rac")
    with pytest.raises(ValueError, match="not_a_container"):
        contents_of(tmp_path / "a.asice")
    with pytest.raises(OSError, match="ENOENT"):
        contents_of(tmp_path / "khong co")


def test_what_was_whole_when_it_was_killed_is_told_first(
    tmp_path: Path, sealed: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrivals = Arrivals(tmp_path / "nhan", identity_of)
    arrivals.prepare()
    content = sealed.path.read_bytes()
    upload = arrivals.begin(Announced(len(content), hashlib.sha256(content).hexdigest(), sealed.identity))
    arrivals.append(upload, content)
    told: list[object] = []
    monkeypatch.setattr(receiving, "serve", lambda _application, *where: told.append(where))
    receiving.receive(tmp_path / "nhan", "127.0.0.1", 1, "", told.append)
    assert told == [sealed.identity, ("127.0.0.1", 1)]
