"""An office on the released version before gets the new one on a stick, whatever interrupts it, and goes back."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop import __version__, launcher
from ntm_desktop.errors import Unavailable
from ntm_desktop.operations import program_updates
from ntm_desktop.operations.program_updates import apply, standing
from ntm_desktop.packs.program.publish import add_program
from ntm_desktop.packs.program.update_file import LOCK, read_update
from ntm_desktop.packs.repository.lists import fingerprint_of
from ntm_desktop.packs.repository.publish import add, bundle
from ntm_desktop.settings import HOME_VARIABLE
from release import marker
from tests.support.pack_repository import pack
from tests.support.programs import NEW, OLD, ROOT, set_up, stick, this_update, update_of
from tests.support.publisher import new_office
from torture.faults import FailingDisk, Way

BEFORE = "0.0.9"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The version before as its setup left it: this code under an older number, beside its own Python."""
    base = tmp_path_factory.mktemp("released") / "ntm_desktop"
    rubbish = shutil.ignore_patterns("__pycache__", "*.po")
    shutil.copytree(ROOT / "ntm_desktop", base, ignore=rubbish)
    for name in ("resources", "translations"):
        shutil.copytree(ROOT / name, base / f"_{name}", ignore=rubbish)
    start = base / "__init__.py"
    start.write_text(start.read_text().replace(f'"{__version__}"', f'"{BEFORE}"'))
    written = marker.write(base)
    written.write_text(written.read_text().replace(f'"{__version__}"', f'"{BEFORE}"'))
    return base.parent


def _run(released: Path, home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    environment |= {"PYTHONPATH": str(released), HOME_VARIABLE: str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "ntm_desktop", *map(str, words), "--lang", "en"]
    return subprocess.run(
        command, cwd=released, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def update() -> bytes:
    """The update file of this version."""
    return this_update()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """The folder of a user, in memory where the system has such a place: 1,300 files are flushed one by one."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)


@pytest.mark.slow
def test_the_released_version_before_takes_this_one_from_a_stick_and_goes_back(
    released: Path, home: Path, update: bytes, tmp_path: Path
) -> None:
    office = new_office(tmp_path)
    add(office, pack("1.0.0"))
    add_program(office, update)
    bundle(office.repo, tmp_path / "stick.zip")
    believed = ("--publisher", fingerprint_of((office.repo / "metadata/1.root.json").read_bytes()))
    taken = _run(released, home, "update", "apply", tmp_path / "stick.zip", *believed)
    assert f"The next start runs version {__version__}." in taken.stdout, taken.stderr
    assert f"Version {__version__}," in _run(released, home, "update", "status").stdout
    assert f"Version {BEFORE}," in _run(released, home, "update", "rollback").stdout
    assert f"Version {BEFORE}," in _run(released, home, "update", "status").stdout


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with a newer version of a small program whose publisher came with it."""
    set_up(tmp_path, monkeypatch)
    monkeypatch.setattr(
        os, "fsync", lambda _handle: None
    )  # no plug is pulled: the failing disk keeps account itself
    office = new_office(tmp_path)
    root = (office.repo / "metadata/1.root.json").read_bytes()
    monkeypatch.setattr(program_updates, "shipped_root", lambda: root)
    return stick(tmp_path, update_of(tmp_path), office=office)


def _faults(way: Way, source: Path) -> Iterator[tuple[FailingDisk, bool]]:
    """Take the version in again and again on a disk that fails at the next call; say whether it went well."""
    for number in itertools.count():
        shutil.rmtree(launcher.versions_folder(), ignore_errors=True)
        disk = FailingDisk(number, way)
        try:
            apply(source, disk=disk)
        except Unavailable:
            yield disk, False
            continue
        yield disk, True
        return


@pytest.mark.parametrize("way", list(Way), ids=lambda way: way.value)
def test_whatever_call_of_the_disk_fails_the_old_or_the_new_version_starts_whole(
    source: Path, tmp_path: Path, way: Way
) -> None:
    whole = read_update(update_of(tmp_path / "again")).files
    calls = 0
    for disk, went_well in _faults(way, source):
        if way is Way.POWER:
            disk.lose_power()
        here = standing()
        calls += 1
        assert here.next == NEW if went_well else here.next in {OLD, NEW}
        folder = launcher.versions_folder()
        if here.next == NEW:
            laid = {name: (folder / NEW / name).read_bytes() for name in whole}
            assert laid == whole
        elif way is Way.REFUSE and calls % 10 == 0:
            assert apply(source).next == NEW
    assert calls > 20


def test_the_lock_names_the_runtime_of_the_update_as_of_the_setup(update: bytes, tmp_path: Path) -> None:
    runtime = hashlib.sha256((ROOT / LOCK).read_bytes()).hexdigest()
    assert read_update(update).runtime == runtime
    assert f'"{runtime}"' in marker.write(tmp_path).read_text()
