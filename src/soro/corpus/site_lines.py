"""Lines that a site repeats on its pages: "Read also", "Share", the name of the newspaper. Counted first, then taken out."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from soro.core.hashes import Hashes, run_hashes, string_hashes
from soro.corpus.token_table import Facts

HEADING = "#"  # of Markdown: that each lesson has its "# Questions" is structure, not boilerplate


def site_of(url: str, source_name: str, source_url: str = "") -> str:
    """The host of the page's own address; the name of the source for a document that has none."""
    try:
        host = urlsplit(url).hostname if url and url != source_url else None
    except ValueError:  # such as "http://[::1"
        host = None
    return host.removeprefix("www.") if host else f"source:{source_name}"


def site_hashes(sites: Sequence[str]) -> Hashes:
    return string_hashes([site.replace("\n", " ") for site in sites])


def line_hashes(sites: Hashes, lines: Hashes) -> Hashes:
    """The hash of each line with that of its site."""
    both = np.stack([sites, lines], axis=1).reshape(-1)
    return run_hashes(both, 2)[0::2]


def hashes_of_page(site: str, facts: Facts) -> Hashes:
    """A hash for each line of a text of `site`, in any capitals and with any spaces."""
    lines = facts.line_hashes
    return line_hashes(np.repeat(site_hashes([site]), len(lines)), lines)


def judged_lines(text: str, facts: Facts) -> npt.NDArray[np.bool_]:
    """Which lines of a text may be taken out: not blank, no heading."""
    is_heading = [line.startswith(HEADING) for line in text.split("\n")] if HEADING in text else False
    return (facts.line_sizes > 0) & ~np.asarray(is_heading)


def without_lines(text: str, taken: npt.NDArray[np.bool_]) -> tuple[str, int]:
    """The text without the lines that are `taken`, and how many went.

    The lines that stay keep their order; of blank lines that meet, one stays. A text of nothing but such lines is left as
    it is: whether it repeats another is for the search of duplicates to say.
    """
    lines = text.split("\n")
    if not taken.any() or not any(line.strip() for line, goes in zip(lines, taken, strict=True) if not goes):
        return text, 0
    left: list[str] = []
    for line, goes in zip(lines, taken, strict=True):
        if not goes and (line.strip() or (left and left[-1].strip())):
            left.append(line)
    return "\n".join(left).strip("\n"), int(taken.sum())
