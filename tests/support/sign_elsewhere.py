"""Another program that signs PDFs: pyHanko alone, run in a process of its own.

python sign_elsewhere.py KEY.p12 PASSWORD FOLDER SOURCE ...
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter


def main(key: str, password: str, folder: str, *sources: str) -> None:
    """Sign each source into the folder with a visible box at the foot of the first page."""
    signer = signers.SimpleSigner.load_pkcs12(key, passphrase=password.encode())
    about = signers.PdfSignatureMetadata(field_name="Duyet", subfilter=SigSeedSubFilter.PADES, reason="Duyet")
    place = SigFieldSpec("Duyet", box=(300, 40, 500, 90))
    for source in map(Path, sources):
        with source.open("rb") as file, (Path(folder) / source.name).open("wb") as out:
            writer = IncrementalPdfFileWriter(file)
            signers.PdfSigner(about, signer, new_field_spec=place).sign_pdf(writer, output=out)


if __name__ == "__main__":
    main(*sys.argv[1:])
