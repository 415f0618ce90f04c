"""Ways to judge the blocks of a corpus on a cluster, one after the other in one run: which is worth its weight?

    python -m venv /tmp/cluster && /tmp/cluster/bin/pip install 'ray>=2.40' pandas 'daft>=0.7' -e '.[corpus]'
    /tmp/cluster/bin/python benchmarks/corpus_cluster.py --megabytes 15

The same blocks (documents as `corpus.py` beside this makes them) go through `judge_block` in two workers of this machine:
processes of Soro itself without a cluster, Ray tasks as `engine = "ray"` sends them, a map of Ray Data, a function of Daft
with its Ray runner. Each runs in a process of its own with its own Ray. Ray Data and Daft get the blocks as a column of bytes
and give two.

Columns: seconds until the cluster has answered a first task for every worker; documents and MB of text a second from then to the
last judged block on the disk (without a cluster the start of the workers is in it); peak resident memory of the process and its
children together, looked at five times a second, shared memory counted in each; whether every judged block has the bytes that the
first way gave.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus import make_documents, timed

from soro.core.recipe import Corpus, Source
from soro.corpus.judging import Judging, judge_block, judge_piece, write_judged
from soro.corpus.pieces import RAW_SCHEMA, from_parquet, to_parquet
from soro.corpus.ray_cluster import judge_with_ray
from soro.corpus.reading import read_all
from soro.corpus.workers import Workers

SOURCE = Source(name="documents", path="in", licence="CC BY 4.0", tier="own")
SECTION = Corpus(sources=(SOURCE,))
Judge = Callable[[list[Judging]], Iterator[None]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=8, help="of text to make")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--run", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run(options.run[0], Path(options.run[1]), options.workers)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        num_documents, num_megabytes = make_blocks(folder, options.megabytes)
        print(
            f"{num_documents:,} documents, {num_megabytes:.1f} MB in {len(blocks_of(folder / 'blocks'))} blocks, "
            f"{options.workers} workers, load before {os.getloadavg()[0]:.1f}\n"
        )
        print("| | start, s | documents/s | MB/s | peak memory, MB | same bytes |\n|---|---|---|---|---|---|")
        first = ""
        for way in options.only:
            work = shutil.copytree(folder / "blocks", folder / way)
            command = [sys.executable, __file__, "--run", way, str(work), "--workers", str(options.workers)]
            peak_megabytes = timed(command, folder / f"{way}.log")[2]
            start_s, judging_s = json.loads((work / "seconds.json").read_text())
            digest = digest_of(work / "judged")
            first = first or digest
            print(
                f"| {WAYS[way][0]} | {start_s:.1f} | {num_documents / judging_s:,.0f} | {num_megabytes / judging_s:.2f} | "
                f"{peak_megabytes:,.0f} | {'yes' if digest == first else 'no'} |",
                flush=True,
            )


def make_blocks(folder: Path, num_megabytes: float) -> tuple[int, float]:
    """Write `blocks/raw` below `folder`; (number of documents, MB of text)."""
    make_documents(folder / "in", num_megabytes)
    (folder / "blocks").mkdir()
    read_all(SECTION, [folder], folder / "blocks", lambda function, tasks: map(function, tasks))
    texts = [
        row["text"] for name in blocks_of(folder / "blocks") for row in from_parquet(raw_path(folder / "blocks", name))
    ]
    return len(texts), sum(len(text.encode()) for text in texts) / 1e6


def blocks_of(work: Path) -> list[str]:
    return sorted(path.stem for path in (work / "raw").glob("*.parquet"))


def raw_path(work: Path, name: str) -> Path:
    return work / "raw" / f"{name}.parquet"


def digest_of(judged: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(judged.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def run(way: str, work: Path, num_workers: int) -> None:
    """Judge the blocks of `work` in one way; the seconds go to `seconds.json`."""
    judgings = [Judging(name=name, source=SOURCE, section=SECTION, work=work) for name in blocks_of(work)]
    start_s = time.monotonic()
    judge = WAYS[way][1](num_workers)
    ready_s = time.monotonic()
    for _ in judge(judgings):
        pass
    end_s = time.monotonic()
    (work / "seconds.json").write_text(json.dumps([ready_s - start_s, end_s - ready_s]))


def local_processes(num_workers: int) -> Judge:
    workers = Workers(num_workers)
    return lambda judgings: workers.run(judge_piece, judgings)


def ray_tasks(num_workers: int) -> Judge:
    start_ray(num_workers)
    return judge_with_ray


def ray_data(num_workers: int) -> Judge:
    ray = start_ray(num_workers)

    def judge(judgings: list[Judging]) -> Iterator[None]:
        ray.data.DataContext.get_current().enable_progress_bars = False
        rows = [{"name": one.name, "raw": raw_path(one.work, one.name).read_bytes()} for one in judgings]
        dataset = ray.data.from_items(rows, override_num_blocks=len(rows)).map(judged_row)
        for row in dataset.iter_rows():
            write_judged(judgings[0].work, row["name"], row["documents"], row["marks"])
            yield

    return judge


def daft_on_ray(num_workers: int) -> Judge:
    start_ray(num_workers)
    import daft

    daft.set_runner_ray(noop_if_initialized=True)
    binary = daft.DataType.binary()
    kind = daft.DataType.struct({"name": daft.DataType.string(), "documents": binary, "marks": binary})

    @daft.func(return_dtype=kind, unnest=True, use_process=True)  # judging keeps tables that threads must not share
    def judged(name: str, raw: bytes) -> dict[str, Any]:
        return judged_row({"name": name, "raw": raw})

    def judge(judgings: list[Judging]) -> Iterator[None]:
        columns = {
            "name": [one.name for one in judgings],
            "raw": [raw_path(one.work, one.name).read_bytes() for one in judgings],
        }
        frame = daft.from_pydict(columns).into_partitions(len(judgings))
        for row in frame.select(judged(frame["name"], frame["raw"])).iter_rows():
            write_judged(judgings[0].work, row["name"], row["documents"], row["marks"])
            yield

    return judge


def judged_row(row: dict[str, Any]) -> dict[str, Any]:
    documents, marks = judge_block(row["raw"], SOURCE, SECTION)
    return {"name": row["name"], "documents": documents, "marks": marks}


def start_ray(num_workers: int) -> Any:
    """Ray on this machine, once every worker has imported what judging needs."""
    import ray

    ray.init("local", num_cpus=num_workers, log_to_driver=False, configure_logging=False, include_dashboard=False)
    ray.get([ray.remote(judge_block).remote(to_parquet([], RAW_SCHEMA), SOURCE, SECTION) for _ in range(num_workers)])
    return ray


WAYS: dict[str, tuple[str, Callable[[int], Judge]]] = {
    "local": ("processes, no cluster", local_processes),
    "tasks": ("Ray tasks", ray_tasks),
    "data": ("Ray Data", ray_data),
    "daft": ("Daft on Ray", daft_on_ray),
}


if __name__ == "__main__":
    main()
