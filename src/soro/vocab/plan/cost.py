"""Memory of the embedding and speed of the answer, for each size of Gemma 3 and of the vocabulary.

Decoding one token reads every matrix once, the tied embedding as the output head too. Seconds a token are bytes a token
over the bandwidth that the engine reaches; that is measured on random weights of the small sizes, and the large ones
are computed with the share of the bandwidth that the largest measured one reached at the same number of rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from soro.checkpoint.shapes import EMBEDDING, GEMMA_3, Shape
from soro.core.progress import say

# Bits of a weight in the blocks of a GGUF: integers and the scales of their block.
BITS = {"bf16": 16.0, "q8_0": 8.5, "q5_1": 6.0, "q5_0": 5.5, "q4_0": 4.5, "f32": 32.0}
MEASURED = ("270m", "1b")

Measure = Callable[[Shape, int], float]


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Tokens a second of a model of random weights, and whether they were measured or computed."""

    tokens_per_s: float
    is_measured: bool


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One size of the model with one size of the vocabulary. `speed` is None where nothing was measured."""

    shape: Shape
    num_rows: int
    embedding_bytes_bf16: float
    embedding_bytes: float
    bytes_per_token: float
    speed: Speed | None = None


def bytes_per_token(shape: Shape, num_rows: int, embedding: str, blocks: str = "q4_0") -> float:
    """Bytes of all weights that one token reads; the attention's cache is left out, small in short conversations."""
    kinds = {
        name: embedding if name == EMBEDDING else "f32" if len(size) == 1 else blocks
        for name, size in shape.tensors(num_rows).items()
    }
    return sum(prod(size) * BITS[kinds[name]] / 8 for name, size in shape.tensors(num_rows).items())


def costs(rows: Sequence[int], embedding: str, measure: Measure | None = None, bandwidth: float = 0.0) -> list[Cost]:
    """Every shape with every number of rows; `measure` gives tokens a second, `bandwidth` bytes a second."""
    found = []
    for num_rows in rows:
        speeds = {} if measure is None else speeds_of(num_rows, embedding, measure, bandwidth)
        for shape in GEMMA_3:
            num_weights = num_rows * shape.width
            found.append(
                Cost(
                    shape=shape,
                    num_rows=num_rows,
                    embedding_bytes_bf16=num_weights * BITS["bf16"] / 8,
                    embedding_bytes=num_weights * BITS[embedding] / 8,
                    bytes_per_token=bytes_per_token(shape, num_rows, embedding),
                    speed=speeds.get(shape.name),
                )
            )
    return found


def speeds_of(num_rows: int, embedding: str, measure: Measure, bandwidth: float) -> Mapping[str, Speed]:
    """Speed of each shape by its name."""
    speeds, share = {}, 0.0
    for shape in GEMMA_3:
        num_bytes = bytes_per_token(shape, num_rows, embedding)
        if shape.name in MEASURED:
            rate = measure(shape, num_rows)
            share = rate * num_bytes / bandwidth
            say(f"vocab plan: {shape.name}, {num_rows:,} rows: {rate:.1f} tokens/s, {share:.0%} of the bandwidth")
            speeds[shape.name] = Speed(tokens_per_s=rate, is_measured=True)
        else:
            speeds[shape.name] = Speed(tokens_per_s=share * bandwidth / num_bytes, is_measured=False)
    return speeds
