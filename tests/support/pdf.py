"""A PDF as poppler, not the library that wrote it, sees it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils (pdftotext, pdffonts, pdfinfo) is not installed"
)

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    """A word with its box in millimetres from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Page:
    """A page, millimetres."""

    width: float
    height: float
    words: tuple[Word, ...]


def _run(tool: str, *arguments: str) -> str:
    return subprocess.run([tool, *arguments], check=True, capture_output=True, timeout=60).stdout.decode()


def text_of(path: Path) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(_run("pdftotext", "-layout", str(path), "-").split())


def flowing_text_of(path: Path) -> str:
    """Return the text in the order it was drawn, so that cells stay whole; one space for white space."""
    return " ".join(_run("pdftotext", "-raw", str(path), "-").split())


def page_texts(path: Path) -> list[str]:
    """Return the text of each page."""
    return _run("pdftotext", "-layout", str(path), "-").split("\f")[:-1]


def fonts_of(path: Path) -> list[tuple[str, str]]:
    """Return name and embedded (`yes`, `no`) of every font."""
    lines = _run("pdffonts", str(path)).splitlines()[2:]
    return [(line.split()[0].rpartition("+")[2], line.split()[-5]) for line in lines]


def info_of(path: Path) -> dict[str, str]:
    """Return the metadata by name."""
    pairs = (line.partition(":") for line in _run("pdfinfo", str(path)).splitlines())
    return {name: value.strip() for name, _, value in pairs}


def pages_of(path: Path) -> list[Page]:
    """Return every page with its words and where they stand."""
    made = []
    for width, height, body in _PAGE.findall(_run("pdftotext", "-bbox", str(path), "-")):
        words = tuple(
            Word(*(float(number) / MM for number in numbers), text) for *numbers, text in _WORD.findall(body)
        )
        made.append(Page(float(width) / MM, float(height) / MM, words))
    return made
