"""What a file of evidence is, told by its content; the name decides only between texts."""

from __future__ import annotations

import codecs
from pathlib import PurePath
from typing import Final

UNKNOWN: Final = "application/octet-stream"

_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCUMENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PRESENTATION: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_MARKS: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
"""Where in the file a mark stands, the mark, and what it means; the first that fits counts."""

_INSIDE_ZIP: Final = (
    (b"xl/workbook", _SPREADSHEET),
    (b"word/document", _DOCUMENT),
    (b"ppt/presentation", _PRESENTATION),
    (b"mimetypeapplication/vnd.etsi.asic-e+zip", "application/vnd.etsi.asic-e+zip"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
)
_PDF_WITHIN: Final = 1024
"""Readers accept that much before the mark of a PDF."""


def media_type(head: bytes, tail: bytes, name: str) -> str:
    """Return the media type of a file from its first and last bytes (a zip lists its names at the end)."""
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _INSIDE_ZIP if mark in head or mark in tail), "application/zip")
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "application/pdf"
    known = next((kind for at, mark, kind in _MARKS if head.startswith(mark, at)), None)
    if known is not None:
        return known
    if not _is_text(head):
        return UNKNOWN
    return "text/csv" if PurePath(name).suffix.lower() == ".csv" else "text/plain"


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in head:
        return False
    try:
        # The head may end in the middle of a letter, which an incremental decoder allows.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
