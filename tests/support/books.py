"""Workbooks for tests, made with openpyxl, zipfile and LibreOffice: three programs that are not ours."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ntm_desktop.sheets.cells import CellKind, Content, Sheet, Workbook

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


def save(path: Path, cells: dict[str, object], *, sheet: str = "Sheet") -> Path:
    """Save a workbook with one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for address, value in cells.items():
        page[address] = value
    book.save(path)
    return path


def with_parts_changed(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Pack a workbook again with its parts changed; None leaves a part out."""
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return path


def through_office(path: Path, ending: str, folder: Path) -> Path:
    """Let LibreOffice open a file and save it in a format of its own making."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )
    return folder / f"{path.stem}.{ending}"


def book_of(*rows: tuple[object, ...], name: str = "Trang 1") -> Workbook:
    """Make a workbook as `read` would give it: texts, whole and decimal numbers as text with a point, None."""
    return Workbook((Sheet(name, tuple(tuple(_content(value) for value in row) for row in rows)),))


def _content(value: object) -> Content:
    if value is None:
        return Content(CellKind.EMPTY, "")
    if isinstance(value, Content):
        return value
    if isinstance(value, int | float):
        return Content(CellKind.NUMBER, str(value))
    return Content(CellKind.TEXT, str(value))
