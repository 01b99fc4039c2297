"""The update file: the same from the same tree, and nothing of it is believed before it was compared."""

from __future__ import annotations

import dataclasses
import io
import lzma
import tarfile
from pathlib import Path

import pytest

from ntm_desktop import __version__
from ntm_desktop.packs.program import update_file
from ntm_desktop.packs.program.refusals import NoProgramTree, UpdateDamaged
from ntm_desktop.packs.program.update_file import HEAD, build_update, read_update
from tests.support.programs import NEW, RUNTIME, opened_update, this_update, update_of, write_tree


def _tar(*entries: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            entry.size, entry.type = len(content), kind
            archive.addfile(entry, io.BytesIO(content))
    return lzma.compress(file.getvalue())


def test_the_same_tree_gives_the_same_bytes(tmp_path: Path) -> None:
    one = build_update(write_tree(tmp_path / "a"))
    assert one == build_update(write_tree(tmp_path / "b"))
    found = read_update(one)
    assert (found.version, found.released, found.runtime) == (NEW, "2027-01-31", RUNTIME)
    assert sorted(found.files) == [
        "ntm_desktop/__init__.py",
        "ntm_desktop/__main__.py",
        "ntm_desktop/_resources/packs/one.json",
        "ntm_desktop/_translations/vi.mo",
        "ntm_desktop/inner/__init__.py",
        "ntm_desktop/inner/part.py",
    ]


def test_the_update_of_this_version_is_small_and_this_runtime_has_what_it_needs() -> None:
    content = this_update()
    assert len(content) < 3_000_000
    found = read_update(content)
    assert found.version == __version__
    assert found.missing() == ()
    assert {"PySide6.QtWidgets", "tuf.api.metadata"} <= set(found.needs)


def test_what_is_imported_only_on_some_systems_is_not_needed(tmp_path: Path) -> None:
    source = (
        "import sys\n"
        "from os import path\n"
        "if sys.platform == 'win32':\n    import msvcrt\n"
        "try:\n    import no_such\nexcept ImportError:\n    pass\n"
        "def late():\n    import no_such_library.part\n"
    )
    found = opened_update(tmp_path, inner__part=source)
    assert found.needs == ("no_such_library.part", "os", "sys")
    assert found.missing() == ("no_such_library.part",)


@pytest.mark.parametrize("gone", ["resources", "packaging", "ntm_desktop/__init__.py"])
def test_a_folder_that_is_not_the_source_is_refused(tmp_path: Path, gone: str) -> None:
    tree = write_tree(tmp_path / "tree")
    (tree / gone).rename(tmp_path / "gone")
    with pytest.raises(NoProgramTree):
        build_update(tree)


@pytest.mark.parametrize("source", ["", '__version__ = "next"', "def"])
def test_a_source_without_a_version_is_refused(tmp_path: Path, source: str) -> None:
    tree = write_tree(tmp_path)
    (tree / "ntm_desktop/__init__.py").write_text(source)
    with pytest.raises(NoProgramTree):
        build_update(tree)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive",
        lzma.compress(b"no tar" * 999),
        _tar((HEAD, b"{}")),
        _tar((HEAD, b"not json")),
        _tar(("ntm_desktop/a.py", b"")),
        _tar(("ntm_desktop/../a.py", b"")),
        _tar(("/etc/passwd", b"")),
        _tar(("ntm_desktop/a.py", b""), ("ntm_desktop/A.py", b"")),
        _tar(("ntm_desktop/a.py", b""), kind=tarfile.SYMTYPE),
        _tar((HEAD, b'{"format":1,"files":{},"needs":[],"version":"../1","runtime":"' + b"0" * 64 + b'"}')),
        _tar((HEAD, b'{"format":1,"files":{},"needs":[],"version":"1.0.0","runtime":"no"}')),
        _tar((HEAD, b'{"format":1,"files":{},"needs":3,"version":"1.0.0","runtime":"' + b"0" * 64 + b'"}')),
        _tar(
            (HEAD, b'{"format":1,"files":{},"needs":[],"version":"1.0.0","runtime":"' + b"0" * 64 + b'"}'),
            ("ntm_desktop/more.py", b"not listed"),
        ),
    ],
)
def test_a_file_that_is_not_an_update_is_refused(content: bytes) -> None:
    with pytest.raises(UpdateDamaged):
        read_update(content)


def test_a_file_that_is_cut_off_changed_or_followed_by_something_is_refused(tmp_path: Path) -> None:
    content = update_of(tmp_path)
    changed = lzma.compress(lzma.decompress(content).replace(b"SAYS = 7", b"SAYS = 8"))
    for spoilt in (content[:-20], content + b"x", changed):
        with pytest.raises(UpdateDamaged):
            read_update(spoilt)


def test_a_bomb_is_not_unpacked_to_its_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    content = update_of(tmp_path)
    monkeypatch.setattr(update_file, "MOST_INFLATED", 9_999)
    with pytest.raises(UpdateDamaged, match="inflates_too_far"):
        read_update(content)
    monkeypatch.setattr(update_file, "LARGEST_PROGRAM", 99)
    with pytest.raises(UpdateDamaged, match="too_large"):
        read_update(content)


def test_something_that_cannot_be_looked_for_is_missing(tmp_path: Path) -> None:
    found = dataclasses.replace(opened_update(tmp_path), needs=("", "no_such.part"))
    assert found.missing() == ("", "no_such.part")
