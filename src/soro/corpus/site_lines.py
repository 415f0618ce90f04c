"""Lines that a site repeats on its pages: "Read also", "Share", the name of the newspaper. Counted first, then taken out."""

from urllib.parse import urlsplit

import numpy as np

from soro.core.hashes import Hashes, run_hashes, string_hashes
from soro.corpus.sketch import DocumentCounter

HEADING = "#"  # of Markdown: that each lesson has its "# Questions" is structure, not boilerplate


def site_of(url: str, source_name: str, source_url: str = "") -> str:
    """The host of the page's own address; the name of the source for a document that has none."""
    try:
        host = urlsplit(url).hostname if url and url != source_url else None
    except ValueError:  # such as "http://[::1"
        host = None
    return host.removeprefix("www.") if host else f"source:{source_name}"


class SiteLines:
    """Give every document to `add`, then to `strip`; `counter` holds all state (256 MB).

    At the default size, after 20 million different lines about one in 220 counts too high by one or more.
    """

    def __init__(self, max_documents: int, cells_log2: int = 26) -> None:
        self.max_documents = max_documents
        self.counter = DocumentCounter(cells_log2)

    def add(self, site: str, text: str) -> None:
        """Count the lines of one document of `site`."""
        self.counter.add(line_hashes(site, text.split("\n")))

    def merge(self, other: "SiteLines") -> None:
        self.counter.merge(other.counter)

    def strip(self, site: str, text: str) -> tuple[str, int]:
        """The text without lines that more than `max_documents` documents of the site hold, and how many lines went.

        The lines that stay keep their order; of blank lines that meet, one stays. A text of nothing but such lines is left as
        it is: whether it repeats another is for the search of duplicates to say.
        """
        lines = text.split("\n")
        repeated = self.counter.counts(line_hashes(site, lines)) > self.max_documents
        judged = np.array([is_judged(line) for line in lines])
        taken = repeated & judged
        if not taken.any() or not any(line.strip() for line, goes in zip(lines, taken, strict=True) if not goes):
            return text, 0
        left: list[str] = []
        for line, goes in zip(lines, taken, strict=True):
            if not goes and (line.strip() or (left and left[-1].strip())):
                left.append(line)
        return "\n".join(left).strip("\n"), int(taken.sum())


def is_judged(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(HEADING)


def line_hashes(site: str, lines: list[str]) -> Hashes:
    """A hash for each line of `site`, in any capitals and with any spaces."""
    plain = [" ".join(line.lower().split()) for line in lines]
    both = np.empty(2 * len(plain), dtype=np.uint64)
    both[0::2], both[1::2] = string_hashes([site.replace("\n", " ")])[0], string_hashes(plain)
    return run_hashes(both, 2)[0::2]
