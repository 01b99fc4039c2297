from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_desktop.dossier import reader as reader_module
from ntm_desktop.dossier.flaws import Flaw
from ntm_desktop.dossier.reader import ContainerFacts, read_container
from ntm_desktop.dossier.ziplayout import Limits, NotAContainer
from ntm_desktop.errors import Cancelled, FileUnreadable, NtmError
from tests.support.containers import (
    CONTAINER_TYPE,
    FILES,
    MANIFEST_NAME,
    SIGNATURE_NAME,
    rezip,
    spoil_name,
    write,
)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    write(tmp_path / "sealed.asice")
    return tmp_path / "sealed.asice"


@pytest.fixture(scope="module")
def sealed_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sealed") / "sealed.asice"
    write(path)
    return path.read_bytes()


def flaws(facts: ContainerFacts) -> set[Flaw]:
    return {problem.flaw for problem in facts.problems}


def patched(path: Path, change: Callable[[bytearray], None]) -> ContainerFacts:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)
    return read_container(path)


def test_a_whole_container_is_sound_and_everything_is_told(sealed: Path) -> None:
    facts = read_container(sealed)
    assert facts.sound
    assert {each.name: each.actual for each in facts.files} == {
        name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()
    }
    assert all(each.ok and each.size == len(FILES[each.name]) for each in facts.files)
    assert facts.identity == hashlib.sha256(facts.manifest).hexdigest()
    assert [name for name, _ in facts.signatures] == [SIGNATURE_NAME]
    assert (facts.kept, facts.missing, facts.extra, facts.problems) == ({}, (), (), ())


def test_an_unsigned_container_is_sound_without_signatures(tmp_path: Path) -> None:
    write(tmp_path / "a.asice", sign=None)
    facts = read_container(tmp_path / "a.asice")
    assert (facts.sound, facts.signatures) == (True, ())


def test_files_asked_for_are_kept_whole_folders_within_their_room(sealed: Path) -> None:
    facts = read_container(sealed, keep={"dossier.json": 1000, "pack/": 1000, "gone.json": 5})
    assert facts.kept == {name: FILES[name] for name in ("dossier.json", "pack/set.json")}
    assert facts.sound


def test_a_wanted_file_larger_than_its_room_is_not_kept_and_said(sealed: Path) -> None:
    facts = read_container(sealed, keep={"dossier.json": 3})
    assert (facts.kept, flaws(facts)) == ({}, {Flaw.FILE_TOO_LARGE})


def test_the_room_of_a_folder_is_shared_by_its_files(tmp_path: Path) -> None:
    write(tmp_path / "a.asice", {"pack/a": b"1" * 60, "pack/b": b"2" * 60})
    facts = read_container(tmp_path / "a.asice", keep={"pack/": 100})
    assert (list(facts.kept), flaws(facts)) == (["pack/a"], {Flaw.FILE_TOO_LARGE})


def test_progress_and_cancel_work(sealed: Path) -> None:
    steps: list[tuple[int, int]] = []
    read_container(sealed, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1] > sum(len(content) for content in FILES.values())
    with pytest.raises(Cancelled):
        read_container(sealed, cancelled=lambda: True)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"PK\5\6" + bytes(17), b"PK\5\6" + bytes(18), b"%PDF-1.7 text", bytes(100_000)],
)
def test_a_file_that_is_no_container_is_an_error_of_its_own(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.asice").write_bytes(content)
    with pytest.raises(NotAContainer) as caught:
        read_container(tmp_path / "a.asice")
    assert (caught.value.exit_code, caught.value.path) == (5, str(tmp_path / "a.asice"))


def test_some_other_zip_is_no_container(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(NotAContainer):
        read_container(tmp_path / "a.docx")


def test_a_missing_file_and_a_folder_are_unavailable(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.asice", tmp_path):
        with pytest.raises(FileUnreadable):
            read_container(path)


@pytest.mark.parametrize("cut", [1, 10, 22, 100, 2000])
def test_a_truncated_tail_is_no_container(sealed: Path, cut: int) -> None:
    sealed.write_bytes(sealed.read_bytes()[:-cut])
    with pytest.raises(NotAContainer):
        read_container(sealed)


def test_a_container_packed_again_by_another_program_is_still_sound(sealed: Path, tmp_path: Path) -> None:
    again = rezip(sealed, tmp_path / "again.asice", replace={})
    assert read_container(again).sound
    assert read_container(again).identity == read_container(sealed).identity


def test_compressed_files_are_read_too(sealed: Path, tmp_path: Path) -> None:
    big = b"".join(hashlib.sha256(b"%d" % (number // 9)).digest() for number in range(200_000))
    write(sealed, {**FILES, "evidence/big.bin": big})
    with zipfile.ZipFile(sealed) as old, zipfile.ZipFile(tmp_path / "b.asice", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), None if name == "mimetype" else zipfile.ZIP_DEFLATED)
    facts = read_container(tmp_path / "b.asice", keep={"evidence/big.bin": len(big)})
    assert facts.sound
    assert facts.kept["evidence/big.bin"] == big


@pytest.mark.parametrize("name", list(FILES))
def test_changed_content_is_found_even_when_packed_properly(sealed: Path, tmp_path: Path, name: str) -> None:
    facts = read_container(rezip(sealed, tmp_path / "b.asice", replace={name: FILES[name] + b"!"}))
    assert [each.name for each in facts.files if not each.ok] == [name]
    assert not facts.sound


@pytest.mark.parametrize("name", list(FILES))
def test_a_missing_file_is_named(sealed: Path, tmp_path: Path, name: str) -> None:
    facts = read_container(rezip(sealed, tmp_path / "b.asice", replace={name: None}))
    assert (facts.missing, facts.sound) == ((name,), False)


@pytest.mark.parametrize(
    "name", ["evidence/extra.pdf", "META-INF/manifest.xml", "META-INF/ASiCManifest002.xml"]
)
def test_an_extra_file_is_named(sealed: Path, tmp_path: Path, name: str) -> None:
    facts = read_container(rezip(sealed, tmp_path / "b.asice", replace={}, add=((name, b"x"),)))
    assert (facts.extra, facts.sound) == ((name,), False)


def test_a_second_signature_that_the_manifest_does_not_name_is_told(sealed: Path, tmp_path: Path) -> None:
    facts = read_container(
        rezip(sealed, tmp_path / "b.asice", replace={}, add=(("META-INF/signature002.p7s", b"x"),))
    )
    assert flaws(facts) == {Flaw.SIGNATURE_UNREFERENCED}
    assert len(facts.signatures) == 2


def test_a_container_without_its_manifest_is_told(sealed: Path, tmp_path: Path) -> None:
    facts = read_container(rezip(sealed, tmp_path / "b.asice", replace={MANIFEST_NAME: None}))
    assert Flaw.MANIFEST_MISSING in flaws(facts)
    assert (facts.identity, facts.sound) == ("", False)


def test_a_manifest_with_a_doctype_is_refused(sealed: Path, tmp_path: Path) -> None:
    manifest = read_container(sealed).manifest.replace(b"?>\n", b"?>\n<!DOCTYPE x>", 1)
    facts = read_container(rezip(sealed, tmp_path / "b.asice", replace={MANIFEST_NAME: manifest}))
    assert Flaw.MANIFEST_DECLARATION in flaws(facts)
    assert not facts.sound


@pytest.mark.parametrize("content", [b"application/zip", CONTAINER_TYPE.encode() + b"\n", b"", b"x" * 10_000])
def test_a_wrong_media_type_is_told(sealed: Path, tmp_path: Path, content: bytes) -> None:
    facts = read_container(rezip(sealed, tmp_path / "b.asice", replace={"mimetype": content}))
    assert Flaw.MIMETYPE in flaws(facts)


def test_the_media_type_must_come_first(sealed: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sealed) as old, zipfile.ZipFile(tmp_path / "b.asice", "w") as new:
        for name in sorted(old.namelist(), key=lambda each: each == "mimetype"):
            new.writestr(name, old.read(name))
    assert flaws(read_container(tmp_path / "b.asice")) == {Flaw.MIMETYPE}


@pytest.mark.parametrize(
    "spoiled", ["../a/b.json", "/tmp/b.json", "a\\bcd.json ", "a:bcdef.json", "nul.txt/json"]
)
def test_unsafe_names_are_refused_and_nothing_is_read(sealed: Path, spoiled: str) -> None:
    spoil_name(sealed, "dossier.json", (spoiled + "x" * 12)[:12])
    facts = read_container(sealed)
    assert Flaw.UNSAFE_NAME in flaws(facts)
    assert (facts.files, facts.sound) == ((), False)


@pytest.mark.parametrize(
    "name", ["dossier.json", "DOSSIER.json", "mimetype", "META-INF/ASICMANIFEST001.xml", "pack"]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_stand_twice_even_in_other_case_are_refused(
    sealed: Path, tmp_path: Path, name: str
) -> None:
    facts = read_container(rezip(sealed, tmp_path / "b.asice", replace={}, add=((name, b"other"),)))
    assert Flaw.DUPLICATE_NAME in flaws(facts)
    assert facts.files == ()


def test_a_zip_bomb_is_refused_before_a_byte_is_inflated(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(sealed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("evidence/bomb.bin", bytes(100 << 20))
    monkeypatch.setattr(reader_module.zlib, "decompressobj", pytest.fail)
    start = time.perf_counter()
    assert flaws(read_container(sealed)) == {Flaw.INFLATES_TOO_FAR}
    assert time.perf_counter() - start < 1


def test_many_bombs_below_the_ratio_are_refused_by_their_sum(sealed: Path) -> None:
    with zipfile.ZipFile(sealed, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"evidence/{number}.bin", bytes(100_000) + b"%d" % number)
    assert flaws(read_container(sealed, limits=Limits(inflated=300_000))) == {Flaw.INFLATES_TOO_FAR}


def test_a_bomb_that_lies_about_its_size_is_stopped_at_the_size_it_said(tmp_path: Path) -> None:
    packed = zlib.compress(bytes(50 << 20), 9)[2:-4]
    with zipfile.ZipFile(tmp_path / "a.asice", "w") as archive:
        archive.writestr("mimetype", CONTAINER_TYPE)
        archive.writestr("evidence/bomb.bin", packed)
    content = bytearray((tmp_path / "a.asice").read_bytes())
    for magic, method_at, size_at in ((b"PK\3\4", 8, 22), (b"PK\1\2", 10, 24)):
        header = content.rindex(magic)
        struct.pack_into("<H", content, header + method_at, 8)
        struct.pack_into("<I", content, header + size_at, 1_000_000)
    (tmp_path / "a.asice").write_bytes(content)
    done: list[int] = []
    facts = read_container(tmp_path / "a.asice", progress=lambda at, _: done.append(at))
    assert Flaw.INFLATES_TOO_FAR in flaws(facts)
    assert done[-1] <= 1_100_000


def test_too_many_files_are_refused_unread(sealed: Path) -> None:
    assert flaws(read_container(sealed, limits=Limits(files=3))) == {Flaw.TOO_MANY_FILES}


def test_bytes_behind_the_end_in_front_or_between_are_found(sealed: Path) -> None:
    content = sealed.read_bytes()
    sealed.write_bytes(content + b"tail")
    assert flaws(read_container(sealed)) == {Flaw.TRAILING_DATA}
    sealed.write_bytes(b"prefix" + content)
    assert flaws(read_container(sealed)) == {Flaw.HIDDEN_DATA}
    directory = content.index(b"PK\1\2")
    end = content.rindex(b"PK\5\6")
    shifted = struct.pack("<I", directory + 6)
    sealed.write_bytes(
        content[:directory] + b"hidden" + content[directory : end + 16] + shifted + content[end + 20 :]
    )
    assert flaws(read_container(sealed)) == {Flaw.HIDDEN_DATA}


def test_two_directory_entries_over_the_same_bytes_are_refused(sealed: Path) -> None:
    def point_at_the_same(content: bytearray) -> None:
        first = content.index(b"PK\1\2")
        second = content.index(b"PK\1\2", first + 4)
        third = content.index(b"PK\1\2", second + 4)
        content[third + 42 : third + 46] = content[second + 42 : second + 46]

    assert Flaw.OVERLAPPING_FILES in flaws(patched(sealed, point_at_the_same))


@pytest.mark.parametrize(
    ("at", "value", "flaw"),
    [
        (8, b"\x01\x00", Flaw.ENCRYPTED),
        (8, b"\x08\x00", Flaw.ZIP_FEATURE),
        (10, b"\x0c\x00", Flaw.COMPRESSION),
        (24, b"\x01\x00\x00\x00", Flaw.SIZES),
        (38, b"\x00\x00\xff\xa1", Flaw.NOT_A_FILE),
        (38, b"\x10\x00\x00\x00", Flaw.NOT_A_FILE),
        (34, b"\x01\x00", Flaw.ZIP_FEATURE),
        (16, b"\x01\x02\x03\x04", Flaw.LOCAL_HEADER),
        (12, b"\x01\x02", Flaw.LOCAL_HEADER),
    ],
)
def test_what_a_dossier_has_no_use_for_is_refused(sealed: Path, at: int, value: bytes, flaw: Flaw) -> None:
    def change(content: bytearray) -> None:
        header = content.index(b"dossier.json", content.index(b"PK\1\2")) - 46
        content[header + at : header + at + len(value)] = value

    facts = patched(sealed, change)
    assert flaw in flaws(facts)
    assert not facts.sound


@pytest.mark.parametrize("field", ["extra", "comment"])
def test_extra_fields_and_comments_are_refused(sealed: Path, tmp_path: Path, field: str) -> None:
    with zipfile.ZipFile(sealed) as old, zipfile.ZipFile(tmp_path / "b.asice", "w") as new:
        for each in old.infolist():
            setattr(each, field, b"\x99\x99\x02\x00hi")
            new.writestr(each, old.read(each.filename))
    assert Flaw.ZIP_FEATURE in flaws(read_container(tmp_path / "b.asice"))


def test_a_local_name_that_differs_from_the_directory_is_found(sealed: Path) -> None:
    def rename(content: bytearray) -> None:
        at = content.index(b"dossier.json")
        content[at : at + 12] = b"another.json"

    facts = patched(sealed, rename)
    assert flaws(facts) == {Flaw.LOCAL_HEADER}


def test_a_wrong_checksum_is_found_where_no_digest_speaks(sealed: Path) -> None:
    facts = patched(sealed, lambda content: content.__setitem__(content.index(b"signed:"), 0))
    assert flaws(facts) == {Flaw.CHECKSUM}


def test_garbage_in_a_compressed_file_is_a_value(sealed: Path) -> None:
    with zipfile.ZipFile(sealed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("evidence/z.bin", bytes(range(256)) * 9)

    def spoil(content: bytearray) -> None:
        at = content.index(b"evidence/z.bin") + len("evidence/z.bin")
        content[at : at + 8] = b"\xff" * 8

    assert {Flaw.COMPRESSION, Flaw.CHECKSUM} <= flaws(patched(sealed, spoil))


def same_content(left: ContainerFacts, right: ContainerFacts) -> bool:
    return (left.files, left.manifest, left.signatures) == (right.files, right.manifest, right.signatures)


def test_no_byte_of_the_files_can_be_changed_unnoticed(tmp_path: Path) -> None:
    """Every byte in turn; the few that change nothing are attributes and version marks of the directory."""
    path = tmp_path / "a.asice"
    write(path, {"dossier.json": b"{}", "evidence/a.txt": b"abc"})
    whole, content = read_container(path), path.read_bytes()
    harmless: list[int] = []
    for position in range(len(content)):
        spoiled = bytearray(content)
        spoiled[position] ^= 0x41
        path.write_bytes(spoiled)
        try:
            facts = read_container(path)
        except NtmError:
            continue
        if facts.sound:
            harmless.append(position)
            assert same_content(facts, whole)
    local = [at + 4 + byte for at in all_of(content, b"PK\3\4") for byte in (0, 1)]
    directory = [
        at + byte for at in all_of(content, b"PK\1\2") for byte in (4, 5, 6, 7, 36, 37, 38, 39, 40, 41)
    ]
    assert set(harmless) <= {*local, *directory}


def all_of(content: bytes, magic: bytes) -> list[int]:
    return [at for at in range(len(content)) if content.startswith(magic, at)]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_damage_never_raises_anything_else_and_never_passes_changed_content(
    tmp_path: Path, sealed_bytes: bytes, data: st.DataObject
) -> None:
    content = bytearray(sealed_bytes)
    for _ in range(data.draw(st.integers(0, 4))):
        # Headers are few among the bytes: half of the changes aim at them.
        positions = st.integers(0, len(content) - 1) | st.integers(len(content) - 900, len(content) - 1)
        content[data.draw(positions)] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(content)))
        del content[start : start + data.draw(st.integers(0, 3000))]
    path = tmp_path / "damaged.asice"
    path.write_bytes(content)
    try:
        facts = read_container(path, keep={"dossier.json": 100, "pack/": 100})
    except NotAContainer:
        return
    if facts.sound:
        path.write_bytes(sealed_bytes)
        assert same_content(facts, read_container(path))


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_writing_and_reading_a_large_container_stays_small_in_memory(tmp_path: Path) -> None:
    # ru_maxrss would tell the peak of the parent; VmHWM is the process's own.
    code = """
import pathlib, sys
from ntm_desktop.dossier.container import Entry, write_container
from ntm_desktop.dossier.reader import read_container

target, source = map(pathlib.Path, sys.argv[1:])
entry = Entry("evidence/big.bin", "a/b", source.stat().st_size, lambda: source.open("rb"))
write_container(target, [entry], None)
assert read_container(target).sound
print(pathlib.Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""
    with (tmp_path / "big").open("wb") as file:
        file.truncate(200 << 20)
    command = [sys.executable, "-c", code, str(tmp_path / "a.asice"), str(tmp_path / "big")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 60 * 1024
