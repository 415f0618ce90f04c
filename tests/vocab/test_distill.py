import json
from pathlib import Path
from typing import Any

import pytest
import torch
from tokenizers import Tokenizer

from soro.checkpoint.folder import load_model, load_tokenizer, load_tokenizer_json
from soro.checkpoint.shards import open_rows, stored_tensors
from soro.core.counts import read_counts
from soro.core.errors import SoroError
from soro.vocab.distill import BATCH_CONTEXTS, MAX_CONTEXTS, Student, align, choose_contexts, cut, distill_rows
from soro.vocab.fit import fit_tokenizer
from soro.vocab.rows import fitted_rows

EMBEDDING = "model.embed_tokens.weight"
TEXT = "Забони тоҷикӣ забони давлатии Ҷумҳурии Тоҷикистон аст ва мо онро дӯст медорем. 😀 "


@pytest.fixture(scope="module")
def base(tiny_model: Path) -> dict[str, Any]:
    return load_tokenizer_json(tiny_model)


@pytest.fixture(scope="module")
def fitted(base: dict[str, Any], project: Path) -> dict[str, Any]:
    counts = dict(list(read_counts(project / "data/counts/tgk.tsv.gz").items())[:20_000])
    return fit_tokenizer(base, {"tgk": counts}, {}, 1728)[0]


@pytest.fixture(scope="module")
def tokenizer(fitted: dict[str, Any]) -> Tokenizer:
    return Tokenizer.from_str(json.dumps(fitted, ensure_ascii=False))


@pytest.fixture(scope="module")
def new_pieces(base: dict[str, Any], fitted: dict[str, Any]) -> list[str]:
    return [piece for piece in fitted["model"]["vocab"] if piece not in base["model"]["vocab"]]


@pytest.fixture(scope="module")
def texts(project: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((project / "data/lessons").rglob("*.md"))[:4]]


def test_places_are_where_both_have_read_the_same(tiny_model: Path, tokenizer: Tokenizer) -> None:
    old, new = load_tokenizer(tiny_model), tokenizer
    spellings = [t.encode(TEXT, add_special_tokens=False) for t in (old, new)]
    context = align(*spellings, bos=2)
    assert context.old_ids[0] == context.new_ids[0] == 2
    assert len(context.new_places) == len(context.old_places) > 10
    for old_place, new_place in zip(context.old_places, context.new_places, strict=True):
        read = [
            t.decode(ids[1 : place + 1])
            for t, ids, place in ((old, context.old_ids, old_place), (new, context.new_ids, new_place))
        ]
        assert read[0] == read[1] and "\N{REPLACEMENT CHARACTER}" not in read[0]
    assert context.old_places[-1] == len(context.old_ids) - 1 and context.new_places[-1] == len(context.new_ids) - 1


def test_cutting_loses_nothing(texts: list[str]) -> None:
    for text in texts:
        chunks = cut(text)
        assert "".join(chunks) == text.rstrip() and len(chunks) > 2
        assert all(chunk[0].isspace() for chunk in chunks[1:])


def test_contexts_are_spread_over_the_new_pieces(
    tiny_model: Path, fitted: dict[str, Any], tokenizer: Tokenizer, new_pieces: list[str], texts: list[str]
) -> None:
    old = load_tokenizer(tiny_model)
    rows = {fitted["model"]["vocab"][piece] for piece in new_pieces}
    contexts = choose_contexts(texts, old, tokenizer, rows, seed=0, num_tokens=400)
    assert 400 <= sum(len(context.new_ids) for context in contexts) < 600
    assert contexts == choose_contexts(texts, old, tokenizer, rows, seed=0, num_tokens=400)
    assert all(rows & set(context.new_ids) for context in contexts)
    many = choose_contexts([TEXT * 200], old, tokenizer, rows, seed=0, num_tokens=10**6)
    assert MAX_CONTEXTS <= len(many) < 2 * MAX_CONTEXTS


def test_learned_rows_bring_the_states_nearer(
    tiny_model: Path,
    base: dict[str, Any],
    fitted: dict[str, Any],
    tokenizer: Tokenizer,
    new_pieces: list[str],
    texts: list[str],
) -> None:
    vocab = fitted["model"]["vocab"]
    old = open_rows(stored_tensors(tiny_model)[EMBEDDING], EMBEDDING)
    start = fitted_rows(old, base, fitted, "shrunk", seed=0)
    rows = start.clone()
    num_learned = distill_rows(rows, tiny_model, fitted, new_pieces, texts, seed=0, num_tokens=3000)
    changed = {row for row in range(len(rows)) if not torch.equal(rows[row], start[row])}
    assert changed <= {vocab[piece] for piece in new_pieces} and len(changed) == num_learned > 20
    again = start.clone()
    distill_rows(again, tiny_model, fitted, new_pieces, texts, seed=0, num_tokens=3000)
    assert torch.equal(rows, again)
    new_rows = torch.tensor(sorted(vocab[piece] for piece in new_pieces))
    contexts = choose_contexts(texts, load_tokenizer(tiny_model), tokenizer, set(new_rows.tolist()), 0, 1000)
    model = load_model(tiny_model, torch.bfloat16)
    with torch.no_grad():
        before, after = (Student(model, r, new_rows).losses(contexts[:BATCH_CONTEXTS])[0] for r in (start, rows))
    assert float(after) < 0.9 * float(before)


def test_texts_without_a_new_piece_are_refused(tiny_model: Path, fitted: dict[str, Any], new_pieces: list[str]) -> None:
    rows = torch.zeros(len(fitted["model"]["vocab"]), 128)
    with pytest.raises(SoroError, match="the corpus uses none of the new pieces"):
        distill_rows(rows, tiny_model, fitted, new_pieces, ["1 2 3"], seed=0)
