"""What the list of sets shows: those that are here, and those a source would bring. No widget here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.dossiers import DossierState
from ntm_desktop.operations.pack_preview import Move, PackPreview, Preview
from ntm_desktop.operations.packs import InstalledSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One set of the list."""

    id: str
    title: str
    facts: str
    """Version, how many indicators, publisher: what may be cut stands last."""
    dossiers: str = ""
    """The years of the dossiers made with it."""
    news: str = ""
    """What is new about it, at the right."""
    here: InstalledSet | None = None
    """None: it would come with the source that is looked at."""
    coming: PackPreview | None = None
    """What the source that is looked at would bring."""

    def spoken(self) -> str:
        """Return everything the row says."""
        return ", ".join(part for part in (self.title, self.facts, self.dossiers, self.news) if part)


def entries(installed: Sequence[InstalledSet], incoming: Preview | None) -> tuple[Entry, ...]:
    """Return the rows: what is here in its order, then sets that are new."""
    coming: dict[str, PackPreview] = {}
    for pack in () if incoming is None else incoming.packs:
        coming.setdefault(pack.set.id, pack)
    known = {one.id for one in installed}
    rows = [_of_installed(one, coming.get(one.id)) for one in installed]
    rows += [_of_new(pack) for set_id, pack in coming.items() if set_id not in known]
    return tuple(rows)


def _of_installed(one: InstalledSet, coming: PackPreview | None) -> Entry:
    newer = coming is not None and not coming.here
    waits = any(used.movable for used in one.dossiers)
    used = max((dossier.dossier.set_version for dossier in one.dossiers if dossier.movable), default="")
    version = coming.set.version if coming is not None and newer else one.version if waits else ""
    return Entry(
        id=one.id,
        title=str(one.short_title),
        facts=_facts(one.publisher, used if waits else one.version, one.indicators, complete=one.complete),
        dossiers=_dossiers(one),
        news=_("{version} is here").format(version=version) if version else "",
        here=one,
        coming=coming,
    )


def _of_new(pack: PackPreview) -> Entry:
    found = pack.set
    publisher = pack.publisher.title if pack.publisher is not None else found.publisher
    return Entry(
        id=found.id,
        title=str(found.short_title),
        facts=_facts(publisher, found.version, len(found.indicators()), complete=found.complete),
        news=_("New"),
        coming=pack,
    )


def _facts(publisher: str, version: str, indicators: int, *, complete: bool) -> str:
    count = ngettext("{count} indicator", "{count} indicators", indicators).format(count=indicators)
    message = (
        _("version {version} \u00b7 {count} \u00b7 {publisher}")
        if complete
        else _("version {version} \u00b7 not complete \u00b7 {publisher}")
    )
    return message.format(publisher=publisher, version=version, count=count)


def _dossiers(one: InstalledSet) -> str:
    years = [
        str(used.dossier.year)
        if used.dossier.state is DossierState.OPEN
        else _("{year} (signed)").format(year=used.dossier.year)
        for used in one.dossiers
    ]
    return _("Dossiers of {years}").format(years=", ".join(years)) if years else ""


def signed_years(one: InstalledSet | None) -> tuple[int, ...]:
    """Return the years of the dossiers of a set that take no changes any more."""
    if one is None:
        return ()
    years = {used.dossier.year for used in one.dossiers if used.dossier.state is not DossierState.OPEN}
    return tuple(sorted(years))


def update_words(move: Move) -> str:
    """Return what the button that moves a dossier says: it names what it changes."""
    if move.dossier.revision > 1:
        return _("Update the dossier of {year}, round {revision}").format(
            year=move.dossier.year, revision=move.dossier.revision
        )
    return _("Update the dossier of {year}").format(year=move.dossier.year)


def heading(pack: PackPreview, move: Move | None) -> str:
    """Return the title of the page for a pack."""
    found = pack.set
    if move is None:
        return str(found.title)
    if move.before.id == found.id:
        return _("Preview before updating to version {version}").format(version=found.version)
    return _("Preview before changing over to {set}, version {version}").format(
        set=found.short_title, version=found.version
    )


def source_words(pack: PackPreview, here: InstalledSet | None, source: str) -> str:
    """Return who stands behind a pack, where it comes from, and that it passed its own examples."""
    publisher = pack.publisher.title if pack.publisher is not None else here.publisher if here else ""
    shipped = here is not None and here.shipped and pack.here
    origin = _("Came with the program") if shipped else _("Signed by {publisher}").format(publisher=publisher)
    parts = [origin]
    if not pack.here and source:
        parts.append(_("from {source}").format(source=source))
    if pack.examples:
        parts.append(_("its {count} own examples came out right").format(count=pack.examples))
    return " \u00b7 ".join(parts)
