"""Every part in one picture, to be looked at beside the design's component sheet.

Run as `python -m tests.ui.parts.gallery FOLDER`: writes both palettes; with QT_SCALE_FACTOR=1.5 at 150 %.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.ui.look import icons, style
from ntm_desktop.ui.look.focus import FocusRing
from ntm_desktop.ui.look.tokens import PALETTES, Ink, Palette, State, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.bars import Segment, SegmentBar, ThresholdBar
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton, ReasonedButton
from ntm_desktop.ui.parts.card import Card, Hairline, TitledCard
from ntm_desktop.ui.parts.chip import Icon, KeyCap, StateWord, UncheckedMark, VerdictChip
from ntm_desktop.ui.parts.choice import ChoiceInput, Option
from ntm_desktop.ui.parts.dates import DateInput
from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.evidence import EvidencePanel, EvidenceRow, MissingEvidence
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.inputs import NumberInput, TextInput
from ntm_desktop.ui.parts.lines import DistanceLine, EchoLine, SourceLine
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.parts.rows import GroupHead, ListRow
from ntm_desktop.ui.parts.safety import CopyNote, SafetyLight
from ntm_desktop.ui.parts.tick import Tick, YesNoInput
from ntm_desktop.ui.parts.words import Fit, Words

WORDS = {
    State.MET: "Đạt",
    State.NOT_MET: "Chưa đạt",
    State.UND: "Chưa đủ số liệu",
    State.NA: "Không áp dụng",
}


def in_a_row(*widgets: QWidget, spacing: int = 10) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def verdicts() -> Card:
    card = TitledCard("Kết quả")
    card.body.addLayout(in_a_row(*(VerdictChip(state, words) for state, words in WORDS.items())))
    mark = UncheckedMark("chưa đối chiếu")
    beside = Words("đi kèm mọi kết quả dựa vào mức đạt chưa ai đối chiếu", TextRole.SMALL, Ink.TEXT2)
    card.body.addLayout(in_a_row(mark, beside))
    card.body.addLayout(in_a_row(*(StateWord(state, words) for state, words in WORDS.items()), spacing=20))
    return card


def inputs() -> tuple[Card, NumberInput]:
    card = TitledCard("Ô nhập")
    grid = QGridLayout()
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(12)
    labels = ("Thường", "Đang nhập", "Sai", "Cần xem lại", "Phần mềm tính", "Không áp dụng")
    texts = ("612", "2.382", "2.4x2", "6.120", "25,69", "–")
    fields = [NumberInput(label, label=label, width=184) for label in labels]
    for place, (field, text) in enumerate(zip(fields, texts, strict=True)):
        field.set_text(text)
        grid.addWidget(field, place // 3, place % 3)
    fields[0].set_hint("Năm 2023: 498")
    fields[1].set_echo("hai nghìn ba trăm tám mươi hai")
    fields[2].set_problem("Chỉ nhập chữ số, ví dụ 2.412")
    fields[3].set_review("Gấp 12 lần năm 2023 (498)")
    fields[4].set_computed(computed=True)
    fields[4].set_hint("Không sửa được ô này")
    fields[5].set_computed(computed=True)
    fields[5].set_hint("Xã không có điểm du lịch")
    card.body.addLayout(grid)
    choice = ChoiceInput("Bộ", [Option("a", "Xã NTM 2021–2025 · An Giang")], label="Bộ tiêu chí", width=220)
    choice.set_text("a")
    text = TextInput("Nguồn", label="Nguồn số liệu", width=160)
    text.set_text("ẴỔẤẬ Một cửa xã")
    card.body.addLayout(in_a_row(choice, text, DateInput("Ngày", label="Ngày văn bản"), spacing=16))
    answered = YesNoInput("Thư công vụ", yes="co", no="khong")
    answered.set_text("co")
    flags = (Tick("Có báo cáo kèm", small=True), answered, YesNoInput("Chưa trả lời", yes="co", no="khong"))
    card.body.addLayout(in_a_row(*flags, spacing=16))
    return card, fields[1]


def buttons() -> Card:
    card = TitledCard("Nút")
    sign = ReasonedButton(Button("Ký số"))
    sign.set_reason("Còn 2 lỗi, chưa ký được")
    row = in_a_row(
        Button("Cập nhật", ButtonKind.PRIMARY),
        Button("Để sau"),
        Button("Hoàn tác", ButtonKind.QUIET, icon="undo"),
        Button("Xem chứng thư", ButtonKind.LINK),
        sign,
        IconButton("right", "Chỉ tiêu sau", "Alt+↓"),
        KeyCap("Ctrl+F"),
    )
    card.body.addLayout(row)
    card.body.addWidget(FilterRow("Lọc", [Option("a", "Tất cả 57"), Option("b", "Cần làm 13")]))
    return card


def safety() -> Card:
    card = TitledCard("Đèn an toàn")
    good, old, bad = SafetyLight(), SafetyLight(), SafetyLight()
    good.show_saved("Đã lưu 14:02", [CopyNote("Bản sao trên D: hôm nay"), CopyNote("USB: hôm qua")])
    old.show_saved(
        "Đã lưu 14:02", [CopyNote("Bản sao trên D: hôm nay"), CopyNote("USB: 6 ngày trước", old=True)]
    )
    bad.show_not_saved("Chưa lưu được từ 14:05: ổ D: đầy", "Xem cách xử lý")
    for light in (good, old, bad):
        card.body.addWidget(light)
    return card


def requirement() -> Card:
    card = Card(follows_focus=True)
    head = QHBoxLayout()
    head.addWidget(Words("Hồ sơ giải quyết trực tuyến", TextRole.CARD_TITLE, fit=Fit.WRAP), 1)
    head.addWidget(VerdictChip(State.NOT_MET, "Chưa đạt"))
    card.body.addLayout(head)
    online = NumberInput("Giải quyết trực tuyến", label="Giải quyết trực tuyến")
    total = NumberInput("Tổng số đã giải quyết", label="Tổng số đã giải quyết")
    online.set_text("612")
    online.set_hint("Năm 2023: 498")
    total.set_text("2.382")
    total.set_hint("Năm 2023: 2.215")
    bar = ThresholdBar()
    bar.show_value(0.2569, 0.30, State.NOT_MET, "Mức đạt > 30 %")
    bar.set_unchecked("chưa đối chiếu")
    echo = EchoLine()
    echo.set_text("2.382: hai nghìn ba trăm tám mươi hai")
    right = QVBoxLayout()
    right.setSpacing(2)
    right.addStretch(1)
    right.addWidget(bar)
    right.addWidget(echo)
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(online)
    row.addWidget(total)
    row.addWidget(Words("25,69 %", TextRole.FIGURE), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addLayout(right, 1)
    card.body.addLayout(row)
    distance = DistanceLine()
    distance.say(State.NOT_MET, "Thiếu 103 hồ sơ.", "Cần ít nhất 715 trên 2.382 hồ sơ để vượt 30 %.")
    card.body.addWidget(distance)
    card.body.addWidget(Hairline())
    source = SourceLine("Nguồn của số liệu")
    source.set_source("Nguồn: Bộ phận Một cửa xã · Trần Thị Mai nhập 05/12/2024", "Bộ phận Một cửa xã")
    foot = QHBoxLayout()
    foot.addWidget(source, 1)
    foot.addWidget(Tick("Có báo cáo kèm", small=True))
    foot.addWidget(Tick("Số ước tính", small=True))
    card.body.addLayout(foot)
    return card


def rows() -> Card:
    card = Card(padded=False)
    card.body.setSpacing(0)
    card.body.addWidget(GroupHead("Chặn ký", "2", "phải sửa trước khi ký", state=State.NOT_MET))
    inner = QVBoxLayout()
    inner.setContentsMargins(16, 0, 16, 0)
    inner.setSpacing(0)
    first = ListRow(
        "Ứng dụng CNTT: hồ sơ giải quyết trực tuyến",
        "Thiếu 103 hồ sơ để vượt 30 %",
        code="8.4",
        action="Nhập tiếp",
    )
    first.set_state(State.NOT_MET)
    second = ListRow("Chứng thư số của Chủ tịch UBND xã", "Hết hạn 20/02/2025")
    second.add_right(StateWord(State.UND, "còn 45 ngày"))
    second.set_divided(divided=False)
    inner.addWidget(first)
    inner.addWidget(second)
    card.body.addLayout(inner)
    bar = SegmentBar()
    counts = ((State.MET, 43), (State.NOT_MET, 7), (State.UND, 6), (State.NA, 1))
    bar.show_segments([Segment(state, count) for state, count in counts], "43 đạt, 7 chưa đạt")
    around = QVBoxLayout()
    around.setContentsMargins(16, 8, 16, 12)
    around.addWidget(bar)
    card.body.addLayout(around)
    return card


def banners() -> Card:
    card = TitledCard("Thông báo trong trang")
    said = (
        (BannerKind.INFO, "Có bản 1.5.0 trên USB.", "Xem trước điều gì đổi rồi mới cập nhật.", "Xem trước"),
        (
            BannerKind.WARNING,
            "Số hộ khác với năm trước.",
            "Năm 2023 là 4.190, năm nay 4.234. Đúng thì bỏ qua.",
            "Xem lại",
        ),
        (
            BannerKind.PROBLEM,
            "Không đọc được tệp bao-cao.xlsx.",
            "Số liệu đã nhập vẫn còn nguyên. Mở tệp bằng Excel, lưu lại rồi nhập lần nữa.",
            "Chi tiết",
        ),
    )
    for kind, fact, rest, action in said:
        card.body.addWidget(Banner(kind, fact, rest, action=action))
    return card


def progress() -> Card:
    card = TitledCard("Tiến độ, dừng được")
    panel = ProgressPanel("Đang chép hồ sơ ra USB", "Dừng lúc nào cũng được, dữ liệu trên máy không đổi.")
    panel.set_progress(0.61, "11,2 trên 18,4 MB · còn khoảng 20 giây")
    panel.show()
    card.body.addWidget(panel)
    return card


def empty() -> Card:
    card = TitledCard("Chưa có gì")
    needed = "Chỉ tiêu này cần 2 tệp: danh sách ấp và xác nhận của doanh nghiệp viễn thông."
    card.body.addWidget(
        EmptyState("clip", "Chưa có minh chứng nào", needed, action="Thêm tệp…", action_icon="plus")
    )
    return card


def all_icons() -> Card:
    card = TitledCard("Biểu tượng")
    grid = QGridLayout()
    grid.setVerticalSpacing(12)
    for place, name in enumerate(icons.NAMES):
        grid.addWidget(Icon(name, name=name), place // 14, place % 14, Qt.AlignmentFlag.AlignCenter)
    card.body.addLayout(grid)
    return card


def evidence() -> Card:
    card = Card()
    panel = EvidencePanel("Minh chứng", "Thêm tệp…")
    report = EvidenceRow("file", "Báo cáo Một cửa năm 2024", "PDF · 412 KB · 05/12/2024")
    report.set_fact(State.MET, "Mở được")
    plan = EvidenceRow("image", "Sơ đồ mạng LAN", "Ảnh · 1,2 MB · 02/12/2024")
    plan.set_fact(State.UND, "Trùng với 8.2")
    missing = MissingEvidence(
        "Còn thiếu (bắt buộc)", "Ảnh màn hình hệ thống giải quyết TTHC", "Kéo tệp vào đây hoặc bấm Thêm tệp…"
    )
    panel.show_rows([report, plan, missing], "2/3")
    card.body.addWidget(panel)
    return card


def page() -> tuple[QWidget, NumberInput]:
    """Return the sheet and the input that is being typed into."""
    sheet = QWidget()
    columns = QHBoxLayout(sheet)
    columns.setContentsMargins(20, 18, 20, 18)
    columns.setSpacing(14)
    typing, field = inputs()
    for cards in (
        (verdicts(), typing, buttons(), safety(), requirement()),
        (banners(), progress(), empty(), rows(), evidence(), all_icons()),
    ):
        column = QVBoxLayout()
        column.setSpacing(14)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        columns.addLayout(column, 1)
    return sheet, field


def draw(app: QApplication, palette: Palette) -> QPixmap:
    """Return the sheet in a palette, with the focus in the second input."""
    style.apply(app, palette)
    sheet, field = page()
    sheet.setFixedSize(1366, 1260)
    sheet.show()
    sheet.activateWindow()
    field.focus()
    field.edit.deselect()
    app.processEvents()
    app.processEvents()
    picture = QPixmap(sheet.size() * sheet.devicePixelRatio())
    picture.setDevicePixelRatio(sheet.devicePixelRatio())
    sheet.render(picture, QPoint(0, 0))
    sheet.close()
    sheet.deleteLater()
    return picture


def main(folder: Path) -> None:
    app = QApplication([])
    FocusRing(app)
    for palette in PALETTES:
        picture = draw(app, palette)
        picture.save(str(folder / f"parts-{palette.name}-{round(picture.devicePixelRatio() * 100)}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
