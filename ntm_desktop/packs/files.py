"""Source files read strictly: JSON without decimal numbers and without a key standing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from ntm_desktop.packs.shape import Findings, Place

MAX_FILE_BYTES: Final = 2 * 1024 * 1024
SCHEMA_KEY: Final = "$schema"

Json = dict[str, object]


class _Odd(ValueError):
    """Carries a code and the wrong piece out of the JSON parser."""

    def __init__(self, code: str, found: str, advice: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.found = found
        self.advice = advice


def read_file(path: Path, findings: Findings) -> Json:
    """Return the object in a source file, empty when there is none and a problem was noted."""
    place = place_of(path)
    try:
        return _parsed(path.read_bytes())
    except OSError as error:
        findings.note(place, "unreadable", error.strerror or "")
    except _Odd as odd:
        findings.note(place, odd.code, odd.found, odd.advice)
    except (ValueError, RecursionError) as error:
        findings.note(place, "not_json", str(error))
    return {}


def _parsed(content: bytes) -> Json:
    if len(content) > MAX_FILE_BYTES:
        raise _Odd("too_large", str(len(content)))
    data = json.loads(
        content.decode(), parse_float=_no_decimals, parse_constant=_no_decimals, object_pairs_hook=_object
    )
    if not isinstance(data, dict):
        raise _Odd("wrong_type", repr(data), "{...}")
    data.pop(SCHEMA_KEY, None)
    return data


def place_of(path: Path) -> Place:
    """Return the place of a file: its path from the folder that holds all sources."""
    folder = path.parent
    inside = f"{folder.parent.name}/{folder.name}" if folder.name == "criteria" else folder.name
    return Place(f"{inside}/{path.name}")


def _no_decimals(text: str) -> object:
    raise _Odd("decimal_number", text, f'"{text}"')


def _object(pairs: list[tuple[str, object]]) -> Json:
    data: Json = {}
    for key, value in pairs:
        if key in data:
            raise _Odd("duplicate_key", key)
        data[key] = value
    return data
