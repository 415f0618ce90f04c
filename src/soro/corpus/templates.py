"""Template stubs: thousands of articles that differ in names and numbers alone ("X is a village in the district of Y").

Two passes: every document is counted, then each is asked how much of it is template.
"""

import numpy as np
import numpy.typing as npt

from soro.core.hashes import Hashes, run_hashes, string_hashes
from soro.core.recipe import Filters
from soro.core.seen import Ints, sums_of_runs
from soro.corpus.sketch import DocumentCounter, distinct
from soro.corpus.token_table import Facts

SHINGLE_WORDS, MIN_SHINGLES = 4, 5  # a text of fewer is a phrase, not an article
MAX_WORDS = 400  # a stub is short, and no longer text is judged by more than its beginning
MASK = string_hashes(["#"])[0]


def template_hashes(facts: Facts) -> Hashes:
    """The different shingles of a text's first MAX_WORDS words, each run of numbers and names as one MASK."""
    is_name = facts.is_name
    stays = ~is_name
    stays[:1] = True
    stays[1:] |= ~is_name[:-1]
    masked = np.where(is_name, MASK, facts.hashes)[stays][:MAX_WORDS]
    return distinct(run_hashes(masked, SHINGLE_WORDS))


def template_shares(
    counter: DocumentCounter, hashes: Hashes, sizes: Ints, max_documents: int
) -> npt.NDArray[np.float64]:
    """Of each text, given by the number of its shingles, the share that more than `max_documents` other texts hold, 0 to 1."""
    shared = sums_of_runs((counter.counts(hashes) > max_documents + 1).astype(np.int64), sizes)
    return np.where(sizes >= MIN_SHINGLES, shared / np.maximum(1, sizes), 0.0)


def template_objection(share: float, limits: Filters) -> tuple[str, str] | None:
    return ("template", f"{share:.3f}") if share > limits.max_template_share else None
