"""The import contracts say what architecture.md draws, and the core runs without Qt."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest

from tests.house.source import PROGRAM, ROOT, modules

CRAFTS = {"dossier", "documents", "exchange", "packs", "transfer", "workspace"}
TOOLS = {"trust", "sheets", "media"}
HEAVY = (
    "lark",
    "babel",
    "openpyxl",
    "python_calamine",
    "reportlab",
    "pyhanko",
    "sqlite_utils",
    "lxml",
    "asn1crypto",
)


def _contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["importlinter"]["contracts"]


def _contract(name: str) -> dict[str, object]:
    return next(contract for contract in _contracts() if contract["name"] == name)


def _names(package: str) -> list[str]:
    paths = [module.path for module in modules() if module.package == package]
    return [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths]


def test_layer_in_parentheses_does_not_exist_yet() -> None:
    optional = re.findall(r"\((\w+)\)", " ".join(_contract("Layers")["layers"]))
    assert not [name for name in optional if (PROGRAM / name).exists()], "take the parentheses away"


def test_faces_are_kept_from_every_craft_and_tool_there_is() -> None:
    forbidden = {
        name.removeprefix("ntm_desktop.")
        for name in _contract("Faces use operations, not crafts")["forbidden_modules"]
    }
    assert {name for name in CRAFTS | TOOLS if (PROGRAM / name).exists()} == forbidden


def test_every_dependency_stands_behind_a_fence() -> None:
    fenced = {
        name
        for contract in _contracts()
        if contract["type"] == "forbidden"
        for name in contract["forbidden_modules"]
    }
    imported_by_all = {"platformdirs", "typing_extensions"}
    assert set(HEAVY) | {"PySide6", "shiboken6", "cryptography"} <= fenced
    assert not fenced & imported_by_all


@pytest.mark.slow
def test_everything_but_the_window_runs_without_qt() -> None:
    names = [
        name
        for package in sorted({module.package for module in modules()} - {"ui"})
        for name in _names(package)
    ]
    program = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
    program += "print([name for name in sys.modules if name.split('.')[0] in {'PySide6', 'shiboken6'}])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.slow
def test_heavy_libraries_are_imported_when_used() -> None:
    names = [
        name
        for package in ("facts", "criteria", "snapshot", "workspace", "operations")
        for name in _names(package)[:1]
    ]
    program = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
    program += f"print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
