"""What a file is, by content."""

from __future__ import annotations

import io
import zipfile

import pytest

from ntm_desktop.workspace.sniff import media_type

_OFFICE = "application/vnd.openxmlformats-officedocument."


def zipped(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        if first is not None:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            archive.writestr(name, b"x" * 10)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7\n", "anh.jpg", "application/pdf"),
        (b"junk before\n%PDF-1.4", "a", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "a.pdf", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.png", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a", "image/webp"),
        (b"\0\0\0\x18ftypheic", "a", "image/heic"),
        (b"\0\0\0\x18ftypisom", "a", "video/mp4"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "application/x-ole-storage"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.zip", _OFFICE + "spreadsheetml.sheet"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.xlsx", _OFFICE + "wordprocessingml.document"),
        (zipped("a.txt"), "a.docx", "application/zip"),
        (
            zipped("a", first=("mimetype", b"application/vnd.etsi.asic-e+zip")),
            "a.zip",
            "application/vnd.etsi.asic-e+zip",
        ),
        ("thôn;số hộ\n".encode(), "bảng.CSV", "text/csv"),
        ("thôn".encode(), "a.txt", "text/plain"),
        ("thôn".encode("utf-16"), "a.csv", "text/csv"),
        ("ế".encode()[:2], "a.txt", "text/plain"),
        (b"a\0b", "a.txt", "application/octet-stream"),
        ("thôn".encode("cp1258"), "a.txt", "application/octet-stream"),
        (b"MZ\x90\0", "ảnh.pdf", "application/octet-stream"),
    ],
)
def test_content_says_what_a_file_is(content: bytes, name: str, kind: str) -> None:
    assert media_type(content, content[-65536:], name) == kind


def test_the_end_of_a_long_zip_is_enough() -> None:
    content = zipped(*(f"xl/media/{number}.bin" for number in range(2000)), "xl/workbook.xml")
    assert media_type(content[:1000], content[-65536:], "a") == _OFFICE + "spreadsheetml.sheet"
