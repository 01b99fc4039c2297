"""One-file bundles: the same bytes from the same files, and nothing hostile is ever inflated."""

from __future__ import annotations

import io
import stat
import struct
import subprocess
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.errors import FileUnreadable, NtmError
from ntm_desktop.packs.repository import bundle as module
from ntm_desktop.packs.repository.bundle import BundleSource, open_bundle, write_bundle
from ntm_desktop.packs.repository.refusals import BundleDamaged, BundleHostile, PartTooLarge
from tests.support.pack_repository import NOW, Simulated, admission, pack

FILES = {"metadata/1.root.json": b"{}", "targets/packs/a.json": b"x" * 5000}
BOMB = 5 << 30


def _bytes(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    write_bundle(file, sorted(files.items()))
    return file.getvalue()


def _zip(write: Callable[[zipfile.ZipFile], None]) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of doubled names
        write(archive)
    return file.getvalue()


def _read_all(path: Path) -> dict[str, bytes]:
    with open_bundle(path) as source:
        found = {name: source.read(name, 1 << 20) for name in FILES}
    return {name: content for name, content in found.items() if content is not None}


def test_the_same_files_give_the_same_bytes_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "kho.zip"
    path.write_bytes(_bytes(FILES))
    assert _bytes(dict(reversed(FILES.items()))) == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    written = {(entry.create_system, entry.external_attr >> 16) for entry in entries}
    assert written == {(3, stat.S_IFREG | 0o644)}, "the same on Windows"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert _read_all(path) == FILES


def test_another_program_finds_the_bundle_sound(tmp_path: Path) -> None:
    path = tmp_path / "kho.zip"
    path.write_bytes(_bytes(FILES))
    tested = subprocess.run(["unzip", "-tq", str(path)], capture_output=True, text=True, check=False)
    assert (tested.returncode, "No errors" in tested.stdout) == (0, True)


def test_a_folder_zipped_by_hand_is_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "kho.zip"

    def by_hand(archive: zipfile.ZipFile) -> None:
        archive.mkdir("metadata")
        archive.mkdir("targets")
        for name, content in FILES.items():
            archive.writestr(name, content)

    path.write_bytes(_zip(by_hand))
    assert _read_all(path) == FILES


def test_a_file_that_is_not_there_is_none_and_one_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "kho.zip"
    path.write_bytes(_bytes(FILES))
    with open_bundle(path) as source:
        assert source.carried, "old lists of a stick are a warning"
        assert source.read("metadata/2.root.json", 10) is None
        with pytest.raises(PartTooLarge):
            source.read("targets/packs/a.json", 4999)


def _named(*names: str) -> Callable[[zipfile.ZipFile], None]:
    return lambda archive: [archive.writestr(name, b"{}") for name in names]  # type: ignore[return-value]


def _link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("metadata/1.root.json")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def _steep(archive: zipfile.ZipFile) -> None:
    archive.writestr("targets/packs/a.json", bytes(1 << 20))


def _locked(archive: zipfile.ZipFile) -> None:
    archive.writestr("metadata/1.root.json", b"{}")
    archive.infolist()[0].flag_bits |= 1


def _squeezed(archive: zipfile.ZipFile) -> None:
    archive.writestr("metadata/1.root.json", b"{}", zipfile.ZIP_BZIP2)


def _crowd(archive: zipfile.ZipFile) -> None:
    for number in range(module.MOST_FILES + 1):
        archive.writestr(f"targets/packs/{number}.json", b"")


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (_named("../metadata/1.root.json"), "unsafe_name"),
        (_named("metadata/../../a"), "unsafe_name"),
        (_named("/etc/passwd"), "unsafe_name"),
        (_named("metadata\\..\\a"), "unsafe_name"),
        (_named("C:/a"), "unsafe_name"),
        (_named("metadata/.hidden"), "unsafe_name"),
        (_named("readme.txt"), "unsafe_name"),
        (_named("metadata/Bộ.json"), "unsafe_name"),
        (_named("metadata/1.root.json", "metadata/1.root.json"), "duplicate_name"),
        (_named("metadata/1.root.json", "metadata/1.ROOT.json"), "duplicate_name"),
        (_link, "not_a_file"),
        (_steep, "inflates_too_far"),
        (_locked, "encrypted"),
        (_squeezed, "compression"),
        (_crowd, "too_many_files"),
    ],
)
def test_what_no_honest_bundle_holds_refuses_it_whole(
    tmp_path: Path, write: Callable[[zipfile.ZipFile], None], reason: str
) -> None:
    path = tmp_path / "kho.zip"
    path.write_bytes(_zip(write))
    with pytest.raises(BundleHostile) as refused, open_bundle(path):
        pytest.fail("it was opened")
    assert refused.value.reason == reason


def _claiming(size: int, stored: int) -> bytes:
    """Give a bundle with one file whose directory claims a size; what is stored is a few bytes."""
    name = b"targets/packs/a.json"
    wide = struct.pack("<2H2Q", 1, 16, size, stored)
    head = (20, 0, 8, 0, 33, 0)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", *head[:5], 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(wide))
    body = local + name + wide + b"\3\0"
    central = (
        struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 45, 45, 0, 8, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), 20, *[0] * 5
        )
        + name
        + wide
    )
    return body + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(body), 0)


@pytest.mark.parametrize("stored", [2, BOMB // 100])
def test_a_bomb_of_five_gigabytes_is_refused_before_anything_is_inflated(tmp_path: Path, stored: int) -> None:
    path = tmp_path / "kho.zip"
    path.write_bytes(_claiming(BOMB, stored))
    tracemalloc.start()
    with pytest.raises(BundleHostile, match="inflates_too_far"), open_bundle(path):
        pytest.fail("it was opened")
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_a_file_that_inflates_further_than_it_says_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "kho.zip"
    content = _zip(lambda archive: archive.writestr("targets/packs/a.json", b"x" * 5000))
    path.write_bytes(content.replace(struct.pack("<I", 5000), struct.pack("<I", 50)))
    with open_bundle(path) as source, pytest.raises(BundleDamaged):
        source.read("targets/packs/a.json", 1 << 20)


def test_a_file_that_holds_less_than_it_says_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "kho.zip"
    content = _zip(lambda archive: archive.writestr("targets/packs/a.json", b"x" * 5000))
    path.write_bytes(content.replace(struct.pack("<I", 5000), struct.pack("<I", 5001)))
    with open_bundle(path) as source, pytest.raises(BundleDamaged, match="short"):
        source.read("targets/packs/a.json", 1 << 20)


def test_a_directory_that_has_more_of_it_elsewhere_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "kho.zip"
    content = _bytes(FILES)
    path.write_bytes(content[:-22] + b"PK\6\7" + bytes(16) + content[-22:])
    with pytest.raises(BundleHostile, match="too_many_files"), open_bundle(path):
        pytest.fail("it was opened")


def test_an_endless_directory_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "kho.zip"
    content = _bytes(FILES)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2, module.LARGEST_DIRECTORY + 1, 0, 0)
    path.write_bytes(content[:-22] + end)
    with pytest.raises(BundleHostile, match="too_many_files"), open_bundle(path):
        pytest.fail("it was opened")


@pytest.mark.parametrize("share", [0, 10, 50, 90, 99])
def test_a_file_copied_only_in_part_is_no_bundle(tmp_path: Path, share: int) -> None:
    path = tmp_path / "kho.zip"
    content = _bytes(FILES)
    path.write_bytes(content[: len(content) * share // 100])
    with pytest.raises(BundleDamaged), open_bundle(path):
        pytest.fail("it was opened")


def test_a_bundle_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable), open_bundle(tmp_path / "kho.zip"):
        pytest.fail("it was opened")


class _Pulled(io.BytesIO):
    """A file on a stick that is pulled out: reads fall short, or fail."""

    pulled = False
    fails = False

    def read(self, size: int | None = -1, /) -> bytes:
        if self.pulled and self.fails:
            raise OSError(5, "Input/output error")
        content = super().read(size)
        return content[: len(content) // 2] if self.pulled else content


@pytest.mark.parametrize(("fails", "refusal"), [(False, BundleDamaged), (True, FileUnreadable)])
def test_a_stick_pulled_out_while_a_pack_is_read_is_told(fails: bool, refusal: type[NtmError]) -> None:
    file = _Pulled(_bytes(FILES))
    file.fails = fails
    with zipfile.ZipFile(file) as archive:
        source = BundleSource("kho.zip", archive)
        file.pulled = True
        with pytest.raises(refusal):
            source.read("targets/packs/a.json", 1 << 20)


_HOME = Simulated()
_HOME.add(pack())
_SOUND = _HOME.bundle()


@given(st.data())
def test_whatever_a_bundle_holds_it_is_taken_in_sound_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(_SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(st.binary(min_size=1, max_size=12))
        match data.draw(st.sampled_from(["change", "insert", "cut"])):
            case "change":
                content[at : at + len(piece)] = piece
            case "insert":
                content[at:at] = piece
            case _:
                del content[at : at + data.draw(st.integers(1, 200))]
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "kho.zip").write_bytes(content)
    try:
        with open_bundle(folder / "kho.zip") as bundle:
            admitted = admission(folder / "trust", _HOME).admit(bundle, NOW)
    except NtmError:
        return
    assert [each.content for each in admitted.packs] == [pack()]


@pytest.mark.parametrize(
    ("content", "reason"), [(b"PK", "too_short"), (b"x" * 4000, "no_end"), (b"x" * 22, "no_end")]
)
def test_what_is_no_bundle_at_all_says_so(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "kho.zip"
    path.write_bytes(content)
    with pytest.raises(BundleDamaged) as refused, open_bundle(path):
        pytest.fail("it was opened")
    assert refused.value.reason == reason


def test_files_that_are_each_small_enough_may_be_too_much_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_INFLATED", 5001)
    path = tmp_path / "kho.zip"
    path.write_bytes(_bytes(FILES))
    with pytest.raises(BundleHostile) as refused, open_bundle(path):
        pytest.fail("it was opened")
    assert refused.value.reason == "inflates_too_far"
