"""What every picture of a page is made of: numbers and text fit for SVG and HTML, and the frame with its description."""

import html
import re
from collections.abc import Iterable

# Control characters have no place in HTML; direction marks could turn what follows them.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\\s]+")
NARROW_WIDTH, WIDE_WIDTH = 360, 1040  # of pictures, in units that are pixels where the picture is shown at its size


def safe(text: str, max_chars: int = 0) -> str:
    """`text` on one line, cut to `max_chars` if that is given, escaped for HTML and for attributes in quotes."""
    line = UNSEEN.sub(" ", text).strip()
    return html.escape(line if not max_chars or len(line) <= max_chars else line[: max_chars - 1].rstrip() + "…")


def px(value: float) -> str:
    """A coordinate with one decimal: `12`, `12.5`."""
    return f"{value:.1f}".removesuffix(".0")


def short(value: float) -> str:
    """`1,234`, `15.5k`, `4.2M`, `1.9B`: for labels; tables give the whole number."""
    for size, sign in ((1e9, "B"), (1e6, "M"), (1e4, "k")):
        if value >= size:
            return f"{value / (1e3 if sign == 'k' else size):.1f}".removesuffix(".0") + sign
    return f"{value:,.0f}"


def share(part: float, whole: float) -> str:
    """A percentage: `12.3 %`; `< 0.1 %` for a little, `0` for nothing."""
    if not part:
        return "0"
    percent = 100 * part / whole
    return f"{percent:.1f} %".replace(".0 %", " %") if percent >= 0.1 else "< 0.1 %"


def picture(
    name: str, width: float, height: float, *, title: str, desc: str, parts: Iterable[str], css: str = ""
) -> str:
    """An SVG that is as wide as the page lets it, with the title and description that a screen reader speaks."""
    return (
        f'<svg class="{css}" viewBox="0 0 {px(width)} {px(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{safe(title)}</title>'
        f'<desc id="{name}-desc">{safe(desc)}</desc>{"".join(parts)}</svg>\n'
    )
