"""Every import contract breaks when it should: an empty tree of the same shape, with one sin per contract."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT

SINS = {
    "Layers": ("facts", "import ntm_desktop.workspace"),
    "Faces use operations, not crafts": ("cli", "import ntm_desktop.dossier"),
    "No cycles inside packages": ("facts", "import ntm_desktop.facts.sin_b"),
    "Criteria are pure: no clock, no disk, no random": ("criteria", "import random"),
    "Only ui imports Qt": ("operations", "from PySide6.QtCore import QObject"),
    "Only facts imports Babel": ("documents", "import babel"),
    "Only criteria imports lark": ("packs", "import lark"),
    "Only trust imports cryptography": ("dossier", "from asn1crypto import cms"),
    "Only sheets imports spreadsheet libraries": ("exchange", "import openpyxl"),
    "Only media imports picture and page libraries": ("documents", "from PIL import Image"),
    "Only packs imports TUF": ("trust", "import tuf.api"),
    "Only workspace speaks SQL": ("operations", "import sqlite3"),
    "Only documents draws papers": ("operations", "import reportlab"),
    "Only dossier opens containers; sheets, packs and templates read zips": (
        "workspace",
        "import zipfile",
    ),
    "Only transfer talks to a network": ("packs", "import http.client"),
    "Only cli parses arguments": ("ui", "import argparse"),
    "Only sheets writes Parquet": ("workspace", "import duckdb"),
}


def _settings() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]


def _empty_tree(folder: Path) -> Path:
    package = folder / "ntm_desktop"
    names = re.findall(r"\w+", " ".join(_settings()["contracts"][0]["layers"]))
    for name in ["", *names]:
        (package / name).mkdir()
        (package / name / "__init__.py").touch()
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return package


def _broken(folder: Path) -> set[str]:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )
    states = dict(re.findall(r"^(\S.*?) (KEPT|BROKEN)", done.stdout, re.MULTILINE))
    assert states.keys() == SINS.keys(), done.stdout + done.stderr
    return {name for name, state in states.items() if state == "BROKEN"}


@pytest.mark.slow
def test_tree_of_the_drawn_shape_keeps_every_contract(tmp_path: Path) -> None:
    _empty_tree(tmp_path)
    assert not _broken(tmp_path)


@pytest.mark.slow
def test_every_contract_catches_its_sin(tmp_path: Path) -> None:
    package = _empty_tree(tmp_path)
    for number, (where, sin) in enumerate(SINS.values()):
        (package / where / f"sin_{number}.py").write_text(f"{sin}\n", encoding="utf-8")
    (package / "facts" / "sin_b").mkdir()
    (package / "facts" / "sin_b" / "__init__.py").write_text(
        "import ntm_desktop.facts.sin_2\n", encoding="utf-8"
    )
    assert _broken(tmp_path) == set(SINS)


@pytest.mark.slow
def test_package_without_a_place_is_refused(tmp_path: Path) -> None:
    package = _empty_tree(tmp_path)
    (package / "reports").mkdir()
    (package / "reports" / "__init__.py").touch()
    assert _broken(tmp_path) == {"Layers"}
