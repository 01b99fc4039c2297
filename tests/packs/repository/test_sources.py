"""Where repositories are read from."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.packs.repository.lists import SignedLists
from ntm_desktop.packs.repository.refusals import PartMissing, PartTooLarge, Tampered
from ntm_desktop.packs.repository.sources import (
    FetchedSource,
    FolderSource,
    ListsSource,
    require,
    require_listed,
)

NAME = "metadata/1.root.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "metadata").mkdir()
    (tmp_path / NAME).write_bytes(b"{}")
    return tmp_path


def test_a_folder_gives_its_files_up_to_their_limit(folder: Path) -> None:
    source = FolderSource(folder)
    assert (source.carried, source.read(NAME, 2), source.read("metadata/2.root.json", 9)) == (
        True,
        b"{}",
        None,
    )
    assert source.read(f"{NAME}/x", 9) is None
    with pytest.raises(PartTooLarge):
        source.read(NAME, 1)
    with pytest.raises(PartMissing):
        require(source, "metadata/2.root.json", 9)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_and_pipes_in_a_folder_are_not_followed(folder: Path) -> None:
    (folder / "secret").write_bytes(b"{}")
    (folder / "metadata/2.root.json").symlink_to(folder / "secret")
    (folder / "linked").symlink_to(folder / "metadata")
    os.mkfifo(folder / "metadata/3.root.json")
    for name in ("metadata/2.root.json", "linked/1.root.json", "metadata/3.root.json"):
        with pytest.raises(FileUnreadable, match="not_a_file"):
            FolderSource(folder).read(name, 9)


def test_a_folder_in_the_place_of_a_file_is_unreadable(folder: Path) -> None:
    with pytest.raises(FileUnreadable):
        FolderSource(folder).read("metadata", 9)


def test_a_server_is_asked_with_the_limit_and_its_answer_is_measured() -> None:
    asked = []

    def fetch(address: str, limit: int) -> bytes:
        asked.append((address, limit))
        if "2." in address:
            raise FileNotFoundError
        return b"{}"

    source = FetchedSource("https://goi.example/kho/", fetch)
    assert (source.carried, source.read(NAME, 2), source.read("metadata/2.root.json", 5)) == (
        False,
        b"{}",
        None,
    )
    assert asked == [
        ("https://goi.example/kho/metadata/1.root.json", 2),
        ("https://goi.example/kho/metadata/2.root.json", 5),
    ]
    with pytest.raises(PartTooLarge):
        source.read(NAME, 1)


def test_kept_lists_are_found_by_their_names() -> None:
    source = ListsSource(SignedLists((b"r",), b"t", b"s", b"p", {"thanh-hoa": b"h"}), {4: b"r"})
    names = ("4.root", "1.root", "timestamp", "9.snapshot", "9.targets", "9.thanh-hoa", "9.nghe-an")
    found = [source.read(f"metadata/{name}.json", 9) for name in names]
    assert found == [b"r", None, b"t", b"s", b"p", b"h", None]
    assert source.read("targets/packs/a.json", 9) is None
    with pytest.raises(PartTooLarge):
        source.read("metadata/4.root.json", 0)


def test_a_folder_is_carried_by_hand_and_kept_lists_are_too(tmp_path: Path) -> None:
    assert FolderSource(tmp_path).carried
    assert ListsSource(SignedLists((b"",)), {}).carried


def test_a_content_that_is_not_the_listed_one_is_refused(tmp_path: Path) -> None:
    sha256 = hashlib.sha256(b"content").hexdigest()
    file = tmp_path / "targets/packs" / f"{sha256}.a.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"content")
    assert require_listed(FolderSource(tmp_path), "packs/a.json", sha256, 7) == b"content"
    for spoilt in (b"contenX", b"conten"):
        file.write_bytes(spoilt)
        with pytest.raises(Tampered):
            require_listed(FolderSource(tmp_path), "packs/a.json", sha256, 7)
