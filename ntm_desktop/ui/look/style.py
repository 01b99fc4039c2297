"""The style sheet from the tokens, and the one function that dresses the whole program.

Rules:
* What parts paint themselves (cards, chips, buttons, ticks, bars) has no rule here: only Qt's own widgets do.
* The focus ring is drawn by `focus.FocusRing`; a rule that hides Qt's own outline stands only where the
  ring is.
* Input states are the property `state`: `wrong`, `review`, `computed` or empty.
"""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from ntm_desktop.ui.look import fonts
from ntm_desktop.ui.look.tokens import Ink, Palette, TextRole

_SHEET = Template("""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $surface; color: $text; border: 1px solid $input_line; border-radius: 4px;
    selection-background-color: $accent; selection-color: $on_accent; font-size: 14px;
}
QLineEdit { padding: 0 12px; min-height: 30px; max-height: 30px; }
QComboBox { padding: 0 26px 0 8px; min-height: 30px; max-height: 30px; font-size: 13px; }
QPlainTextEdit, QTextEdit { padding: 4px 8px; }
QLineEdit[state="wrong"], QComboBox[state="wrong"] {
    background: $not_met_bg; border-color: $not_met; color: $not_met;
}
QLineEdit[state="review"], QComboBox[state="review"] { border-color: $und; }
QLineEdit[state="computed"], QLineEdit:read-only, QLineEdit:disabled, QComboBox:disabled {
    background: $sunken; border-color: $line; color: $text2;
}
QLineEdit[bare="true"] { border: 0; padding: 0 6px; background: transparent; }
QComboBox::drop-down { border: 0; width: 24px; }
Select::down-arrow { image: none; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $line_strong; padding: 4px; outline: 0;
    selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; border-radius: 4px; }
QAbstractItemView { background: $surface; color: $text; border: 0; outline: 0; }
QAbstractItemView { selection-background-color: $accent_soft; selection-color: $text; }
QTreeView::branch { background: transparent; }
QTableView { gridline-color: $line; }
QHeaderView { background: $sunken; }
QHeaderView::section {
    background: $sunken; color: $text2; border: 0; border-bottom: 1px solid $line_strong;
    padding: 0 12px; font-size: 12px; font-weight: 600;
}
QHeaderView::section:vertical {
    background: $surface; color: $text; border-bottom: 1px solid $line; border-right: 1px solid $line;
    font-size: 13px; font-weight: 400;
}
QTableCornerButton::section { background: $sunken; border: 0; border-bottom: 1px solid $line_strong; }
QScrollArea { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QToolTip { background: $surface; color: $text; border: 1px solid $line_strong; padding: 4px 8px; }
QMenu { background: $surface; color: $text; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; min-height: 20px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $sunken; }
QCalendarWidget QToolButton {
    color: $text; background: transparent; border: 0; padding: 4px 8px; font-size: 13px;
}
QCalendarWidget QToolButton:hover { background: $accent_soft; border-radius: 4px; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
QCalendarWidget QSpinBox { min-height: 24px; }
""")


def sheet(palette: Palette) -> str:
    """Return the style sheet of the palette."""
    return _SHEET.substitute({ink.value: palette.hex(ink) for ink in Ink})


def apply(app: QApplication, palette: Palette) -> None:
    """Dress the program: bundled letters, Fusion, the palette and the style sheet.

    Raises FileUnreadable when the bundled letters are missing.
    """
    fonts.install()
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(fonts.font(TextRole.BODY))
    app.setPalette(_roles(palette))
    app.setStyleSheet(sheet(palette))


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the changed properties of the widget."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def _roles(palette: Palette) -> QPalette:
    role = QPalette.ColorRole
    inks = {
        role.Window: Ink.WINDOW,
        role.WindowText: Ink.TEXT,
        role.Base: Ink.SURFACE,
        role.AlternateBase: Ink.SUNKEN,
        role.Text: Ink.TEXT,
        role.PlaceholderText: Ink.TEXT3,
        role.Button: Ink.SURFACE,
        role.ButtonText: Ink.TEXT,
        role.BrightText: Ink.NOT_MET,
        role.Light: Ink.SURFACE,
        role.Midlight: Ink.LINE,
        role.Mid: Ink.LINE_STRONG,
        role.Dark: Ink.INPUT_LINE,
        role.Shadow: Ink.LINE_STRONG,
        role.Highlight: Ink.ACCENT,
        role.HighlightedText: Ink.ON_ACCENT,
        role.Link: Ink.ACCENT,
        role.LinkVisited: Ink.ACCENT,
        role.ToolTipBase: Ink.SURFACE,
        role.ToolTipText: Ink.TEXT,
        role.Accent: Ink.ACCENT,
    }
    colours = QPalette()
    for place, ink in inks.items():
        colours.setColor(place, QColor(palette.hex(ink)))
    for place in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, place, QColor(palette.text3))
    return colours
