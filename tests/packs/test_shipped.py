"""The packs that come with the program."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.registers import dump_registers
from ntm_desktop.packs import shipped
from ntm_desktop.packs.source import BuiltPack, build
from tests.support.pack_sources import sound_source, write_source

PACKS = Path(__file__).resolve().parents[2] / "resources" / "packs"
SOURCES = sorted(path.parent for path in PACKS.glob("*/set.json"))


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of built packs of its own, with one pack in it."""
    built = build(write_source(tmp_path, sound_source()))
    folder = tmp_path / "built"
    folder.mkdir()
    (folder / "bo-thu-1.0.0.json").write_bytes(built.content)
    (folder / shipped.INDEX).write_bytes(shipped.index_of([built]))
    monkeypatch.setattr(shipped, "built_folder", lambda: folder)
    shipped.shipped_packs.cache_clear()
    yield folder
    shipped.shipped_packs.cache_clear()


def test_a_register_book_that_is_gone_or_broken_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "registers_folder", lambda: tmp_path)
    shipped.shipped_registers.cache_clear()
    with pytest.raises(shipped.ShippedPackDamaged):
        shipped.shipped_registers()
    (tmp_path / "so-1.0.0.json").write_bytes(b"{")
    with pytest.raises(shipped.ShippedPackDamaged, match=r"so-1\.0\.0"):
        shipped.shipped_registers()
    shipped.shipped_registers.cache_clear()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_what_is_built_from_the_sources_is_what_is_shipped(source: Path) -> None:
    built = build(source)
    pack = shipped.shipped_pack(built.set.id, built.set.version)
    assert pack is not None
    assert pack.sha256 == built.sha256
    assert shipped.content_of(pack) == built.content


def test_the_index_is_the_one_of_the_files_beside_it() -> None:
    files = shipped.pack_files(PACKS / "built")
    packs = [BuiltPack(load(content), content) for content in map(Path.read_bytes, files)]
    assert (PACKS / "built" / shipped.INDEX).read_bytes() == shipped.index_of(packs)
    assert [path.name for path in files] == sorted(pack.file for pack in shipped.shipped_packs())


def test_a_set_is_found_by_its_id_and_read_once() -> None:
    pack = shipped.shipped_pack("vn-xa-ntm-2021-2025")
    assert pack is not None
    assert shipped.set_of(pack) is shipped.set_of(pack)
    assert shipped.set_of(pack).sha256 == pack.sha256
    assert shipped.shipped_pack("vn-khong-co") is None
    assert shipped.shipped_pack("vn-xa-ntm-2021-2025", "0.0.1") is None


def test_the_publisher_is_known_by_the_bytes_alone() -> None:
    pack = shipped.shipped_packs()[0]
    assert shipped.known_packs()[pack.sha256] == pack.publisher
    assert len(shipped.known_packs()) == len(shipped.shipped_packs())


def test_the_newest_version_comes_last_even_past_nine(tmp_path: Path) -> None:
    packs = []
    for version in ("1.10.0", "1.9.0"):
        files = sound_source()
        files["bo-thu/set.json"]["version"] = version
        packs.append(build(write_source(tmp_path / version, files)))
    assert [entry["version"] for entry in json.loads(shipped.index_of(packs))] == ["1.9.0", "1.10.0"]


def test_the_root_of_the_publisher_lies_beside_the_packs_and_is_none_of_them(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped.shipped_root.cache_clear()
    assert shipped.shipped_root() == b""
    shipped.shipped_root.cache_clear()
    (elsewhere / shipped.ROOT).write_bytes(b"root")
    assert shipped.shipped_root() == b"root"
    assert [path.name for path in shipped.pack_files(elsewhere)] == ["bo-thu-1.0.0.json"]
    shipped.shipped_root.cache_clear()
    (elsewhere / shipped.ROOT).unlink()
    (elsewhere / shipped.ROOT).mkdir()
    with pytest.raises(shipped.ShippedPackDamaged):
        shipped.shipped_root()
    shipped.shipped_root.cache_clear()


def test_of_several_register_books_the_newest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = shipped.shipped_registers()
    monkeypatch.setattr(shipped, "registers_folder", lambda: tmp_path)
    for version in ("1.9.0", "1.10.0", "1.2.0"):
        (tmp_path / f"so-{version}.json").write_bytes(dump_registers(replace(book, version=version)))
    shipped.shipped_registers.cache_clear()
    assert shipped.shipped_registers().version == "1.10.0"
    shipped.shipped_registers.cache_clear()


def test_a_changed_pack_is_damaged(elsewhere: Path) -> None:
    (pack,) = shipped.shipped_packs()
    (elsewhere / pack.file).write_bytes(shipped.content_of(pack) + b" ")
    with pytest.raises(shipped.ShippedPackDamaged):
        shipped.content_of(pack)


def test_a_pack_that_is_gone_is_damaged(elsewhere: Path) -> None:
    (pack,) = shipped.shipped_packs()
    (elsewhere / pack.file).unlink()
    with pytest.raises(shipped.ShippedPackDamaged):
        shipped.content_of(pack)


TEXTLESS = '[{"id": "x", "version": "1", "title": "y"}]'


@pytest.mark.parametrize("index", ["", "[1]", '[{"id": "x"}]', TEXTLESS, "5"])
def test_an_index_that_is_not_one_is_damaged(elsewhere: Path, index: str) -> None:
    (elsewhere / shipped.INDEX).write_text(index, encoding="utf-8")
    with pytest.raises(shipped.ShippedPackDamaged):
        shipped.shipped_packs()


def test_opening_a_shipped_set_loads_no_parser_and_no_builder() -> None:
    program = (
        "import sys; from ntm_desktop.packs import shipped;"
        "shipped.set_of(shipped.shipped_pack('vn-xa-ntm-2021-2025'));"
        "print(sorted({'lark', 'babel', 'ntm_desktop.packs.source'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_the_index_says_of_a_pack_is_what_the_pack_says() -> None:
    for pack in shipped.shipped_packs():
        loaded = shipped.set_of(pack)
        assert (pack.title, pack.short_title, pack.level) == (loaded.title, loaded.short_title, loaded.level)
        assert (pack.valid_from, pack.valid_to) == (loaded.valid_from, loaded.valid_to)
        assert (pack.criteria, pack.indicators) == (len(loaded.criteria), len(loaded.indicators()))
        assert (pack.publisher, pack.complete) == (loaded.publisher, loaded.complete)
