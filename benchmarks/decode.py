"""Characters a second in chat: the shipped model beside the stock Gemma 3, same engine, same quantization, one run.

    python benchmarks/decode.py --build build/soro-270m
    python benchmarks/decode.py --build build/soro-270m --embeddings q5_1 --rounds 3    # a third of the time

270m: the trained model and the stock checkpoint. 1b: random weights of that shape with the two vocabularies, since speed does
not depend on what the weights say. All are written by the same code in the same types (blocks Q4_0; the embedding in Q5_1, as
the recipe has it, in Q8_0, as llama.cpp's own Q4_0 has it, and in Q4_0) and run in llama.cpp through xllamacpp, two threads, in
turn, each in a process of its own.
tokens/s: median over rounds of the time from the first to the last token of an answer of fixed length.
chars/token: held-out Tajik text through each tokenizer. chars/s is their product; memory is the peak of the process.
MB/token: the bytes of all tensors, each of which one token reads once (the tied embedding as the output head).
bandwidth: tokens/s times MB/token, as a share of what the same number of threads read from memory in the same run, each the
largest number of its own 128 MB of float32 (soro.core.bandwidth), the best of all rounds.
"""

import argparse
import asyncio
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROMPTS = ("1 + 1 = ?", "2 + 3 = ?", "7 - 5 = ?")
NUM_ANSWER_TOKENS = 128
EMBEDDINGS = ("q5_1", "q8_0", "q4_0")
NAMES = ("base", "tune")  # stages of the build: stock first
TITLES = {
    ("270m", "base"): "stock Gemma 3 270M",
    ("270m", "tune"): "Soro 270M",
    ("1b", "base"): "1b shape, stock vocabulary, random weights",
    ("1b", "tune"): "1b shape, Soro vocabulary, random weights",
}
HEAD = (
    "blocks Q4_0, embedding",
    "model",
    "file MB",
    "tokens/s",
    "chars/token",
    "chars/s",
    "times stock",
    "MB/token",
    "bandwidth",
    "peak memory MB",
)


def measure(model: Path, num_threads: int) -> dict[str, float]:
    """Tokens a second and peak memory of one model, in this process."""
    from soro.checkpoint.tokenizer_file import CHAT_TEMPLATE
    from soro.serve.app import open_engine
    from soro.serve.sampling import Sampling

    started_s = time.monotonic()
    engine = open_engine(model, num_threads=num_threads, num_slots=1, chat_template=CHAT_TEMPLATE)
    load_s = time.monotonic() - started_s

    async def answer(text: str) -> float:
        tokens = await engine.tokenize(await engine.render([{"role": "user", "content": text}]))
        sampling = Sampling(max_tokens=NUM_ANSWER_TOKENS, temperature=1.5, seed=1, repeat_penalty=1.3)
        first_s = last_s = 0.0
        num_first = num_last = 0
        async for piece in engine.generate(tokens, sampling):
            last_s, num_last = time.monotonic(), piece.num_answer_tokens
            if not first_s:
                first_s, num_first = last_s, num_last
        return (num_last - num_first) / max(last_s - first_s, 1e-9) if num_last > 16 else 0.0

    rates = [rate for text in PROMPTS if (rate := asyncio.run(answer(text)))]
    engine.close()
    return {"tokens_per_s": statistics.median(rates or [0.0]), "peak_mb": peak_memory_mb(), "load_s": load_s}


def peak_memory_mb() -> float:
    """Peak memory of this process (Linux). Not `ru_maxrss`, which starts from what the parent held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1000


def chars_per_token(folder: Path, corpus: Path) -> float:
    from soro.checkpoint.folder import load_tokenizer
    from soro.core.documents import read_documents

    texts = [d.text for d in read_documents(corpus / "heldout.parquet") if d.lang == "tgk"]
    encodings = load_tokenizer(folder).encode_batch(texts, add_special_tokens=False)
    return sum(map(len, texts)) / sum(len(e.ids) for e in encodings)


def bytes_per_token(gguf_file: Path) -> int:
    from gguf import GGUFReader

    return sum(int(tensor.n_bytes) for tensor in GGUFReader(str(gguf_file)).tensors)


def write_models(build: Path, embeddings: list[str], folder: Path) -> dict[tuple[str, str, str], Path]:
    """GGUF files by (embedding, size, stage of the build)."""
    from soro.checkpoint.folder import load_config, load_tokenizer_json
    from soro.checkpoint.shapes import GEMMA_3
    from soro.quantize.gguf_file import write_gguf
    from soro.quantize.random_gguf import write_random_gguf

    shape_1b = next(shape for shape in GEMMA_3 if shape.name == "1b")
    files = {}
    for embedding in embeddings:
        for name in NAMES:
            files[embedding, "270m", name] = folder / f"270m-{name}-{embedding}.gguf"
            write_gguf(build / name, files[embedding, "270m", name], quantization="q4_0", embedding=embedding)
    for embedding in embeddings:
        for name in NAMES:
            files[embedding, "1b", name] = folder / f"1b-{name}-{embedding}.gguf"
            write_random_gguf(
                files[embedding, "1b", name],
                shape_1b,
                int(load_config(build / name)["vocab_size"]),
                embedding=embedding,
                tokenizer=load_tokenizer_json(build / name),
            )
    return files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=Path("build/soro-270m"))
    parser.add_argument("--embeddings", nargs="+", choices=EMBEDDINGS, default=list(EMBEDDINGS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.threads)))
        return
    from soro.core.bandwidth import read_bandwidth

    width = {name: chars_per_token(options.build / name, options.build / "corpus") for name in NAMES}
    with tempfile.TemporaryDirectory() as scratch:
        files = write_models(options.build, options.embeddings, Path(scratch))
        runs: dict[tuple[str, str, str], list[dict[str, float]]] = {key: [] for key in files}
        bandwidth = 0.0
        for _ in range(options.rounds):
            bandwidth = max(bandwidth, read_bandwidth(options.threads))
            for key, path in files.items():
                command = [sys.executable, __file__, "--measure", str(path), "--threads", str(options.threads)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                runs[key].append(json.loads(done.stdout.splitlines()[-1]))
        print(f"Memory: {bandwidth / 1e9:.1f} GB/s read by {options.threads} threads.\n")
        print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD))
        stock = 0.0
        for (embedding, size, name), path in files.items():
            rate = statistics.median(run["tokens_per_s"] for run in runs[embedding, size, name])
            peak = max(run["peak_mb"] for run in runs[embedding, size, name])
            read = bytes_per_token(path)
            chars = rate * width[name]
            stock = chars if name == "base" else stock
            print(
                f"| {embedding} | {TITLES[size, name]} | {path.stat().st_size / 1e6:.0f} | {rate:.1f} | {width[name]:.2f} | "
                f"{chars:.0f} | {chars / stock:.2f} | {read / 1e6:.0f} | {rate * read / bandwidth:.0%} | {peak:.0f} |"
            )


if __name__ == "__main__":
    main()
