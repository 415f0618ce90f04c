"""A GGUF of any Gemma 3 size and vocabulary with random weights: it says nothing, at the speed of a real one."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np

from soro.checkpoint.shapes import EMBEDDING, Shape
from soro.checkpoint.tokenizer_file import BYTE_PIECES, END_OF_TURN, SPECIAL_TOKENS, START_OF_TURN, gemma_tokenizer
from soro.core.files import disk_error
from soro.quantize.blocks import ByteArray
from soro.quantize.gguf_file import TYPES, Quantization, add_shape, tensor_names
from soro.quantize.gguf_tokenizer import add_tokenizer

SPREAD = 0.02  # standard deviation of the weights, as Gemma 3 is initialised
NUM_DIFFERENT_ROWS = 64  # rows repeat after that many; reading them costs the same


def write_random_gguf(
    out: Path,
    shape: Shape,
    num_rows: int,
    *,
    embedding: Quantization,
    blocks: Quantization = "q4_0",
    tokenizer: dict[str, Any] | None = None,
    seed: int = 0,
) -> None:
    """Write to `out` a model of `shape` with `num_rows` pieces, those of `tokenizer` where one is given.

    Raises SoroError when the disk is full.
    """
    config = shape.config(num_rows)
    writer = gguf.GGUFWriter(out, "gemma3")
    add_shape(writer, config)
    add_tokenizer(writer, tokenizer or idle_tokenizer(), num_rows)
    name_of = tensor_names(config)
    rng = np.random.default_rng(seed)
    kinds = {name: kind_of(name, TYPES[blocks], TYPES[embedding]) for name in shape.tensors(num_rows)}
    for name, size in shape.tensors(num_rows).items():
        writer.add_tensor_info(
            str(name_of(name)), size, np.dtype(np.float32), num_bytes(size, kinds[name]), raw_dtype=kinds[name]
        )
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for name, size in shape.tensors(num_rows).items():
            is_norm = kinds[name] == gguf.GGMLQuantizationType.F32
            writer.write_tensor_data(
                np.ones(size, dtype=np.float32) if is_norm else random_rows(size[0], size[1], kinds[name], rng)
            )
        writer.close()
    except OSError as error:
        raise disk_error(error, out) from error


def kind_of(
    name: str, blocks: gguf.GGMLQuantizationType, embedding: gguf.GGMLQuantizationType
) -> gguf.GGMLQuantizationType:
    if name.endswith("norm.weight"):
        return gguf.GGMLQuantizationType.F32
    return embedding if name == EMBEDDING else blocks


def num_bytes(size: tuple[int, ...], kind: gguf.GGMLQuantizationType) -> int:
    """Bytes of a tensor in the type `kind`."""
    block, block_bytes = gguf.GGML_QUANT_SIZES[kind]
    return int(np.prod(size)) // block * block_bytes


def random_rows(num_rows: int, width: int, kind: gguf.GGMLQuantizationType, rng: np.random.Generator) -> ByteArray:
    """(num_rows, bytes of a row) of normal noise in blocks."""
    noise = rng.standard_normal((min(num_rows, NUM_DIFFERENT_ROWS), width), dtype=np.float32) * np.float32(SPREAD)
    packed: ByteArray = gguf.quants.quantize(noise, kind).view(np.uint8)
    return np.resize(packed, (num_rows, packed.shape[1]))


def idle_tokenizer() -> dict[str, Any]:
    """The least tokenizer that llama.cpp takes: Gemma 3's special tokens, the bytes, one merge."""
    pieces = [*SPECIAL_TOKENS, START_OF_TURN, END_OF_TURN, *BYTE_PIECES, "a", "b", "ab"]
    control = dict.fromkeys((*SPECIAL_TOKENS, START_OF_TURN, END_OF_TURN), True)
    return gemma_tokenizer(pieces, [("a", "b")], control)
