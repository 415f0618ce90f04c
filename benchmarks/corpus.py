"""Speed of the corpus stage beside datatrove: the same documents, the same machine, one after the other in one run.

    python -m venv /tmp/peer && /tmp/peer/bin/pip install datatrove==0.10.1 spacy orjson 'xxhash<4'
    python benchmarks/corpus.py --peer /tmp/peer/bin/python

Both read JSONL, judge length, symbols, repetition, stop words or language, and drop near duplicates by MinHash over five words
(datatrove: Gopher's two filters, 14 x 8 hashes, its word splitter for Tajik; Soro: its filters as they are, repair of the text,
32 x 4 hashes), and write what stays. Without --data (a folder of JSONL files) the documents are the project's own sentences in
random order, a quarter of them copies with a word or two changed, one in twenty a line repeated.

--distinct makes a corpus without copies in which one word of three is made up (letters of a word of the project put in
another order, so that nearly every token is met for the first time): what a table of words met before cannot help with, and what
memory must not grow with:

    python benchmarks/corpus.py --distinct --megabytes 500

Columns: documents and MB of text a second of the wall clock, start of the processes and all steps included; MB a second of
processor time, which says more on a busy machine; peak memory, the resident memory of the process and all that it started,
pages that several of them share divided among them; documents kept. Processes are looked at five times a second, and a process
counts with the time it had used when it was last seen.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
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
    parser.add_argument("--distinct", action="store_true", help="no copies, and words that are met for the first time")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--build", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(Path(options.build[0]), Path(options.build[1]), options.workers)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = options.data or make_documents(Path(folder) / "in", options.megabytes, options.distinct)
        sizes = [
            len(json.loads(line)["text"].encode()) for path in sorted(source.glob("*.jsonl")) for line in path.open()
        ]
        num_megabytes = sum(sizes) / 1e6
        load = os.getloadavg()[0]
        print(f"{len(sizes):,} documents, {num_megabytes:.1f} MB, {options.workers} workers, load before {load:.1f}\n")
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
            speed = f"{len(sizes) / wall_s:,.0f} | {num_megabytes / wall_s:.2f} | {num_megabytes / processor_s:.2f}"
            print(f"| {name} | {speed} | {peak_megabytes:,.0f} | {kept:,} |", flush=True)


def make_documents(folder: Path, num_megabytes: float, distinct: bool = False) -> Path:
    """JSONL files of the project's own sentences in random order."""
    rng = random.Random(5)
    own = Source(name="own", path="readings", root="project", licence="CC BY 4.0", tier="own")
    sentences = [s for raw in read_source(own, PROJECT / "data") for s in sentences_of(raw.text) if len(s) > 30]
    make = made_up(sentences, rng) if distinct else with_copies(sentences, rng)
    folder.mkdir()
    num_bytes = number = 0
    with ExitStack() as stack:
        files = [stack.enter_context((folder / f"{i}.jsonl").open("w", encoding="utf-8")) for i in range(NUM_FILES)]
        while num_bytes < num_megabytes * 1e6:
            text = next(make)
            files[number % NUM_FILES].write(json.dumps({"text": text, "id": str(number)}, ensure_ascii=False) + "\n")
            num_bytes += len(text.encode())
            number += 1
    return folder


def with_copies(sentences: list[str], rng: random.Random) -> Iterator[str]:
    """A quarter of the documents are copies of one of the last thousand with a word changed, one in twenty a line repeated."""
    last: deque[str] = deque(maxlen=1000)
    while True:
        kind = rng.random()
        if kind < 0.25 and last:
            words = rng.choice(last).split(" ")
            words[rng.randrange(len(words))] = rng.choice(sentences).split()[0]
            last.append(" ".join(words))
        elif kind < 0.3:
            last.append("\n".join([rng.choice(sentences)] * 20))
        else:
            last.append(in_lines(some_sentences(sentences, rng)))
        yield last[-1]


def made_up(sentences: list[str], rng: random.Random) -> Iterator[str]:
    """Documents in which every third word has its letters in another order, those it begins and ends with excepted."""
    while True:
        words = " \n ".join(some_sentences(sentences, rng)).split(" ")
        for place in range(rng.randrange(3), len(words), 3):
            word = words[place]
            words[place] = (
                word[:1] + "".join(rng.sample(word[1:-1], len(word[1:-1]))) + word[-1:] if len(word) > 5 else word
            )
        yield in_lines([sentence.strip() for sentence in " ".join(words).split("\n")])


def some_sentences(sentences: list[str], rng: random.Random) -> list[str]:
    chosen: list[str] = []
    while sum(map(len, chosen)) < DOCUMENT_CHARS:
        chosen.append(rng.choice(sentences))
    return chosen


def in_lines(sentences: list[str]) -> str:
    return "\n".join(" ".join(sentences[i : i + 5]) for i in range(0, len(sentences), 5))


def build(source: Path, out: Path, num_workers: int) -> None:
    from dataclasses import replace

    from soro.core.recipe import load_recipe
    from soro.corpus.build import build_corpus

    documents = Source(name="documents", path=source.name, licence="CC BY 4.0", tier="own")
    recipe = replace(load_recipe(PROJECT / "recipes" / "tiny.toml"), corpus=Corpus(sources=(documents,)))
    build_corpus(recipe, out, data_root=source.parent, project_root=PROJECT, num_workers=num_workers)


def timed(command: list[str], log: Path) -> tuple[float, float, float]:
    """(seconds, processor seconds, peak of the memory in MB) of a process and all it starts; ends where it fails."""
    peak = 0
    seconds: dict[tuple[int, int], float] = {}  # of each process, by its number and start
    start_s = time.monotonic()
    with log.open("w") as file, subprocess.Popen(command, stdout=file, stderr=file, start_new_session=True) as process:
        while process.poll() is None:
            peak = max(peak, look_at(process.pid, seconds))
            time.sleep(0.2)
    wall_s = time.monotonic() - start_s
    if process.returncode:
        sys.exit(f"{command[0]} failed:\n{log.read_text()[-3000:]}")
    return wall_s, sum(seconds.values()), peak / 1e6


def look_at(session: int, seconds: dict[tuple[int, int], float]) -> int:
    """Bytes of memory of the processes of a session; the processor time each has used so far goes into `seconds`."""
    num_bytes = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()  # from the third field of proc(5) on
            if int(fields[3]) == session:
                used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
                seconds[int(folder.name), int(fields[19])] = used
                shared = re.search(r"^Pss: +(\d+) kB", (folder / "smaps_rollup").read_text(), re.MULTILINE)
                num_bytes += int(shared[1]) * 1024 if shared else 0
        except (OSError, IndexError):  # it has ended meanwhile
            continue
    return num_bytes


def num_kept(folder: Path, name: str) -> int:
    if name == "Soro":
        return sum(pq.read_metadata(folder / "soro" / f"{part}.parquet").num_rows for part in ("train", "heldout"))
    import gzip

    return sum(1 for path in (folder / "peer" / "kept").glob("*.gz") for _ in gzip.open(path))


if __name__ == "__main__":
    main()
