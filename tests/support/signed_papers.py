"""Papers to be signed, the pictures an office supplies, and what pdfsig says of a signed one."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject

from ntm_desktop.documents.page import Paper, write_paper
from ntm_desktop.documents.signing_room import signing_room
from ntm_desktop.documents.styles import BODY, paragraph

needs_pdfsig = pytest.mark.skipif(
    shutil.which("pdfsig") is None, reason="poppler-utils (pdfsig) is not installed"
)


@cache
def paper(*, rooms: int = 1, text: str = "Tờ trình", keywords: str = "") -> bytes:
    """Draw a small paper that leaves room for so many signatures."""
    story = [paragraph(text, BODY), *(signing_room(227, 85) for _room in range(rooms))]
    target = BytesIO()
    write_paper(Paper(text, "UBND xã", "0.1", "2026-03-01T00:00:00Z", story, keywords), target)
    return target.getvalue()


@cache
def picture(ink: tuple[int, int, int] = (20, 50, 170)) -> bytes:
    """Make a PNG with a transparent ground."""
    content = BytesIO()
    image = Image.new("RGBA", (90, 60), (0, 0, 0, 0))
    image.paste((*ink, 255), (5, 25, 85, 35))
    image.save(content, "PNG")
    return content.getvalue()


def pdfsig(content: bytes, folder: Path) -> list[tuple[str, str]]:
    """Return the name in the certificate and the verdict of each signature, as poppler finds them."""
    path = folder / "judged.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, check=False, timeout=60)
    said = done.stdout.decode()
    names = re.findall(r"Certificate Common Name: (.*)", said)
    return list(zip(names, re.findall(r"Signature Validation: (.*)", said), strict=True))


def with_page(content: bytes) -> bytes:
    """Append one more page to a PDF, as an increment."""

    writer = IncrementalPdfFileWriter(BytesIO(content))
    stream = writer.add_object(_stream(b"0 0 m 100 100 l S"))
    writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 595, 842)))
    return _written(writer)


def with_other_text(content: bytes) -> bytes:
    """Draw something over the first page of a PDF, as an increment."""

    writer = IncrementalPdfFileWriter(BytesIO(content))
    writer.add_stream_to_page(0, writer.add_object(_stream(b"0 0 m 500 500 l S")))
    return _written(writer)


def _stream(content: bytes) -> StreamObject:
    return StreamObject(stream_data=content)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
