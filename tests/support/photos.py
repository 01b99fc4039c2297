"""Photos as phones write them, and files that only pretend to be pictures."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from PIL import Image, TiffImagePlugin

TAKEN = "2024:12:05 14:02:11"


def noise(width: int, height: int) -> Image.Image:
    """Return a picture that does not compress to nothing."""
    return Image.effect_noise((width // 4, height // 4), 60).resize((width, height)).convert("RGB")


def phone_photo(path: Path, width: int = 4000, height: int = 3000, *, turned: bool = False) -> Path:
    """Save a JPEG with day, place and device in its EXIF."""
    picture = noise(width, height)
    exif = Image.Exif()
    exif[0x010F] = "MAYANHCUAANHBA"
    if turned:
        exif[0x0112] = 6
    exif.get_ifd(0x8769)[36867] = TAKEN
    rational = TiffImagePlugin.IFDRational
    exif.get_ifd(0x8825).update(
        {
            1: "N",
            2: (rational(10), rational(21), rational(3012, 100)),
            3: "E",
            4: (rational(105), rational(30), rational(0)),
        }
    )
    picture.save(path, "JPEG", quality=95, exif=exif, comment=b"GHICHUCUAMAY")
    return path


def png_claiming(path: Path, width: int, height: int) -> Path:
    """Write a PNG whose head claims this size; its data is a few bytes (a decompression bomb begins so)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + body)
    return path


def heic(path: Path) -> Path:
    """Write the first bytes of a HEIC file."""
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64)
    return path


def pdf_of_pages(path: Path, pages: int = 3) -> Path:
    """Save a PDF with that many pages."""
    first, *rest = [Image.new("RGB", (300, 420), (255, 255, 255 - 40 * number)) for number in range(pages)]
    first.save(path, "PDF", save_all=True, append_images=rest)
    return path
