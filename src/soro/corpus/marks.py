"""What later steps need of the documents of a block that passed, as arrays: for n documents

`signatures` n x 128 of MinHash; `keys` n x 2, equal for equal words; `urls` n, a hash of the page address, 0 where it is only
that of a source; `ids`, the names one after the other in UTF-8, and `id_sizes` n; `templates`, the different shingles of each
one after the other, and `template_sizes` n; `lines` and `line_sizes` likewise, of the lines that a site may repeat;
`has_numbers` n, whether there may be personal data.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from soro.core.hashes import Hashes
from soro.core.recipe import Corpus
from soro.core.seen import Ints, lengths_of, places_of_runs
from soro.corpus.page import Page
from soro.corpus.signatures import NUM_PERMUTATIONS, exact_key, signature
from soro.corpus.site_lines import judged_lines, line_hashes, site_hashes, site_of
from soro.corpus.templates import template_hashes
from soro.tajik.personal import may_have_personal

Marks = Mapping[str, Any]
RUNS = {"ids": "id_sizes", "templates": "template_sizes", "lines": "line_sizes"}


def marks_of(pages: Sequence[Page], section: Corpus) -> dict[str, Any]:
    source_addresses = {source.url for source in section.sources}
    ids = [page.document.id.encode() for page in pages]
    urls = [page.document.url for page in pages]
    templates = [template_hashes(page.facts) for page in pages]
    is_line = [judged_lines(page.text, page.facts) for page in pages]
    nothing = np.zeros(0, dtype=np.uint64)
    return {
        "signatures": np.array([signature(page.facts.lower_words) for page in pages], dtype=np.uint32).reshape(
            -1, NUM_PERMUTATIONS
        ),
        "keys": np.frombuffer(
            b"".join(exact_key(page.facts.lower_words, page.text) for page in pages), dtype=np.uint64
        ).reshape(-1, 2),
        "urls": np.array([0 if url in source_addresses else url_hash(url) for url in urls], dtype=np.uint64),
        "ids": np.frombuffer(b"".join(ids), dtype=np.uint8),
        "id_sizes": lengths_of(ids),
        "templates": np.concatenate([nothing, *templates]),
        "template_sizes": lengths_of(templates),
        "lines": hashes_of_lines(pages)[np.concatenate([np.zeros(0, dtype=bool), *is_line])],
        "line_sizes": np.array([np.count_nonzero(of_page) for of_page in is_line], dtype=np.int64),
        "has_numbers": np.array([may_have_personal(page.text) for page in pages], dtype=bool),
    }


def hashes_of_lines(pages: Sequence[Page]) -> Hashes:
    """A hash for each line of each page, with its site."""
    sites = [site_of(page.document.url, page.source.name, page.source.url) for page in pages]
    sizes = np.array([len(page.facts.line_sizes) for page in pages], dtype=np.int64)
    lines = [page.facts.line_hashes for page in pages]
    return line_hashes(np.repeat(site_hashes(sites), sizes), np.concatenate([np.zeros(0, dtype=np.uint64), *lines]))


def url_hash(url: str) -> int:
    return int.from_bytes(hashlib.blake2b(url.encode(), digest_size=8).digest(), "little") or 1


def some(marks: Marks, chosen: Ints) -> dict[str, Any]:
    """The marks of the documents with the numbers `chosen`."""
    result = {name: values[chosen] for name, values in marks.items() if name not in RUNS}
    for name, sizes in ((name, RUNS[name]) for name in RUNS if name in marks):
        starts = np.cumsum(marks[sizes]) - marks[sizes]
        result[name] = marks[name][places_of_runs(starts[chosen], marks[sizes][chosen])]
    return result
