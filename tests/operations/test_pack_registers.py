"""What a register book brings, in one text."""

from __future__ import annotations

from dataclasses import replace

from ntm_desktop.i18n import Text
from ntm_desktop.operations.pack_registers import RegistersPreview, registers_sentence

PLAIN = RegistersPreview("so", "1.1.0", "Tỉnh", "1.0.0", (), (), ())


def test_only_what_differs_is_said() -> None:
    assert registers_sentence(PLAIN) == "Sổ theo dõi so, bản 1.1.0, của Tỉnh."
    more = replace(PLAIN, columns=(Text("Ghi chú"), Text("Ảnh")), gone=(Text("Kênh"),))
    assert registers_sentence(more).endswith(
        "Cột mới: Ghi chú, Ảnh. Không còn hỏi: Kênh; số đã ghi vẫn giữ và vẫn hiện."
    )
