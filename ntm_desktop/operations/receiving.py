"""Receive dossiers for an office without a server of its own: what arrives whole lies in one folder."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from ntm_desktop.dossier.bodies import Span, manifest_spans
from ntm_desktop.dossier.reader import read_container
from ntm_desktop.dossier.ziplayout import NotAContainer
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.transfer.arriving import Arrivals, Bounds
from ntm_desktop.transfer.receiving import serve, service

__all__ = ["Bounds", "contents_of", "identity_of", "receive"]


def identity_of(path: Path) -> str:
    """Return the identity of a finished file, every byte read. Raises ValueError for no whole dossier, OSError."""
    try:
        found = read_container(path)
    except NotAContainer as fault:
        raise ValueError(fault.code) from fault
    except FileUnreadable as fault:
        raise OSError(errno.EIO, fault.reason) from fault
    if not found.sound:
        raise ValueError  # heard by the service alone
    return found.identity


def contents_of(path: Path) -> tuple[bytes, tuple[Span, ...]]:
    """Return the manifest of a finished file and where its files lie. Raises ValueError for no dossier, OSError."""
    try:
        return manifest_spans(path)
    except NotAContainer as fault:
        raise ValueError(fault.code) from fault
    except FileUnreadable as fault:
        raise OSError(errno.EIO, fault.reason) from fault


def receive(
    folder: Path,
    host: str,
    port: int,
    receiver: str,
    told: Callable[[str], None],
    bounds: Bounds | None = None,
) -> None:
    """Receive until stopped; `told` is called with the identity of each dossier that arrived.

    What was whole when it was killed is named first. Raises DiskFull, FileUnwritable, PortTaken.
    """
    arrivals = Arrivals(folder, identity_of, bounds, contents=contents_of)
    for identity in arrivals.prepare():
        told(identity)
    serve(service(arrivals, receiver, told), host, port)
