"""Exact and near duplicates. The first document in the order of the recipe stays."""

import hashlib
import re

from rensa import RMinHash, RMinHashLSH

from soro.tajik.words import words_of

NUM_PERMUTATIONS, NUM_BANDS = 128, 32  # candidates from a Jaccard similarity of about 0.42 on
SHINGLE_WORDS = 5


class DuplicateFinder:
    """Remembers the documents seen and names the one a new text repeats.

    Near duplicates share at least `min_jaccard` of their five-word shingles, as estimated by MinHash with 128
    permutations (Broder 1997), candidates found by banding.
    """

    def __init__(self, min_jaccard: float) -> None:
        self.min_jaccard = min_jaccard
        self.exact: dict[str, str] = {}
        self.lsh = RMinHashLSH(threshold=min_jaccard, num_perm=NUM_PERMUTATIONS, num_bands=NUM_BANDS)
        self.signatures: list[tuple[str, RMinHash]] = []

    def check(self, document_id: str, text: str) -> tuple[str, str, float] | None:
        """None for a new text, which is remembered; else (reason, id of the earlier document, similarity)."""
        words = [word.lower() for word in words_of(text)]
        key = hashlib.sha256(re.sub(r"\s+", " ", " ".join(words) or text.strip()).encode()).hexdigest()
        if key in self.exact:
            return "exact-duplicate", self.exact[key], 1.0
        signature = RMinHash(num_perm=NUM_PERMUTATIONS, seed=42)
        signature.update(shingles(words))
        for candidate in sorted(self.lsh.query(signature)):
            earlier_id, earlier = self.signatures[candidate]
            similarity = signature.jaccard(earlier)
            if similarity >= self.min_jaccard:
                return "near-duplicate", earlier_id, round(similarity, 3)
        self.exact[key] = document_id
        self.lsh.insert(len(self.signatures), signature)
        self.signatures.append((document_id, signature))
        return None


def shingles(words: list[str]) -> list[str]:
    """Runs of five words; a shorter text is one shingle."""
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    return [" ".join(words[i : i + SHINGLE_WORDS]) for i in range(last)]
