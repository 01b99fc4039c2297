"""The portable folder as one archive: unpack anywhere, also on a stick, and start."""

from __future__ import annotations

import tarfile
from pathlib import Path

from devtools.places import BUILD
from release.debian import version

_README = """\
NTM Desktop {version}

Giải nén ra thư mục nào cũng được, kể cả USB, rồi chạy ntm-desktop.
Cần Debian 12, Ubuntu 22.04 hoặc mới hơn. Giấy phép: LICENCES.txt.
"""


def build(frozen: Path) -> Path:
    """Pack the frozen folder and return the archive."""
    (frozen / "DOC-TRUOC.txt").write_text(_README.format(version=version()), encoding="utf-8")
    target = BUILD / "release" / f"ntm-desktop-{version()}-linux-x86_64.tar.xz"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(target, "w:xz", preset=6) as archive:
        archive.add(frozen, arcname=f"ntm-desktop-{version()}", filter=_nobody)
    return target


def _nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry
