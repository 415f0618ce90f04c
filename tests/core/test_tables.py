import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from soro.core.tables import table_of

SCHEMA = pa.schema([("text", pa.string()), ("number", pa.int64())])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.fixed_dictionaries({"text": st.none() | TEXTS, "number": st.integers(-(2**63), 2**63 - 1)})))
def test_a_table_holds_its_rows(rows: list[dict[str, object]]) -> None:
    table = table_of(rows, SCHEMA)
    table.validate(full=True)
    assert table == pa.Table.from_pylist(rows, schema=SCHEMA)
