"""What holds for every test: no screen, no network, no clock of this country, no leftovers.

Shared builders live in tests/support, not here.
"""

from __future__ import annotations

import os
import socket  # noqa: TID251  # to guard it
import time
import uuid
from collections.abc import Iterator

import hypothesis
import pytest

from ntm_desktop.i18n import set_language

# Before Qt is loaded anywhere. The time zone is far from +07:00 on purpose: nothing may depend on the PC's.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "Etc/GMT+5"
if hasattr(time, "tzset"):
    time.tzset()

# Timing on a shared machine says nothing about the code; in CI every run tries the same examples.
_PATIENT = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("local", **_PATIENT)
hypothesis.settings.register_profile("ci", **_PATIENT, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test reach this machine only."""
    connect = socket.socket.connect

    def refuse_far_addresses(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if host is not None and host not in {"127.0.0.1", "::1", "localhost"}:
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse_far_addresses)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the settings and folders of the person who runs the tests out of them."""
    monkeypatch.setenv("NTM_DESKTOP_HOME", str(tmp_path_factory.getbasetemp() / "homes" / uuid.uuid4().hex))


@pytest.fixture(autouse=True)
def vietnamese() -> None:
    """Begin every test in the first language, whatever language a command of an earlier test chose."""
    set_language("vi")


@pytest.fixture(autouse=True)
def no_widget_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window behind: outliving widgets crash Qt programs at the end."""
    yield
    if "qapp" not in request.fixturenames:
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    request.getfixturevalue("qapp")
    QCoreApplication.sendPostedEvents(
        None, QEvent.Type.DeferredDelete
    )  # processEvents() alone does not deliver these
    left = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in QApplication.topLevelWidgets()]
    assert not left, f"top-level widgets left behind: {left}"
