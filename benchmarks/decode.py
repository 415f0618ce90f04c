"""Characters a second in chat: the shipped model beside the stock Gemma 3 270M, same engine, same quantization, one run.

    python benchmarks/decode.py --build build/soro-270m

Both are written by the same code in the same types (blocks Q4_0; the embedding in Q5_1, as the recipe has it, in Q8_0, as
llama.cpp's own Q4_0 has it, and in Q4_0) and run in llama.cpp through xllamacpp, two threads, in turn, each in a process of
its own.
tokens/s: median over rounds of the time from the first to the last token of an answer of fixed length.
chars/token: held-out Tajik text through each tokenizer. chars/s is their product; memory is the peak of the process.
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=Path("build/soro-270m"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.threads)))
        return
    from soro.quantize.gguf_file import write_gguf

    width = {name: chars_per_token(options.build / name, options.build / "corpus") for name in ("base", "tune")}
    with tempfile.TemporaryDirectory() as scratch:
        files = {}
        for embedding in EMBEDDINGS:
            for name in ("base", "tune"):
                files[name, embedding] = Path(scratch) / f"{name}-{embedding}.gguf"
                write_gguf(options.build / name, files[name, embedding], quantization="q4_0", embedding=embedding)
        runs: dict[tuple[str, str], list[dict[str, float]]] = {key: [] for key in files}
        for _ in range(options.rounds):
            for key, path in files.items():
                command = [sys.executable, __file__, "--measure", str(path), "--threads", str(options.threads)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                runs[key].append(json.loads(done.stdout.splitlines()[-1]))
        print(
            "| blocks Q4_0, embedding | model | file MB | tokens/s | chars/token | chars/s | times stock | peak memory MB |"
        )
        print("|---|---|---|---|---|---|---|---|")
        for embedding in EMBEDDINGS:
            stock = 0.0
            for name, title in (("base", "stock Gemma 3 270M"), ("tune", "Soro 270M")):
                rate = statistics.median(run["tokens_per_s"] for run in runs[name, embedding])
                chars = rate * width[name]
                stock = stock or chars
                peak = max(run["peak_mb"] for run in runs[name, embedding])
                size = files[name, embedding].stat().st_size / 1e6
                print(
                    f"| {embedding} | {title} | {size:.0f} | {rate:.0f} | {width[name]:.2f} | {chars:.0f} | "
                    f"{chars / stock:.2f} | {peak:.0f} |"
                )


if __name__ == "__main__":
    main()
