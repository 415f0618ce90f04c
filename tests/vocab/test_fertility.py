import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from soro.core.errors import SoroError
from soro.core.files import write_json
from soro.vocab.fertility import CostlyWord, costly_words, measure_fertility
from soro.vocab.open_tokenizer import open_tokenizer

PIECES = ["<unk>", " нон", " об", " мак", "таб", " ", "н", "о", "б", "м", "а", "к", "т", "\n"]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A tokenizer.json that splits at spaces and knows a few pieces, cut off at four tokens."""
    merges = [("о", "н"), ("н", "он"), (" ", "нон"), ("о", "б"), (" ", "об"), ("м", "а"), ("ма", "к"), (" ", "мак")]
    merges += [("т", "а"), ("та", "б")]
    pieces = dict.fromkeys([*PIECES, *(a + b for a, b in merges)])
    vocab = {piece: row for row, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=merges, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_next")
    tokenizer.enable_truncation(4)
    tokenizer.enable_padding(length=9)
    (tmp_path / "plain").mkdir()
    tokenizer.save(str(tmp_path / "plain" / "tokenizer.json"))
    return tmp_path / "plain"


def test_the_costliest_words_are_frequent_and_finely_cut(plain: Path) -> None:
    found = costly_words(open_tokenizer(plain), "мактаб нон об нон томмо мактаб", 5)
    assert found == [
        CostlyWord(word="томмо", count=1, cut=("▁", "т", "о", "м", "м", "о")),
        CostlyWord(word="мактаб", count=2, cut=("мак", "таб")),
    ]
    assert [word.num_extra_tokens for word in found] == [5, 2]


def test_long_texts_are_counted_whole(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" нон об" * 50, encoding="utf-8")
    [found] = measure_fertility([plain], [tmp_path / "a.txt"])
    assert (found.num_tokens, found.num_words, found.tokens_per_word) == (100, 100, 1.0)
    assert found.tokens_per_char == pytest.approx(2 / 7)


def test_an_artifact_without_a_tokenizer_is_named(tmp_path: Path) -> None:
    write_json(tmp_path / "manifest.json", {"kind": "corpus"})
    with pytest.raises(SoroError, match=r"the artifact .* \(corpus\) holds no tokenizer; name one .* BUILD/vocab"):
        open_tokenizer(tmp_path)


def test_the_ggufs_of_an_artifact_share_a_tokenizer(tiny_gguf: Path, tmp_path: Path) -> None:
    for name in ("a.gguf", "b.gguf"):
        (tmp_path / name).symlink_to(tiny_gguf)
    with pytest.raises(SoroError, match=r"holds 2 .gguf files; name one of them"):
        open_tokenizer(tmp_path)
    write_json(tmp_path / "manifest.json", {"kind": "quantize"})
    assert open_tokenizer(tmp_path).get_vocab() == open_tokenizer(tiny_gguf).get_vocab()


def test_what_is_no_tokenizer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.json").write_text(json.dumps({"model": 1}))
    (tmp_path / "a.gguf").write_bytes(b"GGML" + bytes(100))
    for name, reason in {
        "none": "is not there",
        "empty": "the folder .* holds no tokenizer",
        "a.json": "is no tokenizer.json that can be read",
        "a.gguf": "is not a GGUF file with a tokenizer",
    }.items():
        with pytest.raises(SoroError, match=reason):
            open_tokenizer(tmp_path / name)


def test_what_is_no_text_is_refused(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("точик".encode("cp1251"))
    (tmp_path / "signs.txt").write_text("… — !\n", encoding="utf-8")
    for name, reason in {
        "none.txt": "is not there",
        "plain": "is a folder",
        "old.txt": "not UTF-8",
        "signs.txt": "holds no word",
    }.items():
        with pytest.raises(SoroError, match=f"text .*{reason}"):
            measure_fertility([plain], [tmp_path / name])
