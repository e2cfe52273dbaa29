"""What guests write, in every script a card can hold: short, and of 120 graphemes."""

from itertools import cycle, islice

import regex

SHORT = {
    "Vietnamese": "Mình sẽ lắng nghe nhiều hơn, và nói lời thương khi còn có thể.",
    "English": "I will carry my own bottle, and bring it home again tonight.",
    "Russian": "Обещаю беречь воду и чаще звонить маме.",
    "Greek": "Υπόσχομαι να προσέχω τη θάλασσα κάθε μέρα.",
    "Thai": "ฉันจะดูแลโลกของเรา และรักเพื่อนบ้านทุกวัน",
    "Lao": "ຂ້ອຍຈະຮັກສາໂລກຂອງພວກເຮົາ ແລະ ຊ່ວຍເຫຼືອຄົນອື່ນ",
    "Khmer": "ខ្ញុំនឹងថែរក្សាភពផែនដី ហើយស្រឡាញ់គ្រួសាររបស់ខ្ញុំ",
    "Burmese": "ကျွန်တော် ကမ္ဘာမြေကို ချစ်မြတ်နိုးပါမယ်",
    "Hindi": "मैं हर दिन पानी बचाऊँगा और पेड़ लगाऊँगा।",
    "Arabic": "أعدكم أن أحافظ على البحر نظيفا كل يوم.",
    "Persian": "قول می‌دهم هر روز به مادرم زنگ بزنم.",
    "Hebrew": "אני מבטיח לשמור על הים ולהתקשר לאמא.",
    "Korean": "매일 물을 아끼고 가족에게 사랑한다고 말할게요.",
    "Chinese": "我保证每天少用塑料袋，多陪陪爸爸妈妈。",
    "Taiwanese": "我答應每天少用塑膠袋，多陪陪爸爸媽媽。",
    "Japanese": "毎日ゴミを減らして、家族に「ありがとう」と言います。",
    "emoji": "👩🏽‍🎤🎶 👨‍👩‍👧‍👦 ❤️‍🔥 👍🏿 🇻🇳 1️⃣ 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
}


def long(sentence: str, graphemes: int = 120) -> str:
    """Say a sentence again and again until it is so long."""
    letters = regex.findall(r"\X", sentence + " ")
    return "".join(islice(cycle(letters), graphemes)).strip()


LONG = {script: long(sentence) for script, sentence in SHORT.items()}
