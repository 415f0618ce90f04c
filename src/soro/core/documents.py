"""Documents as every stage reads them: one Parquet schema."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from soro.core.errors import SoroError


@dataclass(frozen=True, kw_only=True)
class Document:
    """A text with where it comes from and what may be done with it. `id` is unique within a corpus."""

    id: str
    source: str
    lang: str
    licence: str
    tier: str
    url: str
    title: str
    text: str


SCHEMA = pa.schema([(f.name, pa.string()) for f in fields(Document)])


def write_documents(path: Path, documents: Iterable[Document]) -> None:
    table = pa.Table.from_pylist([asdict(document) for document in documents], schema=SCHEMA)
    pq.write_table(table, path, compression="zstd")


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a Parquet file of this schema. Raises SoroError when it is another one."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise SoroError(f"{path} is not a Parquet file that can be read ({error}); build the corpus again") from error
    missing = set(SCHEMA.names) - set(file.schema_arrow.names)
    if missing:
        raise SoroError(f"{path} lacks the columns {sorted(missing)}; it is not a corpus of Soro")
    for batch in file.iter_batches(columns=SCHEMA.names):
        for row in batch.to_pylist():
            yield Document(**row)
