"""The folder of a publisher's keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from securesystemslib.signer import SSlibKey

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.packs.repository.keys import KeyFolder, PassphraseMissing
from ntm_desktop.trust import locked_key


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locked_key, "ROUNDS", 10)


def test_a_key_signs_what_tuf_verifies(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path, {"targets-1": "một hai ba bốn"})
    made = keys.make("targets-1")
    opened = keys.open("targets-1")
    assert isinstance(opened.public_key, SSlibKey)
    assert opened.public_key == made.public_key == keys.public("targets-1")
    opened.public_key.verify_signature(opened.sign(b"abc"), b"abc")
    assert keys.by_id() == {opened.public_key.keyid: "targets-1"}


def test_a_new_key_gets_the_next_number_and_strange_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("root-1.pub", "root-10.pub", "thanh-hoa-3.pub", "root-x.pub", "root-11.txt"):
        (tmp_path / name).write_bytes(b"")
    keys = KeyFolder(tmp_path, {})
    assert keys.names() == ("root-1", "root-10", "thanh-hoa-3")
    assert [keys.next_name(role) for role in ("root", "thanh-hoa", "snapshot")] == [
        "root-11",
        "thanh-hoa-4",
        "snapshot-1",
    ]


def test_without_its_passphrase_no_key_is_made_or_opened(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path, {"root-1": "một hai ba bốn"})
    for act in (keys.make, keys.open):
        with pytest.raises(PassphraseMissing):
            act("root-2")
    assert "một" not in repr(keys) + repr(keys.make("root-1"))


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        KeyFolder(tmp_path / "none", {}).names()
