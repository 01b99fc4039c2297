"""Sizes that travel: a sealed file in numbered parts, offered where it is larger than what a way takes."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.parts import count_of
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.choice import ChoiceInput, Option
from ntm_desktop.ui.parts.rows import ListRow

PART_SIZES: Final = {"mail": 18_000_000, "chat": 100_000_000, "fat32": 4_000_000_000}
"""Bytes of a part. Mail grows what it carries by a third, so that 18 MB pass a limit of 25 MB."""


class PartsCard(TitledCard):
    """Which way the file goes, and how many parts that makes."""

    split_asked = Signal(int)
    """Carries the bytes of a part."""

    def __init__(self) -> None:
        super().__init__(_("Sending in parts"), _("for mail, messages and sticks"))
        self.body.setSpacing(4)
        self._size = 0
        ways = [
            Option("mail", _("Mail with a limit of 25 MB")),
            Option("chat", _("Messages (Zalo), 100 MB")),
            Option("fat32", _("A FAT32 stick, 4 GB")),
        ]
        self.way = ChoiceInput(_("How the file is sent"), ways)
        self.way.hide_below()
        self.way.set_text("mail")
        self.way.committed.connect(self._show)
        self.row = ListRow("")
        self.row.set_divided(divided=False)
        self.row.set_icon("box", Ink.TEXT2)
        self.split = Button("", icon="folder")
        self.split.clicked.connect(self._ask)
        self.row.add_right(self.way)
        self.row.add_right(self.split)
        self.body.addWidget(self.row)

    def show_size(self, size: int, *, busy: bool) -> None:
        """Show what becomes of a file of this size; hidden while it fits even a mail."""
        self._size = size
        self.setVisible(size > min(PART_SIZES.values()))
        self.split.set_reason(_("The file is being read") if busy else None)
        self._show()

    def part_size(self) -> int:
        """Return the bytes of a part that are chosen."""
        return PART_SIZES[self.way.text()]

    def say(self, words: str) -> None:
        """Tell what was written."""
        self.row.set_second(words)

    def _show(self) -> None:
        count = count_of(self._size, self.part_size())
        fits = count <= 1
        self.split.setVisible(not fits)
        self.row.set_second("")
        if fits:
            self.row.title.set_text(_("{size}: fits as it is").format(size=size_words(self._size)))
            return
        words = ngettext("{size}: {count} part", "{size}: {count} parts", count)
        self.row.title.set_text(words.format(size=size_words(self._size), count=count))
        self.split.set_words(_("Split\u2026"))

    def _ask(self) -> None:
        self.split_asked.emit(self.part_size())
