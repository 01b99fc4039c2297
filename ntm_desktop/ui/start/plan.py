"""What the first start has so far and what is still missing; no widgets, so that every case can be tested."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.start import HamletRow, NewWorkspace, SetSummary, Unit, keeps_households


@dataclass(frozen=True, slots=True)
class Plan:
    """The officer's choices before anything is made."""

    who: str = ""
    unit: Unit | None = None
    chosen_set: SetSummary | None = None
    year: int = 0
    hamlet_label: str = ""
    hamlets: tuple[HamletRow, ...] = ()
    merged: bool = False
    """The list comes from the former communes."""

    def missing(self) -> list[str]:
        """Return what is still missing, in the order of the page; empty when the workspace can be made."""
        found = []
        if not self.who.strip():
            found.append(_("who is entering"))
        if self.unit is None:
            found.append(_("the commune"))
        if self.chosen_set is None or not self.year:
            found.append(_("set and year"))
        if not self.hamlets and not self.merged:
            found.append(_("the list of {label}").format(label=self.hamlet_label))
        return found

    def words(self) -> str:
        """Return what will be made, or what is still missing."""
        missing = self.missing()
        if missing or self.unit is None or self.chosen_set is None:
            return _("Still missing: {things}.").format(things=", ".join(missing))
        message = (
            _("Will be made: {commune}, {province} \u00b7 {title}, year {year}; then the former communes.")
            if self.merged
            else _("Will be made: {commune}, {province} \u00b7 {count} {label} \u00b7 {title}, year {year}")
        )
        return message.format(
            commune=f"{self.unit.kind} {self.unit.name}",
            province=self.unit.province,
            count=len(self.hamlets),
            label=self.hamlet_label,
            title=self.chosen_set.short_title,
            year=self.year,
        )

    def unkept(self) -> str:
        """Return what was entered and has no place in the chosen set; empty when everything is stored."""
        counted = any(row.households is not None for row in self.hamlets)
        if self.chosen_set is None or not counted or keeps_households(self.chosen_set.id):
            return ""
        return _(
            "This set has no place for households by {label}: those entered here are not stored."
        ).format(label=self.hamlet_label)

    def workspace(self) -> NewWorkspace:
        """Return what `operations.start.create` makes. Raises ValueError while something is missing."""
        if self.missing() or self.unit is None or self.chosen_set is None:
            raise ValueError(self.missing())
        return NewWorkspace(
            self.unit, self.hamlet_label, self.hamlets, self.chosen_set.id, self.year, self.who.strip()
        )


def hamlet_words(hamlets: tuple[HamletRow, ...], label: str) -> str:
    """Return how many hamlets and households there are, in the commune's word for hamlet."""
    households = [row.households for row in hamlets if row.households is not None]
    if not households:
        return _("{count} {label}.").format(count=len(hamlets), label=label)
    total = f"{sum(households):,}".replace(",", ".")
    return _("{count} {label}, {households} households.").format(
        count=len(hamlets), label=label, households=total
    )
