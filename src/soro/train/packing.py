"""Documents into rows of tokens: sources by their number of epochs, replay by its share, shuffled by the seed; a source can
be kept to the first part of a pass, so that the text nearest to the use is read last, when the rate is low.

Shapes: R rows, T tokens a row (seq_len).
"""

from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer

from soro.checkpoint.tokenizer_file import token_id
from soro.core.documents import Document
from soro.core.errors import SoroError


def pack_documents(
    documents: Sequence[Document],
    tokenizer: Tokenizer,
    *,
    num_tokens: int,
    seq_len: int,
    num_epochs: dict[str, float],
    until: dict[str, float] | None = None,
    replay_fraction: float,
    target_lang: str,
    seed: int,
) -> tuple[np.ndarray, dict[str, int]]:
    """(rows of shape (R, T) as uint32 with R * T close to but not below `num_tokens`, tokens by source in one pass).

    A document becomes <bos> text <eos>. Documents of `target_lang` are taken `num_epochs` times (once where their source
    is not named; a fraction takes that share of them); the other languages fill `replay_fraction` of the tokens. Rows of a
    source in `until` lie in that first share of the pass. When one pass is shorter than `num_tokens`, further passes follow
    in a new order.
    """
    rng = np.random.default_rng(seed)
    encoded = encode(documents, tokenizer)
    target = [i for i, document in enumerate(documents) if document.lang == target_lang]
    replay = [i for i, document in enumerate(documents) if document.lang != target_lang]
    if not target:
        raise SoroError(f"the corpus has no document in {target_lang!r} to learn from; mend corpus.sources")
    if replay_fraction > 0 and not replay:
        raise SoroError(
            f"replay_fraction is {replay_fraction}, but the corpus has no document in another language; add an English "
            "source or set it to 0"
        )
    rows: list[np.ndarray] = []
    taken: dict[str, int] = {}
    while sum(map(len, rows)) * seq_len < num_tokens:
        chosen = one_pass(documents, encoded, target, replay, num_epochs, replay_fraction, rng)
        until_of = {i: (until or {}).get(documents[i].source, 1.0) for i in chosen}
        parts = []
        for end in sorted(set(until_of.values())):
            stream = np.concatenate([encoded[i] for i in chosen if until_of[i] == end])
            full = len(stream) // seq_len
            parts.append((stream[: full * seq_len].reshape(full, seq_len), end * rng.random(full)))
        if not sum(len(part_RT) for part_RT, _ in parts):
            raise SoroError(f"the corpus has no row of {seq_len} tokens; add text")
        places = np.concatenate([places for _, places in parts])
        rows.append(np.concatenate([part_RT for part_RT, _ in parts])[np.argsort(places, kind="stable")])
        for i in chosen if len(rows) == 1 else ():
            taken[documents[i].source] = taken.get(documents[i].source, 0) + len(encoded[i])
    return np.concatenate(rows)[: -(-num_tokens // seq_len)], taken


def encode(documents: Sequence[Document], tokenizer: Tokenizer) -> list[np.ndarray]:
    bos, eos = token_id(tokenizer, "<bos>"), token_id(tokenizer, "<eos>")
    encodings = tokenizer.encode_batch([document.text for document in documents], add_special_tokens=False)
    return [np.array([bos, *encoding.ids, eos], dtype=np.uint32) for encoding in encodings]


def one_pass(
    documents: Sequence[Document],
    encoded: Sequence[np.ndarray],
    target: Sequence[int],
    replay: Sequence[int],
    num_epochs: dict[str, float],
    replay_fraction: float,
    rng: np.random.Generator,
) -> list[int]:
    """Numbers of the documents of one pass, in their order."""
    chosen: list[int] = []
    for i in target:
        epochs = num_epochs.get(documents[i].source, 1.0)
        chosen += [i] * (int(epochs) + int(rng.random() < epochs % 1))
    num_target = sum(len(encoded[i]) for i in chosen)
    left = num_target * replay_fraction / (1 - replay_fraction)
    while left > 0 and replay:
        for i in rng.permutation(len(replay)):
            if left <= 0:
                break
            chosen.append(replay[i])
            left -= len(encoded[replay[i]])
    return [chosen[i] for i in rng.permutation(len(chosen))]
