"""A tiny Gemma 3 with random weights, made once for the whole suite."""

from pathlib import Path

import pytest
import torch

from soro.checkpoint.folder import save_checkpoint
from soro.checkpoint.random_base import random_base
from soro.core.counts import read_counts
from soro.core.recipe import RandomShape

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Hugging Face folder of a random tiny Gemma 3 with its own tokenizer and chat template."""
    folder = tmp_path_factory.mktemp("tiny") / "model"
    counts = dict(list(read_counts(PROJECT / "data" / "counts" / "tgk.tsv.gz").items())[:5000])
    config, state, tokenizer = random_base(RandomShape(), counts, seed=0)
    save_checkpoint(folder, config=config, state=state, tokenizer=tokenizer, dtype=torch.bfloat16)
    return folder


@pytest.fixture(scope="session")
def tiny_gguf(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as a Q8_0 GGUF with its chat template."""
    from soro.quantize.gguf_file import write_gguf

    path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
    write_gguf(tiny_model, path, quantization="q8_0", embedding="q8_0")
    return path
