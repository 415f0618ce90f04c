"""Tokens a second of a GGUF in llama.cpp, one conversation, the answer alone."""

import os
import statistics
import tempfile
from pathlib import Path

from soro.checkpoint.shapes import Shape
from soro.quantize.gguf_file import Quantization
from soro.quantize.llama import open_llama
from soro.quantize.random_gguf import write_random_gguf

PROMPT = [2, *range(100, 116)]  # <bos> and sixteen pieces
NUM_TOKENS, NUM_ROUNDS = 64, 3


def decode_tokens_per_s(model: Path, num_threads: int, *, num_tokens: int = NUM_TOKENS) -> float:
    """Median of three greedy answers of `num_tokens` tokens, after one that warms up. Raises SoroError for an unreadable file."""
    with open_llama(model, context_tokens=512, num_threads=num_threads) as server:
        rates = [
            float(server.complete(PROMPT, num_tokens, ignore_eos=True)["timings"]["predicted_per_second"])
            for _ in range(NUM_ROUNDS + 1)
        ]
    return statistics.median(rates[1:])


def random_tokens_per_s(shape: Shape, num_rows: int, *, embedding: Quantization, num_threads: int) -> float:
    """Tokens a second of a model of `shape` with random weights, blocks Q4_0, in a file that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="soro-") as scratch:
        path = Path(scratch) / "random.gguf"
        write_random_gguf(path, shape, num_rows, embedding=embedding)
        return decode_tokens_per_s(path, num_threads)


def all_cores() -> int:
    return len(os.sched_getaffinity(0))
