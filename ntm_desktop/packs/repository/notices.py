"""What an officer is told beside the packs that were taken in: nothing failed, but something is not as it should be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext


class NoticeKind(StrEnum):
    """What is not as it should be. The values are a contract."""

    CLOCK_BEHIND = "clock_behind"
    """The PC's clock shows a time that has certainly passed."""
    LIST_OLD = "list_old"
    """By the PC's clock the publisher no longer stands behind its list; the clock may be wrong."""
    LIST_EXPIRED = "list_expired"
    """The same, and a time that has certainly passed says so too."""
    PROVINCE_LAPSED = "province_lapsed"
    """The list of a province has expired; its packs were left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to be told. Dates are `2027-12-31`."""

    kind: NoticeKind
    today: str
    """What the PC's clock says."""
    floor: str
    """A date that has certainly passed."""
    issued_on: str = ""
    """When the list was signed; empty where it does not say."""
    months: int = 0
    """The list's age."""
    province: str = ""


def told(notice: Notice) -> str:
    """Return the words for a notice in the chosen language."""
    match notice.kind:
        case NoticeKind.CLOCK_BEHIND:
            return _(
                "The clock of this computer says {today}, but {floor} has certainly passed. "
                "The packs were judged by {floor}. Set the clock."
            ).format(today=_day(notice.today), floor=_day(notice.floor))
        case NoticeKind.LIST_OLD:
            return _(
                "The list of packs is {age} old (signed {issued_on}), longer than its publisher wanted. "
                "The packs can still be taken in. Check the date of this computer ({today}); if it is right, "
                "ask the publisher for a newer stick."
            ).format(age=_age(notice), issued_on=_day(notice.issued_on), today=_day(notice.today))
        case NoticeKind.LIST_EXPIRED:
            return _(
                "The list of packs is {age} old (signed {issued_on}) and has certainly expired. The packs can "
                "still be taken in. Ask the publisher whether there are newer ones."
            ).format(age=_age(notice), issued_on=_day(notice.issued_on))
        case NoticeKind.PROVINCE_LAPSED:
            return _(
                "The list of {province} has expired; its packs were left out. Ask the province for a newer one."
            ).format(province=notice.province)


def _day(iso: str) -> str:
    """`2027-12-31` as officers write it: `31/12/2027`; empty stays empty."""
    return "/".join(reversed(iso.split("-")))


def _age(notice: Notice) -> str:
    return ngettext("{months} month", "{months} months", notice.months).format(months=notice.months)
