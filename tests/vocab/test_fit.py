import json
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from soro.checkpoint.folder import load_tokenizer_json
from soro.core.counts import read_counts
from soro.core.errors import SoroError
from soro.vocab.casing import with_capitals
from soro.vocab.fit import fit_tokenizer
from soro.vocab.keep import close_under_merges, fixed_pieces, is_sign_run, merge_path
from soro.vocab.learn import learn_merges
from soro.vocab.rows import fitted_rows

NUM_ROWS = 1728


@pytest.fixture(scope="module")
def base(tiny_model: Path) -> dict:
    return load_tokenizer_json(tiny_model)


@pytest.fixture(scope="module")
def fitted(base: dict, project: Path) -> dict:
    counts = dict(list(read_counts(project / "data/counts/tgk.tsv.gz").items())[:20_000])
    return fit_tokenizer(base, {"tgk": counts}, {}, NUM_ROWS)[0]


def tokenizer_of(value: dict) -> Tokenizer:
    return Tokenizer.from_str(json.dumps(value, ensure_ascii=False))


def test_fitted_tokenizer_spends_fewer_tokens(base: dict, fitted: dict) -> None:
    text = "Забони тоҷикӣ забони давлатии Ҷумҳурии Тоҷикистон аст ва мо онро дӯст медорем."
    assert len(fitted["model"]["vocab"]) == NUM_ROWS
    assert len(tokenizer_of(fitted).encode(text).ids) < len(tokenizer_of(base).encode(text).ids)


def test_special_tokens_and_bytes_stay(fitted: dict) -> None:
    vocab = fitted["model"]["vocab"]
    assert [vocab[piece] for piece in ("<pad>", "<eos>", "<bos>", "<unk>")] == [0, 1, 2, 3]
    assert {f"<0x{byte:02X}>" for byte in range(256)} <= set(vocab)
    special = {token["content"] for token in fitted["added_tokens"] if token["special"]}
    assert {"<start_of_turn>", "<end_of_turn>"} <= special


def test_every_piece_can_be_reached(fitted: dict) -> None:
    ranks = {(a, b): i for i, (a, b) in enumerate(fitted["model"]["merges"])}
    for left, right in ranks:
        assert merge_path(left + right, ranks)[-1] == left + right or (left + right) in merge_path(left + right, ranks)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60))
def test_any_string_comes_back(fitted: dict, text: str) -> None:
    tokenizer = tokenizer_of(fitted)
    assert tokenizer.decode(
        tokenizer.encode(text, add_special_tokens=False).ids, skip_special_tokens=False
    ) == text.replace("▁", " ")


def test_too_few_rows_are_refused(base: dict) -> None:
    with pytest.raises(SoroError, match=r"vocab.num_rows is 64, but \d+ pieces must stay"):
        fit_tokenizer(base, {"tgk": {"▁ва": 5}}, {}, 64)


def test_learn_merges_matches_plain_bpe() -> None:
    words = [list("▁аба"), list("▁абаба"), list("бабаб"), list("▁вава")]
    counts = [5, 3, 2, 7]
    known = {character: 0 for word in words for character in word}
    assert learn_merges(words, counts, known, 6) == plain_bpe(words, counts, 6)


def test_a_pair_that_grows_in_a_word_it_already_stands_in_is_not_lost() -> None:
    words, counts = [["x", "ab", "x", "a", "b"], ["q", "r"]], [5, 1]
    assert learn_merges(words, counts, {}, 2)[:2] == [("a", "b"), ("x", "ab")]


def plain_bpe(words: list[list[str]], counts: list[int], num_merges: int) -> list[tuple[str, str]]:
    """Byte pair encoding as first written down: count all pairs anew for each merge (Sennrich et al. 2016)."""
    words = [list(word) for word in words]
    merges = []
    for _ in range(num_merges):
        pairs: dict[tuple[str, str], int] = {}
        for word, count in zip(words, counts, strict=True):
            for pair in pairwise(word):
                pairs[pair] = pairs.get(pair, 0) + count
        best = min((pair for pair, count in pairs.items() if count >= 2), key=lambda p: (-pairs[p], p), default=None)
        if best is None:
            break
        merges.append(best)
        for word in words:
            i = 0
            while i < len(word) - 1:
                if (word[i], word[i + 1]) == best:
                    word[i : i + 2] = ["".join(best)]
                i += 1
    return merges


def test_closure_keeps_the_way_to_a_piece(base: dict) -> None:
    piece = max(base["model"]["vocab"], key=lambda p: (len(p), p) if p.isalpha() else (0, p))
    closed = close_under_merges(base, [*fixed_pieces(base), piece])
    merges = [(a, b) for a, b in base["model"]["merges"] if a + b in closed and a in closed and b in closed]
    ranks = {pair: i for i, pair in enumerate(merges)}
    assert merge_path(piece, ranks)[-1] == piece


def test_rows_are_kept_and_averaged(base: dict, fitted: dict) -> None:
    old = torch.arange(len(base["model"]["vocab"]), dtype=torch.float32).repeat(4, 1).T.contiguous()
    new = fitted_rows(old, base, fitted, "mean", seed=0)
    base_vocab, vocab = base["model"]["vocab"], fitted["model"]["vocab"]
    assert all(new[vocab[p], 0] == base_vocab[p] for p in vocab if p in base_vocab)
    piece = next(p for p in vocab if p not in base_vocab)
    spelling = tokenizer_of(base).encode(piece.replace("▁", " "), add_special_tokens=False).ids
    assert new[vocab[piece], 0] == pytest.approx(sum(spelling) / len(spelling))


def test_shrunk_rows_lie_half_way_to_the_centre(base: dict, fitted: dict) -> None:
    vocab = fitted["model"]["vocab"]
    old = torch.randn(len(base["model"]["vocab"]), 4, generator=torch.Generator().manual_seed(1))
    learned = [vocab[piece] for piece in vocab if piece not in base["model"]["vocab"]]
    mean, shrunk = (fitted_rows(old, base, fitted, init, seed=0) for init in ("mean", "shrunk"))
    kept = sorted(set(vocab.values()) - set(learned))
    assert torch.equal(mean[kept], shrunk[kept])
    centre = 2 * shrunk[learned] - mean[learned]
    assert torch.allclose(centre, centre[:1].expand_as(centre), atol=1e-5)


def spelling_in_capitals(*pieces: str) -> Tokenizer:
    """A tokenizer of single letters and `pieces`, each reached from its letters."""
    vocab = {
        piece: i for i, piece in enumerate(["<unk>", "▁", *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"])
    }
    merges = []
    for piece in pieces:
        for end in range(2, len(piece) + 1):
            if piece[:end] not in vocab:
                vocab[piece[:end]] = len(vocab)
                merges.append([piece[: end - 1], piece[end - 1]])
    model = {"type": "BPE", "vocab": vocab, "merges": merges, "unk_token": "<unk>"}
    normalizer = {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}
    return tokenizer_of({"model": model, "normalizer": normalizer, "added_tokens": []})


def test_a_list_in_lower_case_gets_its_capitals() -> None:
    tokenizer = spelling_in_capitals("▁the", "▁The", "▁London", "▁UNO")
    cased = with_capitals(tokenizer, {"▁the": 1000, "▁london": 1000, "▁uno": 1000})
    assert cased["▁the"] > cased["▁The"] > cased["The"] > 0
    assert cased["▁London"] > 800 > cased["▁london"] and cased["▁UNO"] > 800 > cased["▁uno"]
    assert sum(cased.values()) == pytest.approx(3000, abs=9)


def test_counts_with_capitals_stay_as_they_are() -> None:
    counts = {"▁the": 10, "▁The": 1}
    assert with_capitals(spelling_in_capitals("▁the"), counts) == counts


@pytest.mark.parametrize(
    ("piece", "kept"), [("▁«", True), ("»,", True), ("▁—", True), ("();", True), ("«а", False), ("▁", False)]
)
def test_runs_of_signs(piece: str, kept: bool) -> None:
    assert is_sign_run(piece) == kept
