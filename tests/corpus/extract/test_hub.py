import json
from pathlib import Path

import pytest

from soro.core.errors import SoroError
from soro.corpus.extract.hub import Address, parse_address, read_hub
from tests.corpus.extract.samples import SECOND, TEXT

datasets = pytest.importorskip("datasets")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "maktab" / "matn"
    folder.mkdir(parents=True)
    rows = [{"text": TEXT, "url": "http://a.tj"}, {"text": None, "url": None}, {"text": SECOND, "url": None}]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path


def test_a_copy_in_a_folder_is_read_by_the_name_of_the_data_set(root: Path) -> None:
    found = list(read_hub("hf://maktab/matn?split=train", root, "text"))
    assert [raw.text for raw in found] == [TEXT, "", SECOND]
    assert (found[0].ref, found[0].url) == ("maktab/matn#1", "http://a.tj")
    assert found[1].error == "row 2 has no text in 'text'; its columns are ['text', 'url']"


def test_a_wrong_split_is_named(root: Path) -> None:
    with pytest.raises(SoroError, match=r"data set 'maktab/matn' cannot be opened.*test.*check the name"):
        list(read_hub("hf://maktab/matn?split=test", root, "text"))


def test_a_hub_that_cannot_be_reached_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise ConnectionError("Couldn't reach the Hub")

    monkeypatch.setattr(datasets, "load_dataset", unreachable)
    with pytest.raises(SoroError, match=r"Couldn't reach the Hub.*or put a copy into"):
        list(read_hub("hf://nobody/nothing", root, "text"))


def test_a_connection_that_breaks_costs_what_comes_after(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows():  # type: ignore[no-untyped-def]
        yield {"text": TEXT}
        raise ConnectionError("gone")

    monkeypatch.setattr(datasets, "load_dataset", lambda *_, **__: rows())
    found = list(read_hub("hf://a/b", root, "text"))
    assert [raw.text for raw in found] == [TEXT, ""]
    assert found[1].error.startswith("broke off after row 1 (ConnectionError: gone)")


def test_addresses() -> None:
    assert parse_address("hf://a/b?config=tg&revision=1f") == Address(name="a/b", config="tg", revision="1f")
    for wrong in ("hf://", "hf://a/b?subset=tg"):
        with pytest.raises(SoroError, match="write hf://OWNER/NAME"):
            parse_address(wrong)


def test_a_missing_library_gets_its_install_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "datasets", None)
    with pytest.raises(SoroError, match=r"pip install 'soro\[corpus\]'"):
        list(read_hub("hf://a/b", root, "text"))
