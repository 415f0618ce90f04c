"""Lines of printed pages into paragraphs: what the width of the paper broke is joined, verse and headings stay."""

import re

SENTENCE_END = re.compile(r"[.!?…:;][\"»”’)\]\d]*$")
HYPHEN_END = re.compile(r"(?<=[^\W\d_])[-‐\u00ad\u00ac]$")
PAGE_NUMBER = re.compile(r"[-–— ]*\d{1,4}[-–— ]*")
MIN_FULL_LINE = 0.6  # of the page's longest usual line


def reflow(pages: list[str]) -> str:
    """The pages as one text, one paragraph a line. Page numbers at the top and the bottom are left out.

    A line goes on in the next one when that begins with a small letter and the line is nearly full or ends in a hyphen.
    """
    done: list[str] = []
    goes_on = False
    for page in pages:
        lines = body_lines(page)
        full = MIN_FULL_LINE * usual_width(lines)
        for line in lines:
            if not line:
                goes_on = False
                done.append("")
                continue
            starts_small = line.lstrip('«"“(–— ')[:1].islower()
            if goes_on and starts_small and done:
                done[-1] = HYPHEN_END.sub("", done[-1]) + ("" if HYPHEN_END.search(done[-1]) else " ") + line
            else:
                done.append(line)
            goes_on = bool(HYPHEN_END.search(line)) or (len(line) >= full and not SENTENCE_END.search(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(done)).strip()


def body_lines(page: str) -> list[str]:
    """The lines of a page without a number that stands alone at its top or bottom."""
    lines = [line.strip() for line in page.strip().split("\n")]
    for end in (0, -1):
        if lines and PAGE_NUMBER.fullmatch(lines[end]):
            del lines[end]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def usual_width(lines: list[str]) -> int:
    """Characters of a full line: the ninth in ten by length, so that one stray long line does not decide."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
