"""What the program remembers per user: declared once, read as one frozen value.

The file is `settings.json` in the user's configuration folder. The environment variable `NTM_DESKTOP_HOME` moves every
per-user folder under one place (tests, demonstrations, a program carried on a stick).
Unknown keys of a newer version are kept when the file is written again.
"""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "NTM_DESKTOP_HOME"


@dataclass(frozen=True, slots=True)
class Settings:
    """The remembered choices; every field has its default here and nowhere else."""

    language: str = "vi"
    """`vi` or `en`."""
    palette: str = "light"
    """`light` or `dark`; never copied from Windows, because offices share one PC."""
    officer: str = ""
    """Who was entering last; offered, not assumed, at the next start."""
    last_workspace: str = ""
    """Folder of the workspace that was open last."""
    token_driver: str = ""
    """File of the driver of the signing token that was used last."""
    tree_width: int = 262
    """Width of the tree of criteria in logical pixels."""
    send_to: str = ""
    """Address of the office that receives sealed dossiers."""
    send_alone: bool = False
    """Whether what waits is sent as soon as that office answers."""


def user_folder(kind: str) -> Path:
    """Return the per-user folder for `config`, `data`, `log` or `documents`."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home) / kind
    import platformdirs  # off the start path of a run with NTM_DESKTOP_HOME

    folders = platformdirs.PlatformDirs("NTM Desktop", appauthor=False)
    return {
        "config": folders.user_config_path,
        "data": folders.user_data_path,
        "log": folders.user_log_path,
        "documents": folders.user_documents_path,
    }[kind]


def _settings_file() -> Path:
    return user_folder("config") / "settings.json"


def _stored() -> dict[str, object]:
    try:
        stored = json.loads(_settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def load() -> Settings:
    """Read the settings; a missing or broken file, or a value of another type, gives the default."""
    stored = _stored()
    known = {
        field.name: stored[field.name]
        for field in dataclasses.fields(Settings)
        if type(stored.get(field.name)) is type(field.default)
    }
    return Settings(**known)  # type: ignore[arg-type]  # types were compared with the defaults


def save(settings: Settings) -> None:
    """Write the settings beside and rename, keeping keys of a newer version.

    Raises OSError when the folder cannot be written; callers may go on without.
    """
    target = _settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".part")
    content = _stored() | dataclasses.asdict(settings)
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(target)
