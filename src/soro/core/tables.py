"""Rows of strings and whole numbers as Arrow tables.

Arrow's own way from Python lists imports pandas where it is installed, which takes longer than reading a small corpus.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa


def table_of(rows: Sequence[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """The table of rows; a column is of strings (None where there is none) or of 64-bit integers. No column over 2 GB."""
    columns = [column_of([row[field.name] for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def column_of(values: Sequence[str | int | None], kind: pa.DataType) -> pa.Array:
    if kind != pa.string():
        return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(np.array(values, dtype=np.int64))])
    parts = [b"" if value is None else str(value).encode() for value in values]
    offsets = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum(list(map(len, parts)), out=offsets[1:])
    if offsets[-1] > np.iinfo(np.int32).max:
        raise ValueError(f"a column of {offsets[-1]} bytes is over the limit of 2 GB")
    is_there = [value is not None for value in values]
    validity = None if all(is_there) else pa.py_buffer(np.packbits(is_there, bitorder="little"))
    buffers = (pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(b"".join(parts)), validity)
    return pa.StringArray.from_buffers(len(values), *buffers, len(values) - sum(is_there))
