"""What may be typed or pasted to break a card: each is cleaned, or refused and why."""

from typing import Final

MARKS = "There are too many marks on one letter."
LONG = "That is too long: at most 120 characters fit on a card."
EMPTY = "Write your promise first."
UNPRINTABLE = "One of the characters cannot be printed."
PARTS = "One of the characters is joined of too many parts."
UNDRAWN = "We cannot draw these yet: "

GRINNING, MAN, HEART = "\U0001f600", "\U0001f468", "\u2764\ufe0f"
BLACK_FLAG = "\U0001f3f4"

CLEANED: Final = {
    # the way text runs
    "right-to-left override": ("Mình \u202eứah", "Mình ứah"),
    "left-to-right override": ("\u202dMình\u202c hứa", "Mình hứa"),
    "embeddings never closed": ("\u202a\u202b" * 40 + "Mình", "Mình"),
    "isolates": ("\u2066a\u2067b\u2068c\u2069\u2069", "abc"),
    "marks of direction": ("\u200ea\u200f \u061cb", "a b"),
    "an override in Hebrew": ("שלום \u202dabc\u202c", "שלום abc"),
    "deprecated shaping controls": ("a\u206ab\u206fc", "abc"),
    # what is not seen
    "zero-width spaces": ("\u200b".join("Mình"), "Mình"),
    "a joiner between Latin letters": ("M\u200dình", "Mình"),
    "a non-joiner between Latin letters": ("M\u200cình", "Mình"),
    "word joiner": ("Mình\u2060hứa", "Mìnhhứa"),
    "byte order marks": ("\ufeffMình\ufeff", "Mình"),
    "soft hyphens": ("Mì\u00adnh", "Mình"),
    "Mongolian vowel separator": ("a\u180eb", "ab"),
    "combining grapheme joiner": ("e\u034fe", "ee"),
    "Hangul fillers": ("a\u115f\u1160\u3164\uffa0b", "ab"),
    "Khmer inherent vowels": ("ក\u17b4\u17b5ខ", "កខ"),
    "invisible times, plus and separator": ("2\u2062x\u2063y\u2064z", "2xyz"),
    "interlinear annotation": ("a\ufff9b\ufffac\ufffbd", "abcd"),
    "musical controls": ("a\U0001d173b\U0001d17ac", "abc"),
    "shorthand controls": ("a\U0001bca0b", "ab"),
    "variation selectors on letters": ("a\ufe00b\ufe0f\U000e0100", "ab"),
    "a style on a letter": ("M\ufe0fình", "Mình"),
    "1,999 zero-width spaces": ("a" + "\u200b" * 1999, "a"),
    "language tags": ("\U000e0001\U000e0076\U000e0069Mình", "Mình"),
    "text hidden in tags": (GRINNING + "\U000e0068\U000e0069", GRINNING),
    "a flag of nowhere": (
        BLACK_FLAG + "\U000e0075\U000e0073\U000e0074\U000e0078\U000e007f",
        BLACK_FLAG,
    ),
    "a flag without an end": (BLACK_FLAG + "\U000e0067\U000e0062", BLACK_FLAG),
    # spaces
    "line separator": ("a\u2028b", "a b"),
    "paragraph separator": ("a\u2029b", "a b"),
    "next line": ("a\u0085b", "a b"),
    "form feeds and tabs": ("a\f\v\t\r\nb", "a b"),
    "ideographic and figure spaces": ("a\u3000\u2007\u202fb", "a b"),
    "blank Braille": ("a\u2800\u2800b", "a b"),
    "1,990 spaces": ("a" + " " * 1990 + "b", "a b"),
    # controls
    "nulls": ("M\x00ình", "Mình"),
    "terminal escapes": ("\x1b[31mMình", "[31mMình"),
    "bells and backspaces": ("Mình\x07\x08\x7f", "Mình"),
    "C1 controls": ("a\x80\x9bb", "ab"),
    # marks and joiners
    "marks with nothing below": ("\u0301\u0302 Mình \u0303", "Mình"),
    "a mark after a hidden space": ("\u200b\u0301Mình", "Mình"),
    "joiners around an emoji": (f"\u200d{GRINNING}\u200d", GRINNING),
    "styles piled on a heart": (HEART + "\ufe0f" * 500, HEART),
    "joiners piled up": (MAN + "\u200d" * 500 + "x", MAN + "x"),
    "non-joiners piled up in Persian": ("می" + "\u200c" * 300 + "دهم", "میدهم"),
    "decomposed Vietnamese": ("Hu\u031b\u0301a", "Hứa"),
    "marks in another order": ("Hu\u0301\u031ba", "Hứa"),
}
"""What was written, and what is kept of it."""

KEPT: Final = {
    "words that look like others": "Раураl",
    "markup": "<b>&amp;</b>",
    "a template": "{{ 7 * 7 }} {characters} %s",
    "SQL": "'; DROP TABLE pledges; --",
    "a path": "../../etc/passwd",
    "non-joiner in Persian": "می\u200cدهم",
    "joiner in Hindi": "क्\u200dष",
    "a sign below Arabic numbers": "\u0600\u0661\u0662",
    "non-joiner in Khmer": "ប\u200c៊ី",
    "the flag of Wales": (
        BLACK_FLAG + "\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    ),
    "two kissing, each with a skin": (
        "\U0001f469\U0001f3fd\u200d\u2764\ufe0f\u200d"
        "\U0001f48b\u200d\U0001f468\U0001f3ff"
    ),
    "a skin tone alone": "\U0001f3fd",
    "a letter of a flag alone": "\U0001f1fb",
    "a flag that is none": "\U0001f1fd\U0001f1fd",
    "a keycap on a letter": "a\u20e3",
}

REFUSED: Final = {
    "nothing": ("", EMPTY),
    "only what is not seen": ("\u200b\u2060\u3164\u2800\x00\ufeff", EMPTY),
    "only marks": ("\u0301" * 5, EMPTY),
    "only joiners": ("\u200d" * 2000, EMPTY),
    "zalgo": ("Z\u0351\u0352\u0353\u0354a\u0355", MARKS),
    "mild zalgo": ("l\u0351\u0352\u0353àm", MARKS),
    "zalgo with joiners between": ("ก" + "\u0e34\u200b" * 9, MARKS),
    "marks piled on Khmer": ("ក" + "\u17d2" * 4, MARKS),
    "marks around non-joiners": ("ب" + "\u0610\u200c\u0611" * 3 + "ب", MARKS),
    "1,900 marks": ("a" + "\u0301" * 1900, MARKS),
    "1,900 marks in the worst order": ("a" + "\u0301\u0316" * 950, MARKS),
    "marks sorted the other way": ("a" + "\u0301" * 950 + "\u0316" * 950, MARKS),
    "10,000 marks": ("a" + "\u0301" * 10_000, LONG),
    "4 MB": ("a" * 4_000_000, LONG),
    "4 MB of marks": ("\u0301" * 2_000_000, LONG),
    "2,001 zero-width spaces": ("a" + "\u200b" * 2000, LONG),
    "121 letters": ("a" * 121, LONG),
    "121 flags": ("\U0001f1fb\U0001f1f3" * 121, LONG),
    "a ligature that grows": ("\ufb2c" * 121, LONG),
    "100 people in one emoji": ("\u200d".join(MAN * 100), PARTS),
    "13 hearts in one": ("\u200d".join([HEART] * 13), PARTS),
    "one syllable of 500 Hangul letters": ("\u1100" * 500, PARTS),
    "a Hindi letter of 60": ("क्" * 60 + "क", PARTS),
    "unassigned": ("Mình \u0378", UNPRINTABLE),
    "far unassigned": ("Mình \U0003fffd", UNPRINTABLE),
    "private use": ("Mình \ue000", UNPRINTABLE),
    "far private use": ("Mình \U0010fffd", UNPRINTABLE),
    "half a pair": ("Mình \ud800", UNPRINTABLE),
    "halves in the wrong order": ("\udc00\ud800", UNPRINTABLE),
    "noncharacters": ("a\ufffe\uffff\U0001fffe", UNPRINTABLE),
    "noncharacters of Arabic": ("a\ufdd0", UNPRINTABLE),
    "what stands for a pasted picture": ("Mình \ufffc", UNPRINTABLE),
    "what stands for a broken letter": ("M\ufffdnh", UNPRINTABLE),
    "a script we have not": ("Mình ᚠᚢ", UNDRAWN + "ᚠ ᚢ"),
    "cuneiform": ("𒀀𒀁𒀀", UNDRAWN + "𒀀 𒀁"),
    "120 hieroglyphs": (
        "".join(map(chr, range(0x13000, 0x13078))),
        UNDRAWN + " ".join(map(chr, range(0x13000, 0x1300A))) + " …",
    ),
    "letters of mathematics": (
        "\U0001d40c\U0001d422",
        UNDRAWN + "\U0001d40c \U0001d422",
    ),
    "a mark we have not": ("a\u1ab0", UNDRAWN + "◌\u1ab0"),
    "a null notehead": ("a\U0001d159", UNDRAWN + "\U0001d159"),
    "a sentence in one letter": ("\ufdfd", UNDRAWN + "\ufdfd"),
}
"""What was written, and what its guest is told."""

ALL = {
    **{name: written for name, (written, _) in CLEANED.items()},
    **KEPT,
    **{name: written for name, (written, _) in REFUSED.items()},
}

WORST: Final = {
    **ALL,
    "a phone number without end": "0 " * 60,
    "ones": "1" * 120,
    "dots": "a." * 60,
    "at signs": "a@" * 60,
    "stars": "f*k " * 30,
    "one star and many letters": "f" + "*" * 119,
    "me": "em " * 40,
    "pronouns": "e " * 60,
    "the beginning of many entries": "không có ai " * 10,
    "names": "Abc " * 28 + "School",
    "letters apart": "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 2,
    "brackets": "(((((" * 24,
    "digits in words": "không " * 20,
}
"""What takes longest to look for flags in, with all of the above."""
