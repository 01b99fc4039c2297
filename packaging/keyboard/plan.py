"""Sixty fields of the sample commune and the keys that fill them, as an officer without a mouse would press them.

Entry begins where the window opens, at the first indicator; `Enter` goes on from field to field and from indicator to
indicator. Then two columns of the table by hamlet, down with `Enter`, and last the indicator 8.4, found with `Ctrl+F`.
One figure is mistyped on purpose; `F8` goes back to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

FIELDS = 60
HAMLETS = 12
NAMES: Mapping[str, str] = MappingProxyType({" ": "space", ".": "period", ",": "comma"})
"""What xdotool calls the keys of these signs."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One field: what its keys are meant to store."""

    element: str
    hamlet: int | None
    """The place of the hamlet in the list; None: the commune."""
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the way: its keys and the fields they fill."""

    name: str
    keys: tuple[str, ...]
    fields: tuple[Filled, ...]


_INDICATORS = (
    ("qh_chung_con_han", "yes"),
    ("qh_quy_dinh_quan_ly", "yes"),
    ("duong_xa_dat_km", "12,5"),
    ("duong_xa_km", "12,5"),
    ("duong_thon_dat_km", "20,1"),
    ("duong_thon_km", "24,8"),
    ("duong_ngo_xom_dat_km", "9,4"),
    ("duong_ngo_xom_km", "11"),
    ("duong_noi_dong_dat_km", "15,75"),
    ("duong_noi_dong_km", "22"),
    ("dat_nong_nghiep_tuoi_ha", "1840"),
    ("dat_nong_nghiep_can_tuoi_ha", "1915"),
    ("pctt_du_noi_dung_bat_buoc", "no"),
    ("pctt_diem_4_tai_cho", "82"),
    ("dien_dat_chuan", "yes"),
    ("ho_dung_dien_an_toan", "4180"),
    ("so_ho", "4234"),
    ("truong_dat_toi_thieu", "6"),
    ("so_truong_hoc", "7"),
    ("truong_dat_muc_1", "5"),
    ("", ""),  # the number of schools again: it stands there already, Enter goes past it
    ("co_nha_van_hoa_xa", "yes"),
    ("diem_vui_choi", "3"),
    ("vui_choi_phong_duoi_nuoc", "yes"),
    ("thon_co_nha_van_hoa", "9"),
    ("so_thon", "12"),
    ("co_cho_hoac_noi_mua_ban", "yes"),
)
_HOUSEHOLDS, _TELEPHONE = "thon_so_ho", "thon_dien_thoai_co_dinh"
_WITHOUT = 7
"""The hamlet without a fixed telephone."""
_LAST = (
    ("so_cbcc", "21"),
    ("cbcc_co_may_tinh", "21"),
    ("so_may_tinh", "2e"),  # mistyped: F8 comes back here
    ("may_tinh_noi_lan", "22"),
    ("ht_qlvb", "yes"),
    ("ht_tthc", "yes"),
    ("ht_thu_dien_tu", "no"),
    ("ht_trang_ttdt", "yes"),
    ("ho_so_truc_tuyen", "612"),
    ("ho_so_giai_quyet", "2382"),
)
_MENDED = ("so_may_tinh", "23")


def parts() -> tuple[Part, ...]:
    """Return the whole way."""
    cells = (
        *(Filled(_HOUSEHOLDS, hamlet, str(200 + 13 * hamlet)) for hamlet in range(HAMLETS)),
        *(Filled(_TELEPHONE, hamlet, "no" if hamlet == _WITHOUT else "yes") for hamlet in range(HAMLETS)),
    )
    mended = Filled(_MENDED[0], None, _MENDED[1])
    found = tuple(Filled(element, None, value) for element, value in _LAST if element != mended.element)
    return (
        Part(
            "entry", ("Return", *_typed(_INDICATORS)), tuple(Filled(e, None, v) for e, v in _INDICATORS if e)
        ),
        Part(
            "table by hamlet",
            ("alt+3", "F8", *(key for cell in cells for key in _answer(cell.value))),
            cells,
        ),
        Part("found with Ctrl+F", ("alt+2", *_find("tieu chi 8.4"), *_typed(_LAST)[:-1]), found),
        Part("mended with F8", ("F8", *_letters(mended.value), "Return"), (mended,)),
    )


def _find(words: str) -> Iterator[str]:
    yield "ctrl+f"
    yield from _letters(words)
    yield "Return"


def _typed(fields: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(key for _element, value in fields for key in _answer(value))


def _answer(value: str) -> tuple[str, ...]:
    """Return the keys that answer one field; a box is ticked once for yes and twice for no."""
    ticked = {"yes": ("space",), "no": ("space", "space")}
    return (*ticked.get(value, tuple(_letters(value))), "Return")


def _letters(text: str) -> Iterator[str]:
    for letter in text:
        yield NAMES.get(letter, letter)
