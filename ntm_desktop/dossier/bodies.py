"""Where the files of a container lie in it and what they are, told without reading them: nobody sends them twice."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.dossier.manifest import MANIFEST_NAME, read_manifest
from ntm_desktop.dossier.ziplayout import LIMITS, STORED, NotAContainer, read_layout
from ntm_desktop.errors import FileUnreadable

Span = tuple[int, int, str]
"""Offset, size and SHA-256 of a file as it lies in the container."""


def manifest_spans(path: Path) -> tuple[bytes, tuple[Span, ...]]:
    """Return the manifest and the place of every stored file it names, which nobody has hashed here.

    Raises NotAContainer, FileUnreadable.
    """
    try:
        with open_file(path) as file:
            layout = read_layout(file, str(path))
            stored = {one.name: one for one in layout.entries if one.method == STORED}
            entry = stored.get(MANIFEST_NAME)
            if layout.problems or entry is None or entry.size > LIMITS.manifest:
                raise NotAContainer(str(path), "no manifest")
            file.seek(entry.data_offset)
            content = file.read(entry.size)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    named = ((stored.get(one.name), one.sha256) for one in read_manifest(content).references)
    return content, tuple((one.data_offset, one.size, sha256) for one, sha256 in named if one is not None)
