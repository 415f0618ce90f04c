"""Speed of the corpus stage beside datatrove: the same documents, the same machine, one after the other in one run.

    python -m venv /tmp/peer && /tmp/peer/bin/pip install datatrove==0.10.1 spacy orjson 'xxhash<4'
    python benchmarks/corpus.py --peer /tmp/peer/bin/python

Both read JSONL, judge length, symbols, repetition, stop words or language, and drop near duplicates by MinHash over five words
(datatrove: Gopher's two filters, 14 x 8 hashes, its word splitter for Tajik; Soro: its filters as they are, repair of the text,
32 x 4 hashes), and write what stays. Without --data (a folder of JSONL files) the documents are the project's own sentences in
random order, a quarter of them copies with a word or two changed, one in twenty a line repeated.

Columns: documents and MB of text a second of the wall clock, start of the processes and all steps included; MB a second of
processor time, which says more on a busy machine; peak memory, the
resident memory of the process and its children together, looked at five times a second; documents kept.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from soro.core.recipe import Corpus, Source
from soro.corpus.readers import read_source
from soro.tajik.identify import SMALL_WORDS
from soro.tajik.sentences import sentences as sentences_of

PROJECT = Path(__file__).resolve().parent.parent
NUM_FILES, DOCUMENT_CHARS = 4, 2_150  # about 3.9 KB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a folder of JSONL files with a field `text`")
    parser.add_argument("--peer", type=Path, help="Python of an environment with datatrove; left out without it")
    parser.add_argument("--megabytes", type=float, default=8, help="of text to make without --data")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--build", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(Path(options.build[0]), Path(options.build[1]), options.workers)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = options.data or make_documents(Path(folder) / "in", options.megabytes)
        texts = [json.loads(line)["text"] for path in sorted(source.glob("*.jsonl")) for line in path.open()]
        num_megabytes = sum(len(text.encode()) for text in texts) / 1e6
        load = os.getloadavg()[0]
        print(f"{len(texts):,} documents, {num_megabytes:.1f} MB, {options.workers} workers, load before {load:.1f}\n")
        print("| | documents/s | MB/s | MB/processor s | peak memory, MB | kept |\n|---|---|---|---|---|---|")
        commands = {
            "Soro": [
                sys.executable,
                __file__,
                "--build",
                str(source),
                f"{folder}/soro",
                "--workers",
                str(options.workers),
            ]
        }
        if options.peer:
            peer = str(PROJECT / "benchmarks" / "corpus_datatrove.py")
            words = ",".join(sorted(SMALL_WORDS))
            commands["datatrove"] = [
                str(options.peer),
                peer,
                str(source),
                f"{folder}/peer",
                str(options.workers),
                words,
            ]
        for name, command in commands.items():
            wall_s, processor_s, peak_megabytes = timed(command, Path(folder) / f"{name}.log")
            kept = num_kept(Path(folder), name)
            speed = f"{len(texts) / wall_s:,.0f} | {num_megabytes / wall_s:.2f} | {num_megabytes / processor_s:.2f}"
            print(f"| {name} | {speed} | {peak_megabytes:,.0f} | {kept:,} |", flush=True)


def make_documents(folder: Path, num_megabytes: float) -> Path:
    """JSONL files of the project's own sentences in random order."""
    rng = random.Random(5)
    own = Source(name="own", path="readings", root="project", licence="CC BY 4.0", tier="own")
    sentences = [s for raw in read_source(own, PROJECT / "data") for s in sentences_of(raw.text) if len(s) > 30]
    documents: list[str] = []
    num_bytes = 0
    while num_bytes < num_megabytes * 1e6:
        kind = rng.random()
        if kind < 0.25 and documents:
            words = rng.choice(documents[-1000:]).split(" ")
            words[rng.randrange(len(words))] = rng.choice(sentences).split()[0]
            documents.append(" ".join(words))
        elif kind < 0.3:
            documents.append("\n".join([rng.choice(sentences)] * 20))
        else:
            chosen: list[str] = []
            while sum(map(len, chosen)) < DOCUMENT_CHARS:
                chosen.append(rng.choice(sentences))
            documents.append("\n".join(" ".join(chosen[i : i + 5]) for i in range(0, len(chosen), 5)))
        num_bytes += len(documents[-1].encode())
    folder.mkdir()
    for number in range(NUM_FILES):
        rows = (json.dumps({"text": text, "id": str(i)}, ensure_ascii=False) for i, text in enumerate(documents))
        part = [row + "\n" for i, row in enumerate(rows) if i % NUM_FILES == number]
        (folder / f"{number}.jsonl").write_text("".join(part), encoding="utf-8")
    return folder


def build(source: Path, out: Path, num_workers: int) -> None:
    from dataclasses import replace

    from soro.core.recipe import load_recipe
    from soro.corpus.build import build_corpus

    documents = Source(name="documents", path=source.name, licence="CC BY 4.0", tier="own")
    recipe = replace(load_recipe(PROJECT / "recipes" / "tiny.toml"), corpus=Corpus(sources=(documents,)))
    build_corpus(recipe, out, data_root=source.parent, project_root=PROJECT, num_workers=num_workers)


def timed(command: list[str], log: Path) -> tuple[float, float, float]:
    """(seconds, processor seconds, peak of the resident memory in MB) of a process and its children; ends where it fails."""
    peak = 0
    start_s, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with log.open("w") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        while process.poll() is None:
            peak = max(peak, resident_bytes(process.pid))
            time.sleep(0.2)
    wall_s = time.monotonic() - start_s
    if process.returncode:
        sys.exit(f"{command[0]} failed:\n{log.read_text()[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall_s, processor_s, peak / 1e6


def resident_bytes(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        tasks = Path(f"/proc/{process}/task").iterdir()
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # it has ended meanwhile
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(resident_bytes, children))


def num_kept(folder: Path, name: str) -> int:
    if name == "Soro":
        return sum(pq.read_metadata(folder / "soro" / f"{part}.parquet").num_rows for part in ("train", "heldout"))
    import gzip

    return sum(1 for path in (folder / "peer" / "kept").glob("*.gz") for _ in gzip.open(path))


if __name__ == "__main__":
    main()
