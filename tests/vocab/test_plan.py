import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from soro.checkpoint.folder import load_tokenizer_json
from soro.checkpoint.shapes import GEMMA_3
from soro.cli import app
from soro.core.counts import read_counts, write_counts
from soro.core.documents import Document, write_documents
from soro.core.errors import SoroError
from soro.core.recipe import Vocab, load_recipe
from soro.vocab.fit import fit_tokenizer
from soro.vocab.plan import candidates as sizes
from soro.vocab.plan.advice import choose
from soro.vocab.plan.build import Plan, make_plan
from soro.vocab.plan.cost import bytes_per_token, costs
from soro.vocab.plan.page import page
from soro.vocab.plan.picture import both, label_places
from soro.vocab.plan.texts import samples

SECTION = Vocab(num_rows=1408, num_kept={"eng": 60, "rus": 20})


@pytest.fixture(scope="module")
def word_counts(project: Path) -> dict[str, dict[str, int]]:
    """Word counts cut short; the tiny tokenizer knows Tajik alone, so Tajik words stand for the other languages."""
    words = list(read_counts(project / "data/counts/tgk.tsv.gz").items())
    return {"tgk": dict(words[:4000]), "eng": dict(words[:300]), "rus": dict(words[300:600])}


@pytest.fixture
def small_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "SIZES", (64, 1300, 1400))


@pytest.fixture(scope="module")
def small_project(project: Path, tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the recipe `tiny`, few word counts, and a finished base stage as far as the plan looks."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("recipes", "data/counts", "build/base"):
        (root / folder).mkdir(parents=True)
    (root / "recipes/tiny.toml").write_text(
        (project / "recipes/tiny.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    words = list(read_counts(project / "data/counts/tgk.tsv.gz").items())[:3000]
    write_counts(root / "data/counts/tgk.tsv.gz", dict(words))
    (root / "build/base/tokenizer.json").symlink_to(tiny_model / "tokenizer.json")
    (root / "build/base/manifest.json").write_text("{}")
    return root


@pytest.fixture
def plan(small_project: Path, small_sizes: None) -> Plan:
    recipe = load_recipe(small_project / "recipes/tiny.toml")
    recipe = replace(recipe, vocab=replace(recipe.vocab, num_rows=1408))
    build = small_project / "build"
    return make_plan(recipe, base=build / "base", corpus=build / "corpus", project_root=small_project)


@pytest.mark.usefixtures("small_sizes")
def test_the_size_of_the_recipe_is_the_vocabulary_it_would_fit(tiny_model: Path, word_counts: dict) -> None:
    base = load_tokenizer_json(tiny_model)
    found = list(sizes.candidates(base, SECTION, word_counts))
    assert [c.num_rows for c in found] == [1300, 1400, 1408, 1545] and found[-1].is_base
    fitted, num_learned = fit_tokenizer(base, word_counts, SECTION.num_kept, SECTION.num_rows)
    assert found[2].tokenizer.get_vocab() == fitted["model"]["vocab"]
    assert found[2].num_learned == num_learned and found[2].num_kept == {"eng": 60, "rus": 20}
    assert 0 < found[0].num_kept["eng"] < 60 and found[0].num_learned < num_learned


def test_kept_languages_grow_in_proportion() -> None:
    order = sizes.in_proportion({"eng": list("abcdef"), "rus": list("xyz")}, {"eng": 4, "rus": 2})
    assert "".join(piece for _, piece in order) == "abxcdyefz"
    growth = [{"a"}, {"b", "c"}, {"a", "d"}]
    assert sizes.grown({"a"}, growth, 3) == ({"a", "b", "c"}, 2) and sizes.grown({"a"}, growth, 2) == ({"a"}, 1)


def test_too_few_rows_are_refused(tiny_model: Path, word_counts: dict) -> None:
    with pytest.raises(SoroError, match=r"vocab.num_rows is 320, but \d+ pieces must stay"):
        next(sizes.candidates(load_tokenizer_json(tiny_model), replace(SECTION, num_rows=320), word_counts))


def test_counts_weigh_words_as_often_as_they_were_seen(tiny_model: Path) -> None:
    tajik, russian, _ = samples("tgk", {"rus": {"▁да": 3, "▁нет": 1}, "tgk": {"▁ва": 2}}, {"rus": "counts/rus"}, None)
    assert (tajik.kind, russian.kind, russian.num_words, russian.num_chars) == ("tgk", "rus", 4, 3 * 3 + 4)
    assert "the 2 words of counts/rus" in russian.source


def test_documents_that_shaped_a_piece_measure_nothing(tmp_path: Path) -> None:
    def document(number: int, lang: str) -> Document:
        text = f"{lang} {number}"
        return Document(id=text, source="a", lang=lang, licence="", tier="own", url="", title="", text=text)

    write_documents(tmp_path / "heldout.parquet", [document(1, "tgk"), document(2, "eng")])
    write_documents(tmp_path / "train.parquet", [document(3, "tgk"), document(4, "eng")])
    found = samples("tgk", {"tgk": {"▁ва": 2}, "eng": {"▁a": 1}}, {}, tmp_path)
    assert [sample.texts for sample in found[:2]] == [(("tgk 1", 1),), (("eng 2", 1), ("eng 4", 1))]
    assert found[0].source == "1 held-out documents of the corpus, 5 characters"


def test_bytes_of_a_token_are_those_of_the_weights() -> None:
    small = GEMMA_3[0]
    matrices = 18 * (2 * 640 * 1024 + 2 * 640 * 256 + 3 * 640 * 2048)
    norms = 18 * (4 * 640 + 2 * 256) + 640
    assert bytes_per_token(small, 1000, "q5_1") == matrices * 4.5 / 8 + norms * 4 + 640_000 * 6 / 8


def test_large_sizes_are_computed_with_the_share_of_the_1b() -> None:
    found = {
        c.shape.name: c for c in costs([65_536], "q8_0", lambda shape, _: {"270m": 90.0, "1b": 20.0}[shape.name], 2e10)
    }
    assert [c.speed.is_measured for c in found.values()] == [True, True, False, False, False]
    expected = 20.0 * found["1b"].bytes_per_token / found["12b"].bytes_per_token
    assert found["12b"].speed.tokens_per_s == pytest.approx(expected)
    assert found["4b"].embedding_bytes == 65_536 * 2560 * 8.5 / 8


def test_the_fastest_size_within_the_limits_is_recommended() -> None:
    own = [c for c in costs([16_384, 65_536, 98_304, 262_144], "q5_1") if c.shape.name == "1b"]
    rates = {
        16_384: {"tgk": 1.7, "eng": 1.30, "rus": 2.0},
        65_536: {"tgk": 1.5, "eng": 1.21, "rus": 2.2},
        98_304: {"tgk": 1.4, "eng": 1.22, "rus": 2.1},
        262_144: {"tgk": 2.8, "eng": 1.20, "rus": 2.0},
    }
    choice = choose(own, rates, {16_384: 5.0, 65_536: 4.5, 98_304: 4.0, 262_144: 1.0})
    assert choice.num_rows == 65_536 and choice.times_stock == 4.5
    assert "16,384 rows would be 11.1% faster" in choice.reasons[-1] and "eng 8.3%, limit 5%" in choice.reasons[-1]
    far = {rows: {**rate, "rus": 3.0 if rows < 262_144 else 2.0} for rows, rate in rates.items()}
    assert choose(own, far, {16_384: 5.0, 65_536: 4.5, 98_304: 4.0, 262_144: 1.0}).num_rows == 262_144


def test_names_of_lines_do_not_lie_on_each_other() -> None:
    assert label_places([50, 40, 52]) == [56, 40, 72]
    assert max(label_places([290, 300, 300])) == 300


def test_the_page_stands_alone(plan: Plan) -> None:
    text = page(plan)
    HTMLParser().feed(text)
    assert text.count("<svg") == 2 and "http" not in text and "<script" not in text
    for sample in ("Tokens per word", "1,408 (recipe)", "mathematics", "times the stock model", "Not measured"):
        assert sample in text
    root = ElementTree.fromstring(both(plan))
    lines = root.findall(".//{http://www.w3.org/2000/svg}path[@class='line']")
    assert len(lines) == len(plan.samples) + len(GEMMA_3)


@pytest.mark.usefixtures("small_sizes")
def test_the_command_prints_tables_and_writes_the_page(small_project: Path) -> None:
    build = small_project / "build"
    arguments = ["vocab", "plan", str(small_project / "recipes/tiny.toml"), "--build", str(build), "--no-measure"]
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert "### Tokens per word" in done.stdout and (build / "vocab-plan.html").is_file()
    done = CliRunner().invoke(app, [*arguments, "--json", "--out", str(build / "plan.svg")], catch_exceptions=False)
    found = json.loads(done.stdout)
    assert [row["num_rows"] for row in found["vocabularies"]] == [1300, 1400, 2048, 1545]
    assert [choice["shape"] for choice in found["choices"]] == [shape.name for shape in GEMMA_3]
    assert (build / "plan.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_plan_without_a_base_says_how_to_get_it(project: Path, tmp_path: Path) -> None:
    recipe = load_recipe(project / "recipes/tiny.toml")
    with pytest.raises(SoroError, match="fetch it first: soro base RECIPE"):
        make_plan(recipe, base=tmp_path / "base", corpus=tmp_path / "corpus", project_root=project)
