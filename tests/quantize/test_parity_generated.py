"""The fitted tokenizer reads and writes generated strings alike in `tokenizers`, `transformers` and llama.cpp.

A sample runs in the suite; `pytest -m parity` runs 120,000 strings, over the tokenizer of the folder that SORO_PARITY names
(such as build/soro-270m/vocab) where it is set.
"""

import json
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer
from transformers import AutoTokenizer

from soro.checkpoint.folder import load_tokenizer, load_tokenizer_json, save_checkpoint
from soro.checkpoint.random_base import random_base
from soro.core.counts import read_counts
from soro.core.recipe import RandomShape
from soro.quantize.gguf_file import write_gguf
from soro.quantize.llama import LlamaServer, open_llama
from soro.quantize.parity_generated import RULES, generated_strings
from soro.vocab.fit import fit_tokenizer

NUM_SAMPLE, NUM_ALL = 3_000, 120_000
BATCH = 500
BETWEEN = -1  # stands between the ids of two strings of a batch


def make_folder(tokenizer: dict[str, Any], folder: Path) -> Path:
    """A checkpoint folder with the tokenizer over weights that nobody reads."""
    import torch

    config, state, _ = random_base(RandomShape(num_layers=1, hidden_size=32), {"а": 1}, seed=0)
    num_rows = len(tokenizer["model"]["vocab"])
    state = {**state, "model.embed_tokens.weight": torch.zeros(num_rows, 32)}
    save_checkpoint(folder, config=config, state=state, tokenizer=tokenizer, dtype=torch.bfloat16)
    return folder


@pytest.fixture(scope="module")
def folder(tiny_model: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that SORO_PARITY names, else one with a tokenizer fitted to the tiny model's."""
    made = tmp_path_factory.mktemp("parity") / "model"
    if named := os.environ.get("SORO_PARITY"):
        return make_folder(load_tokenizer_json(Path(named)), made)
    counts = dict(list(read_counts(project / "data/counts/tgk.tsv.gz").items())[:20_000])
    fitted, _ = fit_tokenizer(load_tokenizer_json(tiny_model), {"tgk": counts}, {}, 2048)
    return make_folder(fitted, made)


@pytest.fixture(scope="module")
def llama(folder: Path) -> Iterator[LlamaServer]:
    gguf = folder.with_suffix(".gguf")
    write_gguf(folder, gguf, quantization="bf16", embedding="bf16")
    with open_llama(gguf) as server:
        yield server


@pytest.fixture(scope="module")
def sentences(project: Path) -> list[str]:
    """The project's own text, line by line."""
    files = [*sorted((project / "data/readings").rglob("*.md")), *sorted((project / "data/lessons").rglob("*.md"))]
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if len(line) > 40]


def check(strings: Sequence[str], tokenizer: Tokenizer, fast: Any, llama: LlamaServer) -> None:
    """Every string has the same ids everywhere and comes back from them."""
    for first in range(0, len(strings), BATCH):
        members = strings[first : first + BATCH]
        wanted = [encoding.ids for encoding in tokenizer.encode_batch(list(members), add_special_tokens=False)]
        compare("transformers", members, wanted, fast(list(members), add_special_tokens=False)["input_ids"])
        compare("llama.cpp", members, wanted, llama_ids(llama, members))
        for text, ids in zip(members, wanted, strict=True):
            assert tokenizer.decode(ids, skip_special_tokens=False) == text.replace("▁", " "), repr(text)
        flat = [token for ids in wanted for token in ids]
        assert llama.detokenize(flat) == "".join(members).replace("▁", " ")
        assert fast.decode(flat, skip_special_tokens=False) == "".join(members).replace("▁", " ")


def llama_ids(llama: LlamaServer, strings: Sequence[str]) -> list[list[int]]:
    """Token ids of each string in one call: a list of strings and ids is read part by part."""
    content: list[str | int] = [part for text in strings for part in (text, BETWEEN)]
    reply = llama.ask("/tokenize", {"content": content, "add_special": False, "parse_special": True})
    found: list[list[int]] = [[]]
    for token in reply["tokens"]:
        if token == BETWEEN:
            found.append([])
        else:
            found[-1].append(token)
    return found[:-1]


def compare(where: str, strings: Sequence[str], wanted: list[list[int]], found: list[list[int]]) -> None:
    assert len(found) == len(wanted)
    for text, right, other in zip(strings, wanted, found, strict=True):
        assert other == right, f"{where} reads {text!r} as {other}, tokenizers as {right}"


def test_every_rule_makes_different_strings(sentences: list[str]) -> None:
    strings = generated_strings(12_000, 0, sentences)
    assert strings == generated_strings(12_000, 0, sentences) != generated_strings(12_000, 1, sentences)
    assert len(set(strings)) == 12_000
    for rule in RULES:
        only = {rule(random.Random(seed), sentences) for seed in range(200)}
        assert len(only) > 100 and all(text == text.encode().decode() for text in only), rule.__name__


def test_a_sample_reads_alike_everywhere(folder: Path, llama: LlamaServer, sentences: list[str]) -> None:
    fast = AutoTokenizer.from_pretrained(folder)
    check(generated_strings(NUM_SAMPLE, 0, sentences), load_tokenizer(folder), fast, llama)


def test_a_tokenizer_with_another_merge_is_found(folder: Path, llama: LlamaServer, sentences: list[str]) -> None:
    value = load_tokenizer_json(folder)
    del value["model"]["merges"][40]
    other = Tokenizer.from_str(json.dumps(value, ensure_ascii=False))
    with pytest.raises(AssertionError, match=r"transformers reads .+ as \[.+\], tokenizers as"):
        check(generated_strings(NUM_SAMPLE, 0, sentences), other, AutoTokenizer.from_pretrained(folder), llama)


@pytest.mark.parity
def test_all_read_alike_everywhere(folder: Path, llama: LlamaServer, sentences: list[str]) -> None:
    fast = AutoTokenizer.from_pretrained(folder)
    check(generated_strings(NUM_ALL, 1, sentences), load_tokenizer(folder), fast, llama)
