"""Reading beside the window: one at a time, told of, stopped; what is read is read by a connection of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.errors import NtmError
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import Preview
from ntm_desktop.ui.packs.reading import Reading, ReadingCard
from ntm_desktop.ui.tasks import Tasks
from tests.support.windows import NTM
from tests.ui.conftest import Shown


class Heard:
    """What a reading said, in order."""

    def __init__(self, reading: Reading) -> None:
        self.said: list[object] = []
        self.sizes: list[int] = []
        reading.found.connect(self.said.append)
        reading.failed.connect(self.said.append)
        reading.stopped.connect(lambda: self.said.append("stopped"))
        reading.told.connect(self.sizes.append)


@pytest.fixture
def reading(qtbot, desk: Desk) -> Reading:
    return Reading(Tasks(), desk)


def test_a_source_is_found_and_its_sets_are_known_afterwards(
    qtbot, reading: Reading, desk: Desk, stick_folder: Path
) -> None:
    heard = Heard(reading)
    reading.start(stick_folder)
    assert reading.busy
    reading.start(Path("another one"))
    assert reading.source == stick_folder
    qtbot.waitUntil(lambda: not reading.busy, timeout=30_000)
    (found,) = heard.said
    assert isinstance(found, Preview)
    assert heard.sizes == sorted(heard.sizes)
    assert heard.sizes[-1] > 100_000
    (coming,) = [one.set for one in found.packs if one.set.id == NTM]
    assert desk.library.compiled(coming).source is coming


def test_a_source_that_is_not_there_is_told(qtbot, reading: Reading, tmp_path: Path) -> None:
    heard = Heard(reading)
    reading.start(tmp_path / "khong co")
    qtbot.waitUntil(lambda: bool(heard.said), timeout=30_000)
    assert isinstance(heard.said[0], NtmError)
    assert not reading.busy


def test_a_stopped_reading_says_so_once(qtbot, reading: Reading, stick_folder: Path) -> None:
    heard = Heard(reading)
    reading.start(stick_folder)
    reading.stop()
    qtbot.waitUntil(lambda: bool(heard.said), timeout=30_000)
    assert heard.said == ["stopped"]
    reading.stop()


def test_the_card_counts_what_was_read_and_goes_again(shown: Shown, reading: Reading) -> None:
    card = ReadingCard(reading)
    shown(card, 600, 90)
    card.show_busy(busy=True)
    reading.told.emit(812_345)
    assert card.panel.amount.text() == "đã đọc 793 KB"
    card.show_busy(busy=False)
    assert card.isHidden()
