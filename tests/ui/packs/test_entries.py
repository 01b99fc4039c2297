"""The rows of the list and the words of the page: versions, years, who stands behind a pack."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.i18n import set_language
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import preview, preview_kept
from ntm_desktop.operations.packs import installed, take_in
from ntm_desktop.ui.packs.entries import entries, heading, signed_years, source_words, update_words
from tests.support.pack_repository import Simulated, pack
from tests.support.windows import NTM


def test_a_newer_version_is_named_beside_the_one_in_use(desk: Desk, stick_folder: Path) -> None:
    set_language("en")
    looked = preview(desk, stick_folder)
    first = entries(installed(desk), looked)[0]
    assert first.news == "1.5.0 is here"
    assert "version 1.0.0" in first.facts
    take_in(desk, stick_folder)
    assert entries(installed(desk), None)[0].news == "1.5.0 is here"
    assert "version 1.0.0" in entries(installed(desk), None)[0].facts


def test_a_set_that_is_not_here_comes_last_and_is_new(
    desk: Desk, publisher: Simulated, tmp_path: Path
) -> None:
    set_language("en")
    publisher.add(pack("1.0.0"))
    looked = preview(desk, publisher.write(tmp_path / "usb"))
    last = entries(installed(desk), looked)[-1]
    assert (last.id, last.news, last.here) == ("bo-thu", "New", None)


def test_the_heading_and_the_button_name_the_version_and_the_year(desk: Desk, stick_folder: Path) -> None:
    set_language("en")
    found = next(one for one in preview(desk, stick_folder).packs if one.set.id == NTM)
    (move,) = found.moves
    assert heading(found, move) == "Preview before updating to version 1.5.0"
    assert heading(found, None) == str(found.set.title)
    assert update_words(move) == "Update the dossier of 2024"
    assert "from usb" in source_words(found, installed(desk)[0], "usb")


def test_a_shipped_pack_says_so_and_counts_its_examples(desk: Desk) -> None:
    set_language("en")
    here = installed(desk)[0]
    words = source_words(preview_kept(desk, NTM), here, "")
    assert words.startswith("Came with the program")
    assert str(len(preview_kept(desk, NTM).set.examples)) in words


def test_open_dossiers_are_not_counted_as_signed(desk: Desk) -> None:
    assert signed_years(installed(desk)[0]) == ()
    assert signed_years(None) == ()
