"""Which way words run, said to pango for each line alone."""

from unicodedata import bidirectional

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"  # unseen


def is_right_to_left(words: str) -> bool:
    """Say whether words run to the left, as their first letter does."""
    kinds = (bidirectional(c) for c in words)
    return next((k != "L" for k in kinds if k in {"L", "R", "AL"}), False)


def directed(text: str) -> str:
    """Let every line run as the whole text does, whatever letter it begins with."""
    if not any(bidirectional(c) in {"R", "AL"} for c in text):
        return text

    mark = RIGHT_TO_LEFT if is_right_to_left(text) else LEFT_TO_RIGHT
    return "\n".join(mark + line for line in text.split("\n"))
