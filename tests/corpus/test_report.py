import html
import itertools
import json
import re
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from soro.cli import app
from soro.core.artifact import Order, begin, read_manifest
from soro.core.documents import Document, write_documents
from soro.core.errors import SoroError
from soro.core.files import write_json
from soro.core.svg import safe, share, short
from soro.corpus.curate import Dropped
from soro.corpus.notes import Note, kind_of_note
from soro.corpus.report.build import report_on, write_report
from soro.corpus.report.flow import NARROW, WIDE, merged, spread
from soro.corpus.report.measures import token_rates
from soro.corpus.report.sample import Smallest, rank_of
from soro.corpus.report.survey import BIN_STARTS, WORD, survey_corpus
from soro.corpus.report.values import Values
from soro.corpus.writing import DROPPED_SCHEMA, RowGroups
from soro.tajik.words import count_words

TEXTS = [
    "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем.",
    "Кӯҳҳои Помир баланд ҳастанд ва дар қуллаҳои онҳо барф ҳатто дар тобистон об намешавад.",
    "Омӯзгор ба шогирдон гуфт, ки китобро бодиққат хонанд ва саволҳои худро нависанд.",
]
NASTY = '<script>alert("1")</script> & ‮ \x07'


def write_dropped(path: Path, dropped: list[Dropped]) -> None:
    with RowGroups(path, DROPPED_SCHEMA) as rows:
        for row in dropped:
            rows.add(asdict(row))


def document(number: int, **changes: str) -> Document:
    plain = Document(
        id=f"a/{number}",
        source="a",
        lang="tgk",
        licence="CC BY 4.0",
        tier="own",
        url="",
        title="",
        text=TEXTS[number % 3],
    )
    return Document(**{**asdict(plain), **changes})


def card(name: str, **changes: object) -> dict[str, object]:
    plain = {"name": name, "lang": "tgk", "licence": "CC BY 4.0", "tier": "own", "url": "", "date": "2026-11"}
    return {**plain, **changes}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a corpus: five to train on, one held out, 23 dropped for three reasons."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    quoted = document(4, source='b "x"', title='Қиссаи "Рустам" <b>', text=NASTY + TEXTS[0])
    write_documents(folder / "train.parquet", [*map(document, range(4)), quoted])
    write_documents(folder / "heldout.parquet", [document(5)])
    dropped = [
        Dropped(id=f"a/s{n}", source="a", reason="too-short", value=f"{n} chars", text="я" * n) for n in range(20)
    ]
    dropped.append(Dropped(id="a/x", source="a", reason="drop-pattern", value="<script>", text=NASTY))
    dropped += [Dropped(id=f"c/{n}", source="c", reason="new & odd", value=f"line {n} is bad", text="") for n in (1, 2)]
    write_dropped(folder / "dropped.parquet", dropped)
    cards = [card("a", url="https://example.org/?a=1&b=2"), card('b "x"', url="javascript:alert(1)"), card("c")]
    write_json(folder / "sources.json", cards)
    return folder


def page_of(folder: Path, counts: dict[str, object] | None = None, name: str = "r.html") -> str:
    write_report(folder, folder / name, counts=counts or {}, settings={"min_chars": 40, "sources": [{}]})
    return (folder / name).read_text(encoding="utf-8")


def rows_of(page: str, caption: str) -> list[list[str]]:
    """The cells of a table, as a reader sees them."""
    found = re.search(rf"<caption>{re.escape(caption)}</caption>(.*?)</table>", page, re.DOTALL)
    assert found, caption
    rows = re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL)
    return [
        [html.unescape(re.sub("<[^>]+>", "", c)) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", r)] for r in rows
    ]


def test_the_numbers_are_those_of_the_files(folder: Path) -> None:
    page = page_of(folder)
    rows = rows_of(page, "Documents by source and outcome")
    assert rows[0] == ["source", "came in", "train", "held out", "too-short", "new & odd", "drop-pattern"]
    assert rows[1] == ["a", "26", "4", "1", "20", "0", "1"]
    assert rows[2] == ['b "x"', "1", "1", "0", "0", "0", "0"]
    assert rows[3] == ["c", "2", "0", "0", "0", "2", "0"]
    assert rows[4] == ["all", "29", "5", "1", "20", "2", "1"]
    sources = rows_of(page, "Sources; words and characters are those of train and held-out documents")
    texts = [TEXTS[n % 3] for n in (0, 1, 2, 3, 5)]
    assert sources[1][4:10] == ["26", "4", "1", "21", str(sum(map(count_words, texts))), str(sum(map(len, texts)))]
    assert sources[1][2] == "CC BY 4.0" and sources[1][-1] == "2026-11"
    assert rows_of(page, "Documents by length")[-1] == ["all", "6", "23"]
    assert "half under" in page and "line N is bad" in page


def test_pictures_carry_every_flow_and_a_description(folder: Path) -> None:
    page = page_of(folder)
    flows = dict(re.findall(r'<path class="ribbon \w+" d="[^"]*"><title>(\w+ → [^:]+): (\d+) documents', page))
    assert flows == {
        "a → train": "4",
        "a → held out": "1",
        "a → too-short": "20",
        "a → drop-pattern": "1",
        "c → new &amp; odd": "2",
    }
    for svg in re.findall(r"<svg[^>]*role=.*?</svg>", page, re.DOTALL):
        names = re.search(r'aria-labelledby="(\S+) (\S+)"', svg)
        assert names and f'<title id="{names[1]}">' in svg and f'<desc id="{names[2]}">' in svg
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_nothing_of_a_document_is_markup(folder: Path) -> None:
    page = page_of(folder)
    assert "<script" not in page and "alert(&quot;1&quot;)" in page
    assert "Қиссаи &quot;Рустам&quot; &lt;b&gt;" in page
    assert 'href="javascript' not in page and "javascript:alert(1)" in page
    assert 'href="https://example.org/?a=1&amp;b=2"' in page
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", page)


def test_nothing_is_loaded_from_elsewhere(folder: Path) -> None:
    page = page_of(folder)
    assert not re.search(r"<(img|link|script|iframe|object)\b|@import|url\(", page)
    assert "default-src 'none'" in page


def test_the_same_files_give_the_same_bytes(folder: Path) -> None:
    assert page_of(folder, name="one.html") == page_of(folder, name="two.html")


def test_a_corpus_without_dropped_documents(folder: Path) -> None:
    write_dropped(folder / "dropped.parquet", [])
    page = page_of(folder)
    assert "Nothing was dropped." in page
    assert rows_of(page, "Documents by source and outcome")[-1] == ["all", "6", "5", "1"]


def test_columns_and_fields_that_it_does_not_know_are_passed_over(folder: Path) -> None:
    before = page_of(folder)
    for name in ("train", "heldout", "dropped"):
        table = pq.read_table(folder / f"{name}.parquet")
        pq.write_table(
            table.append_column("stage", pa.array(["x"] * len(table))), folder / f"{name}.parquet", row_group_size=2
        )
    cards = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    write_json(folder / "sources.json", [{**c, "fresh": {"x": 1}} for c in cards])
    assert page_of(folder, {"num_strange": {"a": [1]}}) == before


def test_a_file_of_another_kind_is_named(folder: Path) -> None:
    pq.write_table(pa.table({"id": ["1"]}), folder / "dropped.parquet")
    with pytest.raises(SoroError, match=r"dropped.parquet lacks the columns \['reason', 'source', 'text', 'value'\]"):
        page_of(folder)
    (folder / "train.parquet").write_bytes(b"PAR1")
    with pytest.raises(SoroError, match=r"train.parquet cannot be read"):
        page_of(folder)


def test_a_manifest_that_says_otherwise_is_pointed_at(folder: Path) -> None:
    assert "do not add up" not in page_of(folder, {"num_documents_in": 29})
    assert "num_documents_in is 30 in the manifest, 29 in the files" in page_of(folder, {"num_documents_in": 30})


def test_notes_are_counted_by_kind(folder: Path) -> None:
    assert 'id="notes"' not in page_of(folder)
    notes = [f'{{"id": "a/{n}", "source": "a", "note": "pages {n}, 9 read by OCR"}}\n' for n in range(3)]
    (folder / "notes.jsonl").write_text("".join(notes), encoding="utf-8")
    rows = rows_of(page_of(folder), "Notes by kind, the most frequent ones")
    assert rows[1] == ["pages N read by OCR", "3", "a/0: pages 0, 9 read by OCR"]


def test_benchmarks_are_shown_with_their_first_matches(folder: Path) -> None:
    assert 'id="benchmarks"' not in page_of(folder, {"benchmarks": {}})
    counts = {"num_items": 204, "num_items_found": 0, "num_documents": 0, "num_matches_exact": 0, "num_matches_near": 0}
    found = {**counts, "num_items_found": 1, "num_documents": 30, "num_matches_exact": 30}
    match = {
        "benchmark": "b.tsv",
        "line": 7,
        "field": "text",
        "source": "a",
        "rule": "run",
        "share": 1.0,
        "words": NASTY,
    }
    lines = [json.dumps({**match, "id": f"a/{n}"}) + "\n" for n in range(30)]
    (folder / "contaminated.jsonl").write_text("".join(lines), encoding="utf-8")
    page = page_of(folder, {"benchmarks": {"a.tsv": counts, "b.tsv": found}})
    rows = rows_of(page, "Benchmarks looked for")
    assert rows[1:] == [["a.tsv", "204", "0", "0", "0", "0"], ["b.tsv", "204", "1", "30", "30", "0"]]
    shown = rows_of(page, "The first matches")
    assert len(shown) == 21 and shown[1][:3] == ["b.tsv, line 7 text", "a/0", "run"]
    assert "<script" not in page


def test_kinds_of_notes_keep_the_names_of_encodings() -> None:
    assert kind_of_note("read as windows-1251 (guessed)") == "read as windows-1251 (guessed)"
    assert kind_of_note("UTF-8 with 12 damaged places left out") == "UTF-8 with N damaged places left out"
    notes = [Note(id=str(n), source="a", note=f"page {n} left out") for n in (3, 14)]
    assert [kind_of_note(note.note) for note in notes] == ["page N left out"] * 2


def test_words_are_counted_as_everywhere_else(folder: Path) -> None:
    texts = [*TEXTS, "яке-ду 12км, x²y 3,5 — т’а it's _a_ ½ Ⅷ ٣٤ 漢字 e\u0301 -а- 'б'", ""]
    write_documents(folder / "train.parquet", [document(n, text=text) for n, text in enumerate(texts)])
    assert survey_corpus(folder).total(side="train").words == sum(map(count_words, texts)), WORD


def test_lengths_fall_into_their_bins(folder: Path) -> None:
    write_documents(folder / "train.parquet", [document(n, text="я" * n) for n in (0, 1, 2, 4, 5, 1999, 2000)])
    write_documents(folder / "heldout.parquet", [])
    kept = dict(zip(BIN_STARTS, survey_corpus(folder).lengths["kept"].tolist(), strict=True))
    assert {start: count for start, count in kept.items() if count} == {0: 1, 1: 1, 2: 2, 5: 1, 1000: 1, 2000: 1}


def test_a_sample_does_not_depend_on_the_order() -> None:
    keys = [f"d{n}" for n in range(200)]
    samples = []
    for order in (keys, keys[::-1]):
        sample: Smallest[str] = Smallest(5)
        for key in order:
            if sample.wants(rank_of(key)):
                sample.add(rank_of(key), key, key)
        samples.append(sample.items())
    assert samples[0] == samples[1] == sorted(keys, key=rank_of)[:5]


def test_values_are_numbers_or_words() -> None:
    values = Values()
    for value in ("35 chars", "7 chars"):
        values.add(value)
    assert values.are_numbers and list(values.numbers) == [35.0, 7.0] and values.unit == "chars"
    similar = Values()
    similar.add("a/b (draft)/1 (0.844)")
    assert list(similar.numbers) == [0.844]
    words = Values()
    for value in ("%", "%", "{", "1.5"):
        words.add(value)
    assert not words.are_numbers and words.frequent(2) == [("%", 2), ("a number", 1)]


@pytest.mark.parametrize("num_sources", [3, 40, 400])
def test_labels_keep_apart_and_small_sources_share_one(num_sources: int) -> None:
    names = [f"s{n}" for n in range(num_sources)]
    for shape in (WIDE, NARROW):
        drawn = set(merged(names, shape.max_left, "smaller sources").values())
        assert len(drawn) == min(num_sources, shape.max_left)
        places = spread([5.0] * len(drawn), shape.slot, shape.slot * len(drawn) + 8)
        assert all(b - a >= shape.slot - 1e-9 for a, b in itertools.pairwise(places))
        assert places[0] >= 0 and places[-1] <= shape.slot * len(drawn) + 8


def test_numbers_for_people() -> None:
    assert [short(n) for n in (0, 9999, 15_500, 4_249_817, 1.9e9)] == ["0", "9,999", "15.5k", "4.2M", "1.9B"]
    assert [share(*p) for p in ((0, 5), (1, 3), (1, 1), (1, 10**6))] == ["0", "33.3 %", "100 %", "< 0.1 %"]
    assert safe("a\n\n b" * 100, 10) == "a ba ba b…"


def test_tokens_by_tokenizer(folder: Path, tiny_model: Path) -> None:
    (rate,) = token_rates([tiny_model], {"tgk": TEXTS})
    assert rate.tokenizer == "model" and rate.num_texts == 3 and 1 < rate.per_word < 10 and 0.1 < rate.per_char < 1
    with pytest.raises(SoroError, match=r"--tokenizer .*: no tokenizer.json is there"):
        token_rates([folder], {})
    write_report(
        folder, folder / "r.html", counts={}, settings={}, tokenizers=[tiny_model, tiny_model / "tokenizer.json"]
    )
    rows = rows_of((folder / "r.html").read_text(encoding="utf-8"), "Tokens of held-out documents")
    assert rows[1][2:4] == ["Tajik", "1"] and len(rows) == 3


def test_the_command_reports_on_a_finished_corpus(folder: Path, tmp_path: Path) -> None:
    writer = begin(Order(kind="corpus", out=tmp_path / "out", section={"min_chars": 40}, seed=1))
    assert writer is not None
    for file in folder.iterdir():
        (writer.path / file.name).write_bytes(file.read_bytes())
    out = writer.finish(counts={"num_documents_in": 29})
    done = CliRunner().invoke(app, ["corpus", "--report", str(out)])
    assert done.exit_code == 0 and (out / "report.html").is_file()
    read_manifest(out, "corpus")  # still whole
    assert report_on(out, tmp_path / "r.html").read_bytes() == (out / "report.html").read_bytes()
    assert CliRunner().invoke(app, ["corpus"]).exit_code == 2
