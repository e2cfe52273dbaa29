"""A photograph, words to print on it, and how to look at what came out."""

from unicodedata import normalize

import cv2
import numpy as np
import zxingcpp
from skimage import data

from kiosk.layout import TEMPLATES, Format, load_layout
from kiosk.stamp import Lettering, Overlay, prepare
from kiosk.stamp.raster import Raster
from kiosk.stamp.splice import segments

PHOTOGRAPH: Raster = data.astronaut()  # type: ignore[no-untyped-call]
URL = "https://pledge.example.org/p/0123456789abcdefghjk"

LAYOUTS = {
    f"{name} {format_}": load_layout(TEMPLATES / name, format_)
    for name in ("band", "night")
    for format_ in Format
}
TALL = LAYOUTS["band 4x5"]

WORDS = (
    "Ừ",
    "Yêu",
    "I care",
    "Mình hứa",
    "Mình sẽ học cách nhận ra dấu hiệu",
    "Mình sẽ tìm hiểu kỹ trước khi nhận việc ở xa",
    "Mình sẽ lên tiếng khi thấy điều bất thường",
    "Mình sẽ nhắc bạn bè cẩn thận với lời mời lạ",
    "Mình sẽ lắng nghe và không đổ lỗi",
    "Mình sẽ nhớ số 111 và chỉ cho bạn bè",
    "I will learn to spot the signs",
    "I will check before I take a job abroad",
    "I will speak up when it feels wrong",
    "I will warn friends about too-good offers",
    "I will listen, and never blame",
    "I will remember 111 and pass it on",
    (
        "Mình sẽ gọi hỏi thăm các bạn cùng lớp đã đi làm xa, mỗi tháng một lần, và"
        " nghe thật kỹ"
    ),
    (
        "Mình hứa sẽ không bao giờ im lặng khi thấy bạn bè bị rủ rê đi làm việc nhẹ"
        " lương cao ở một nơi xa lạ không rõ địa chỉ"
    ),
    "ẪỖỆỮ " * 24,
    (
        "MÌNH SẼ HỎI LẠI KỸ CÀNG TRƯỚC KHI ĐI ĐẾN NHỮNG NƠI XA LẠ MÀ MÌNH CHƯA TỪNG"
        " BIẾT ĐẾN, RỒI KỂ CHO MẸ NGHE NHÉ"
    ),
    "Ấ Ầ Ẩ Ẫ Ậ Ế Ề Ể Ễ Ệ Ố Ồ Ổ Ỗ Ộ",
    "Ữ Ự Ợ Ỡ",
    "x" * 120,
    "W" * 120,
    "أعدكم أن أستمع ولا ألوم أحدا",
    "nghiêng" * 17,
    "ฉันจะรับฟังและไม่โทษใคร",
    normalize("NFD", "Mình sẽ hỏi lại kỹ trước khi đi đến nơi xa lạ"),
    "Mình hứa 👋",
    "👨‍👩‍👧‍👦 Cả nhà mình cùng hứa 👩🏽‍🚀❤️",
    "👨‍👩‍👧‍👦" * 120,
    "🇻🇳🇻🇳🇻🇳 Việt Nam ơi",
    "👍🏿" * 60,
    "<script>alert('xin chào')</script>",
    "ကျွန်တော် နားထောင်မယ် အပြစ်မတင်ဘူး",
    "我会倾听，绝不责怪任何人。",
    "\"ngoặc\" 'kép' `mã` {{ 7 * 7 }} %s ${x}",
    "https://example.org/mot-dia-chi-rat-dai-khong-co-dau-cach-nao-ca/va-con-nua",
    "Một hai ba bốn năm sáu bảy tám chín mười mười-một",
    "50 % của 100 € + 3 – 2 = ?",
)


def frame(width: int = 1920, height: int = 1080) -> Raster:
    """Return a photograph of this size."""
    photograph = cv2.cvtColor(PHOTOGRAPH, cv2.COLOR_RGB2BGR)
    across = cv2.resize(photograph, (width, width), interpolation=cv2.INTER_CUBIC)
    tall = cv2.resize(across, (width, max(width, height)))
    return np.ascontiguousarray(tall[:height])


def lettering(words: str = WORDS[4], url: str = URL) -> Lettering:
    """Return what is written on a card."""
    return Lettering(
        words=words, event_line="Live in Hanoi · 26.05.2012", code="HN 4K7P", url=url
    )


def overlay(words: str = WORDS[4], url: str = URL) -> Overlay:
    """Lay out a card in the format that the booth begins with."""
    return prepare(lettering(words, url), TALL)


def pixels(picture: bytes) -> Raster:
    """Decode with a library that made none of the pictures."""
    return np.asarray(cv2.imdecode(np.frombuffer(picture, np.uint8), 1), np.uint8)


def codes(picture: Raster) -> list[str]:
    """Return what every code in a picture says."""
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def likeness(one: Raster, other: Raster) -> float:
    """Return how alike two pictures are, in dB: above 30 they look the same."""
    return float(cv2.PSNR(one, other))


def is_bare(picture: bytes) -> bool:
    """Say whether a JPEG's only application segment is JFIF's."""
    markers = [marker for marker, _ in segments(picture)]
    extra = {m for m in markers if 0xE1 <= m <= 0xEF or m == 0xFE}
    return markers.count(0xE0) == 1 and picture[6:10] == b"JFIF" and not extra
