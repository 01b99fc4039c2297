"""Rows about large dossiers: seal and verify 1 GiB."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from functools import partial
from typing import Final

from bench import communes
from bench.measure import Ran, alternate, run
from bench.rows import Line, Setting, memory_line, time_line
from ntm_desktop.trust.demo import DemoKey, make_demo_key
from ntm_desktop.workspace.folder import FILE_NAME

SEAL_TIME, VERIFY_TIME = 1.5, 1.6
FILES: Final = 500
PASSWORD: Final = "bench"  # noqa: S105  # opens a key that nobody vouches for
_UNKNOWN_SIGNER: Final = (0, 1)
"""VALID, or UNKNOWN; both are the outcome of a complete check."""


class Sealing:
    """A commune with much evidence, and how it is sealed again and again."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.folder = setting.scratch / "sealing"
        self.workspace = self.folder / "workspace"
        self.target = self.folder / "out.asice"
        self.copy = self.folder / "copy.bin"
        self._fresh = self.folder / "fresh"
        self.folder.mkdir()
        desk = communes.make(self.workspace, communes.NTM)
        communes.attach_files(desk, self.folder / "incoming", files=FILES, size=self.size)
        self.dossier = desk.dossier.id if desk.dossier is not None else ""
        desk.close()
        shutil.copyfile(self.workspace / FILE_NAME, self._fresh)
        self.key: DemoKey = make_demo_key(
            self.folder, signer="Bench", organisation="Bench", password=PASSWORD, at=datetime.now(UTC)
        )
        (self.folder / "password").write_text(PASSWORD, encoding="utf-8")

    @property
    def size(self) -> int:
        """Bytes of evidence."""
        return (100 << 20) if self.setting.quick else (1 << 30)

    def seal(self) -> Ran:
        """Seal the dossier, open again, with the program."""
        shutil.copyfile(self._fresh, self.workspace / FILE_NAME)
        self.target.unlink(missing_ok=True)
        dossier = ("--dossier", self.dossier, "--out", self.target)
        key = ("--p12", self.key.key_file, "--password-file", self.folder / "password")
        return run("ntm_desktop", "seal", self.workspace, *dossier, *key, home=self.setting.home)

    def copied(self) -> Ran:
        """Copy the same evidence."""
        self.copy.unlink(missing_ok=True)
        return run("bench.floor_copy", self.workspace / "evidence", self.copy, home=self.setting.home)

    def verify(self) -> Ran:
        """Verify the file with the program."""
        arguments = ("verify", self.target, "--anchors", self.key.anchor)
        return run("ntm_desktop", *arguments, home=self.setting.home, expect=_UNKNOWN_SIGNER)


def seal(setting: Setting) -> tuple[Line, ...]:
    """Seal 1 GiB in 500 files with read-back; floor: copy, SHA-256, fsync, read back with SHA-256, all in a row."""
    made = Sealing(setting)
    try:
        pairs = alternate(made.seal, made.copied, setting.pairs)
        return time_line("whole process", pairs, SEAL_TIME), memory_line(pairs)
    finally:
        shutil.rmtree(made.folder)


def verify(setting: Setting) -> tuple[Line, ...]:
    """Verify the same file with replay; floor: read it with `zipfile` and SHA-256."""
    made = Sealing(setting)
    try:
        made.seal()
        floor = partial(run, "bench.floor_zip", made.target, home=setting.home)
        pairs = alternate(made.verify, floor, setting.pairs)
        return time_line("whole process", pairs, VERIFY_TIME), memory_line(pairs)
    finally:
        shutil.rmtree(made.folder)
