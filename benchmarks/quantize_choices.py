"""How to make a Q4_0: three rules for the matrices, three types for the embedding. Prints a table.

Rules: "plain" takes each block's scale from its largest number (what `gguf.quants` does), "search" tries 17 scales a
block and keeps the one with the smallest squared error, "compensated" adds GPTQ's error compensation on calibration
rows of the training corpus. Speed: llama.cpp, one answer, the best of three runs. Run it on an idle machine:

    python benchmarks/quantize_choices.py RUN/tune RUN/corpus
"""

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

import gguf
import numpy as np

from soro.checkpoint.folder import load_model, load_tokenizer
from soro.quantize.blocks import quantize_rows
from soro.quantize.calibration import calibration_rows
from soro.quantize.compensate import compensated_weights
from soro.quantize.gguf_file import EMBEDDING, write_gguf
from soro.quantize.llama import open_llama
from soro.quantize.measure import heldout_texts, load_dequantized, score_model
from soro.quantize.weights import iterate_weights

NUM_SPOKEN_TOKENS, NUM_SPEED_RUNS = 128, 3
Q4_0 = gguf.GGMLQuantizationType.Q4_0


def main() -> None:
    options = parse_options()
    tokenizer = load_tokenizer(options.model)
    texts = heldout_texts(options.corpus, options.max_chars)
    rows = calibration_rows(
        options.corpus, tokenizer, language="tgk", num_rows=options.num_rows, seq_len=options.seq_len, seed=1
    )
    print_row(
        "matrices", "embedding", "MB", [f"bpc {lang}" for lang in texts], [f"tok/s {n}t" for n in options.threads]
    )
    original = score_model(load_model(options.model), tokenizer, texts)
    print_row("bfloat16", "bfloat16", "", [f"{original[f'bpc_{lang}']:.4f}" for lang in texts], [])
    makers = {
        "plain": lambda: plain_weights(options.model),
        "search": dict,
        "compensated": lambda: compensated_weights(options.model, rows),
    }
    rules = {rule: makers[rule]() for rule in options.rules}
    with tempfile.TemporaryDirectory() as folder:
        for rule, prepared in rules.items():
            for embedding in options.embeddings:
                file = Path(folder) / "model.gguf"
                ready: Mapping[str, np.ndarray] = prepared
                if embedding != "q4_0":
                    ready = {name: raw for name, raw in prepared.items() if name != EMBEDDING}
                write_gguf(options.model, file, quantization="q4_0", embedding=embedding, prepared=ready)
                scores = score_model(load_dequantized(file, options.model), tokenizer, texts)
                speeds = [f"{speed(file, num_threads):.0f}" for num_threads in options.threads]
                size = f"{file.stat().st_size / 1e6:.1f}"
                print_row(rule, embedding, size, [f"{scores[f'bpc_{lang}']:.4f}" for lang in texts], speeds)


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="a Hugging Face folder of a Gemma 3")
    parser.add_argument(
        "corpus", type=Path, help="a corpus artifact: train.parquet calibrates, heldout.parquet measures"
    )
    parser.add_argument("--max-chars", type=int, default=20_000, help="held-out characters of each language")
    parser.add_argument("--num-rows", type=int, default=128, help="calibration rows")
    parser.add_argument("--seq-len", type=int, default=256, help="tokens of a calibration row")
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2], help="measure the speed with these")
    parser.add_argument("--rules", nargs="*", default=["plain", "search", "compensated"])
    parser.add_argument("--embeddings", nargs="*", default=["q8_0", "q5_1", "q4_0"])
    return parser.parse_args()


def plain_weights(model: Path) -> dict[str, np.ndarray]:
    """Every matrix of the folder in Q4_0 by the plain rule."""
    return {
        name: quantize_rows(array, Q4_0, search=False) for name, array in iterate_weights(model) if "norm" not in name
    }


def speed(file: Path, num_threads: int) -> float:
    """Tokens a second that llama.cpp writes, the best of some runs."""
    with open_llama(file, num_threads=num_threads) as llama:
        ids = [2, *llama.tokenize("1 2 3 4 5 6 7 8")]
        rates = [
            llama.complete(ids, NUM_SPOKEN_TOKENS, ignore_eos=True)["timings"]["predicted_per_second"]
            for _ in range(NUM_SPEED_RUNS)
        ]
    return float(max(rates))


def print_row(rule: str, embedding: str, size: str, scores: list[str], speeds: list[str]) -> None:
    cells = [f"{rule:<12}", f"{embedding:<9}", f"{size:>6}", *(f"{s:>8}" for s in scores), *(f"{s:>8}" for s in speeds)]
    print("  ".join(cells), flush=True)


if __name__ == "__main__":
    main()
