"""Examine a workspace without writing to it."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.workspace.doctor import Diagnosis, diagnose

__all__ = ["Diagnosis", "examine"]


def examine(folder: Path) -> Diagnosis:
    """Return what is right and wrong with a workspace. Raises WorkspaceMissing, NotAWorkspace."""
    return diagnose(folder)
