"""Files on their way in: photos stripped, everything else byte for byte, one bad file hinders no other."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.media.refusals import HeicPicture, PictureTooLarge
from ntm_desktop.operations import attach, evidence_intake, history
from ntm_desktop.operations.attach import attached
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.evidence_intake import join_photos, take_in, take_in_all
from ntm_desktop.operations.seal import freeze_whole
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.errors import EmptyEvidence
from tests.operations.test_keep import SIGNATORY
from tests.support.photos import TAKEN, heic, noise, pdf_of_pages, phone_photo, png_claiming


def content_of(desk: Desk, sha256: str) -> bytes:
    with desk.workspace.open_evidence(sha256) as file:
        return file.read()


def test_a_photo_gives_up_its_place_to_the_record_and_is_dated_by_it(desk: Desk, tmp_path: Path) -> None:
    photo = phone_photo(tmp_path / "nhà văn hóa.jpg", 3000, 2000)
    taken = take_in(desk, photo)
    attach.attach(desk, "8.4.d", "", [taken])
    (row,) = attached(desk)
    assert (row.evidence.name, row.evidence.dated) == ("nhà văn hóa.jpg", date(2024, 12, 5))
    assert row.origin is not None
    assert (row.origin.place, row.origin.original) == ("10.35837, 105.50000", "")
    assert row.origin.size == photo.stat().st_size > row.evidence.size
    assert b"Exif" not in content_of(desk, row.evidence.sha256)
    assert desk.workspace.evidence_path(row.evidence.sha256).is_file()


def test_the_photo_as_it_came_is_kept_on_request_and_leaves_with_no_dossier(
    desk: Desk, tmp_path: Path
) -> None:
    photo = phone_photo(tmp_path / "a.jpg", 3000, 2000)
    taken = take_in(desk, photo, keep_original=True)
    assert taken.original is not None
    attach.attach(desk, "8.4.d", "", [taken])
    assert content_of(desk, taken.original.sha256) == photo.read_bytes()
    (row,) = attached(desk)
    assert row.origin is not None
    assert row.origin.original == taken.original.sha256
    snapshot = freeze_whole(desk, SIGNATORY).snapshot
    assert [one.sha256 for one in snapshot.evidence] == [taken.stored.sha256]
    assert diagnose(desk.workspace.folder).healthy
    history.undo(desk)
    assert attached(desk) == ()


def test_pdfs_and_small_plain_pictures_are_kept_byte_for_byte(desk: Desk, tmp_path: Path) -> None:
    pdf = pdf_of_pages(tmp_path / "a.pdf")
    noise(200, 100).save(tmp_path / "b.png")
    for path in (pdf, tmp_path / "b.png"):
        taken = take_in(desk, path)
        assert content_of(desk, taken.stored.sha256) == path.read_bytes()
        assert taken.origin is None


def workbook(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as book:
        for name in names:
            book.writestr(name, "x")
    return path


def test_what_is_odd_about_a_file_is_said_and_the_file_kept(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "cụt.pdf").write_bytes(b"%PDF-1.4 cut off")
    (tmp_path / "khóa.pdf").write_bytes(b"%PDF-1.4 trailer /Encrypt 5 0 R startxref 0 %%EOF")
    (tmp_path / "cũ.xls").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le")
    )
    (tmp_path / "a.txt").write_text("số liệu", encoding="utf-8")
    workbook(tmp_path / "m.xlsm", "xl/workbook.xml", "xl/vbaProject.bin")
    workbook(tmp_path / "m.xlsx", "xl/workbook.xml")
    told = {}
    for path in sorted(tmp_path.glob("*.*")):
        if path.is_file() and path.suffix != ".csv":
            origin = take_in(desk, path).origin
            told[path.name] = "" if origin is None else origin.remark
    assert told == {
        "a.txt": "",
        "cũ.xls": "macros",
        "cụt.pdf": "pdf_broken",
        "khóa.pdf": "pdf_password",
        "m.xlsm": "macros",
        "m.xlsx": "",
    }


def test_one_bad_file_hinders_no_other(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "minh chứng"
    (folder / "trong").mkdir(parents=True)
    pdf_of_pages(folder / "trong" / "a.pdf")
    heic(folder / "b.heic")
    png_claiming(folder / "c.png", 60_000, 60_000)
    (folder / "d.txt").write_bytes(b"")
    (folder / ".ẩn").write_bytes(b"x")
    (folder / "~$m.docx").write_bytes(b"x")
    (folder / "lối tắt.pdf").symlink_to(folder / "trong" / "a.pdf")
    told: list[tuple[int, int]] = []
    intake = take_in_all(
        desk, [folder, tmp_path / "không có"], report=lambda done, of: told.append((done, of))
    )
    assert [one.stored.name for one in intake.taken] == ["a.pdf"]
    assert [type(error) for error in intake.refused] == [
        HeicPicture,
        PictureTooLarge,
        EmptyEvidence,
        FileUnreadable,
    ]
    assert told == [(number, 5) for number in range(5)]


def test_a_folder_of_thousands_is_cut_and_said(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_intake, "MOST_FILES", 2)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(str(number), encoding="utf-8")
    intake = take_in_all(desk, sorted(tmp_path.glob("?.txt")))
    assert (len(intake.taken), intake.left_out) == (2, 1)


def test_it_stops_when_it_is_told_to(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    with pytest.raises(Cancelled):
        take_in_all(desk, [tmp_path / "a.txt"], cancelled=lambda: True)
    assert take_in_all(desk, [tmp_path / "a.txt"], cancelled=lambda: False).taken


def test_photos_become_one_pdf(desk: Desk, tmp_path: Path) -> None:
    photos = [phone_photo(tmp_path / f"trang {n}.jpg", 800, 600) for n in (1, 2)]
    taken = join_photos(desk, photos, date(2024, 12, 6))
    assert (taken.stored.name, taken.stored.media_type) == ("trang 1 (2).pdf", "application/pdf")
    assert taken.stored.dated == date(2024, 12, 6)
    assert b"MAYANH" not in content_of(desk, taken.stored.sha256)


def test_a_photo_with_place_but_no_day_keeps_the_day_of_its_file(desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    noise(400, 300).save(photo, "JPEG", comment=b"x")
    taken = take_in(desk, photo)
    assert taken.origin is not None
    assert taken.stored.dated == take_in(desk, pdf_of_pages(tmp_path / "b.pdf")).stored.dated


def test_a_scan_is_stripped_and_a_film_is_kept_with_a_word_about_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "quét.tif"
    noise(300, 200).save(scan, tiffinfo={315: "Nguyen Van A", 306: TAKEN})
    film = tmp_path / "cuộc họp.mp4"
    film.write_bytes(b"\0\0\0\x18ftypisom\0\0\0\0" + b"noi quay" * 20)
    done = take_in_all(desk, [scan, film])
    stripped, kept = done.taken
    assert b"Nguyen" not in content_of(desk, stripped.stored.sha256)
    assert stripped.stored.dated == date(2024, 12, 5)
    assert content_of(desk, kept.stored.sha256) == film.read_bytes()
    assert kept.origin is not None
    assert (kept.stored.media_type, kept.origin.remark) == ("video/mp4", "carries")
    monkeypatch.setattr("ntm_desktop.media.pictures.MOST_PICTURE_BYTES", 100)
    (large,) = take_in_all(desk, [scan]).taken
    assert large.origin is not None
    assert large.origin.remark == "carries"
