"""The files of signatures give what one document after the other in memory gives."""

import random
from pathlib import Path

import numpy as np
import pytest

from soro.corpus import twins
from soro.corpus.decide import decide
from soro.corpus.marks import url_hash
from soro.corpus.pieces import to_npz
from soro.corpus.signatures import exact_key, signature
from soro.corpus.token_table import TokenTable
from tests.corpus.reference_duplicates import DuplicateFinder

TEXT = "дар боғи мо дарахтони себу нок мерӯянд ва мо онҳоро ҳар баҳор об медиҳем то ки меваи бисёр диҳанд"
WORDS = TEXT.split()
MIN_JACCARD = 0.6


def random_texts(seed: int, num: int) -> list[str]:
    """Texts of which many repeat an earlier one: the same, in capitals, changed a little or a lot, very short, without words."""
    rng = random.Random(seed)
    texts: list[str] = ["…", "!", "…", ""]
    while len(texts) < num:
        kind = rng.random()
        if kind < 0.4:
            texts.append(" ".join(rng.choices(WORDS, k=rng.randint(1, 60))))
        elif kind < 0.5:
            texts.append(rng.choice(texts).upper())
        else:
            words = rng.choice(texts).split()
            for _ in range(rng.randint(1, 4)):
                words.insert(rng.randint(0, len(words)), rng.choice(WORDS))
            texts.append(" ".join(words))
    return texts


def write_marks(work: Path, texts: list[str], urls: list[str], block_size: int) -> list[str]:
    (work / "settled").mkdir(parents=True)
    names = []
    for start in range(0, len(texts), block_size):
        part = texts[start : start + block_size]
        words = [facts.lower_words for facts in TokenTable().measure(part)]
        ids = [f"sample/{start + i}".encode() for i in range(len(part))]
        marks = {
            "signatures": np.array([signature(w) for w in words], dtype=np.uint32),
            "keys": np.array(
                [np.frombuffer(exact_key(w, t), dtype=np.uint64) for w, t in zip(words, part, strict=True)]
            ),
            "urls": np.array([url_hash(u) if u else 0 for u in urls[start : start + block_size]], dtype=np.uint64),
            "ids": np.frombuffer(b"".join(ids), dtype=np.uint8),
            "id_sizes": np.array([len(i) for i in ids], dtype=np.int64),
        }
        names.append(f"{start:06d}")
        (work / "settled" / f"{names[-1]}.npz").write_bytes(to_npz(marks))
    return names


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("sizes", [(100_000, 4_096, 1_000_000, 4_000_000), (50, 7, 5, 20)], ids=["large", "small"])
def test_the_same_twins_as_one_after_the_other(
    seed: int, sizes: tuple[int, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in zip(("CHUNK", "BATCH", "MAX_PAIRS", "MAX_HASHES"), sizes, strict=True):
        monkeypatch.setattr(twins, name, size)
    monkeypatch.setattr(twins, "PAIRS_AT_A_TIME", sizes[2])
    texts = random_texts(seed, 400)
    finder = DuplicateFinder(MIN_JACCARD)
    expected = {}
    for number, text in enumerate(texts):
        if twin := finder.check(f"sample/{number}", text):
            expected[number] = (twin[0], f"{twin[1]} ({twin[2]})")
    assert {reason for reason, _ in expected.values()} == {"exact-duplicate", "near-duplicate"} and len(expected) > 50
    decisions = decide(write_marks(tmp_path, texts, [""] * len(texts), 37), tmp_path, MIN_JACCARD)
    assert dict(decisions.objections()) == expected


def test_pages_that_stay_are_counted_and_twins_are_not(tmp_path: Path) -> None:
    texts = [" ".join(random.Random(i).choices(WORDS, k=40)) for i in range(5)]
    texts.append(texts[4])
    urls = ["https://a.tj", "https://b.tj", "https://a.tj", "", "https://c.tj", "https://c.tj"]
    decisions = decide(write_marks(tmp_path, texts, urls, 2), tmp_path, 0.8)
    assert decisions.documents.tolist() == [5]
    assert decisions.shares_page.tolist() == [True, False, True, False, False, False]
