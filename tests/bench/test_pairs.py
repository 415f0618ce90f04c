"""The minimal pairs: the program gives the committed bytes, and they are what the documentation says."""

import json
from collections import Counter
from pathlib import Path

import pytest

from soro.bench.pairs.generate import PAIRS_FOLDER, generated_files, pairs_of, write_pairs
from soro.bench.pairs.template import Phenomenon, Slot, Template, fill, load_phenomenon
from soro.core.errors import SoroError
from soro.tajik.alphabet import LETTERS
from soro.tajik.repair import repair_letters
from soro.tajik.words import words_of

KEYS = ["id", "phenomenon", "good", "bad", "template", "review"]
REVIEWS = {"draft", "checked twice"}


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, str]]:
    lines = [path.read_text(encoding="utf-8").splitlines() for path in sorted(PAIRS_FOLDER.glob("*.jsonl"))]
    return [json.loads(line) for file in lines for line in file]


@pytest.fixture
def template() -> Template:
    slots = (Slot(("who",), (("Ман",), ("Мо",))), Slot(("deed",), (("ба кӯҳ рафтан",), ("нома навиштан",))))
    return Template("made.toml", "past", 4, "{who} {deed|past:who}.", "{who} {deed|past:3sg}.", slots)


def test_the_program_gives_the_committed_bytes() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in PAIRS_FOLDER.glob("*.jsonl")}
    assert generated_files() == committed


def test_there_are_enough(pairs: list[dict[str, str]]) -> None:
    counts = Counter(pair["phenomenon"] for pair in pairs)
    assert len(counts) >= 30 and len(pairs) >= 3_500
    assert min(counts.values()) >= 100 and max(counts.values()) <= 150


def test_keys_and_ids(pairs: list[dict[str, str]]) -> None:
    assert all(list(pair) == KEYS and pair["review"] in REVIEWS for pair in pairs)
    assert all(pair["id"].startswith(f"pairs-{pair['phenomenon']}-") for pair in pairs)
    assert len({pair["id"] for pair in pairs}) == len(pairs)


def test_no_sentence_stands_in_two_pairs(pairs: list[dict[str, str]]) -> None:
    sentences = Counter(pair[key] for pair in pairs for key in ("good", "bad"))
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_letters_are_right(pairs: list[dict[str, str]]) -> None:
    allowed = set(LETTERS + LETTERS.upper() + " .,!?—")
    for key in ("good", "bad"):
        assert [pair["id"] for pair in pairs if not set(pair[key]) <= allowed] == []
        text = "\n".join(pair[key] for pair in pairs)
        assert repair_letters(text).splitlines() == text.splitlines()


def test_good_and_bad_differ_little(pairs: list[dict[str, str]]) -> None:
    """At most two words change, and choosing the shorter sentence is no better than chance by more than 5 points."""
    for pair in pairs:
        good, bad = Counter(words_of(pair["good"])), Counter(words_of(pair["bad"]))
        assert (good - bad).total() <= 2 and (bad - good).total() <= 3, pair["id"]
    lengths = [(len(pair["good"]), len(pair["bad"])) for pair in pairs]
    score = sum(1.0 if good < bad else 0.5 if good == bad else 0.0 for good, bad in lengths) / len(lengths)
    assert abs(score - 0.5) < 0.05


def test_fillings_are_inflected() -> None:
    filling = {"who": "Шумо", "thing": "моҳӣ", "deed": "аз дарё об овардан"}
    good = fill("— {thing|plural|object} {who} {deed|not-past:who}.", filling, "here")
    assert good == "— Моҳиҳоро Шумо аз дарё об наовардед."


@pytest.mark.parametrize("field", ["nobody", "who|pretty", "deed|past:9sg", "deed|past"])
def test_an_unknown_field_is_named(field: str) -> None:
    with pytest.raises(SoroError, match=r"^made.toml: "):
        fill("{" + field + "}", {"who": "Ман", "deed": "рафтан"}, "made.toml")


def test_a_template_that_is_used_up_says_so(template: Template) -> None:
    assert len(pairs_of(Phenomenon("made", "draft", (template,)), 1, set())) == 4
    greedy = Template(template.where, "past", 5, template.good, template.bad, template.slots)
    with pytest.raises(SoroError, match="its slots give 4 pairs, 5 are asked for"):
        pairs_of(Phenomenon("made", "draft", (greedy,)), 1, set())


def test_another_seed_gives_another_order(template: Template) -> None:
    made = Phenomenon("made", "draft", (template,))
    assert pairs_of(made, 1, set()) == pairs_of(made, 1, set())
    assert len({tuple(pair["good"] for pair in pairs_of(made, seed, set())) for seed in range(5)}) > 1


@pytest.mark.parametrize(
    ("slots", "message"),
    [
        ('slots = { who = "nobody" }', "names the list 'nobody', lexicon.toml has people"),
        ('slots = { "a b" = ["Ман"] }', "needs rows of 2"),
        ("", "lacks slots"),
    ],
)
def test_a_wrong_template_file_is_named(tmp_path: Path, slots: str, message: str) -> None:
    path = tmp_path / "made.toml"
    path.write_text(f'review = "draft"\n[[template]]\nname = "x"\npairs = 1\ngood = "a"\nbad = "b"\n{slots}\n')
    with pytest.raises(SoroError, match=f"made.toml: template 'x'.*{message}"):
        load_phenomenon(path, {"people": ["Ман"]})


def test_files_of_gone_phenomena_are_removed(tmp_path: Path) -> None:
    (tmp_path / "gone.jsonl").write_text("{}\n")
    assert write_pairs(tmp_path) >= 3_500
    assert not (tmp_path / "gone.jsonl").exists()
