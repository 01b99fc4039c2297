"""The command line in this process, and one finished demonstration that all tests may copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ntm_desktop.cli.main import main
from ntm_desktop.i18n import set_language


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as end:
            code = int(str(end.code))
        finally:
            set_language("vi")
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return run


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one demonstration; not to be changed."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    try:
        assert main(["demo", "--out", str(folder), "--no-screenshots"]) == 0
    finally:
        set_language("vi")
    return folder


@pytest.fixture
def workspace(finished: Path, tmp_path: Path) -> Path:
    """A workspace of the demonstration to work on."""
    return Path(shutil.copytree(finished / "workspace", tmp_path / "kho"))
