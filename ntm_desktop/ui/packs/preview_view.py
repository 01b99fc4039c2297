"""The right side: what a pack would change for one dossier, or that there is nothing new; built afresh each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_changes import PartChange
from ntm_desktop.operations.pack_preview import Move, PackPreview
from ntm_desktop.operations.pack_words import (
    asked_words,
    contradiction_sentence,
    misfit_words,
    promise_sentence,
    why,
)
from ntm_desktop.operations.packs import InstalledSet
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.packs.entries import heading, signed_years, source_words
from ntm_desktop.ui.packs.flips import ChangesCard, Reasons, version_heads
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.card import Card, TitledCard
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.choice import Option
from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words

_WIDEST = 1100
_OTHERS_SHOWN = 2
_NAMES_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something to say above the preview."""

    kind: BannerKind
    fact: str
    rest: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything the right side shows."""

    pack: PackPreview
    here: InstalledSet | None
    source: str = ""
    """Where it comes from, when it is not here yet."""
    move: Move | None = None
    told: tuple[Told, ...] = ()


class PreviewView(CardColumn):
    """Show one pack and one move."""

    picked = Signal(str)
    """The dossier whose move is to be shown."""
    acted = Signal()
    """The button of a banner was pressed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(widest=_WIDEST, spacing=12, parent=parent)
        self._desk = desk
        self._stacked = False
        self.changes: tuple[ChangesCard, ...] = ()

    def show_pack(self, shown: Shown) -> None:
        """Build the page for this pack."""
        self.clear()
        self.changes = ()
        move = shown.move
        title = Words(heading(shown.pack, move), TextRole.PAGE_TITLE, fit=Fit.WRAP)
        self.add(title)
        self.add(_source_line(source_words(shown.pack, shown.here, shown.source)))
        self._tell(shown)
        if len(shown.pack.moves) > 1 and move is not None:
            self._offer_dossiers(shown.pack, move)
        if move is None:
            self._show_nothing_new(shown)
        else:
            self._show_move(move, shown.here)
        self.verticalScrollBar().setValue(0)

    def show_waiting(self, title: str) -> None:
        """Say that the preview of this set is being worked out."""
        self.clear()
        self.changes = ()
        self.add(Words(title, TextRole.PAGE_TITLE, fit=Fit.WRAP))
        self.add(Words(_("Working out what it would change\u2026"), ink=Ink.TEXT2, fit=Fit.WRAP))

    def stack(self, *, stacked: bool) -> None:
        """Stack the rows, or stand their parts beside each other."""
        self._stacked = stacked
        for card in self.changes:
            card.stack(stacked=stacked)

    def banners(self) -> list[str]:
        """Return what the banners say."""
        return [card.words() for card in self.cards() if isinstance(card, Banner)]

    def _tell(self, shown: Shown) -> None:
        told = list(shown.told)
        broken = promise_sentence(shown.pack.promise, shown.pack.set)
        if broken:
            told.append(Told(kind=BannerKind.WARNING, fact=broken))
        for one in told:
            banner = Banner(one.kind, one.fact, one.rest, action=one.action)
            banner.pressed.connect(self.acted)
            self.add(banner)

    def _offer_dossiers(self, pack: PackPreview, chosen: Move) -> None:
        options = [
            Option(
                move.dossier.id,
                _("Year {year}: {count} flip").format(year=move.dossier.year, count=len(move.flips)),
            )
            for move in pack.moves[:6]
        ]
        row = FilterRow(_("Dossiers"), options)
        row.choose(chosen.dossier.id)
        row.chosen.connect(self.picked)
        self.add(row)

    # ------------------------------------------------------------ a move

    def _show_move(self, move: Move, here: InstalledSet | None) -> None:
        cards = [_flips_card(self._desk, move)]
        if move.others:
            cards.append(_others_card(self._desk, move))
        self.changes = tuple(cards)
        for card in cards:
            card.stack(stacked=self._stacked)
            self.add(card)
        rows = list(_figure_rows(move))
        if rows:
            self.add(_listing(_("Figures and thresholds of the commune"), rows))
        self.add(_promise_of_safety(move, here))

    def _show_nothing_new(self, shown: Shown) -> None:
        card = Card()
        if shown.pack.here:
            state = EmptyState(
                "box",
                _("Nothing newer is here."),
                _(
                    "The dossiers use the newest version on this computer. A newer one comes on a stick or as a file."
                ),
            )
        else:
            state = EmptyState(
                "box",
                _("No open dossier would move to this set."),
                _("Once it is taken in, dossiers can be made with it in Overview."),
            )
        card.body.addWidget(state)
        self.add(card)
        self.add(_facts_card(shown))


def _source_line(words: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Icon("shieldok", Ink.MET), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(Words(words, ink=Ink.TEXT2, fit=Fit.WRAP), 1)
    return line


def _reasons(desk: Desk, move: Move) -> Callable[[PartChange], Reasons]:
    def told(change: PartChange) -> Reasons:
        said = why(desk, move, change)
        return Reasons(said.gap, said.rest)

    return told


def _flips_card(desk: Desk, move: Move) -> ChangesCard:
    flips = sum(1 for change in move.flips)
    same = ngettext("{count} indicator stays", "{count} indicators stay", move.unchanged).format(
        count=move.unchanged
    )
    if not flips:
        card = ChangesCard(_reasons(desk, move), move, _("No indicator changes its result."), same)
        card.show_changes(())
        return card
    title = ngettext(
        "Dossier of {year}: {count} indicator changes its result",
        "Dossier of {year}: {count} indicators change their results",
        flips,
    ).format(year=move.dossier.year, count=flips)
    before, after = move.met
    right = _("{before} met becomes {after} met").format(before=before, after=after)
    card = ChangesCard(_reasons(desk, move), move, title, same, right)
    card.show_changes(move.flips, version_heads(move))
    return card


def _others_card(desk: Desk, move: Move) -> ChangesCard:
    count = len(move.others)
    aside = ngettext("{count} indicator", "{count} indicators", count).format(count=count)
    title = _("Same result, another threshold or way of counting")
    card = ChangesCard(_reasons(desk, move), move, title, aside, shown=_OTHERS_SHOWN)
    card.show_changes(move.others)
    return card


def _figure_rows(move: Move) -> Iterator[ListRow]:
    asked = [one for one in move.asked if not one.known]
    if asked:
        title = ngettext("{count} figure is newly asked", "{count} figures are newly asked", len(asked))
        yield _row("edit", title.format(count=len(asked)), _listed([asked_words(one) for one in asked]))
    if move.misfits:
        title = ngettext(
            "{count} figure is set aside; it stays kept",
            "{count} figures are set aside; they stay kept",
            len(move.misfits),
        )
        elements = move.before.catalogue.elements
        names = [
            _("{figure} ({reason})").format(
                figure=elements[one.fact.key.element].label
                if one.fact.key.element in elements
                else one.fact.key.element,
                reason=misfit_words(one.reason),
            )
            for one in move.misfits
        ]
        yield _row("layers", title.format(count=len(move.misfits)), _listed(list(dict.fromkeys(names))))
    requirements = {one.code: one for one in move.after.requirements()}
    for one in move.contradicted:
        if one.requirement in requirements:
            sentence = contradiction_sentence(one, requirements[one.requirement])
            yield _row("book", f"{one.requirement}: {sentence.gap}", sentence.rest)


def _row(icon: str, title: str, second: str) -> ListRow:
    row = ListRow(title, second)
    row.set_icon(icon)
    return row


def _listed(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_NAMES_SHOWN])
    if len(names) <= _NAMES_SHOWN:
        return shown
    return _("{names} and {more} more.").format(names=shown, more=len(names) - _NAMES_SHOWN)


def _promise_of_safety(move: Move, here: InstalledSet | None) -> Banner:
    years = ", ".join(map(str, signed_years(here)))
    copied = _(
        "Before updating, the program takes a copy by itself; afterwards version {version} can be had again."
    ).format(version=move.before.version)
    signed = _("The signed dossiers of {years} do not change.").format(years=years) if years else ""
    return Banner(BannerKind.INFO, f"{signed} {copied}".strip())


def _facts_card(shown: Shown) -> TitledCard:
    found, here = shown.pack.set, shown.here
    rows = [
        _row(
            "box",
            _("Version {version}").format(version=found.version),
            _("Other versions here: {versions}").format(versions=", ".join(here.older))
            if here is not None and here.older
            else _("The only version here")
            if shown.pack.here
            else "",
        ),
        _row("list", _counted(shown), "" if found.complete else _("This set is not complete yet.")),
    ]
    if found.valid_from is not None and found.valid_to is not None:
        span = _("For dossiers of the years {first} to {last}").format(
            first=found.valid_from, last=found.valid_to
        )
        rows.append(_row("clock", span, ""))
    for used in here.dossiers if here is not None else ():
        version = _("made with version {version}").format(version=used.dossier.set_version)
        rows.append(_row("file", used.name.words(), version))
    return _listing(_("About this set"), rows)


def _listing(title: str, rows: Sequence[ListRow]) -> TitledCard:
    card = TitledCard(title)
    card.body.setSpacing(0)
    for row in rows:
        row.set_divided(divided=row is not rows[-1])
        card.body.addWidget(row)
    return card


def _counted(shown: Shown) -> str:
    found = shown.pack.set
    return _("{criteria} criteria, {indicators} indicators").format(
        criteria=len(found.criteria), indicators=len(found.indicators())
    )
