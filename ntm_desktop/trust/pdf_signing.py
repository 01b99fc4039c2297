"""Put a PAdES signature (ETSI EN 319 142-1, baseline B-B) into a PDF of this program, visible or not.

What is there is never touched: each signature is appended, so that the first one keeps holding.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from ntm_desktop.trust.quiet import quiet

if TYPE_CHECKING:
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers.pdf_cms import Signer
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession
    from pyhanko.stamp import StaticStampStyle

_BESIDE_CERTIFICATES: Final = 4096
"""Bytes of a signature without its certificates; an RSA signature with 4096 bits and all it says takes 1,100."""


@dataclass(frozen=True, slots=True)
class Visible:
    """Where and how a signature shows."""

    page: int
    """From 0."""
    box: tuple[float, float, float, float]
    """Left, bottom, right, top in points."""
    drawn: bytes
    """PDF of one page of the size of the box."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a PDF says of itself to whoever signs it."""

    keywords: tuple[str, ...]
    first_page: tuple[float, float]
    """Width and height in points."""


def outlook(content: bytes) -> Outlook:
    """Read what a PDF of this program says of itself. Raises ValueError for one that cannot be read."""
    quiet()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(content))
        info = reader.trailer["/Info"]
        box = [float(edge) for edge in reader.root["/Pages"]["/Kids"][0]["/MediaBox"]]
        width, height = box[2] - box[0], box[3] - box[1]
        return Outlook(tuple(str(info.get("/Keywords", "")).split()), (width, height))
    except (PdfError, LookupError, TypeError) as fault:
        raise ValueError(str(fault)) from fault


async def sign_pdf(
    signer: Signer, content: bytes, *, at: datetime, field: str, visible: Visible | None
) -> bytes:
    """Return the PDF with one more signature, in a field of this name; `at` (aware) is the time it claims."""
    quiet()
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    class AtThatTime(PdfSigner):
        """pyHanko's signer with the moment given in place of the clock's."""

        @override
        def init_signing_session(
            self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
        ) -> PdfSigningSession:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = at
            return session

    writer = IncrementalPdfFileWriter(BytesIO(content))
    where, style = SigFieldSpec(field), None
    if visible is not None:
        left, bottom, right, top = (round(edge) for edge in visible.box)
        where = SigFieldSpec(field, on_page=visible.page, box=(left, bottom, right, top))
        style = _style(visible.drawn, writer)
    about = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    output = BytesIO()
    signing = AtThatTime(about, signer, stamp_style=style, new_field_spec=where)
    await signing.async_sign_pdf(writer, output=output, bytes_reserved=_room(signer))
    return output.getvalue()


def _room(signer: Signer) -> int:
    """Return how many hexadecimal digits are kept for the signature: its certificates, and what else it says."""
    chain = [*signer.cert_registry, signer.signing_cert]
    return 2 * (_BESIDE_CERTIFICATES + sum(len(each.dump()) for each in chain if each is not None))


def _style(drawn: bytes, writer: BasePdfFileWriter) -> StaticStampStyle:
    """Return the drawn page as a stamp; pyHanko's own text stamps spread the letters of such fonts."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import (
        AxisAlignment,
        BoxConstraints,
        InnerScaling,
        Margins,
        SimpleBoxLayoutRule,
    )
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    class Drawn(PdfContent):
        """The page, taken over into the signed PDF."""

        @override
        def render(self) -> bytes:
            page = writer.import_page_as_xobject(PdfFileReader(BytesIO(drawn)))
            self.resources.xobject["/Drawn"] = page
            left, bottom, right, top = page.get_object()["/BBox"]
            self.box = BoxConstraints(width=right - left, height=top - bottom)
            return b"/Drawn Do"

    middle = AxisAlignment.ALIGN_MID
    layout = SimpleBoxLayoutRule(middle, middle, Margins(0, 0, 0, 0), InnerScaling.STRETCH_TO_FIT)
    return StaticStampStyle(border_width=0, background=Drawn(), background_layout=layout)
