import gzip
import json
from pathlib import Path

import pytest

from soro.core.errors import SoroError
from soro.core.recipe import Source
from soro.corpus.raw import Raw
from soro.corpus.readers import read_source
from tests.corpus.extract.samples import SECOND, TEXT, conversion, docx, epub, members, page, paragraph


def source(path: str = "all", **changes: object) -> Source:
    return Source(name="sample", path=path, licence="CC BY 4.0", tier="own", **changes)  # type: ignore[arg-type]


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / "all" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "all" / name).write_bytes(data)
    return folder


def test_every_format_is_found_by_its_ending(tmp_path: Path) -> None:
    files = {
        "a.HTML": page(TEXT).encode(),
        "b.html.gz": gzip.compress(page(SECOND).encode()),
        "c.docx": docx(paragraph(TEXT)),
        "d.epub": epub([page(SECOND)]),
        "e.warc.wet.gz": members(conversion(TEXT)),
        "f.txt": SECOND.encode("utf-16"),
        "g.unknown": b"left alone",
    }
    found = list(read_source(source(), written(tmp_path, files)))
    assert [raw.ref for raw in found] == ["a.HTML", "b.html.gz", "c.docx", "d.epub#1", "e.warc.wet.gz#1", "f.txt"]
    assert all((TEXT in raw.text) or (SECOND in raw.text) for raw in found)
    assert found[-1].note == "read as UTF-16-LE (byte order mark)"


def test_a_bad_file_costs_that_file(tmp_path: Path) -> None:
    files = {
        "a.txt": bytes(range(256)) * 4,
        "b.docx": b"PK\x03\x04 cut",
        "c.txt.gz": gzip.compress(TEXT.encode())[:40],
        "d.pdf": b"%PDF-1.4 cut",
        "e.jsonl": b"[" * 200_000 + b"\n" + json.dumps({"text": SECOND}).encode(),
        "f.txt": TEXT.encode(),
    }
    found = {raw.ref: raw for raw in read_source(source(), written(tmp_path, files))}
    assert [ref for ref, raw in found.items() if raw.error] == ["a.txt", "b.docx", "c.txt.gz", "d.pdf", "e.jsonl#1"]
    assert (found["e.jsonl#2"].text, found["f.txt"].text) == (SECOND, TEXT)


def test_a_file_that_disappears_during_the_run_is_listed(tmp_path: Path) -> None:
    root = written(tmp_path, {name: TEXT.encode() for name in ("a.txt", "b.txt", "c.txt")})
    found: list[Raw] = []
    for raw in read_source(source(), root):
        found.append(raw)
        (root / "all" / "b.txt").unlink(missing_ok=True)
    assert [(raw.ref, raw.error) for raw in found] == [
        ("a.txt", ""),
        ("b.txt", "cannot be read: No such file or directory"),
        ("c.txt", ""),
    ]


def test_lines_before_a_cut_are_kept(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"{i} {TEXT}"}) + "\n" for i in range(3_000)).encode()
    packed = gzip.compress(rows, 1)
    found = list(read_source(source(), written(tmp_path, {"a.jsonl.gz": packed[: len(packed) // 2]})))
    assert len(found) > 500
    assert [raw for raw in found if raw.error] == [found[-1]]


def test_a_packed_file_is_unpacked_within_a_limit(tmp_path: Path) -> None:
    root = written(tmp_path, {"a.txt.gz": gzip.compress(b"a" * (130 << 20), 1)})
    assert [raw.error for raw in read_source(source(), root)] == ["over the limit of 128.0 MB; divide the file"]


def test_a_line_of_ten_megabytes_is_one_document(tmp_path: Path) -> None:
    root = written(tmp_path, {"a.txt": TEXT.encode() * 30_000, "b.html": f"<p>{TEXT * 30_000}".encode()})
    assert [len(raw.text) for raw in read_source(source(), root)] == [len(TEXT) * 30_000] * 2


def test_a_data_set_of_the_hub_is_a_source_too(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    root = written(tmp_path, {"rows.jsonl": json.dumps({"text": TEXT}).encode()})
    assert list(read_source(source("hf://all"), root)) == [Raw(ref="all#1", text=TEXT)]


def test_the_date_of_a_source_is_checked() -> None:
    assert source(date="2026-11").date == "2026-11"
    with pytest.raises(ValueError, match="write 2026, 2026-11 or 2026-11-28"):
        source(date="yesterday")


def test_a_file_of_no_known_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SoroError, match=r"no known format; known are \.txt"):
        list(read_source(source("all/a.xyz"), written(tmp_path, {"a.xyz": b""})))


def test_lines_are_taken_from_plain_text_alone(tmp_path: Path) -> None:
    root = written(tmp_path, {"a.txt": f"{TEXT}\n{SECOND}\n".encode(), "b.pdf": b"%PDF-1.4", "c.docx": b"PK"})
    assert [raw.ref for raw in read_source(source(format="lines"), root)] == ["a.txt#0", "a.txt#1"]
