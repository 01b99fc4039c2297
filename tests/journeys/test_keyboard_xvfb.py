"""A whole indicator filled by keyboard alone, in the real program on a real (virtual) screen.

The program runs in its own process under Xvfb, xdotool presses the keys. What it stored is then read by another
process, the command line, and must agree. Nothing here waits for a time: the keys queue at the window, and the last
of them closes it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from keyboard.screen import MOST_SECONDS, Keyboard, missing, virtual_screen
from ntm_desktop.operations import start
from tests.support.windows import key, make_desk

SOURCE = "Bộ phận Một cửa xã"

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """Return the environment of a virtual screen of 1366x768."""
    with virtual_screen() as environment:
        yield environment


def wait_for_figure(folder: Path, element: str, value: int) -> None:
    """Wait until the program has stored a figure, looking from outside."""
    pause, end = threading.Event(), time.monotonic() + MOST_SECONDS
    while time.monotonic() < end:
        with closing(start.open_desk(folder, who="reader", read_only=True)) as desk:
            fact = desk.book.fact(key(element))
        if fact is not None and fact.value == value:
            return
        pause.wait(0.1)
    pytest.fail(f"{element} was not stored within {MOST_SECONDS} s")


def test_an_indicator_is_filled_by_keyboard_alone_and_another_process_agrees(
    tmp_path: Path, screen: dict[str, str]
) -> None:
    desk = make_desk(tmp_path)
    assert desk.dossier is not None
    folder, dossier = desk.workspace.folder, desk.dossier.id
    desk.close()
    program = subprocess.Popen([sys.executable, "-m", "ntm_desktop", "open", str(folder)], env=screen)
    try:
        keyboard = Keyboard(screen, program.pid)
        keyboard.press("ctrl+f")
        keyboard.type("tieu chi 8.4")
        keyboard.press("Return")
        for number in ("21", "21", "23", "23"):
            keyboard.type(number)
            keyboard.press("Return")
        for _system in range(4):
            keyboard.press("space", "Return")
        keyboard.type("612")
        keyboard.press("Return")
        keyboard.type("2382")
        # From the last input past the link of the threshold to the line of the source, and into it.
        keyboard.press("Tab", "Tab", "Return")
        wait_for_figure(folder, "ho_so_giai_quyet", 2382)  # the program has caught up with the keys
        keyboard.type(SOURCE)
        keyboard.press("Return")
        keyboard.press("ctrl+q")
        assert program.wait(MOST_SECONDS) == 0
    finally:
        program.kill()
        program.wait(MOST_SECONDS)
    check = subprocess.run(
        [sys.executable, "-m", "ntm_desktop", "check", str(folder), "--dossier", dossier, "--json"],
        env=screen,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    verdicts = _verdicts(json.loads(check.stdout))
    assert {code: verdicts[code] for code in ("8.4.a", "8.4.b", "8.4.c", "8.4.d", "8.4")} == {
        "8.4.a": "MET",
        "8.4.b": "MET",
        "8.4.c": "MET",
        "8.4.d": "NOT_MET",
        "8.4": "NOT_MET",
    }
    again = start.open_desk(folder, who="reader", read_only=True)
    fact = again.book.fact(key("ho_so_giai_quyet"))
    again.close()
    assert fact is not None
    assert fact.in_use is not None
    assert fact.value == 2382
    assert fact.in_use.provenance.source == SOURCE


def _verdicts(found: object) -> dict[str, str]:
    """Return every code with its verdict, wherever it stands in the answer."""
    if isinstance(found, list):
        return {code: verdict for one in found for code, verdict in _verdicts(one).items()}
    if not isinstance(found, dict):
        return {}
    own = {str(found["code"]): str(found["verdict"])} if {"code", "verdict"} <= found.keys() else {}
    return own | {code: verdict for one in found.values() for code, verdict in _verdicts(one).items()}
