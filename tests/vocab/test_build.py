from dataclasses import replace
from pathlib import Path

import pytest

from soro.checkpoint.folder import load_tokenizer_json
from soro.core.artifact import Order, begin
from soro.core.documents import Document, write_documents
from soro.core.errors import SoroError
from soro.core.recipe import Vocab, load_recipe
from soro.vocab.build import build_vocab, check_counts, corpus_counts

WORD = "\u0431\u0430\u04b3\u043e\u0440\u043e\u043d\u0430\u043c"  # a word that no counts file holds


def corpus_of(folder: Path, lang: str) -> Path:
    """A corpus artifact of one document that says WORD many times."""
    order = Order(kind="corpus", out=folder, section={}, seed=0, inputs={})
    writer = begin(order, force=False)
    assert writer is not None
    document = Document(
        id="a", source="s", lang=lang, licence="CC BY 4.0", tier="own", url="", title="", text=f"{WORD} " * 50
    )
    for name in ("train", "heldout"):
        write_documents(writer.path / f"{name}.parquet", [document])
    return writer.finish(counts={}, packages=[])


def test_without_counts_pieces_are_learned_from_the_corpus(project: Path, tiny_model: Path, tmp_path: Path) -> None:
    recipe = load_recipe(project / "recipes" / "tiny.toml")
    recipe = replace(recipe, vocab=Vocab(num_rows=1728))
    base = begin(Order(kind="base", out=tmp_path / "base", section={}, seed=0, inputs={}), force=False)
    assert base is not None
    for file in tiny_model.iterdir():
        (base.path / file.name).write_bytes(file.read_bytes())
    base.finish(counts={}, packages=[])
    out = build_vocab(
        recipe,
        tmp_path / "vocab",
        base=tmp_path / "base",
        corpus=corpus_of(tmp_path / "corpus", "tgk"),
        project_root=project,
    )
    assert f"\u2581{WORD}" in load_tokenizer_json(out)["model"]["vocab"]


def test_a_corpus_without_the_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SoroError, match=r"has no document in 'tgk' to learn pieces from"):
        corpus_counts(corpus_of(tmp_path / "corpus", "rus"), "tgk")


def test_counts_without_a_letter_of_the_language_are_refused() -> None:
    with pytest.raises(SoroError, match=r"the 2 words to learn 'tgk' pieces from have none of the letters ғ ӣ"):
        check_counts({"▁забони": 3, "▁точики": 2}, "tgk")
    check_counts({"▁забони": 3, "▁Ҷумҳурӣ": 1}, "tgk")
