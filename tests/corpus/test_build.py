import gzip
import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from soro.core.artifact import read_manifest
from soro.core.documents import read_documents
from soro.core.errors import SoroError
from soro.core.recipe import Corpus, Filters, Recipe, Source, load_recipe
from soro.corpus.build import build_corpus

TEXTS = [
    "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем, то ки меваи бисёр диҳанд.",
    "Кӯҳҳои Помир баланд ҳастанд ва дар қуллаҳои онҳо барф ҳатто дар тобистон об намешавад, зеро ҳаво хунук аст.",
    "Омӯзгор ба шогирдон гуфт, ки китобро бодиққат хонанд ва баъд саволҳои худро дар дафтар нависанд.",
    "Бобоям ҳар шаб ба мо афсона мегуфт ва мо то дер бедор мемондем, зеро афсонаҳои ӯ хеле ҷолиб буданд.",
    "Дарёи Вахш аз кӯҳҳо сар мешавад ва нерӯи оби он дар неругоҳ ба барқ табдил меёбад.",
    "Нон дар танӯр пухта мешавад ва бӯи он тамоми ҳавлиро мегирад, бинобар ин кӯдакон давида меоянд.",
    "Тирамоҳ баргҳои дарахтон зард мешаванд ва шамол онҳоро ба замин мерезад, кӯдакон бо онҳо бозӣ мекунанд.",
]


def recipe_with(project: Path, *sources: Source, **changes: object) -> Recipe:
    recipe = load_recipe(project / "recipes" / "tiny.toml")
    return replace(recipe, corpus=Corpus(sources=sources, heldout_fraction=0.3, **changes))  # type: ignore[arg-type]


def source(path: str, **changes: object) -> Source:
    return Source(name="sample", path=path, licence="CC BY 4.0", tier="own", **changes)  # type: ignore[arg-type]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data root whose folder `all` holds one file of each format, and dirt."""
    folder = tmp_path / "data" / "all"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(TEXTS[0].replace("ҳ", "њ"), encoding="utf-8")
    (folder / "b.md").write_text(f'+++\ntitle = "Помир"\n+++\n\n{TEXTS[1]}\n', encoding="utf-8")
    (folder / "c.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in [*TEXTS[2:5], TEXTS[2]]))
    (folder / "d.txt.gz").write_bytes(gzip.compress(TEXTS[5].encode()))
    (folder / "e.txt").write_bytes("Дар хонаи мо".encode("cp1251"))
    (folder / "f.txt").write_text(
        "Это русский текст, который не является таджикским и потому не попадает в корпус никогда."
    )
    (folder / "g.txt").write_text("кӯтоҳ")
    bad_lines = b'{"text": "broken\n{"title": "no text"}\n{"text": "\xcf\xf0\xe8"}\n'
    (folder / "h.jsonl").write_bytes(bad_lines + json.dumps({"text": TEXTS[6]}).encode())
    (folder / "i.txt").write_text(TEXTS[4] + " Ин рост аст.")
    return tmp_path / "data"


def test_everything_is_kept_or_dropped_with_a_reason(project: Path, data: Path, tmp_path: Path) -> None:
    recipe = recipe_with(project, source("all"), near_duplicate_jaccard=0.6)
    out = build_corpus(recipe, tmp_path / "corpus", data_root=data, project_root=project)
    counts = read_manifest(out, "corpus")["counts"]
    kept = counts["num_documents_train"] + counts["num_documents_heldout"]
    assert kept + counts["num_documents_dropped"] == counts["num_documents_in"] == 15
    reasons = {row["id"]: row["reason"] for row in pq.read_table(out / "dropped.parquet").to_pylist()}
    assert reasons == {
        "sample/c.jsonl#4": "exact-duplicate",
        "sample/e.txt": "too-short",  # windows-1251, read right
        "sample/f.txt": "other-language",
        "sample/g.txt": "too-short",
        "sample/h.jsonl#1": "unreadable",
        "sample/h.jsonl#2": "unreadable",
        "sample/h.jsonl#3": "unreadable",
        "sample/i.txt": "near-duplicate",
    }
    documents = {d.id: d for name in ("train", "heldout") for d in read_documents(out / f"{name}.parquet")}
    assert sorted(d.text for d in documents.values()) == sorted(TEXTS)
    assert documents["sample/b.md"].title == "Помир" and documents["sample/b.md"].licence == "CC BY 4.0"


def test_held_out_documents_do_not_move_when_text_is_added(project: Path, data: Path, tmp_path: Path) -> None:
    def heldout_ids(name: str) -> set[str]:
        recipe = recipe_with(project, source("all"))
        out = build_corpus(recipe, tmp_path / name, data_root=data, project_root=project)
        return {d.id for d in read_documents(out / "heldout.parquet")}

    before = heldout_ids("before")
    (data / "all" / "z.txt").write_text(
        "Офтоб аз паси кӯҳҳо баромад ва водӣ пур аз нур шуд, паррандагон бошанд, суруд хонданд."
    )
    assert before <= heldout_ids("after")


def test_an_empty_corpus_is_refused(project: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("")
    with pytest.raises(SoroError, match="the corpus is too small: 1 documents came in, 0 are left"):
        build_corpus(
            recipe_with(project, source("a.txt")), tmp_path / "c", data_root=tmp_path / "data", project_root=project
        )


def test_a_missing_source_and_a_missing_data_root_are_named(project: Path, tmp_path: Path) -> None:
    with pytest.raises(SoroError, match=r"'sample'.*is not there; give its folder with --data"):
        build_corpus(recipe_with(project, source("none")), tmp_path / "c", data_root=tmp_path, project_root=project)
    with pytest.raises(SoroError, match="name that folder with --data or SORO_DATA"):
        build_corpus(recipe_with(project, source("none")), tmp_path / "c", data_root=None, project_root=project)


def test_lines_are_grouped_into_documents(project: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "text").with_suffix(".txt").write_text("\n".join(TEXTS), encoding="utf-8")
    (data / "groups.txt").write_text("1\n1\n2\n3\n4\n5\n6\n")
    lines = source("text.txt", format="lines", group_file="groups.txt")
    out = build_corpus(recipe_with(project, lines), tmp_path / "c", data_root=data, project_root=project)
    ids = {d.id for name in ("train", "heldout") for d in read_documents(out / f"{name}.parquet")}
    assert ids == {f"sample/text.txt#{group}" for group in "123456"}


def test_the_same_input_gives_the_same_bytes(project: Path, data: Path, tmp_path: Path) -> None:
    recipe = recipe_with(project, source("all"))
    for name in ("one", "two"):
        build_corpus(recipe, tmp_path / name, data_root=data, project_root=project)
    for file in ("train.parquet", "heldout.parquet", "dropped.parquet", "sources.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_what_a_site_repeats_is_taken_out_and_personal_data_masked(project: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    rows = [
        {"text": f"{text}\nЗанг занед: +992 93 555 12 34", "url": f"https://sayt.tj/{i}"}
        for i, text in enumerate(TEXTS[:6])
    ]
    rows += [{"text": f"{TEXTS[6]}\nТел.: +992 93 555 12 34 ё info@sayt.tj", "url": "https://digar.tj/1"}]
    (tmp_path / "data" / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    recipe = recipe_with(project, source("a.jsonl"), filters=Filters(max_line_documents=5))
    out = build_corpus(recipe, tmp_path / "c", data_root=tmp_path / "data", project_root=project)
    texts = [d.text for name in ("train", "heldout") for d in read_documents(out / f"{name}.parquet")]
    assert sorted(texts) == sorted([*TEXTS[:6], f"{TEXTS[6]}\nТел.: [рақами телефон] ё [почтаи электронӣ]"])
    counts = read_manifest(out, "corpus")["counts"]
    assert counts["num_lines_stripped"] == 6
    assert counts["num_masked_phone"] == 1 and counts["num_masked_email"] == 1


def test_documents_with_a_benchmark_item_and_stubs_are_dropped(project: Path, data: Path, tmp_path: Path) -> None:
    (data / "bench.tsv").write_text(f"id\ttext\n1\t{TEXTS[3]}\n", encoding="utf-8")
    villages = ["Навобод", "Чорбоғ", "Дарвоз", "Лолазор", "Сангтуда"]
    for i, name in enumerate(villages):
        text = f"{name} – деҳа дар ноҳия, ки дар он {i * 90 + 12} нафар зиндагӣ мекунанд ва аз шаҳр {i + 3} км дур аст."
        (data / "all" / f"v{i}.txt").write_text(text, encoding="utf-8")
    limits = Filters(max_template_documents=3)
    recipe = recipe_with(project, source("all"), benchmarks=("bench.tsv",), filters=limits)
    out = build_corpus(recipe, tmp_path / "c", data_root=data, project_root=project)
    dropped = {r["id"]: (r["reason"], r["value"]) for r in pq.read_table(out / "dropped.parquet").to_pylist()}
    assert dropped["sample/c.jsonl#2"] == ("benchmark-item", "bench.tsv#2:text (run 1.00)")
    assert [dropped[f"sample/v{i}.txt"][0] for i in range(5)] == ["template"] * 5
    assert read_manifest(out, "corpus")["inputs"]["benchmarks/bench.tsv"]
