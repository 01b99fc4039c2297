"""The page of limits says what the code says."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "limits.md"
ROW = re.compile(r"^\| [^|]+ \| ([0-9.,]+)( KB| MB| GB| s)? \| `([a-z_.]+)\.([A-Z_]+)` \|$", re.MULTILINE)
UNITS = {"": 1, " s": 1, " KB": 1 << 10, " MB": 1 << 20, " GB": 1 << 30}


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[2]}.{row[3]}")
def test_a_limit_on_the_page_is_the_one_in_the_code(row: tuple[str, str, str, str]) -> None:
    number, unit, module, name = row
    said = int(number.replace(",", "")) * UNITS[unit]
    assert getattr(importlib.import_module(f"ntm_desktop.{module}"), name) == said


def test_the_page_names_the_limits_of_every_reader() -> None:
    told = {module for _number, _unit, module, _name in rows()}
    assert told >= {
        "criteria.load",
        "exchange.facts_file",
        "media.limits",
        "packs.repository.bundle",
        "sheets.limits",
    }
    assert told >= {"snapshot.decoding", "snapshot.return_slip", "transfer.parts", "trust.pdf_judge"}
    assert told >= {"workspace.manifest", "workspace.packet"}
