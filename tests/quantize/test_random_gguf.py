from pathlib import Path

import numpy as np
import pytest
from gguf import GGUFReader

from soro.checkpoint.shapes import Shape
from soro.quantize.decode_speed import decode_tokens_per_s
from soro.quantize.random_gguf import write_random_gguf

SMALL = Shape(
    name="small",
    width=64,
    num_layers=2,
    ffn_size=96,
    num_heads=2,
    num_kv_heads=1,
    head_dim=32,
    sliding_window=64,
    query_scale=32,
)
NUM_ROWS = 512


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("random") / "random.gguf"
    write_random_gguf(path, SMALL, NUM_ROWS, embedding="q8_0")
    return path


def test_every_tensor_has_its_shape_and_type(model: Path) -> None:
    tensors = {tensor.name: tensor for tensor in GGUFReader(str(model)).tensors}
    assert len(tensors) == len(SMALL.tensors(NUM_ROWS)) == 2 + 13 * 2
    embedding, down, norm = (
        tensors[n] for n in ("token_embd.weight", "blk.1.ffn_down.weight", "blk.0.attn_norm.weight")
    )
    assert (embedding.tensor_type.name, down.tensor_type.name, norm.tensor_type.name) == ("Q8_0", "Q4_0", "F32")
    assert (list(embedding.shape), list(down.shape)) == ([64, NUM_ROWS], [96, 64])
    assert np.array_equal(norm.data, np.ones(64, dtype=np.float32))


def test_llama_cpp_answers_with_it(model: Path) -> None:
    assert decode_tokens_per_s(model, 1, num_tokens=4) > 0
