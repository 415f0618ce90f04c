"""What is kept of a text to find its duplicates: a key for equal words, and a MinHash signature (Broder 1997)."""

import hashlib
import re

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

NUM_PERMUTATIONS, NUM_BANDS = 128, 32  # candidates from a Jaccard similarity of about 0.42 on
SHINGLE_WORDS = 5
SEED = 42

Signatures = npt.NDArray[np.uint32]
MIX = tuple(np.uint64(v) for v in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def exact_key(words: list[str], text: str) -> bytes:
    """16 bytes that are equal for texts of the same words in any capitals; a text without words is known by itself."""
    return hashlib.sha256((" ".join(words) or re.sub(r"\s+", " ", text.strip())).encode()).digest()[:16]


def signature(words: list[str]) -> list[int]:
    """128 numbers of 32 bits; the share of equal ones estimates the Jaccard similarity of two texts' shingles."""
    minhash = RMinHash(num_perm=NUM_PERMUTATIONS, seed=SEED)
    minhash.update(shingles(words))
    return minhash.digest()


def shingles(words: list[str]) -> list[str]:
    """Runs of five words; a shorter text is one shingle."""
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    return [" ".join(words[i : i + SHINGLE_WORDS]) for i in range(last)]


def bands(signatures: Signatures) -> npt.NDArray[np.uint64]:
    """(32, n) hashes of four neighbouring numbers each of n signatures; texts that share one are candidates."""
    halves = np.ascontiguousarray(signatures).view(np.uint64).reshape(len(signatures), NUM_BANDS, 2)
    mixed = (halves[:, :, 0] * MIX[0]) ^ (halves[:, :, 0] >> np.uint64(29))
    mixed = (mixed + halves[:, :, 1]) * MIX[1]
    mixed = (mixed ^ (mixed >> np.uint64(31))) * MIX[2]
    return np.ascontiguousarray((mixed ^ (mixed >> np.uint64(30))).T)
