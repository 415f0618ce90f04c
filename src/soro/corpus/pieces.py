"""Pieces of an unfinished corpus: small files that are whole or not there, named by where their documents stand in the input.

A block is a run of documents of one source, in order. `raw/U-B.parquet` holds what a reader gave (block B of unit U),
`judged/U-B.parquet` what became of it, `judged/U-B.npz` the marks of the documents that passed (`marks.py`);
`settled/U-B.parquet` has the rows that changed after the count of all documents, each with its place in the block, and
`settled/U-B.npz` what finding duplicates needs of those that still pass.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from soro.core.files import disk_error, sync_and_rename
from soro.core.tables import table_of
from soro.corpus.raw import Raw

BLOCK_CHARS, BLOCK_DOCUMENTS = 1_000_000, 4_000  # a block ends with the document that reaches one of them
ROWS_AT_A_TIME = 500
RAW_SCHEMA = pa.schema([(name, pa.string()) for name in ("ref", "text", "title", "url", "error", "note")])
JUDGED_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "url", "title", "text", "raw", "reason", "value")),
        ("num_words", pa.int64()),
        ("changes", pa.string()),
        ("note", pa.string()),
        ("items", pa.string()),
    ]
)
SETTLED_SCHEMA = JUDGED_SCHEMA.append(pa.field("place", pa.int64()))


def in_blocks(raws: Iterator[Raw]) -> Iterator[list[Raw]]:
    """Cut a stream of documents into blocks; where it is cut depends on the documents alone."""
    block: list[Raw] = []
    num_chars = 0
    for raw in raws:
        block.append(raw)
        num_chars += len(raw.text)
        if num_chars >= BLOCK_CHARS or len(block) >= BLOCK_DOCUMENTS:
            yield block
            block, num_chars = [], 0
    if block:
        yield block


def to_parquet(rows: list[dict[str, Any]], schema: pa.Schema) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table_of(rows, schema), sink, compression="zstd", compression_level=1)
    return bytes(sink.getvalue())


def from_parquet(piece: bytes | Path) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(io.BytesIO(piece) if isinstance(piece, bytes) else piece) as file:
        for batch in file.iter_batches(batch_size=ROWS_AT_A_TIME):
            yield from batch.to_pylist()


def to_npz(arrays: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def write_piece(path: Path, data: bytes | memoryview) -> None:
    """Write a piece whole or not at all; two processes that write the same one do not disturb each other.

    Raises SoroError when the disk is full.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        sync_and_rename(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise disk_error(error, path) from error
