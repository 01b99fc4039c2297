"""Why a picture or a PDF is not taken or not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused


@dataclass(eq=False)
class PictureBroken(Refused):
    """Say that a file with the name or mark of a picture holds none that can be drawn."""

    path: str

    code: ClassVar[str] = "picture_broken"
    what: ClassVar[str] = "The picture {path} is damaged and cannot be opened."
    safe: ClassVar[str] = "It was not added; the other files and everything entered are kept."
    next_step: ClassVar[str] = "Copy it from the phone or camera again, or take the picture again."


@dataclass(eq=False)
class PictureTooLarge(Refused):
    """Say that a picture has more bytes or dots than any camera makes."""

    path: str
    limit: str
    """What was exceeded: `file`, `pixels`, `memory`, `time`."""

    code: ClassVar[str] = "picture_too_large"
    what: ClassVar[str] = "The picture {path} is too large to be opened safely."
    safe: ClassVar[str] = "It was not added; the other files and everything entered are kept."
    next_step: ClassVar[str] = (
        "Make it smaller (below 64 MB and 120 million dots) or save it as a PDF, then add it."
    )


@dataclass(eq=False)
class HeicPicture(Refused):
    """Say that a photo is in a format of newer phones that neither this program nor most PCs can open."""

    path: str

    code: ClassVar[str] = "heic_picture"
    what: ClassVar[str] = "The picture {path} is in the HEIC format, which most office PCs cannot open."
    safe: ClassVar[str] = "It was not added; the other files and everything entered are kept."
    next_step: ClassVar[str] = (
        "Save it as JPG on the phone (iPhone: Settings, Camera, Formats, Most Compatible), then add the JPG."
    )


@dataclass(eq=False)
class PageUnreadable(Refused):
    """Say that a PDF cannot be drawn."""

    path: str
    reason: str
    """`broken`, `password`, `memory`, `time`."""

    code: ClassVar[str] = "page_unreadable"
    what: ClassVar[str] = "The file {path} cannot be shown here: it is damaged or opens with a password only."
    safe: ClassVar[str] = "The file is kept unaltered."
    next_step: ClassVar[str] = (
        "Open it with the program of this PC; if that fails too, replace it with a good copy."
    )


@dataclass(eq=False)
class TooManyPictures(Refused):
    """Say that one PDF was to hold more photos than it can."""

    count: int
    most: int

    code: ClassVar[str] = "too_many_pictures"
    what: ClassVar[str] = "{count} pictures are too many for one PDF; it can hold {most}."
    safe: ClassVar[str] = "Nothing was added."
    next_step: ClassVar[str] = "Choose fewer pictures and make several PDFs."


@dataclass(eq=False)
class BoundariesTooLarge(Refused):
    """Say that a file of boundaries is larger than a map needs."""

    path: str
    limit: str
    """What was exceeded: `file`, `areas`, `memory`, `time`."""

    code: ClassVar[str] = "boundaries_too_large"
    what: ClassVar[str] = "The file {path} has more than a map of a province needs (64 MB, 20,000 areas)."
    safe: ClassVar[str] = "It was not read; the map that was shown before stays."
    next_step: ClassVar[str] = (
        "Take only the communes of the province, with fewer dots, and choose the file again."
    )


@dataclass(eq=False)
class BoundariesBroken(Refused):
    """Say that a file holds no GeoJSON, or was cut off."""

    path: str

    code: ClassVar[str] = "boundaries_broken"
    what: ClassVar[str] = "The file {path} is no GeoJSON file, or it was cut off."
    safe: ClassVar[str] = "Nothing was taken from it; the map that was shown before stays."
    next_step: ClassVar[str] = (
        "Save the boundaries as GeoJSON again (in QGIS: Export, GeoJSON), then choose the file."
    )


@dataclass(eq=False)
class BoundariesElsewhere(Refused):
    """Say that coordinates are no degrees: metres of VN-2000, or latitude before longitude."""

    path: str

    code: ClassVar[str] = "boundaries_elsewhere"
    what: ClassVar[str] = "The places in the file {path} are not degrees of longitude and latitude (WGS 84)."
    safe: ClassVar[str] = "Nothing was taken from it; the map that was shown before stays."
    next_step: ClassVar[str] = (
        "Save the boundaries as GeoJSON in WGS 84 (EPSG:4326): files in VN-2000 have metres in it."
    )


@dataclass(eq=False)
class BoundariesEmpty(Refused):
    """Say that a file has no areas."""

    path: str

    code: ClassVar[str] = "boundaries_empty"
    what: ClassVar[str] = "The file {path} has points or lines only, no areas of communes."
    safe: ClassVar[str] = "Nothing was taken from it; the map that was shown before stays."
    next_step: ClassVar[str] = "Choose the file that has the communes as areas (Polygon or MultiPolygon)."
